"""The progress of indicators computed once more, from ``schemas/indicator_progress.json``.

In exact fractions, where the SQL has binary numbers: 93.1 - 2.2 is 90.9 here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

Row = dict[str, Any]
Number = Fraction | None

_COPIED: Final = (
    "plan_id",
    "indicator_result_id",
    "item_id",
    "indicator_id",
    "fiscal_year",
    "department_name",
    "planned_value",
    "actual_value",
    "missing_reason",
    "result_status",
)


@dataclass(frozen=True)
class Target:
    """What a year's value is measured against; ``exists`` also of a change without baseline."""

    target_id: str | None
    kind: str
    value: Number
    exists: bool
    direction: str | None
    baseline: Number
    baseline_fy: int | None
    due_fy: int | None

    @property
    def is_for_each_year(self) -> bool:
        """Whether each year is judged by itself."""
        return self.kind != "reach_by_due_year"


def indicator_progress(tables: Mapping[str, list[Row]]) -> list[Row]:
    """Progress, class and achievement of every current value of an indicator."""
    plans = {one["plan_id"]: one for one in tables["plans"]}
    indicators = {one["indicator_id"]: one for one in tables["indicators"]}
    targets: dict[str, list[Row]] = defaultdict(list)
    for one in tables["item_targets"]:
        targets[one["indicator_id"]].append(one)
    return [
        _row(row, plans[row["plan_id"]], indicators[row["indicator_id"]], targets)
        for row in tables["indicator_results"]
        if row["is_current"]
    ]


def _row(row: Row, plan: Row, indicator: Row, targets: Mapping[str, list[Row]]) -> Row:
    stated = _target_for(row["fiscal_year"], targets.get(indicator["indicator_id"], []))
    target = _of_plan(stated, indicator, row) if stated else _of_sheet(indicator, row)
    share, why_not = _progress(_exact(row["actual_value"]), target)
    elapsed = _elapsed(row["fiscal_year"], target, plan)
    achieved, not_judged = _achieved(row, target)
    return {
        "municipality_code": plan["municipality_code"],
        **{name: row[name] for name in _COPIED},
        "indicator_name": indicator["name"],
        "unit": indicator["unit"],
        "target_id": target.target_id,
        "target_kind": target.kind,
        "target_value": _float(target.value),
        "direction": target.direction,
        "baseline_value": _float(target.baseline),
        "baseline_fy": target.baseline_fy,
        "due_fy": target.due_fy,
        "progress_share": _share(share),
        "no_progress_reason": why_not,
        "elapsed_share": _share(elapsed),
        "progress_class": _class(row, target, share, elapsed, achieved),
        "is_achieved": achieved,
        "not_judged_reason": not_judged,
    }


def _exact(value: float | None) -> Number:
    return None if value is None else Fraction(str(value))


def _float(value: Number) -> float | None:
    return None if value is None else float(value)


def _share(value: Number) -> float | None:
    return None if value is None else round(float(value), 9)


def _target_for(year: int, targets: list[Row]) -> Row | None:
    """The one due next; else the one due last; else one without a year."""
    ahead = [one for one in targets if one["due_fy"] is not None and one["due_fy"] >= year]
    behind = [one for one in targets if one["due_fy"] is not None and one["due_fy"] < year]
    if ahead:
        return min(ahead, key=lambda one: (one["due_fy"], one["seq"]))
    if behind:
        return min(behind, key=lambda one: (-one["due_fy"], one["seq"]))
    return min(targets, key=lambda one: one["seq"], default=None)


def _of_sheet(indicator: Row, row: Row) -> Target:
    """The final target that the results themselves state."""
    value = _exact(row["final_target_value"])
    direction, due = indicator["direction"], row["due_fy"]
    exists = value is not None
    return Target(None, "reach_by_due_year", value, exists, direction, None, None, due)


