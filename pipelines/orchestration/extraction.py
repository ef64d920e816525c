"""From plan folders to the stored rows of one partition: the group ``plans``."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.orchestration.accounting import line_accounting
from pipelines.orchestration.inventory import Inventory
from pipelines.orchestration.issues import Row, issue_rows
from pipelines.orchestration.public_problems import public
from pipelines.orchestration.registers import Register, take_registers
from pipelines.orchestration.reported_store import ReportedStore, StoredReport
from pipelines.plans.corrections import correct_plan
from pipelines.plans.extraction import ExtractedPlan, extract_plan
from pipelines.plans.linking import link_plans
from pipelines.plans.review import review_rows
from pipelines.problems import Problem
from pipelines.sources.discovery import PlanFolder
from pipelines.tables.schema import TableSchema

ISSUES = "extraction_issues"


@dataclass(frozen=True, kw_only=True)
class PartitionReport(StoredReport):
    """How the plans of one partition were read.

    Attributes:
        left_out: plan_id -> place of every plan that is in the raw folder and in no table.
        plans: per plan read: plan_id, place, layout, the account of its lines, rows per table,
            problems per severity, and its review list.
        tracebacks: plan_id -> traceback of the plans that a fault of the program left out.
    """

    left_out: dict[str, str] = field(default_factory=dict)
    plans: list[dict[str, Any]] = field(default_factory=list)
    tracebacks: dict[str, str] = field(default_factory=dict)


def plan_store(root: Path) -> ReportedStore[PartitionReport]:
    """The store of what plans say (``Places.extracted``)."""
    return ReportedStore(root, PartitionReport)


def extract_partition(
    schemas: Mapping[str, TableSchema],
    inventory: Inventory,
    folders: Sequence[PlanFolder],
    fingerprint: str,
    on_plan: Callable[[str], None] = lambda _: None,
    registers: Sequence[Register] = (),
) -> tuple[dict[str, list[Row]], PartitionReport]:
    """Read every plan of a partition; one that cannot be read leaves the others alone.

    Args:
        schemas: the tables; rows for others are kept and refused when written.
        inventory: what discovery said about the partition.
        folders: its plan folders.
        fingerprint: what the report is to bear.
        on_plan: called with the plan_id after each plan.
        registers: the departments of the partition's municipalities.

    Returns:
        rows per table (municipalities and sources once each), and the report.
    """
    report = PartitionReport(
        partition=inventory.partition,
        fingerprint=fingerprint,
        left_out=dict(inventory.left_out),
        problems=[*inventory.problems],
    )
    rows: dict[str, list[Row]] = {name: [] for name in schemas}
    for folder in folders:
        plan = _extract_safely(folder, schemas, report)
        if plan is not None:
            _take_over(plan, folder, rows, report)
        on_plan(folder.plan_id)
    linked = link_plans(folders, rows)
    report.problems.extend(linked.problems)
    rows = {name: _without_repeats(values) for name, values in linked.rows.items()}
    of_registers = take_registers(rows, registers)
    rows[ISSUES] = issue_rows([*report.problems, *map(public, of_registers)], rows)
    report.problems.extend(of_registers)
    if report.tracebacks:
        report = PartitionReport(**{**vars(report), "fingerprint": ""})
    return rows, report


def _extract_safely(
    folder: PlanFolder, schemas: Mapping[str, TableSchema], report: PartitionReport
) -> ExtractedPlan | None:
    """One plan with its corrections applied; None if the program failed.

    A fault of the program in one document must not stop the other documents.
    """
    try:
        return correct_plan(extract_plan(folder), folder, schemas)
    except Exception as error:
        report.tracebacks[folder.plan_id] = traceback.format_exc()
        report.left_out[folder.plan_id] = f"plans/{folder.relative}"
        report.problems.append(_program_fault(folder, error))
        return None


def _program_fault(folder: PlanFolder, error: Exception) -> Problem:
    message = (
        "文書を読む途中でプログラムの不具合が起きたため、この計画を除きました"
        f"（{type(error).__name__}）。"
        "開発者に outputs/store/extracted の report.json を渡してください。"
    )
    return Problem("error", "extraction_failed", f"plans/{folder.relative}", message)


def _take_over(
    plan: ExtractedPlan, folder: PlanFolder, rows: dict[str, list[Row]], report: PartitionReport
) -> None:
    conflict = _name_conflict(plan, folder, rows) if plan.readable else None
    if conflict or not plan.readable:
        report.problems.extend([conflict] if conflict else plan.problems)
        report.left_out[plan.plan_id] = f"plans/{folder.relative}"
        return
    report.problems.extend(plan.problems)
    for name, values in plan.rows.items():
        rows.setdefault(name, []).extend(values)
    report.plans.append(_plan_summary(plan, folder))


def _name_conflict(
    plan: ExtractedPlan, folder: PlanFolder, rows: Mapping[str, Sequence[Row]]
) -> Problem | None:
    """Two plans that name their municipality differently cannot both be right."""
    known = {row["municipality_code"]: row for row in rows.get("municipalities", ())}
    for row in plan.rows.get("municipalities", ()):
        other = known.get(row["municipality_code"], row)
        if other != row:
            message = (
                f"団体コード {row['municipality_code']} の団体名が、ほかの計画では"
                f"「{other['name']}」です。この計画を除きました。"
                "plan.yaml を同じ名前に揃えてください。"
            )
            place = f"plans/{folder.relative}/plan.yaml"
            rule = "municipality_name_conflict"
            return Problem("error", rule, place, message, "municipality_name", str(row["name"]))
    return None


def _plan_summary(plan: ExtractedPlan, folder: PlanFolder) -> dict[str, Any]:
    severities = [problem.severity for problem in plan.problems]
    return {
        "plan_id": plan.plan_id,
        "place": f"plans/{folder.relative}",
        "layout": _first(plan.rows.get("plans", ()), "layout"),
        "lines": line_accounting(plan, folder),
        "rows": {name: len(values) for name, values in plan.rows.items()},
        "problems": {severity: severities.count(severity) for severity in sorted(set(severities))},
        "review": review_rows(plan.rows, plan.problems, plan.lines),
    }


def _first(rows: Iterable[Mapping[str, Any]], column: str) -> Any:
    return next((row.get(column) for row in rows), None)


def _without_repeats(rows: Iterable[Row]) -> list[Row]:
    """Equal rows once: two plans of one municipality both say who it is."""
    return list({repr(sorted(row.items())): row for row in rows}.values())
