"""L1-02: one table in a file or sheet, of one granularity."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipelines.machine_readability.finding_tables import second_table
from pipelines.machine_readability.model import Breach, Column, Table
from pipelines.machine_readability.rules import words
from pipelines.sources.workbooks.model import is_blank_row


def structure_breaches(table: Table) -> Iterator[Breach]:
    """Further tables below and beside, headers amid the data, totals among the data."""
    rows = table.sheet.rows
    other = second_table(rows, table.header_row)
    if other is not None:
        yield Breach("second_table", ((other, None),), words={"row": other})
    yield from _header_again(table, other or len(rows) + 1)
    yield from _beside(table)
    yield from _totals(table)


def _header_again(table: Table, end: int) -> Iterator[Breach]:
    rows = table.sheet.rows
    header = [cell.strip() for cell in rows[table.header_row - 1]]
    if sum(map(bool, header)) < 2:
        return
    again = [
        row
        for row in range(table.header_row + 1, end)
        if [cell.strip() for cell in rows[row - 1]] == header
    ]
    if again:
        yield Breach("header_repeated", tuple((row, None) for row in again[:5]), len(again))


def _beside(table: Table) -> Iterator[Breach]:
    """A gap of blank columns with two columns or more on either side that bear headers."""
    named = [column.number for column in table.columns if column.name.strip()]
    for before, (left, right) in enumerate(pairwise(named), start=1):
        is_gap = right - left > 1 and not any(
            left < column.number < right for column in table.columns
        )
        if is_gap and min(before, len(named) - before) >= 2:
            yield Breach("table_beside", ((table.header_row, right),))
            return


def _totals(table: Table) -> Iterator[Breach]:
    """Rows whose first text says that they add up others; columns of a quotation may say so."""
    for column in table.columns[:3]:
        if column.declared is not None and column.declared.verbatim:
            continue
        found = [row for row in _rows_of_totals(column) if _is_first(table, row, column.number)]
        if found:
            yield column.breach_at("total_row", found)
            return


def _rows_of_totals(column: Column) -> list[int]:
    texts = [one for one in column.rows_of if one.strip() in words("totals")]
    return sorted(row for text in texts for row in column.rows_of[text])


def _is_first(table: Table, row: int, column: int) -> bool:
    return is_blank_row(table.sheet.rows[row - 1][: column - 1])
