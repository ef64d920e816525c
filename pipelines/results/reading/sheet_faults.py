"""Faults of whole sheets and tables: no rows, merged values, two units, rows that are too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.messages import At
from pipelines.results.model import Record, Section
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import Header
from pipelines.results.reading.messages import told
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.workbooks.model import CellFinding

_AMOUNTS = ("amount", "planned_amount")
_KEYS = ("item_id", "item_number", "item", "measure")


def is_example_sheet(name: str | None) -> bool:
    """Whether a sheet shows how to fill in: 記入例, 実績（記載例）, 見本."""
    plain = bare(name or "")
    if any(word in plain for word in sheet_vocabulary().words("example_sheets")):
        return True
    return plain.strip("()[]【】0123456789") == "見本" or plain.endswith("(見本)")


def merged_values(grid: Grid, records: Sequence[Record]) -> Iterator[CellFinding]:
    """Values in cells that are merged over rows of several items."""
    last_rows = {
        (one.first_row, one.first_column): one.last_row
        for one in grid.sheet.merged
        if one.last_row > one.first_row
    }
    if not last_rows:
        return
    by_row = {record.row: record for record in records}
    for record in records:
        for cell in record.values:
            last = last_rows.get((record.row, cell.column), record.row)
            below = (by_row.get(row) for row in range(record.row + 1, last + 1))
            if any(one is not None and _keys(one) != _keys(record) for one in below):
                at = At(record.sheet, record.row, cell.column)
                yield told("merged_value", at, cell.text)


def _keys(record: Record) -> list[str | None]:
    return [record.texts.get(key) for key in _KEYS]


def unit_conflict(sheet: str | None, header: Header, section: Section) -> CellFinding | None:
    """The first heading of an amount whose unit is another one than the lines above say.

    A line stands for the columns without a unit of their own; where there are none, or one heading
    agrees with the line, nothing is wrong.
    """
    amounts = [one for one in header.columns if one.meaning.field in _AMOUNTS]
    units = {one.meaning.unit for one in amounts}
    line = section.unit
    if not amounts or not line or not line.endswith("円") or None in units or line in units:
        return None
    column = amounts[0]
    at = At(sheet, header.last_row, column.column)
    return told("unit_conflict", at, column.text, unit=column.meaning.unit, line=line)


def rows_too_long(grid: Grid, header: Header) -> frozenset[int]:
    """Rows of a CSV file with more cells than its headings: commas inside a value, unquoted.

    Where most rows are longer, they have a column without a heading.
    """
    if grid.sheet.name is not None or not header.last_row:
        return frozenset()
    width = len(grid.rows[header.last_row - 1])
    if grid.width <= width:
        return frozenset()
    below = range(header.last_row + 1, len(grid.rows) + 1)
    found = [row for row in below if any(grid.rows[row - 1][width:])]
    return frozenset(found) if len(found) * 2 < len(below) else frozenset()
