"""Rules about the form of a CSV file: L1-14, L1-15 and L3-08."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.machine_readability.model import PLACES_NAMED, Breach, Table
from pipelines.sources.workbooks.model import CellFinding

STRAY_QUOTE = "csv_stray_quote"
DECLARED_ENCODING = "utf-8-sig"


def csv_breaches(table: Table, encoding: str, findings: Sequence[CellFinding]) -> Iterator[Breach]:
    """What is wrong with records and quotation marks, and with the declared form.

    Args:
        table: the table of the file.
        encoding: codec that the file was read with.
        findings: what reading the file found.
    """
    yield from _line_breaks(table)
    yield from _widths(table)
    for one in findings:
        if one.rule == STRAY_QUOTE:
            yield Breach("stray_quote", ((one.row, None),))
    if table.has_schema:
        yield from _declared_form(table, encoding)


def _line_breaks(table: Table) -> Iterator[Breach]:
    """L1-14: no line break inside a record."""
    rows = [
        row
        for row in (table.header_row, *table.data_rows)
        if any("\n" in cell for cell in table.sheet.rows[row - 1])
    ]
    if rows:
        yield _at_rows("break_in_record", rows)


def _widths(table: Table) -> Iterator[Breach]:
    """Every row has as many cells as the header: more are L1-15, fewer L1-14."""
    expected = len(table.sheet.rows[table.header_row - 1])
    widths = {row: len(table.sheet.rows[row - 1]) for row in table.data_rows}
    more = [row for row, width in widths.items() if width > expected and _overflows(table, row)]
    fewer = [row for row, width in widths.items() if width < expected]
    if more:
        yield _at_rows("too_many_cells", more, expected)
    if fewer:
        yield _at_rows("record_cut", fewer, expected)


def _overflows(table: Table, row: int) -> bool:
    expected = len(table.sheet.rows[table.header_row - 1])
    return any(cell.strip() for cell in table.sheet.rows[row - 1][expected:])


def _at_rows(message: str, rows: list[int], expected: int = 0) -> Breach:
    places = tuple((row, None) for row in rows[:PLACES_NAMED])
    return Breach(message, places, len(rows), words={"expected": expected})


def _declared_form(table: Table, encoding: str) -> Iterator[Breach]:
    """L3-08: physical names in ASCII, and the encoding that the package declares."""
    if encoding != DECLARED_ENCODING:
        yield Breach("encoding_not_declared", value=encoding)
    for column in table.columns:
        if not column.name.isascii():
            yield column.header_breach("name_not_ascii", table.header_row)
