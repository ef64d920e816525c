"""Tables in which 目標 stands above 実績, in two rows or two lines of a cell, as the sheet says.

::

    効果額一覧（上段：目標額、下段：実績額）
    No | 取組項目       | 担当課 | R3   | R4
    1  | 使用料の見直し | 財政課 | 1000 | 1000
       |                |        | 850  | 1120

The words stand in a heading, in a line above the table or in a note below it. Without them nobody
can say which value is which, and nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.headings import HeadingReader, Meaning
from pipelines.results.reading.titled_years import lines_above, named_above
from pipelines.results.reading.upper_lower import Stacked, stacked_values, without_stacked

_AMOUNTS = {"planned": "planned_amount", "actual": "amount"}
_NAMES = ("item_id", "item_number", "item", "measure", "indicator_id", "indicator")
_NOTES_BELOW = 10
_ROWS_SEEN = 12


def with_stacked_rows(header: Header, grid: Grid, reader: HeadingReader) -> Header:
    """A header whose columns hold two values one above the other, where the sheet says so."""
    for stacked, columns in _stated(header, grid):
        named = _named(header, stacked, columns, grid, reader)
        if _are_in_cells(header, columns, grid):
            found = {one.column: _paired(one, named, stacked) for one in columns}
        elif _are_in_rows(header, grid):
            found = {one.column: _of_rows(one, named) for one in columns}
            header = replace(header, stacked=(stacked.upper, stacked.lower))
        else:
            # Nobody can say which of the two such a value is: the column is told as unknown.
            found = {one.column: replace(one, meaning=Meaning()) for one in columns}
            kept = tuple(found.get(one.column, one) for one in header.columns)
            return replace(header, columns=kept)
        changed = tuple(found.get(one.column, one) for one in header.columns)
        return replace(header, columns=changed, stacked_words=stacked.text)
    return header


def _stated(header: Header, grid: Grid) -> Iterator[tuple[Stacked, list[HeadColumn]]]:
    """What is said in headings, of their columns, and else in lines around the table."""
    said = {one.column: stated for one in header.columns if (stated := stacked_values(one.text))}
    if said:
        if len({(one.upper, one.lower) for one in said.values()}) == 1:
            columns = [one for one in header.columns if one.column in said]
            yield next(iter(said.values())), columns
        return
    around = list(_around(header, grid))
    if len({(one.upper, one.lower) for one in around}) == 1:
        columns = [one for one in header.columns if _is_open(one)]
        if columns:
            yield around[0], columns


def _is_open(column: HeadColumn) -> bool:
    """Whether a column holds values of which no word says whether they are plans or results."""
    meaning = column.meaning
    is_year = bool(meaning.fiscal_year) and meaning.field is None
    return is_year or (meaning.field == "amount" and not meaning.pair)


def _around(header: Header, grid: Grid) -> Iterator[Stacked]:
    """What lines above the table and notes at the end of the sheet say."""
    return (stated for text in texts_around(header, grid) if (stated := stacked_values(text)))


def texts_around(header: Header, grid: Grid) -> Iterator[str]:
    """The cells of lines above a table and of notes at the end of its sheet."""
    count = len(grid.rows)
    below = range(max(header.last_row, count - _NOTES_BELOW) + 1, count + 1)
    notes = (filled for row in below if len(filled := grid.filled(row)) < 3)
    lines = [*lines_above(header.first_row, grid), *([text for _, text in one] for one in notes)]
    return (text for texts in lines for text in texts)


def _named(
    header: Header, stacked: Stacked, columns: list[HeadColumn], grid: Grid, reader: HeadingReader
) -> dict[int, Meaning]:
    """What each column holds, apart from which of the two: amounts, or values of indicators."""
    title = named_above(header.first_row, grid, reader)
    found: dict[int, Meaning] = {}
    for one in columns:
        own = reader.column([without_stacked(part) for part in one.parts], None)
        meaning = replace(own, fiscal_year=own.fiscal_year or one.meaning.fiscal_year)
        by_title = title if title and title.field in _AMOUNTS.values() else None
        if meaning.field not in _AMOUNTS.values() and by_title:
            meaning = replace(
                meaning,
                effect_kind=by_title.effect_kind,
                effect_basis=by_title.effect_basis,
                unit=meaning.unit or by_title.unit,
            )
        is_amount = meaning.field in _AMOUNTS.values() or by_title or stacked.is_money
        found[one.column] = replace(meaning, field="amount" if is_amount else "actual")
    return found


def _paired(column: HeadColumn, named: dict[int, Meaning], stacked: Stacked) -> HeadColumn:
    """A column with both values in one cell, the upper one first."""
    meaning = named[column.column]
    upper = _AMOUNTS[stacked.upper] if meaning.field == "amount" else stacked.upper
    return replace(column, meaning=replace(meaning, field=upper, pair=stacked.lower))


def _of_rows(column: HeadColumn, named: dict[int, Meaning]) -> HeadColumn:
    return replace(column, meaning=named[column.column], is_by_row=True)


def _are_in_cells(header: Header, columns: list[HeadColumn], grid: Grid) -> bool:
    """Whether most cells hold two lines."""
    last = header.last_row
    rows = range(last + 1, min(last + _ROWS_SEEN, len(grid.rows)) + 1)
    cells = [cell for row in rows for one in columns if (cell := grid.cell(row, one.column))]
    return sum("\n" in cell for cell in cells) * 2 > len(cells)


def _are_in_rows(header: Header, grid: Grid) -> bool:
    """Whether a row that names something has one below it that names nothing."""
    names = [one.column for one in header.columns if one.meaning.field in _NAMES]
    last = min(header.last_row + _ROWS_SEEN, len(grid.rows))
    rows = range(header.last_row + 1, last + 1)
    named = [any(grid.cell(row, at) for at in names) for row in rows]
    goes_on = [
        bool(grid.filled(row)) and not is_named for row, is_named in zip(rows, named, strict=True)
    ]
    return any(first and second for first, second in zip(named, goes_on[1:], strict=False))
