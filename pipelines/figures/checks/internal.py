"""All checks of published figures among themselves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from pipelines.figures.checks.conflicts import conflicts
from pipelines.figures.checks.evidence import figures_of
from pipelines.figures.checks.ratios import indicator_changes, progress_ratios
from pipelines.figures.checks.sums import (
    effect_sums,
    part_sums,
    rating_sums,
    steady_rating_totals,
    yearly_sums,
)
from pipelines.figures.checks.verdicts import check_row

Row = dict[str, Any]
RULES = (
    yearly_sums,
    rating_sums,
    steady_rating_totals,
    part_sums,
    effect_sums,
    progress_ratios,
    indicator_changes,
    conflicts,
)


def check_figures(rows: Iterable[Row]) -> list[Row]:
    """Rows of ``figure_checks`` for everything that published figures say about each other.

    Derived figures are no evidence, and the order of the rows does not matter.

    Args:
        rows: of ``published_figures``.
    """
    figures = figures_of(rows)
    compared = chain.from_iterable(rule(figures) for rule in RULES)
    checks = {row["check_id"]: row for row in map(check_row, compared)}
    return sorted(
        checks.values(),
        key=lambda row: (row["municipality_code"], row["check_kind"], row["check_id"]),
    )
