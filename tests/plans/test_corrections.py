"""Corrections of rows: applied only where they find what they expect, and told in full if not."""

from __future__ import annotations

import copy
import datetime
from dataclasses import replace
from typing import Any

import pytest

from pipelines.orchestration.workspace import schema_directory
from pipelines.plans.corrections import RULE, apply_corrections, correct_plan
from pipelines.plans.extraction import ExtractedPlan
from pipelines.plans.rows import Row
from pipelines.problems import Problem
from pipelines.sources.corrections import Correction
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.schemas import load_schemas
from tests.end_to_end.five_plans import CODES, folder, original

SCHEMAS = load_schemas(schema_directory())
PLAN = "990019-plan"
ITEM, OTHER = f"{PLAN}-i1", f"{PLAN}-i2"
ORIGIN = {"source_id": f"{PLAN}-document", "source_lines": "3", "page": None}


def rows() -> dict[str, list[Row]]:
    node = {"plan_id": PLAN, "parent_node_id": None, "depth": 1, "title": "柱", **ORIGIN}
    item = {
        "plan_id": PLAN,
        "node_id": f"{PLAN}-n1",
        "is_repost": False,
        "confidence": "certain",
        "start_fy": 2021,
        "description": None,
        **ORIGIN,
    }
    return {
        "plans": [
            {
                "plan_id": PLAN,
                "municipality_code": "990019",
                "title": "大綱",
                "document_kind": "full",
                "is_current": True,
                "published_on": datetime.date(2021, 3, 31),
            }
        ],
        "policy_nodes": [
            {"node_id": f"{PLAN}-n1", "ordinal": 1, **node},
            {"node_id": f"{PLAN}-n2", "ordinal": 2, **node},
        ],
        "reform_items": [
            {"item_id": ITEM, "ordinal": 1, "title": "窓口の\n改善", **item},
            {"item_id": OTHER, "ordinal": 2, "title": "職員の研修", **item},
        ],
        "item_departments": [
            {
                "item_id": one,
                "seq": 1,
                "department_name": "窓口課",
                "is_collective": False,
                **ORIGIN,
            }
            for one in (ITEM, OTHER)
        ],
    }


def correction(**changes: Any) -> Correction:
    keys: dict[str, Any] = {
        "table": "reform_items",
        "row": ITEM,
        "column": "title",
        "expected": "窓口の改善",
        "value": "窓口の改良",
        "reason": "誤植",
        "date": datetime.date(2026, 4, 1),
    }
    given = {key: value for key, value in {**keys, **changes}.items() if value is not ...}
    return Correction.model_validate(given)


def drop(**changes: Any) -> Correction:
    return correction(value=..., drop=True, **changes)


def applied(*corrections: Correction) -> dict[str, list[Row]]:
    result, faults = apply_corrections(SCHEMAS, PLAN, rows(), dict(enumerate(corrections, 1)))
    assert [str(fault) for _, fault in faults] == []
    return result


def faults_of(*corrections: Correction) -> list[tuple[int, str]]:
    before = rows()
    result, faults = apply_corrections(SCHEMAS, PLAN, before, dict(enumerate(corrections, 1)))
    assert result == rows() == before
    return [(number, str(fault)) for number, fault in faults]


def test_a_cell_is_corrected_and_nothing_else() -> None:
    result = applied(correction())
    expected = rows()
    expected["reform_items"][0]["title"] = "窓口の改良"
    records = result.pop("applied_corrections")
    assert result == expected
    (record,) = records
    assert record["correction_id"].startswith(f"{PLAN}-c")
    assert (record["table_name"], record["row_key"]) == ("reform_items", ITEM)
    assert (record["old_value"], record["new_value"]) == ("窓口の\n改善", "窓口の改良")
    assert record["column_name"] == "title"
    rows_to_table(SCHEMAS["applied_corrections"], records)


