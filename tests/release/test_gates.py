from __future__ import annotations

from typing import Any

import pyarrow as pa

from pipelines.release.gates import cast_gate, checks_gate, plans_kept_gate

from .samples import PLAN, rows, schemas, tables


def rules(gate: Any) -> list[str]:
    return [problem.rule for problem in gate.problems]


def test_good_tables_pass() -> None:
    assert cast_gate(schemas(), tables()).passed
    assert checks_gate(schemas(), tables()).passed


def test_missing_and_undeclared_tables() -> None:
    given = tables()
    given["unknown"] = given.pop("plans")
    gate = cast_gate(schemas(), given)
    assert not gate.passed
    assert [(one.rule, one.place) for one in gate.problems] == [
        ("table_missing", "plans"),
        ("table_undeclared", "unknown"),
    ]


def test_a_wrong_type_and_a_missing_column_are_both_told() -> None:
    given = tables()
    given["plans"] = given["plans"].drop_columns(["title"])
    whole = given["reform_items"]["ordinal"].cast(pa.int32())
    index = given["reform_items"].column_names.index("ordinal")
    given["reform_items"] = given["reform_items"].set_column(index, "ordinal", whole)
    gate = cast_gate(schemas(), given)
    assert rules(gate) == ["table_shape", "table_shape"]
    assert "title" in gate.problems[0].message_ja
    assert "int32" in gate.problems[1].message_ja


def test_infinite_numbers_are_refused_and_nulls_are_not() -> None:
    given = tables()
    index = given["reform_items"].column_names.index("share")
    bad = pa.array([None, float("inf"), float("nan")], pa.float64())
    given["reform_items"] = given["reform_items"].set_column(index, "share", bad)
    gate = cast_gate(schemas(), given)
    assert rules(gate) == ["number_not_finite"]
    assert gate.problems[0].column_name == "share"


def test_every_broken_rule_is_told_with_its_row() -> None:
    given = rows()
    given["reform_items"][1]["ordinal"] = 0
    given["reform_items"][2]["plan_id"] = "ない計画"
    gate = checks_gate(schemas(), tables(given))
    assert sorted(rules(gate)) == ["table_foreign_key", "table_minimum"]
    assert all(f"{PLAN}-" in problem.place for problem in gate.problems)


def test_a_published_plan_may_not_become_unreadable() -> None:
    gate = plans_kept_gate(tables(), {PLAN: "990019/mihon", "990019-other": "990019/other"})
    (problem,) = gate.problems
    assert not gate.passed
    assert problem.place == "990019/mihon"
    assert problem.plan_id == PLAN


def test_an_unreadable_plan_that_was_never_published_blocks_nothing() -> None:
    assert plans_kept_gate(tables(), {"990019-other": "990019/other"}).passed
    assert plans_kept_gate({}, {PLAN: "990019/mihon"}).passed
