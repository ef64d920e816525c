"""Two figures published for one thing: both are kept, and told where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.figures.checks.evidence import Figure, grouped
from pipelines.figures.checks.verdicts import Comparison


def conflicts(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """Every further figure for the same plan, period, year, metric, basis and status.

    A provisional figure and the final one are no contradiction.
    """
    for _, group in grouped(figures, _thing):
        first, *others = group
        for other in others:
            if other.compared_unit == first.compared_unit:
                yield Comparison(
                    "conflict",
                    "同じ数値についての二つの公表",
                    first,
                    (other,),
                    first.amount,
                    other.amount,
                    first.compared_unit,
                    first.half_step + other.half_step,
                )


def _thing(figure: Figure) -> tuple[object, ...]:
    return figure.scope, figure.year, figure.metric, figure.basis, figure.status