def _of_plan(stated: Row, indicator: Row, row: Row) -> Target:
    direction = _direction(stated, indicator["direction"])
    return Target(
        target_id=stated["target_id"],
        kind=_kind(stated),
        value=_value(stated, direction),
        exists=True,
        direction=direction,
        baseline=_exact(stated["baseline_value"]),
        baseline_fy=stated["baseline_fy"],
        due_fy=row["due_fy"] if stated["due_fy"] is None else stated["due_fy"],
    )


def _kind(stated: Row) -> str:
    if stated["comparator"] == "maintain":
        return "maintain"
    recurs = stated["per"] is not None and stated["due_fy"] is None
    return "every_year" if recurs else "reach_by_due_year"


def _value(stated: Row, direction: str | None) -> Number:
    """A change counts from the baseline; a falling range is met at its upper end."""
    value, upper = Fraction(str(stated["value"])), _exact(stated["value_upper"])
    sign = {"reduce_by": -1, "increase_by": 1}.get(stated["comparator"])
    if sign is None:
        return upper if direction == "down" and upper is not None else value
    baseline = _exact(stated["baseline_value"])
    return None if baseline is None else baseline + sign * value


def _direction(stated: Row, of_indicator: str | None) -> str | None:
    """What the wording says, then what the plan says, then on which side the baseline lies."""
    comparator, baseline = stated["comparator"], stated["baseline_value"]
    if stated["comparator"] == "reduce_by" and stated["baseline_value"] is None:
        return None  # levels, or what was saved: nobody knows
    words = {"at_least": "up", "increase_by": "up"}
    words |= dict.fromkeys(("at_most", "reduce_by", "rank"), "down")
    said = words.get(comparator) or stated["direction"] or of_indicator
    if said or comparator == "maintain" or baseline is None:
        return said
    upper = stated["value"] if stated["value_upper"] is None else stated["value_upper"]
    if baseline < stated["value"]:
        return "up"
    return "down" if baseline > upper else None


def _progress(actual: Number, target: Target) -> tuple[Number, str | None]:
    goal, start = target.value, target.baseline
    why_not = {
        "judged_each_year": target.is_for_each_year,
        "no_target": not target.exists,
        "no_actual": actual is None,
        "no_baseline": start is None,
        "baseline_equals_target": start == goal,
    }
    for reason, holds in why_not.items():
        if holds:
            return None, reason
    assert actual is not None
    assert start is not None
    assert goal is not None
    return (actual - start) / (goal - start), None


def _elapsed(year: int, target: Target, plan: Row) -> Number:
    start, due = target.baseline_fy, target.due_fy
    if start is None and plan["period_start_fy"] is not None:
        start = plan["period_start_fy"] - 1
    if start is None or due is None or due <= start or target.is_for_each_year:
        return None
    return min(Fraction(1), max(Fraction(0), Fraction(year - start, due - start)))


def _achieved(row: Row, target: Target) -> tuple[bool | None, str | None]:
    """By the year's own target, else by the final one from its due year on."""
    actual, goal = _exact(row["actual_value"]), _exact(row["planned_value"])
    if goal is None and not target.exists:
        return None, "no_target"
    if actual is None:
        return None, "no_actual"
    if goal is None:
        why_not = _why_final_does_not_count(row["fiscal_year"], target)
        if why_not:
            return None, why_not
        goal = target.value
    assert goal is not None
    if actual == goal:
        return True, None
    if target.direction is None:
        return None, "no_direction"
    return (actual > goal) == (target.direction == "up"), None


def _why_final_does_not_count(year: int, target: Target) -> str | None:
    if not target.is_for_each_year:
        if target.due_fy is None:
            return "no_due_year"
        if year < target.due_fy:
            return "not_due"
    return "no_baseline" if target.value is None else None


def _class(
    row: Row, target: Target, share: Number, elapsed: Number, achieved: bool | None
) -> str | None:
    """By progress and time; by the year's target where one of them is unknown."""
    if not target.exists and row["planned_value"] is None:
        return "Q"
    if row["actual_value"] is None:
        return "N"
    in_time = achieved if share is None or elapsed is None else share >= elapsed
    return {True: "A", False: "B", None: None}[in_time]
