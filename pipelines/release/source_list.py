"""The ``sources`` of the package: one entry per document, with its licence and credit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.release.package_texts import SOURCE_KINDS


def source_entries(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """One Data Package source per row of the public table ``sources``, in its order.

    The title is that of the plan, never a file name: names of submitted files are internal.
    """
    if "sources" not in tables:
        return []
    plans = _titles(tables.get("plans"), "plan_id", "title")
    places = _titles(tables.get("municipalities"), "municipality_code", "name")
    return [source_entry(row, plans, places) for row in tables["sources"].to_pylist()]


def source_entry(
    row: Mapping[str, Any], plans: Mapping[str, str], places: Mapping[str, str]
) -> dict[str, Any]:
    """One entry: title, path (only a web address), terms, day of receipt and credit.

    Args:
        row: one row of ``sources``.
        plans: plan_id -> title.
        places: municipality_code -> name.
    """
    place = places.get(row.get("municipality_code") or "", "")
    plan = plans.get(row.get("plan_id") or "", "")
    kind = SOURCE_KINDS.get(row.get("source_kind") or "", "")
    title = _title(place, plan, kind) or row["source_id"]
    entry = {
        "title": title,
        "path": _web_address(row.get("source_url")),
        "source_id": row["source_id"],
        "license": row.get("license"),
        "retrieved_on": _iso(row.get("retrieved_on")),
        "credit": f"出典：{title}（加工して作成）",
    }
    return {key: value for key, value in entry.items() if value is not None}


def newest_day(tables: Mapping[str, pa.Table]) -> str | None:
    """When the newest source was taken or submitted, as ``YYYY-MM-DD``.

    None if no source declares a ``retrieved_on`` and no result a ``submitted_on``.
    """
    days = [
        day
        for name, column in (("sources", "retrieved_on"), ("yearly_results", "submitted_on"))
        if name in tables and column in tables[name].column_names
        for day in pc.unique(tables[name][column]).to_pylist()
        if day is not None
    ]
    return _iso(max(days)) if days else None


def _title(place: str, plan: str, kind: str) -> str:
    quoted = f"「{plan}」" if plan else ""
    bracketed = f"（{kind}）" if kind and (place or plan) else ""
    return f"{place}{quoted}{bracketed}"


def _titles(table: pa.Table | None, key: str, title: str) -> dict[str, str]:
    if table is None or not {key, title} <= set(table.column_names):
        return {}
    pairs = zip(table[key].to_pylist(), table[title].to_pylist(), strict=True)
    return {one: text for one, text in pairs if one and text}


def _web_address(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
