"""Which of a table's columns 計画, 実績 and 取組内容 hold sentences, from their cells.

The rules, for the columns of one year (or of none):

- 実績 whose cells are mostly sentences is the ``activity``; 取組内容 beside it (or beside 取組実績,
  whose name says so already) says what was planned and is left out, and so does 取組概要 beside
  令和5年度実施内容. In the past tense (窓口を統合した。) it was done as well, and both make the
  activity.
- 計画 and 目標 whose cells are mostly sentences are no values of an indicator: they are left
  out, unless an indicator is named, the heading speaks of values (目標値), or values came of them.

A column that is mostly numbers, with some words among them, stays one of values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipelines.results.cell_words import is_dash, missing_reasons
from pipelines.results.reading.header_model import Header
from pipelines.results.reading.headings import IGNORED
from pipelines.results.vocabulary import bare

_PLANS = ("planned", "final_target")
_OF_INDICATORS = frozenset({"indicator", "indicator_id", "unit", "row_kind"})
_AROUND = r"(?:約|およそ|延べ?|累計|年間?|月間?|週|日|計|各|最大|最低|[△▲+\-−±~〜(])*"
#: A number with a unit and notes in brackets; no particle (の, を, で) that makes it a sentence.
_BEHIND = r"[^ぁ-ん。、]{0,10}(?:以上|以下|以内|未満|超)?(?:\(.*\))?"
_VALUE = re.compile(rf"^{_AROUND}\d[\d,.]*{_BEHIND}$")
_OF_VALUES = re.compile(r"[値数額率](?:\(.*\))?$")
_PAST = re.compile(r"(?:た|済み?)(?:もの)?[。.)]*$")
_NAMED_VALUE = re.compile(r"[:：=]\s*[約△▲\-]?\d")


@lru_cache(maxsize=65_536)
def is_sentence(cell: str) -> bool:
    """Whether a cell is a text rather than a value, a dash or a reason for a missing value."""
    if is_dash(cell):
        return False
    plain = bare(cell)
    if plain in missing_reasons() or _NAMED_VALUE.search(plain):
        return False
    return not _VALUE.match(plain)


def are_sentences(cells: Sequence[str]) -> bool:
    """Whether most cells that say something are sentences."""
    told = [cell for cell in cells if cell and not is_dash(cell)]
    return sum(map(is_sentence, told)) * 2 > len(told)


def are_in_past(cells: Sequence[str]) -> bool:
    """Whether most cells that say something say what was done: 窓口を統合した。"""
    told = [cell for cell in cells if cell and not is_dash(cell)]
    return sum(_PAST.search(bare(cell)) is not None for cell in told) * 2 > len(told)


def are_mixed_with_values(cells: Sequence[str], *, with_sentences: bool = False) -> bool:
    """Whether there are numbers among cells; with sentences, whether there are both."""
    told = [cell for cell in cells if cell and not is_dash(cell)]
    has_values = any(_VALUE.match(bare(cell)) for cell in told)
    return has_values and (not with_sentences or any(map(is_sentence, told)))


def decide_sentences(
    header: Header,
    fields: dict[int, str | None],
    cells: Mapping[int, Sequence[str]],
    either: Sequence[int] = (),
) -> list[int]:
    """Set the fields of columns of sentences.

    Args:
        header: of the table; what its profile names is left alone.
        fields: position among the header's columns -> field; changed in place.
        cells: position -> the filled cells below.
        either: positions of columns in which values and sentences stand in turn.

    Returns:
        The positions left out because they say what was planned.
    """
    if _OF_INDICATORS & set(fields.values()) or any(
        one.meaning.indicator for one in header.columns
    ):
        return []
    free = {at: name for at, name in fields.items() if not header.columns[at].meaning.by_profile}
    texts = {at for at in free if cells[at] and are_sentences(cells[at]) and at not in either}
    years = {at: header.columns[at].meaning.fiscal_year for at in fields}
    done = _activities(free, texts, fields, years) or _contents_of_a_year(free, years)
    for at in done:
        fields[at] = "activity"
    out = [
        at
        for at, name in free.items()
        if at in texts
        and name in _PLANS
        and not _OF_VALUES.search(bare(header.columns[at].text))
        and not _has_values(fields, texts, years, years[at])
    ]
    known = [at for at, name in fields.items() if name == "activity"]
    if known and "item" in fields.values():
        contents = [at for at, name in free.items() if name == "content" and at not in known]
        past = [at for at in contents if are_in_past(cells[at]) and _is_of(years, at, known)]
        out += [at for at in contents if at not in past]
        for at in past:
            fields[at] = "activity"
    for at in out:
        fields[at] = IGNORED
    return out


def _is_of(years: Mapping[int, int | None], at: int, others: Sequence[int]) -> bool:
    """Whether a column is of the one year (or of none) that other columns are of."""
    return {years[other] for other in others} == {years[at]}


def _activities(
    free: Mapping[int, str | None],
    texts: set[int],
    fields: Mapping[int, str | None],
    years: Mapping[int, int | None],
) -> list[int]:
    """Columns 実績 of sentences, where none of their year says already what was done."""
    known = {years[at] for at, name in fields.items() if name == "activity"}
    return [
        at
        for at, name in free.items()
        if name == "outcome" and at in texts and years[at] not in known
    ]


def _contents_of_a_year(
    free: Mapping[int, str | None], years: Mapping[int, int | None]
) -> list[int]:
    """令和5年度実施内容 beside 取組概要: what names a year was done in it."""
    contents = [at for at, name in free.items() if name == "content"]
    dated = [at for at in contents if years[at]]
    return dated if 0 < len(dated) < len(contents) else []


def _has_values(
    fields: Mapping[int, str | None],
    texts: set[int],
    years: Mapping[int, int | None],
    year: int | None,
) -> bool:
    """Whether a column of values stands beside a plan of a year."""
    return any(
        name in ("actual", "outcome") and at not in texts and years[at] in (year, None)
        for at, name in fields.items()
    )
