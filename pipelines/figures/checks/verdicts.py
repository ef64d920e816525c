"""A comparison as a row of ``figure_checks``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pipelines.figures.checks.evidence import Figure
from pipelines.plans.identity import short_hash

Row = dict[str, Any]
CheckKind = Literal["sum", "ratio", "conflict", "against_results"]
Outcome = Literal["agrees", "rounding", "disagrees"]
_BASES = {"single_year": "単年度", "cumulative": "累計"}
_STEMS = {
    "items_total": "項目数",
    "items_rated": "評価した項目数",
    "items_planned": "計画した項目数",
    "effect_planned": "効果額（計画）",
    "effect_actual": "効果額（実績）",
    "effect_progress": "効果額の進捗率",
    "cost_reduction": "削減額",
    "revenue_increase": "収入額",
    "indicator_planned": "指標（目標）",
    "indicator_actual": "指標（実績）",
    "indicator_progress": "指標の進捗率",
    "indicator_change": "指標の増減",
}


@dataclass(frozen=True)
class Comparison:
    """Two numbers that should be the same.

    Attributes:
        kind: of the check.
        rule: what is compared, in Japanese (年度別の値の合計と累計).
        total: the figure that is compared; it says plan, year and unit.
        parts: the other figures.
        expected: the number as published.
        found: the number that the parts give.
        unit: of both.
        tolerance: the most that rounding can explain.
        explanation: why they differ, where that is known.
    """

    kind: CheckKind
    rule: str
    total: Figure
    parts: Sequence[Figure]
    expected: Decimal
    found: Decimal
    unit: str
    tolerance: Decimal = Decimal(0)
    explanation: str | None = None


def total_against_parts(
    rule: str, total: Figure, parts: Sequence[Figure], explanation: str | None = None
) -> Comparison:
    """A published total against the sum of its published parts, all in one compared unit."""
    tolerance = total.half_step + sum((one.half_step for one in parts), Decimal(0))
    found = sum((one.amount for one in parts), Decimal(0))
    return Comparison(
        "sum",
        rule,
        total,
        parts,
        total.amount,
        found,
        total.compared_unit,
        tolerance,
        explanation,
    )


def check_row(one: Comparison) -> Row:
    """A comparison with its verdict; nothing is corrected because of it."""
    difference = one.found - one.expected
    outcome = outcome_of(difference, one.tolerance)
    ids = ";".join(figure.figure_id for figure in (one.total, *one.parts))
    label = label_of(one.rule, one.total)
    code = one.total.scope.municipality_code
    return {
        "check_id": f"{code}-c{short_hash(chr(10).join((one.kind, label, ids)))}",
        "municipality_code": code,
        "check_kind": one.kind,
        "label": label,
        "figure_ids": ids,
        "plan_id": one.total.plan_id,
        "fiscal_year": one.total.year,
        "unit": one.unit,
        "expected": float(one.expected),
        "found": float(one.found),
        "difference": float(difference),
        "outcome": outcome,
        "explanation": None if outcome == "agrees" else one.explanation,
        "source_id": one.total.source_id,
        "sheet": None,
        "row": None,
    }


def outcome_of(difference: Decimal, tolerance: Decimal) -> Outcome:
    """What a difference means where rounding can explain as much as the tolerance."""
    if difference == 0:
        return "agrees"
    return "rounding" if abs(difference) <= tolerance else "disagrees"


def label_of(rule: str, figure: Figure) -> str:
    """What is compared, in Japanese: plan, year, metric and rule."""
    year = f" {figure.year}年度" if figure.year is not None else ""
    basis = f" {_BASES[figure.basis]}" if figure.basis else ""
    return f"{figure.plan_label}{year}{basis} {metric_label(figure)}：{rule}"


def metric_label(figure: Figure) -> str:
    """A metric in Japanese: 効果額（実績）「電算化の推進」."""
    metric = figure.metric
    names = "".join(f"「{name}」" for name in (metric.of, metric.pillar) if name)
    return _STEMS[metric.stem] + names
