"""Boxes for seals and dates of receipt, which stand beside titles and between tables.

決裁 | 課長 | 係長 | 担当 looks like a row of a table of texts, and 6.6.27 like a number. A row of
such words alone, and the names or seals right below it, says nothing of results and is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.results.reading.lines import read_line
from pipelines.results.vocabulary import bare, sheet_vocabulary

Filled = Sequence[tuple[int, str]]

_ERA = r"(?:令和|平成|昭和|[RHS])?\.?(?:元|\d{1,4})"
_DATE = re.compile(
    rf"^[(\[]?(?:{_ERA}年\d{{1,2}}月\d{{1,2}}日|{_ERA}([./・-])\d{{1,2}}\1\d{{1,2}}|年月日)"
    r"(?:現在|時点|付け?|受付|収受|提出|作成|決裁)?[)\]]?$"
)
_LONGEST_NAME = 4


def is_date(text: str) -> bool:
    """Whether a cell is nothing but a day: R7.3.10, 6.6.27, 令和6年6月27日現在."""
    return _DATE.match(bare(text)) is not None


def is_stamp_word(text: str) -> bool:
    """Whether a cell is a label of a box for seals: 決裁, 課長, 受付印."""
    return bare(text).strip("()[]【】:") in sheet_vocabulary().words("stamp_words")


def is_stamp_row(filled: Filled) -> bool:
    """Whether a row is one of a box for seals: two labels, or one that only such a box has."""
    texts = [text for _, text in filled]
    if not texts or not (is_stamp_word(texts[0]) or is_date(texts[0])):
        return False
    labels = [text for text in texts if is_stamp_word(text)]
    if not labels or any(not is_date(text) for text in texts if text not in labels):
        return False
    only = sheet_vocabulary().words("stamp_only_words")
    return len(labels) > 1 or bare(labels[0]).strip("()[]【】:") in only


def without_stamps(filled: Filled) -> list[str]:
    """The texts of a title's line without the days and seals to the right of it."""
    texts = [text for _, text in filled]
    kept = [text for text in texts[1:] if not is_date(text) and not is_stamp_word(text)]
    return [*texts[:1], *kept]


def is_below_stamps(filled: Filled, above: Filled) -> bool:
    """Whether a row holds the names and seals of the box above: short texts in its columns."""
    columns = {at for at, _ in above}
    first, last = min(columns, default=0), max(columns, default=0)
    line = read_line(0, [text for _, text in filled])
    if line.department or line.effect_kind or line.style != "plain":
        return False
    return bool(filled) and all(
        first <= at <= last and (is_date(text) or _may_be_name(text)) for at, text in filled
    )


def _may_be_name(text: str) -> bool:
    return len(bare(text)) <= _LONGEST_NAME and not any(map(str.isdigit, text))
