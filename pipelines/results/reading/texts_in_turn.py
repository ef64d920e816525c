"""Tables whose rows are 計画, 実績 and 評価 in turn, in words, with years across.

::

    取組項目       | 担当課 | 区分 | 令和4年度 | 令和5年度
    空調の運転管理 | 管財課 | 計画 | 試行      | 実施
                   |        | 実績 | 試行した。 | 見送った。
                   |        | 評価 | A         | B

One record for each year of an item, with what was done and the rating. What was planned is left
out: no table has a place for it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from pipelines.messages import At
from pipelines.results.model import Record
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import ROW_TEXT, HeadColumn, Header
from pipelines.results.reading.headings import HeadingReader, Meaning
from pipelines.results.reading.messages import told
from pipelines.results.reading.outcome import SheetOutcome
from pipelines.results.reading.sentences import are_in_past
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding

_WORDS = HeadingReader(SheetProfile())
_ROWS_SEEN = 30
PLANNED = "planned"
#: What a heading of such words holds -> the text that a row of them gives.
_TEXTS = {
    "planned": PLANNED,
    "outcome": "activity",
    "actual": "activity",
    "activity": "activity",
    "rating": "rating",
    "shortfall_reason": "shortfall_reason",
    "next_action": "next_action",
}


def text_of_row(text: str) -> str | None:
    """The text that a row of this name gives (``planned`` is left out); None for other names."""
    return _TEXTS.get(_WORDS.one(text).field or "")


def with_text_rows(header: Header, grid: Grid) -> Header:
    """A header with its column that names the texts of each row, beside columns of years.

    Every cell of that column must be such a name, 実績 among them and another one than 計画; beside
    計画 alone what was done must be in the past tense.
    """
    for at, column in enumerate(header.columns):
        if column.meaning.field not in (None, "category") or column.meaning.fiscal_year:
            continue
        last = min(header.last_row + _ROWS_SEEN, len(grid.rows))
        below = range(header.last_row + 1, last + 1)
        cells = [cell for row in below if (cell := grid.cell(row, column.column))]
        texts = list(map(text_of_row, cells))
        if None not in texts and _say_results(set(texts), header, grid, column.column):
            columns = [_of_year(one) for one in header.columns]
            columns[at] = replace(column, meaning=Meaning("row_kind"))
            asked = frozenset(one for one in texts if one and one != PLANNED)
            return replace(header, columns=tuple(columns), row_texts=asked)
    return header


def _say_results(texts: Set[str | None], header: Header, grid: Grid, column: int) -> bool:
    """Whether rows say what was done, and not only a schedule (検討, 実施)."""
    if "activity" not in texts or len(texts) < 2:
        return False
    years = [one.column for one in header.columns if one.meaning.fiscal_year]
    last = min(header.last_row + _ROWS_SEEN, len(grid.rows))
    done = [
        grid.cell(row, at)
        for row in range(header.last_row + 1, last + 1)
        if text_of_row(grid.cell(row, column)) == "activity"
        for at in years
    ]
    return bool(texts - {"activity", PLANNED}) or are_in_past(done)


def _of_year(column: HeadColumn) -> HeadColumn:
    meaning = column.meaning
    if not meaning.fiscal_year or meaning.field:
        return column
    return replace(column, meaning=replace(meaning, field=ROW_TEXT))


class TextRows:
    """The rows of one table of such texts.

    Args of the constructor:
        years: year and column (from 0).
        findings: where to tell of rows of plans, once for the table.
    """

    def __init__(self, years: Sequence[tuple[int, int]], findings: list[CellFinding]) -> None:
        self._years = years
        self._findings = findings
        self._is_told = False

    def records(self, record: Record, name: str | None, cells: Sequence[str]) -> list[Record]:
        """One record for each year of a row that is not blank; none of a row of plans.

        Args:
            record: what the row is of.
            name: the text that the row gives.
            cells: of the row.
        """
        if name == PLANNED and not self._is_told:
            self._is_told = True
            self._findings.append(told("plan_rows_left_out", At(record.sheet, record.row)))
        if name is None or name == PLANNED:
            return []
        return [
            replace(record, texts={**record.texts, "fiscal_year": f"{year}年度", name: cells[at]})
            for year, at in self._years
            if cells[at]
        ]


def join_above(outcome: SheetOutcome, row: int, below: Sequence[Record]) -> bool:
    """Join the records of a row with those of the item right above it, if it is one of them."""
    found = outcome.records
    above = [one for one in found if one.row == found[-1].row] if found else []
    between = range(above[0].row + 1, row) if above else range(0)
    goes_on = all(outcome.aside.get(one) in ("joined", "skipped") for one in between)
    both = joined_years(above, below) if above and goes_on else None
    if both is not None:
        found[-len(above) :] = both
    return both is not None


def joined_years(above: Sequence[Record], below: Sequence[Record]) -> list[Record] | None:
    """The records of an item's years with those of another row of it; None where they are not.

    They name the same in all that both say, and neither says of a year what the other does.
    """
    by_year = {record.texts["fiscal_year"]: record for record in above}
    first = above[0]
    for record in below:
        year, upper = record.texts["fiscal_year"], by_year.get(record.texts["fiscal_year"])
        if _names(first) != _names(record) or first.section is not record.section:
            return None
        own = record.texts if upper is None else {**upper.texts, **record.texts}
        if upper is not None and len(own) != len(upper.texts) + len(_said(record)):
            return None
        by_year[year] = replace(record, row=first.row, texts=own)
    return [by_year[year] for year in sorted(by_year)]


def _names(record: Record) -> dict[str, str]:
    said = {"fiscal_year", *_TEXTS.values()}
    return {name: text for name, text in record.texts.items() if name not in said}


def _said(record: Record) -> set[str]:
    return set(_TEXTS.values()) & record.texts.keys()
