"""Faults of whole sheets and tables: no rows, merged values, two units, rows that are too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.results.model import Record, Section
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import Header
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.workbooks.model import CellFinding, Sheet

_AMOUNTS = ("amount", "planned_amount")
_KEYS = ("item_id", "item_number", "item", "measure")


def is_example_sheet(name: str | None) -> bool:
    """Whether a sheet shows how to fill in: 記入例, 実績（記載例）, 見本."""
    plain = bare(name or "")
    if any(word in plain for word in sheet_vocabulary().words("example_sheets")):
        return True
    return plain.strip("()[]【】0123456789") == "見本" or plain.endswith("(見本)")


def example_sheet(sheet: Sheet) -> CellFinding:
    """A sheet of examples that is not read."""
    return CellFinding(
        "warning",
        "example_sheet_not_read",
        f"シート「{sheet.name}」は記入例と思われるため、読んでいません。",
        "実際の結果であればシート名を変えて出し直すか、"
        "profile.yaml の sheets.read に書いてください。",
        sheet.name,
    )


def no_rows(sheet: Sheet) -> CellFinding:
    """A sheet with headings and without a row below them."""
    shown = f"シート「{sheet.name}」" if sheet.name else "この表"
    return CellFinding(
        "warning",
        "no_rows",
        f"{shown}には見出しだけがあり、結果の行がありません。",
        "結果があれば見出しの下に書いて出し直してください。なければ、そのままでかまいません。",
        sheet.name,
    )


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
                yield _merged_value(record, cell.column, cell.text)


def _keys(record: Record) -> list[str | None]:
    return [record.texts.get(key) for key in _KEYS]


def _merged_value(record: Record, column: int, text: str) -> CellFinding:
    return CellFinding(
        "warning",
        "merged_value",
        f"「{text}」の欄がいくつかの項目の行にわたって結合されています。最初の行の値として読みました。",
        "結合をやめて、項目ごとに値を書いてください。",
        record.sheet,
        record.row,
        column,
        text,
    )


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
    return CellFinding(
        "warning",
        "unit_conflict",
        f"見出し「{column.text}」の単位（{column.meaning.unit}）と、上の行の単位（{line}）が違います。"
        "見出しの単位で読みました。",
        "どちらかを直してください。",
        sheet,
        header.last_row,
        column.column,
        column.text,
    )


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


def row_longer_than_headings(sheet: str | None, row: int, seen: str) -> CellFinding:
    """A row whose cells may have moved to the right."""
    return CellFinding(
        "error",
        "row_longer_than_headings",
        "この行には見出しより多くの欄があります。値の中のカンマ（桁区切りなど）で列がずれているおそれがあるため、"
        "公表していません。",
        'カンマを含む値を「"」で囲むか、桁区切りのカンマを消してください。',
        sheet,
        row,
        value=seen,
    )
