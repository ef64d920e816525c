"""Figures that follow from published ones by subtraction, marked as derived.

A cumulative figure, less the one before it and the single years published since, leaves the one
year that was never published: 「4,533－2,273－1,092」.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.figures.checks.evidence import (
    Figure,
    figures_of,
    grouped,
    is_additive,
    the_one,
)
from pipelines.figures.checks.sums import SINGLE_YEAR, cumulative_by_year, single_years
from pipelines.figures.published import figure_id

Row = dict[str, Any]
MINUS = "－"


@dataclass(frozen=True)
class _Gap:
    """The one missing year between two cumulative figures, and what leads to it."""

    year: int
    total: Figure
    known: tuple[Figure, ...]


def derived_figures(rows: Iterable[Row]) -> list[Row]:
    """Rows of ``published_figures`` for years that follow from the published ones.

    Only exactly one missing year is derived, only within one plan, metric and unit, and nothing
    from figures that contradict each other. It is final only where all it follows from are.

    Args:
        rows: of ``published_figures``.
    """
    series = grouped(figures_of(rows), lambda one: (one.scope, one.metric))
    derived = [_row(gap) for _, figures in series for gap in _gaps(figures)]
    unique = {row["figure_id"]: row for row in derived}
    return [row for _, row in sorted(unique.items())]


def _gaps(figures: Sequence[Figure]) -> Iterator[_Gap]:
    """The missing years of a series; a later total is tried first only where it comes first."""
    if not is_additive(figures[0]):
        return
    years = single_years(figures)
    totals = {year: the_one(group) for year, group in cumulative_by_year(figures).items()}
    found: set[int] = set()
    for last, total in totals.items():
        before = max((year for year in totals if year < last), default=None)
        base = totals[before] if before is not None else None
        gap = _gap(years, total, last, before, base, figures[0].scope.start)
        if gap and gap.year not in found:
            found.add(gap.year)
            yield gap


def _gap(
    years: dict[int, Figure | None],
    total: Figure | None,
    last: int,
    before: int | None,
    base: Figure | None,
    start: int | None,
) -> _Gap | None:
    first = before + 1 if before is not None else start
    if total is None or first is None or (before is not None and base is None):
        return None
    wanted = range(first, last + 1)
    missing = [year for year in wanted if year not in years]
    known = [years[year] for year in wanted if year in years]
    if len(missing) != 1 or not all(known):
        return None
    parts = [one for one in (base, *known) if one]
    one_unit = all(one.unit == total.unit for one in parts)
    return _Gap(missing[0], total, tuple(parts)) if parts and one_unit else None


def _row(gap: _Gap) -> Row:
    figures = (gap.total, *gap.known)
    total = gap.total
    columns: Row = {
        "municipality_code": total.scope.municipality_code,
        "plan_id": total.plan_id,
        "plan_label": total.plan_label,
        "period_start_fy": total.scope.start,
        "period_end_fy": total.scope.end,
        "fiscal_year": gap.year,
        "metric": total.metric_text,
        "basis": SINGLE_YEAR,
        "unit": total.unit,
        "value": float(_rest([one.value for one in figures])),
        "value_normalized": float(_rest([one.amount for one in figures])),
        "unit_normalized": total.compared_unit,
        "is_derived": True,
        "derived_from": ";".join(one.figure_id for one in figures),
        "result_status": _status(figures),
        "published_as": MINUS.join(_term(one.published_as) for one in figures),
        "source_url": total.source_url,
        "source_id": total.source_id,
        "row": None,
    }
    return {"figure_id": figure_id(columns), **columns}


def _rest(values: Sequence[Decimal]) -> Decimal:
    return values[0] - sum(values[1:], Decimal(0))


def _status(figures: Sequence[Figure]) -> str:
    return "final" if all(one.status == "final" for one in figures) else "provisional"


def _term(published_as: str) -> str:
    """A term of the subtraction; one with a sign of its own stands in brackets."""
    return f"({published_as})" if published_as[:1] in tuple("△▲-－−") else published_as
