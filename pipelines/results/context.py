"""What is known of plans before their results are read, from the rows of the plan tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipelines.results.model import (
    DepartmentContext,
    IndicatorContext,
    ItemContext,
    PlanContext,
    Row,
)

Rows = Mapping[str, Sequence[Row]]
Scale = Mapping[str, str | None]


def plan_contexts(rows: Rows, scale_of: Callable[[Row], Scale]) -> dict[str, PlanContext]:
    """plan_id -> what results of that plan are matched with.

    Args:
        rows: plans, reform_items, item_departments, indicators, item_targets, policy_nodes and
            departments; tables that are missing count as empty.
        scale_of: the rating scale of a plan, given its row of ``plans``.
    """
    items, indicators = _items(rows), _indicators(rows)
    registers = registers_by_municipality(rows.get("departments", ()))
    return {
        plan["plan_id"]: PlanContext(
            plan_id=plan["plan_id"],
            municipality_code=plan["municipality_code"],
            items=tuple(items[plan["plan_id"]]),
            indicators=tuple(indicators[plan["plan_id"]]),
            scale=scale_of(plan),
            departments=tuple(registers[plan["municipality_code"]]),
            period=(plan.get("period_start_fy"), plan.get("period_end_fy")),
        )
        for plan in rows.get("plans", ())
    }


def _items(rows: Rows) -> dict[str, list[ItemContext]]:
    departments: dict[str, list[str]] = defaultdict(list)
    for row in rows.get("item_departments", ()):
        departments[row["item_id"]].append(row["department_name"])
    titles = {row["node_id"]: row["title"] for row in rows.get("policy_nodes", ())}
    items: dict[str, list[ItemContext]] = defaultdict(list)
    for row in sorted(rows.get("reform_items", ()), key=lambda row: row["ordinal"]):
        items[row["plan_id"]].append(
            ItemContext(
                item_id=row["item_id"],
                number_label=row.get("number_label"),
                title=row["title"],
                departments=tuple(departments[row["item_id"]]),
                goal_text=row.get("goal_text"),
                node_title=titles.get(row.get("node_id")),
            )
        )
    return items


def _indicators(rows: Rows) -> dict[str, list[IndicatorContext]]:
    targets: dict[str, str] = {}
    for row in rows.get("item_targets", ()):
        targets.setdefault(row["indicator_id"], row["target_text"])
    indicators: dict[str, list[IndicatorContext]] = defaultdict(list)
    for row in rows.get("indicators", ()):
        indicators[row["plan_id"]].append(
            IndicatorContext(
                indicator_id=row["indicator_id"],
                item_id=row.get("item_id"),
                name=row["name"],
                unit=row.get("unit"),
                target_text=targets.get(row["indicator_id"]),
            )
        )
    return indicators


def registers_by_municipality(rows: Iterable[Row]) -> dict[str, list[DepartmentContext]]:
    """municipality_code -> its departments, from rows of ``departments``."""
    registers: dict[str, list[DepartmentContext]] = defaultdict(list)
    for row in rows:
        registers[row["municipality_code"]].append(
            DepartmentContext(
                department_id=row["department_id"],
                name=row["name"],
                bureau=row.get("bureau"),
                valid_from=_iso(row.get("valid_from")),
                valid_to=_iso(row.get("valid_to")),
                successor_id=row.get("successor_id"),
            )
        )
    return registers


def _iso(day: object) -> str | None:
    return None if day is None else str(day)
