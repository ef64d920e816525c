"""Columns of nothing but years between 基準値（R2） and 目標値（R7）: what was measured in them."""

from __future__ import annotations

from dataclasses import replace

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.heading_marks import pure_parts
from pipelines.results.vocabulary import sheet_vocabulary

_TARGETS = ("final_target", "planned")
_OF_RESULTS = frozenset({"actual", "outcome", "planned_amount", "amount", "row_kind"})


def with_years_between(header: Header, grid: Grid, years: tuple[int, int] | None) -> Header:
    """A header whose columns of years alone hold actual values, where nothing else can be meant.

    A baseline of an earlier year stands before them and the one target of a later year behind them,
    the rows are of indicators, and no column is filled for a year that the round does not ask for:
    such a one could only hold a target.

    Args:
        header: of a table.
        grid: the sheet.
        years: first and last of the round.
    """
    columns = header.columns
    bare_years = [one for one in columns if one.meaning.fiscal_year and not one.meaning.field]
    between = [one for one in bare_years if not _is_baseline(one)]
    if years is None or not between or len(between) == len(bare_years):
        return header
    fields = {one.meaning.field for one in columns}
    targets = [one for one in columns if one.meaning.field in _TARGETS]
    is_plain = "indicator" in fields and not fields & _OF_RESULTS and len(targets) == 1
    if not is_plain or not _stand_between(bare_years, between, targets[0]):
        return header
    if any(_year(one) > years[1] and _is_filled(one, header, grid) for one in between):
        return header
    found = [
        replace(one, meaning=replace(one.meaning, field="actual"), is_between=True)
        if one in between
        else one
        for one in columns
    ]
    return replace(header, columns=tuple(found))


def _is_baseline(column: HeadColumn) -> bool:
    words = sheet_vocabulary().words("left_out_words")
    return any(text.startswith(words) for text in pure_parts(column.parts))


def _year(column: HeadColumn) -> int:
    return column.meaning.fiscal_year or 0


def _stand_between(
    bare_years: list[HeadColumn], between: list[HeadColumn], target: HeadColumn
) -> bool:
    """Whether the baseline comes first, then the years in order, then the target."""
    ordered = [*bare_years, target]
    named = [_year(one) for one in ordered if _year(one)]
    is_in_order = named == sorted(set(named)) and ordered == sorted(ordered, key=_place)
    return is_in_order and all(one not in between for one in bare_years[:1])


def _place(column: HeadColumn) -> int:
    return column.column


def _is_filled(column: HeadColumn, header: Header, grid: Grid) -> bool:
    return any(grid.column(column.column - 1)[header.last_row :])
