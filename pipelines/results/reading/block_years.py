"""Lines of a form whose values stand below years: 年度 | R3 | R4 above 計画 | 10 | 20.

A line is one of years where at least two of its cells stand below years and none elsewhere. With
one cell it is that year's, unless it stands below the first year: there an ordinary value of a
label would stand as well, so that nobody can say whether it is of that year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.heading_years import HeadingYear, year_of_heading
from pipelines.results.vocabulary import bare
from pipelines.sources.workbooks.model import MergedRange

Filled = Sequence[tuple[int, str]]

_LEAST_YEARS = 2
_MOST_LABELS = 2


def years_across(filled: Filled) -> dict[int, int]:
    """Column -> fiscal year of a line of years; empty for any other line.

    At most one label (年度, 区分) may stand before the years.
    """
    found: dict[int, int] = {}
    before: HeadingYear | None = None
    for at, text in filled:
        year = year_of_heading(bare(text), before)
        if year is None or year.rest:
            if found or at != filled[0][0]:
                return {}
            continue
        before = year
        found[at] = year.fiscal_year
    is_plain = len(found) >= _LEAST_YEARS and len(set(found.values())) == len(found)
    return found if is_plain else {}


def values_of_years(
    row: int, filled: Filled, years: Mapping[int, int], grid: Grid
) -> tuple[Filled, Filled] | None:
    """Labels and values of a line below years; None where it is an ordinary line.

    Args:
        row: its number.
        filled: its cells.
        years: column -> year of the line of years above.
        grid: the sheet; a cell merged over several years is of none of them.
    """
    first = min(years)
    labels = [(at, text) for at, text in filled if at < first]
    values = [(at, text) for at, text in filled if at >= first]
    wide = {one.first_column for one in grid.merged_tops.get(row, ()) if _is_wide(one, years)}
    if not 0 < len(labels) <= _MOST_LABELS or not values:
        return None
    if any(at not in years or at in wide for at, _ in values):
        return None
    return labels, values


def _is_wide(merged: MergedRange, years: Mapping[int, int]) -> bool:
    return sum(merged.first_column <= at <= merged.last_column for at in years) > 1


def is_unclear(values: Filled, years: Mapping[int, int]) -> bool:
    """Whether the only value stands below the first year, as that of any label would."""
    return len(values) == 1 and values[0][0] == min(years)
