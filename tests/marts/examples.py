"""Few rows with which examples begin; everything is invented."""

from __future__ import annotations

from typing import Any

from .generated import CODE, PLAN, STUB, Row, Rows, complete

NODE = f"{PLAN}-n1"


def city(**tables: list[Row]) -> Rows:
    """A plan of the years 2021 to 2025 with one pillar, a plan without document, and the rows."""
    plan = {"municipality_code": CODE, "is_current": True, "document_kind": "full"}
    rows: Rows = {
        "municipalities": [{"municipality_code": CODE, "name": "みほん市"}],
        "plans": [
            {"plan_id": PLAN, "title": "計画", "period_start_fy": 2021, **plan},
            {"plan_id": STUB, **plan},
        ],
        "policy_nodes": [{"node_id": NODE, "plan_id": PLAN, "depth": 1, "title": "柱"}],
    }
    return complete({**rows, **tables})


def item(name: str, **more: Any) -> Row:
    return {"item_id": item_id(name), "plan_id": PLAN, "node_id": NODE, "title": name, **more}


def item_id(name: str) -> str:
    return f"{PLAN}-{name}"


def department(name: str, successor: str | None = None) -> Row:
    """One of the register, under its name as id."""
    following = f"{CODE}-d-{successor}" if successor else None
    row = {"department_id": f"{CODE}-d-{name}", "name": name, "successor_id": following}
    return {**row, "municipality_code": CODE}


def in_charge(name: str, who: str, role: str | None = None, **more: Any) -> Row:
    return {
        "item_id": item_id(name),
        "department_name": who,
        "department_id": f"{CODE}-d-{who}",
        "role": role,
        **more,
    }


def result(name: str | None, who: str, label: str | None, **more: Any) -> Row:
    """A current result of 2023 on an item."""
    return {
        "result_id": f"{PLAN}-r{name}-{who}-{more.get('measure_text')}-{more.get('revision')}",
        "plan_id": PLAN,
        "item_id": name and item_id(name),
        "measure_text": name,
        "fiscal_year": 2023,
        "department_name": who,
        "department_id": f"{CODE}-d-{who}",
        "rating_label": label,
        "rating": {"順調": "on_track", "遅延": "behind"}.get(label or ""),
        "result_status": "final",
        "is_current": True,
        **more,
    }
