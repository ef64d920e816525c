"""A unit that stands once at the right end of the headings, for all amounts of the table.

::

    項目 | 所管課 | H18決算 | H19決算 | H20見込
         |        |         |         | （千円）
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.lines import is_unit_line
from pipelines.results.vocabulary import bare, sheet_vocabulary

_AMOUNTS = ("amount", "planned_amount")


def with_shared_unit(header: Header, grid: Grid) -> Header:
    """A header whose unit of money, alone in its last row below the last column, is that of all.

    Only where every amount but that column's has no unit of its own; else as it is.
    """
    amounts = [one for one in header.columns if one.meaning.field in _AMOUNTS]
    if len(amounts) < 2 or not _is_alone(grid, header, amounts[-1]):
        return header
    unit, others = amounts[-1].meaning.unit, amounts[:-1]
    if not unit or not unit.endswith("円") or any(one.meaning.unit for one in others):
        return header
    columns = tuple(_with_unit(one, unit) if one in others else one for one in header.columns)
    return replace(header, columns=columns)


def _is_alone(grid: Grid, header: Header, last: HeadColumn) -> bool:
    """Whether the last row of headings holds nothing but a unit, in the last column with a text."""
    filled = grid.filled(header.last_row)
    if header.first_row == header.last_row or len(filled) != 1:
        return False
    column, text = filled[0]
    is_right = column == last.column == max(one.column for one in header.columns if one.text)
    plain = bare(text).strip("()[]【】〔〕")
    return is_right and (is_unit_line(text) or plain in sheet_vocabulary().units)


def _with_unit(column: HeadColumn, unit: str) -> HeadColumn:
    return replace(column, meaning=replace(column.meaning, unit=unit), shares_unit=True)
