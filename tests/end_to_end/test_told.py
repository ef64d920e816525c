"""What a person should look at in the five documents is told, with its place."""

from __future__ import annotations

import pytest

from pipelines.problems import Problem
from tests.end_to_end.five_plans import CODES, original


def told(code: str, rule: str) -> list[Problem]:
    return [one for one in original(code).problems if one.rule == rule]


def test_a_row_under_consideration_is_an_issue_and_no_item() -> None:
    (problem,) = told("032093", "table_row_is_no_item")
    assert "追加" in problem.message_ja and "検討中" in problem.message_ja
    assert problem.place.endswith("1615;1617-1618行")


def test_the_example_sheet_is_excluded_and_reported() -> None:
    (problem,) = told("112372", "example_sheet_excluded")
    assert "1-1-1" in problem.message_ja
    labels = {row["viewpoint_label"] for row in original("112372").rows["item_viewpoints"]}
    named = {"市民サービス", "参加と協働", "政策形成", "職員及び組織", "財政運営", "市有財産"}
    assert labels == named


def test_pairings_that_order_does_not_decide_are_told() -> None:
    doubtful = [
        row for row in original("112372").rows["reform_items"] if row["confidence"] != "certain"
    ]
    assert len(doubtful) == 5
    for row in doubtful:
        assert any(row["title"] in one.message_ja for one in told("112372", "form_pairing"))


def test_stray_boxes_are_given_back_and_told() -> None:
    assert told("011002", "text_set_aside") == []
    assert len(told("011002", "box_given_back")) == 4


@pytest.mark.parametrize("code", CODES)
def test_what_nobody_knows_is_null_and_a_warning(code: str) -> None:
    columns = {one.column_name for one in told(code, "plan_yaml_null")}
    assert columns == {"source_url", "license", "retrieved_on"}
    (source,), (plan,) = original(code).rows["sources"], original(code).rows["plans"]
    assert [source[name] for name in ("source_url", "license", "retrieved_on")] == [None] * 3
    for column in ("title", "document_status", "period_start_fy"):
        not_stated = {one.column_name for one in told(code, "plan_not_stated")}
        assert (plan[column] is None) == (column in not_stated)