def test_the_given_rows_stay_untouched() -> None:
    before = rows()
    again = copy.deepcopy(before)
    apply_corrections(
        SCHEMAS, PLAN, before, {1: correction(), 2: drop(row=OTHER, expected="職員の研修")}
    )
    assert before == again


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"column": "start_fy", "expected": 2021, "value": 2022}, "2022"),
        ({"column": "start_fy", "expected": 2021, "value": None}, None),
        ({"column": "description", "expected": None, "value": "直す"}, "直す"),
        ({"column": "is_repost", "expected": False, "value": True}, "true"),
        ({"column": "confidence", "expected": "certain", "value": "review"}, "review"),
        ({"column": "node_id", "expected": f"{PLAN}-n1", "value": f"{PLAN}-n2"}, f"{PLAN}-n2"),
        ({"row": {"item_id": ITEM}}, "窓口の改良"),
    ],
)
def test_values_of_every_type(changes: dict[str, Any], shown: str | None) -> None:
    result = applied(correction(**changes))
    assert result["applied_corrections"][0]["new_value"] == shown
    column = changes.get("column", "title")
    assert result["reform_items"][0][column] == changes.get("value", "窓口の改良")


def test_a_key_of_several_columns() -> None:
    row = {"item_id": ITEM, "seq": 1}
    one = correction(
        table="item_departments",
        row=row,
        column="department_name",
        expected="窓口課",
        value="市民課",
    )
    result = applied(one)
    assert [row["department_name"] for row in result["item_departments"]] == ["市民課", "窓口課"]
    assert result["applied_corrections"][0]["row_key"] == f"{ITEM};1"


def test_a_dropped_item_takes_along_what_hangs_on_it() -> None:
    result = applied(drop())
    assert [row["item_id"] for row in result["reform_items"]] == [OTHER]
    assert [row["item_id"] for row in result["item_departments"]] == [OTHER]
    (record,) = result["applied_corrections"]
    assert (record["column_name"], record["new_value"]) == ("item_id", None)


def test_a_heading_is_dropped_only_with_what_stands_under_it() -> None:
    heading = drop(table="policy_nodes", row=f"{PLAN}-n1", expected="柱")
    ((number, message), (_, second)) = faults_of(heading)
    assert number == 1 and "窓口の" in message + second
    moved = correction(column="node_id", expected=f"{PLAN}-n1", value=f"{PLAN}-n2")
    assert len(faults_of(heading, moved)) == 2  # moving is judged against the rows as extracted
    result = applied(heading, drop(), drop(row=OTHER, expected="職員の研修"))
    assert result["reform_items"] == result["item_departments"] == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"expected": "窓口の廃止"}, ["窓口の廃止", "窓口の\n改善", "expected"]),
        ({"expected": None}, ["（空）"]),
        ({"expected": "窓口の廃止", "value": "窓口の改善"}, ["すでに訂正後"]),
        ({"column": "start_fy", "expected": "2021", "value": 2022}, ["種類"]),
        ({"column": "start_fy", "expected": 2021, "value": "2022"}, ["整数"]),
        ({"column": "start_fy", "expected": 2021, "value": 1066}, ["1950"]),
        ({"column": "is_repost", "expected": 0, "value": True}, ["expected"]),
        ({"column": "title", "value": 5}, ["引用符"]),
        ({"column": "title", "value": None}, ["空にできません"]),
        ({"column": "confidence", "expected": "certain", "value": "たぶん"}, ["certain、inferred"]),
        ({"column": "node_id", "expected": f"{PLAN}-n1", "value": f"{PLAN}-n9"}, ["policy_nodes"]),
        ({"value": "窓口の 改善"}, ["同じ"]),
        ({"row": "ない"}, [f"{ITEM}"]),
        ({"row": {"item_id": ITEM, "seq": 1}}, ["item_id: 値"]),
        ({"column": "colour"}, ["列はありません"]),
        ({"column": "item_id", "expected": ITEM}, ["drop: true"]),
        ({"column": "plan_id", "expected": PLAN}, ["見分ける"]),
        ({"table": "reform"}, ["reform_items"]),
        ({"table": "item_lineage"}, ["plan.yaml"]),
        ({"table": "sources"}, ["訂正できません"]),
        ({"table": "plans", "row": PLAN, "column": "is_current", "expected": True, "value": False},
         ["plan.yaml"]),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told(changes: dict[str, Any], words: list[str]) -> None:
    ((number, message),) = faults_of(correction(**changes))
    assert number == 1
    assert all(word in message for word in words), message


