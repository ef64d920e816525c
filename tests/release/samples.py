"""Small invented tables; no real municipality has the code 990019."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.release.build import build_release
from pipelines.release.outcome import ReleaseEvidence, ReleaseOutcome
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.schema import TableSchema
from pipelines.tables.schemas import schema_from_descriptor

CODE = "990019"
PLAN = f"{CODE}-mihon"


def column(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    disclosure = more.pop("disclosure", "public")
    unit = {"unit": more.pop("unit")} if "unit" in more else {}
    return {
        "name": name,
        "type": kind,
        "title": f"項目_{name}",
        "title_en": f"Column {name}",
        "description": f"What {name} says.",
        "description_ja": f"{name}の説明です。",
        "disclosure": disclosure,
        "constraints": more,
        **unit,
    }


def descriptor(name: str, fields: list[dict[str, Any]], key: list[str], **more: Any) -> dict:
    return {
        "name": name,
        "title": f"表_{name}",
        "title_en": f"Table {name}",
        "description": f"Rows of {name}.",
        "description_ja": f"{name}の行です。",
        "view_name": f"ビュー_{name}",
        "stage": "plans",
        "fields": fields,
        "primaryKey": key,
        "sort_order": key,
        **more,
    }


def refers(column_name: str, table: str, other: str) -> dict[str, Any]:
    return {"fields": [column_name], "reference": {"resource": table, "fields": [other]}}


def descriptors() -> dict[str, dict[str, Any]]:
    """Fresh descriptors, for tests that change them."""
    code = column("municipality_code", required=True, pattern="^[0-9]{6}$")
    tables = [
        descriptor("municipalities", [code, column("name", required=True)], ["municipality_code"]),
        descriptor(
            "sources",
            [
                column("source_id", required=True),
                column("source_kind", required=True, enum=["plan_text", "submission"]),
                column("municipality_code"),
                column("plan_id"),
                column("source_url"),
                column("license"),
                column("retrieved_on", "date"),
            ],
            ["source_id"],
            foreignKeys=[refers("municipality_code", "municipalities", "municipality_code")],
        ),
        descriptor(
            "plans",
            [column("plan_id", required=True), code, column("title")],
            ["plan_id"],
            foreignKeys=[refers("municipality_code", "municipalities", "municipality_code")],
        ),
        descriptor(
            "reform_items",
            [
                column("item_id", required=True),
                column("plan_id", required=True),
                column("parent_id"),
                column("ordinal", "integer", required=True, minimum=1),
                column("title", required=True),
                column("description"),
                column("share", "number", unit="%"),
                column("is_repost", "boolean"),
                column("decided_on", "date"),
                column("page", "integer"),
                column("clerk_note", disclosure="internal"),
            ],
            ["item_id"],
            sort_order=["plan_id", "ordinal"],
            foreignKeys=[
                refers("plan_id", "plans", "plan_id"),
                refers("parent_id", "", "item_id"),
            ],
        ),
        descriptor(
            "extraction_issues",
            [column("issue_id", required=True), column("value", disclosure="internal")],
            ["issue_id"],
        ),
    ]
    return {one["name"]: one for one in tables}


def schemas(changed: Mapping[str, dict[str, Any]] | None = None) -> dict[str, TableSchema]:
    return {
        name: schema_from_descriptor(one)
        for name, one in sorted({**descriptors(), **(changed or {})}.items())
    }


def item(number: int, **more: Any) -> dict[str, Any]:
    return {
        "item_id": f"{PLAN}-{number}",
        "plan_id": PLAN,
        "ordinal": number,
        "title": f"取組{number}",
        **more,
    }


def rows() -> dict[str, list[dict[str, Any]]]:
    return {
        "municipalities": [{"municipality_code": CODE, "name": "見本市"}],
        "sources": [
            {
                "source_id": "s1",
                "source_kind": "plan_text",
                "municipality_code": CODE,
                "plan_id": PLAN,
                "source_url": "https://example.com/plan.txt",
                "license": "PDL1.0",
                "retrieved_on": datetime.date(2024, 5, 1),
            },
            {"source_id": "s2", "source_kind": "submission", "municipality_code": CODE},
        ],
        "plans": [{"plan_id": PLAN, "municipality_code": CODE, "title": "みほん行革プラン"}],
        "reform_items": [
            item(
                2,
                parent_id=f"{PLAN}-1",
                description='一行目\n"二行目",終わり',
                share=0.1,
                is_repost=True,
                decided_on=datetime.date(2021, 4, 1),
                page=3,
                clerk_note="内部だけの覚え書き",
            ),
            item(1, share=2.0, is_repost=False),
            item(3),
        ],
        "extraction_issues": [],
    }


def tables(
    given: Mapping[str, list[dict[str, Any]]] | None = None,
    declared: Mapping[str, TableSchema] | None = None,
) -> dict[str, pa.Table]:
    declared = declared or schemas()
    found = given if given is not None else rows()
    return {name: rows_to_table(schema, found.get(name, [])) for name, schema in declared.items()}


def build(
    outputs: Path,
    given: Mapping[str, list[dict[str, Any]]] | None = None,
    declared: Mapping[str, TableSchema] | None = None,
    evidence: ReleaseEvidence | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> ReleaseOutcome:
    """A release of the sample rows, or of those given."""
    declared = declared or schemas()
    return build_release(
        tables(given, declared), declared, outputs, evidence or ReleaseEvidence(), progress
    )


def with_item(number: int, **more: Any) -> dict[str, list[dict[str, Any]]]:
    """The sample rows and one item more."""
    changed = rows()
    changed["reform_items"].append(item(number, **more))
    return changed
