"""Two values in a cell of which a note says what the second one is: （注）（　）内は前年度の効果額.

::

    取組項目     | 効果額
    電話料の見直し | 560
                 | （610）
    （注）（　）内は前年度の効果額

A value of another year is left out, for its year stands in its own report; one of plan or result is
read as the other half of the pair. Without such a note nobody can say which value is which.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.results.model import OTHER_YEAR
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.stacked_rows import texts_around
from pipelines.results.values import split_pair
from pipelines.results.vocabulary import bare, sheet_vocabulary

_INSIDE = re.compile(
    r"\(\)(?:内|書き?)?(?:の(?:数値|数字|金額|値|額|数))?(?:は|:|=|が)(?P<what>[^。、,;()]{2,30})"
)
_PLANS = ("計画", "目標", "予算", "見込", "予定")
_RESULTS = ("実績", "決算")
_FIELDS = frozenset({"amount", "planned_amount", "actual", "planned", "outcome"})
_HALVES = {"planned": ("planned", "planned_amount"), "actual": ("actual", "amount", "outcome")}
_ROWS_SEEN = 12


def with_bracketed_values(header: Header, grid: Grid) -> Header:
    """A header whose columns of two values in a cell say what the second is, as a note has it."""
    said = {bare(text): second for text in texts_around(header, grid) if (second := _second(text))}
    if len(set(said.values())) != 1:
        return header
    second, words = next(iter(said.values())), next(iter(said))
    fields = {one.meaning.field for one in header.columns}
    if not fields.isdisjoint(_HALVES.get(second, ())):
        return header
    columns = [_of_two(one, second, header, grid) for one in header.columns]
    if columns == list(header.columns):
        return header
    return replace(header, columns=tuple(columns), bracket_words=words)


def _second(text: str) -> str | None:
    """What a note says of the value in brackets: of another year, a plan or a result."""
    if "(" not in text and "（" not in text:
        return None
    match = _INSIDE.search(bare(text))
    if match is None:
        return None
    what = match["what"]
    if any(word in what for word in sheet_vocabulary().words("other_year_words")):
        return OTHER_YEAR
    halves = {"planned": _PLANS, "actual": _RESULTS}
    found = [half for half, words in halves.items() if any(word in what for word in words)]
    return found[0] if len(found) == 1 else None


def _of_two(column: HeadColumn, second: str, header: Header, grid: Grid) -> HeadColumn:
    """A column of values with two in one of its first cells."""
    meaning = column.meaning
    if meaning.field not in _FIELDS or meaning.pair or column.is_by_row:
        return column
    last = min(header.last_row + _ROWS_SEEN, len(grid.rows))
    cells = (grid.cell(row, column.column) for row in range(header.last_row + 1, last + 1))
    if not any(cell.endswith((")", "）")) and split_pair(cell) for cell in cells):
        return column
    return replace(column, meaning=replace(meaning, pair=second))
