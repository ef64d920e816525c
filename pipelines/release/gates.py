"""The gates that look at the tables, before any file is written.

A failed one blocks the release.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.problems import Problem
from pipelines.release.outcome import GateResult
from pipelines.tables.arrow import shape_faults
from pipelines.tables.checks import check_tables
from pipelines.tables.schema import TableSchema


def cast_gate(schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]) -> GateResult:
    """Gate 1: exactly the declared tables, each with exactly the columns and Arrow types declared.

    Also refuses NaN and infinities, which are numbers to Arrow and none in open data.
    """
    problems = [_missing_table(name) for name in schemas if name not in tables]
    problems += [_undeclared_table(name) for name in tables if name not in schemas]
    for name, schema in schemas.items():
        if name in tables:
            problems += [_wrong_shape(name, fault) for fault in shape_faults(schema, tables[name])]
            problems += _not_finite(name, tables[name])
    return GateResult("arrow_cast", "表の列と型（Arrow）", len(schemas), tuple(problems))


def checks_gate(schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]) -> GateResult:
    """Gate 2: the checks compiled from the schemas, on every row. Needs gate 1 to have passed."""
    problems = tuple(violation.problem() for violation in check_tables(schemas, tables))
    return GateResult("compiled_checks", "表の値の検査（DuckDB）", len(schemas), problems)


def plans_kept_gate(
    old_tables: Mapping[str, pa.Table], left_out_plans: Mapping[str, str]
) -> GateResult:
    """No plan of the newest release may be missing because its document became unreadable.

    A plan leaves the data by removing its folder (contract, "Exit codes of build").

    Args:
        old_tables: the tables of the newest release; empty if there is none.
        left_out_plans: plan_id -> place of the plans that are there but could not be read.
    """
    plans = old_tables.get("plans")
    held = set(plans["plan_id"].to_pylist()) if plans is not None else set()
    lost = sorted(held & left_out_plans.keys())
    problems = tuple(_lost_plan(plan_id, left_out_plans[plan_id]) for plan_id in lost)
    return GateResult("plans_kept", "公開済みの計画が読めること", len(left_out_plans), problems)


def _missing_table(name: str) -> Problem:
    return Problem(
        "error",
        "table_missing",
        name,
        "定義された表がありません。表を作る処理が終わっているか確かめてください。",
    )


def _undeclared_table(name: str) -> Problem:
    return Problem(
        "error",
        "table_undeclared",
        name,
        "schemas/ に定義のない表です。定義を加えるか、この表を除いてください。",
    )


def _wrong_shape(table: str, fault: str) -> Problem:
    return Problem(
        "error",
        "table_shape",
        table,
        f"列の名前・順番・型が定義と違います（{fault}）。表を作る処理か定義を直してください。",
    )


def _not_finite(name: str, table: pa.Table) -> list[Problem]:
    return [
        Problem(
            "error",
            "number_not_finite",
            name,
            "数値ではない値（NaNまたは無限大）があります。元の値を確かめてください。",
            column_name=field.name,
        )
        for field in table.schema
        if pa.types.is_floating(field.type)
        and pc.any(pc.invert(pc.is_finite(table[field.name]))).as_py()
    ]


def _lost_plan(plan_id: str, place: str) -> Problem:
    return Problem(
        "error",
        "published_plan_unreadable",
        place,
        f"公開済みの計画 {plan_id} の文書が読めなくなりました。文書を直してください。"
        "計画をデータから外す場合は、その計画のフォルダを raw/plans から取り除いてください。",
        plan_id=plan_id,
    )
