"""Which rating scale is in force for a plan; forms, results and figures all ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.plans.characters import normalised_title


def rows_of_scale(
    rows: Iterable[Mapping[str, Any]], plan_id: str, municipality_code: str
) -> list[Mapping[str, Any]]:
    """The rows of the scale in force for a plan, in its order: its own, else its municipality's.

    Args:
        rows: of ``rating_scales``.
        plan_id: the plan.
        municipality_code: whose scale for all plans stands in where the plan has none.
    """
    listed = list(rows)
    own = [row for row in listed if row.get("plan_id") == plan_id]
    common = [
        row
        for row in listed
        if row["municipality_code"] == municipality_code
        and not (row.get("plan_id") or row.get("plan_label"))
    ]
    return sorted(own or common, key=lambda row: row["ordinal"])


def scale_of(
    rows: Iterable[Mapping[str, Any]], plan_id: str, municipality_code: str
) -> dict[str, str | None]:
    """The scale in force for a plan, as ``PlanContext.scale`` wants it.

    Args:
        rows: of ``rating_scales``.
        plan_id: the plan; its own scale goes first.
        municipality_code: whose scale for all plans stands in for it.

    Returns:
        Label (as ``normalised_title`` gives it) -> rating, or None where the label says nothing;
        empty where no scale is known.
    """
    found = rows_of_scale(rows, plan_id, municipality_code)
    return {normalised_title(row["rating_label"]): row["rating"] for row in found}
