"""Records by hand, of a fictional city, for the tests of results."""

from __future__ import annotations

from typing import Any

from pipelines.results.model import (
    ColumnRole,
    DepartmentContext,
    IndicatorContext,
    ItemContext,
    PlanContext,
    Record,
    Section,
    SheetReading,
    ValueCell,
)
from pipelines.results.rows import ResultRows, SubmissionSource, result_rows
from pipelines.sources.sheet_profile import SheetProfile

CODE = "990019"
PLAN_ID = f"{CODE}-keikaku"
SCALE = {"完了": "completed", "順調": "on_track", "遅延": "behind", "検討中": None}
ITEMS = (
    ItemContext(f"{PLAN_ID}-1", "1-1", "窓口業務の見直し"),
    ItemContext(f"{PLAN_ID}-2", "1-2", "公共施設の統廃合の推進"),
    ItemContext(f"{PLAN_ID}-3", "2-1", "市税収納率の向上"),
)
INDICATORS = (IndicatorContext(f"{PLAN_ID}-k1", f"{PLAN_ID}-3", "市税の収納率", "%"),)
REDUCTION = ColumnRole("amount", unit="千円", effect_kind="cost_reduction")


def department(name: str, **more: Any) -> DepartmentContext:
    return DepartmentContext(
        f"{CODE}-d-{more.pop('id', name)}",
        name,
        more.get("bureau"),
        more.get("valid_from"),
        more.get("valid_to"),
        f"{CODE}-d-{more['successor']}" if "successor" in more else None,
    )


def plan(**more: Any) -> PlanContext:
    known: dict[str, Any] = {"items": ITEMS, "indicators": INDICATORS, "scale": SCALE}
    return PlanContext(PLAN_ID, CODE, **{**known, **more})


STUB = PlanContext(PLAN_ID, CODE)


def source(**more: Any) -> SubmissionSource:
    known: dict[str, Any] = {"source_id": "file-1", "fiscal_year": 2023, "round": "2-確定"}
    return SubmissionSource(plan_id=PLAN_ID, municipality_code=CODE, **{**known, **more})


def record(row: int = 5, /, *values: tuple[ColumnRole, str], **texts: Any) -> Record:
    """A record; ``sheet``, ``section`` and ``asked`` are taken out of the texts."""
    sheet = texts.pop("sheet", "実績")
    section = texts.pop("section", Section())
    asked = frozenset(texts.pop("asked", ())) | texts.keys()
    roles = tuple(texts.pop("roles", [role for role, _ in values]))
    fields = {name: text for name, text in texts.items() if text}
    columns = {name: at for at, name in enumerate(sorted(asked), start=1)}
    cells = tuple(
        ValueCell(role, text, at) for at, (role, text) in enumerate(values, start=20) if text
    )
    return Record(sheet, row, fields, cells, columns, section, roles, asked)


def rows_of(*records: Record, **more: Any) -> ResultRows:
    """Rows of records; ``plan``, ``profile`` and ``source`` where they matter."""
    return result_rows(
        SheetReading(records=list(records)),
        more.get("source", source()),
        more.get("plan", plan()),
        more.get("profile", SheetProfile()),
    )


def rules(result: ResultRows) -> list[str]:
    return [finding.rule for finding in result.findings]
