"""Published totals against the effects that departments have reported, where we hold both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.figures.checks.evidence import Figure, distinct, figures_of, grouped
from pipelines.figures.checks.verdicts import Comparison, check_row

Row = dict[str, Any]
#: Plan and fiscal year (None: the whole period) -> why our rows are not all there are.
KnownGaps = Mapping[tuple[str, int | None], str]
NOT_STATED = "not_stated"
COST, REVENUE, OTHER = "cost_reduction", "revenue_increase", "other"
#: Metric -> the kinds of effect that it sums up, and the column that holds them.
COMPARED = {
    "cost_reduction": ((COST,), "actual_yen"),
    "revenue_increase": ((REVENUE,), "actual_yen"),
    "effect_actual": ((COST, REVENUE, OTHER), "actual_yen"),
    "effect_planned": ((COST, REVENUE, OTHER), "planned_yen"),
}


def compare_with_results(
    figures: Iterable[Row], effects: Iterable[Row], known_gaps: KnownGaps | None = None
) -> list[Row]:
    """Rows of ``figure_checks`` that compare published totals with our own rows.

    A total of the whole plan is compared with the sum of the current rows of the same plan, year
    (or period), kind and basis. Rows that state no basis are taken where none states the figure's.
    A total of both kinds is compared only where we hold rows of both, or of their sum.

    Args:
        figures: rows of ``published_figures``; only those with a plan_id count.
        effects: rows of ``financial_effects``, of any plans.
        known_gaps: where our rows are known to be a part only, with the reason in Japanese.
    """
    current = [row for row in effects if row["is_current"]]
    compared = [
        _comparison(total, current, known_gaps or {})
        for _, group in grouped(_totals(figures), _thing)
        for total in distinct(group)
    ]
    rows = [check_row(one) for one in compared if one]
    return sorted(rows, key=lambda row: (row["municipality_code"], row["check_id"]))


def _totals(figures: Iterable[Row]) -> Iterator[Figure]:
    for one in figures_of(figures):
        is_whole = not one.metric.of and not one.metric.pillar
        if one.plan_id and is_whole and one.metric.stem in COMPARED:
            yield one


def _thing(figure: Figure) -> tuple[object, ...]:
    return figure.plan_id, figure.scope, figure.year, figure.metric, figure.basis


def _comparison(total: Figure, effects: Sequence[Row], known_gaps: KnownGaps) -> Comparison | None:
    kinds, column = COMPARED[total.metric.stem]
    rows = _of_basis(
        [row for row in effects if _is_about(row, total) and row["effect_kind"] in kinds],
        total.basis,
    )
    amounts = [row[column] for row in rows if row[column] is not None]
    found_kinds = {row["effect_kind"] for row in rows}
    if not amounts or not (
        len(kinds) == 1 or OTHER in found_kinds or found_kinds >= {COST, REVENUE}
    ):
        return None
    return Comparison(
        "against_results",
        "公表値と部署の報告の合計",
        total,
        (),
        total.amount,
        Decimal(sum(amounts)),
        total.compared_unit,
        total.half_step,
        _explanation(total, rows, len(rows) - len(amounts), known_gaps),
    )


def _is_about(row: Row, total: Figure) -> bool:
    if row["plan_id"] != total.plan_id:
        return False
    if total.year is not None:
        return bool(row["fiscal_year"] == total.year)
    period = row["period_start_fy"], row["period_end_fy"]
    return row["fiscal_year"] is None and period == (total.scope.start, total.scope.end)


def _of_basis(rows: Sequence[Row], basis: str) -> list[Row]:
    """Rows of the figure's basis, never mixed with others; else those that state none."""
    wanted = basis or NOT_STATED
    same = [row for row in rows if row["effect_basis"] == wanted]
    return same or [row for row in rows if row["effect_basis"] == NOT_STATED]


def _explanation(
    total: Figure, rows: Sequence[Row], without_amount: int, known_gaps: KnownGaps
) -> str | None:
    """What is known of the rows that may make them differ from the total."""
    told = []
    gap = known_gaps.get((str(total.plan_id), total.year))
    if gap:
        told.append(gap)
    if without_amount:
        told.append(f"金額のない行が{without_amount}件あります。")
    if total.basis and rows[0]["effect_basis"] == NOT_STATED:
        told.append("報告には単年度か累計かの記載がありません。")
    return "".join(told) or None
