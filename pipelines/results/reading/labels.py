"""Which of the lines above a table names its rows: no title, no department, no mere total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipelines.results.reading.lines import Line
from pipelines.results.vocabulary import bare, sheet_vocabulary

_YEARS = re.compile(
    r"(?:令和|平成|昭和|[RHS])?(?:元|\d{1,4})(?:年度末|年度|年|月|日)?|[~〜～\-－―ー・、,.:()\[\]【】「」『』]"
)
_TOWN = re.compile(r"^[^の]{1,7}?[市町村区県](?:役所|役場)?")
_BRACKETS = "()（）"


def label_of(lines: Sequence[tuple[Line, bool]]) -> str | None:
    """The text of the nearest heading that names the rows.

    A numbered heading that only says year and total gives way to one above it; where it names no
    year (削減額) it stands if there is no better.

    Args:
        lines: open headings, nearest first, and whether each is the first line of its sheet.
    """
    second: str | None = None
    for line, is_first in lines:
        if not _may_name(line, is_first):
            continue
        if not says_only_a_total(line.label):
            return line.label
        if second is None and line.fiscal_year is None and line.amount is None:
            second = line.label
    return second


def _may_name(line: Line, is_first: bool) -> bool:
    if (
        not line.label
        or line.item
        or line.department is not None
        or says_how_to_fill_in(line.label)
    ):
        return False
    if line.style != "plain":
        return True
    is_aside = line.label[0] in _BRACKETS and line.label[-1] in _BRACKETS
    is_remark = line.label.rstrip(_BRACKETS).endswith("。")
    return not (is_aside or is_remark or is_first or line.amount or is_title(line.label))


@cache
def says_how_to_fill_in(label: str) -> bool:
    """Whether a line is for those who fill in: 提出先 行政改革推進室, 記入要領."""
    first = re.split(r"[:：\s(（]", label.strip("※■●【】[]"), maxsplit=1)[0]
    return bare(first).strip("【】[]") in sheet_vocabulary().words("fill_in_words")


@cache
def is_title(label: str) -> bool:
    """Whether a line without number says only what sheet this is."""
    plain = bare(label)
    words = sheet_vocabulary()
    if any(mark in plain for mark in words.words("title_marks")):
        return True
    return not _rest(_TOWN.sub("", plain), words.words("title_words")) or not _rest(
        plain, words.words("title_words")
    )


@cache
def says_only_a_total(label: str) -> bool:
    """Whether a heading says no more than a year, and that an amount follows."""
    return not _rest(bare(label), sheet_vocabulary().words("total_heading_words"))


def _rest(plain: str, words: Sequence[str]) -> str:
    """A text without years, marks and these words (longest first)."""
    for word in words:
        plain = plain.replace(word, " ")
    return _YEARS.sub("", plain).replace(" ", "")