def test_a_plan_is_not_dropped() -> None:
    one = drop(table="plans", row=PLAN, expected="大綱")
    assert "フォルダー" in faults_of(one)[0][1]


def test_one_that_does_not_hold_keeps_the_others_from_being_applied() -> None:
    told = faults_of(correction(), correction(row="ない"), correction(table="none"))
    assert [number for number, _ in told] == [2, 3]


@pytest.mark.parametrize(
    "second",
    [
        correction(value="別"),
        drop(),
        drop(column="start_fy", expected=2021),
    ],
)
def test_two_entries_for_one_place_contradict(second: Correction) -> None:
    told = faults_of(correction(), second)
    assert told and all("番目" in message for _, message in told)


def test_a_part_of_a_dropped_item_is_not_corrected() -> None:
    part = correction(
        table="item_departments",
        row={"item_id": ITEM, "seq": 1},
        column="department_name",
        expected="窓口課",
        value="市民課",
    )
    assert [number for number, _ in faults_of(drop(), part)] == [2]


def extracted(*messages: str) -> ExtractedPlan:
    problems = [Problem("warning", "rule", "place", message) for message in messages]
    return ExtractedPlan(PLAN, rows(), problems, readable=True)


def corrected(plan: ExtractedPlan, *corrections: Correction) -> ExtractedPlan:
    given = replace(folder(CODES[0]), corrections=dict(enumerate(corrections, 1)))
    return correct_plan(plan, given, SCHEMAS)


def test_a_plan_without_corrections_stays_as_it_is() -> None:
    plan = extracted("注意")
    assert corrected(plan) is plan
    refused = replace(plan, readable=False)
    assert corrected(refused, correction()) is refused


def test_faults_are_errors_with_file_and_number() -> None:
    plan = corrected(
        extracted("注意"), correction(), correction(row="ない"), correction(expected="別")
    )
    assert plan.rows == rows()
    told = plan.problems[1:]
    assert [one.place[-8:] for one in told] == ["aml: 2番目", "aml: 3番目"]
    assert {(one.severity, one.rule) for one in told} == {("error", RULE)}
    assert "corrections.yaml" in told[0].place
    assert told[1].value == "窓口の\n改善"


def test_published_messages_forget_the_old_value() -> None:
    said = "項目「職員の研修」の所管課を読めません。職員の研修は1件です。「職員」"
    plan = corrected(
        extracted(said), correction(row=OTHER, expected="職員の研修", value="人材育成")
    )
    assert (
        plan.problems[0].message_ja
        == "項目「人材育成」の所管課を読めません。人材育成は1件です。「職員」"
    )
    plan = corrected(extracted(said), drop(row=OTHER, expected="職員の研修"))
    assert "職員の研修" not in plan.problems[0].message_ja


def test_the_old_text_in_other_cells_is_told_without_saying_it() -> None:
    given = extracted()
    given.rows["reform_items"][0]["description"] = "職員の研修を行う"
    plan = corrected(given, correction(row=OTHER, expected="職員の研修", value="人材育成"))
    (told,) = plan.problems
    assert (told.severity, told.rule) == ("warning", "corrected_value_elsewhere")
    assert f"reform_items {ITEM} description" in told.message_ja
    assert "職員の研修" not in told.message_ja


@pytest.mark.parametrize("code", CODES)
def test_every_text_cell_of_a_real_plan_can_be_corrected(code: str) -> None:
    """Expecting what was read holds for whatever the real plans say."""
    plan = original(code)
    entries = {
        number: correction(
            row=row["item_id"], expected=row["title"], value=f"{row['title']}（訂正）"
        )
        for number, row in enumerate(plan.rows["reform_items"], 1)
    }
    result, faults = apply_corrections(SCHEMAS, plan.plan_id, plan.rows, entries)
    assert not faults
    assert all(row["title"].endswith("（訂正）") for row in result["reform_items"])
    ids = [row["item_id"] for row in plan.rows["reform_items"]]
    assert [row["item_id"] for row in result["reform_items"]] == ids
