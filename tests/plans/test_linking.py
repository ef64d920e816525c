"""The plans of a municipality side by side: series, stated changes, and what is told."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from pipelines.plans.linking import Linked, link_plans, series_of
from pipelines.plans.rows import Row
from pipelines.sources.discovery import PlanFolder
from pipelines.sources.item_changes import ItemChange
from tests.end_to_end.five_plans import CODES, folder

from .test_editions import plan
from .test_lineage import items


def folder_of(name: str, *changes: ItemChange) -> PlanFolder:
    given = folder(CODES[0])
    settings = given.settings.model_copy(update={"municipality_code": "990019"})
    return replace(
        given,
        path=given.path.parent.with_name("990019") / name,
        settings=settings,
        item_changes=dict(enumerate(changes, 1)),
    )


def change(kind: str, before: list[str], after: list[str], **more: Any) -> ItemChange:
    day = datetime.date(2022, 4, 1)
    keys = {"date": day, "change": kind, "items": before, "into": after, "reason": "見直し"}
    return ItemChange.model_validate({**keys, **more})


def linked(plans: list[Row], listed: list[Row], *folders: PlanFolder) -> Linked:
    return link_plans(folders, {"plans": plans, "reform_items": listed, "other": []})


def told(found: Linked) -> list[tuple[str, str | None, str | None]]:
    return [
        (row["relation"], row["from_item_id"], row["to_item_id"])
        for row in found.rows["item_lineage"]
    ]


def rules(found: Linked) -> list[str]:
    return [problem.rule for problem in found.problems]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第４次みほん市行政改革大綱（案）", "第五次みほん市行政改革大綱"),
        ("みほん市改革プラン2015", "みほん市改革プラン2020"),
        ("みほん市集中改革プラン（平成17年度～平成21年度）", "みほん市 集中改革プラン"),
    ],
)
def test_titles_of_one_series(one: str, other: str) -> None:
    assert series_of(one) == series_of(other) is not None


def test_titles_of_other_series() -> None:
    assert series_of("第4次みほん市行政改革大綱") != series_of("第4次みほん市定員管理計画")
    assert series_of(None) is series_of("第4次") is None


def test_consecutive_plans_are_linked_by_their_current_editions() -> None:
    plans = [
        plan("a", title="第1次大綱", period_start_fy=2010, document_status="draft"),
        plan("b", "a", title="第1次大綱", period_start_fy=2010, document_status="final"),
        plan("c", title="第2次大綱", period_start_fy=2015),
        plan("d", title="第3次大綱", period_start_fy=2020),
    ]
    found = linked(plans, [row for name in "abcd" for row in items(name, "窓口の改善")])
    ends = [(before, after) for _, before, after in told(found)]
    assert ends == [(f"990019-{a}-0", f"990019-{b}-0") for a, b in ("ab", "bc", "cd")]
    assert not found.problems
    assert found.rows["other"] == []


def test_generations_order_plans_without_periods() -> None:
    plans = [plan("a", title="第2次大綱", generation=2), plan("b", title="第1次大綱", generation=1)]
    found = linked(plans, items("a", "窓口の改善") + items("b", "窓口の改善"))
    assert told(found) == [("same", "990019-b-0", "990019-a-0")]


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ({"title": "大綱"}, {"title": "大綱"}, "plan_order_undecided"),
        ({"title": None}, {"title": "大綱"}, "plan_order_undecided"),
        ({"title": "行革大綱"}, {"title": "定員計画"}, "plans_of_other_series"),
    ],
)
def test_what_is_not_linked_is_told(first: Row, second: Row, rule: str) -> None:
    plans = [plan("a", **first), plan("b", **second)]
    found = linked(plans, items("a", "窓口の改善") + items("b", "窓口の改善"))
    assert told(found) == [] and rules(found) == [rule]


def test_a_summary_says_nothing_of_what_it_leaves_out() -> None:
    plans = [
        plan("a", published_on=datetime.date(2020, 1, 1)),
        plan("b", "a", published_on=datetime.date(2021, 1, 1), document_kind="summary"),
    ]
    found = linked(plans, items("a", "窓口の改善", "庁舎の売却") + items("b", "窓口の改善"))
    assert [relation for relation, *_ in told(found)] == ["same"]
    assert rules(found) == ["lineage_of_partial_document"]


def test_doubts_name_the_items() -> None:
    text = "市民の利便性を高めるため、窓口の開設時間を夜間と休日に延ばす。"
    plans = [plan("a", period_start_fy=2010), plan("b", "a", period_start_fy=2011)]
    newer = items("b", ("窓口の夜間開設", text), ("窓口の夜間開放", text))
    found = linked(plans, items("a", ("窓口の夜間延長", text)) + newer)
    assert rules(found) == ["lineage_ambiguous"]
    assert "「窓口の夜間開放」" in found.problems[0].message_ja
    stated = change("renamed", ["窓口の夜間延長"], ["窓口の夜間開放"])
    settled = linked(plans, items("a", ("窓口の夜間延長", text)) + newer, folder_of("b", stated))
    assert not settled.problems
    assert sorted(told(settled))[1] == ("renamed", "990019-a-0", "990019-b-1")
    (row,) = [one for one in settled.rows["item_lineage"] if one["relation"] == "renamed"]
    assert (row["changed_on"], row["similarity"]) == (datetime.date(2022, 4, 1), None)
    assert row["lineage_id"].startswith("990019-b-l")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (change("merged", ["甲の件", "乙の件"], ["甲の件"]), [("merged", "1", "0")]),
        (change("split", ["甲の件"], ["乙の件", "丙の件"]),
         [("split", "0", "1"), ("split", "0", "2")]),
        (change("added", [], ["990019-a-2"]), [("added", None, "2")]),
        (change("stopped", ["甲の 件"], []), [("stopped", "0", None)]),
        (change("transferred", ["甲の件"], [], department="財政課"), [("transferred", "0", "0")]),
    ],
)  # fmt: skip
def test_stated_changes(stated: ItemChange, expected: list[tuple[str, str, str]]) -> None:
    found = linked([plan("a")], items("a", "甲の件", "乙の件", "丙の件"), folder_of("a", stated))
    short = [(relation, *(one and one[-1] for one in ends)) for relation, *ends in told(found)]
    assert sorted(short) == expected
    assert not found.problems
    if stated.department:
        assert stated.department in found.rows["item_lineage"][0]["reason"]


def test_the_same_change_twice_has_two_ids() -> None:
    once = change("transferred", ["甲の件"], [], department="財政課")
    again = change("transferred", ["甲の件"], [], department="総務課")
    found = linked([plan("a")], items("a", "甲の件"), folder_of("a", once, again))
    first, second = (row["lineage_id"] for row in found.rows["item_lineage"])
    assert second == f"{first}-2"


def test_names_that_lead_nowhere_or_to_several_are_told_together() -> None:
    stated = change("merged", ["窓口の改", "見直し"], ["ない"])
    listed = items("a", "窓口の改善", "見直し", "見直し")
    found = linked([plan("a")], listed, folder_of("a", stated))
    assert told(found) == []
    assert rules(found) == ["item_change_unknown_item"] * 3
    messages = [problem.message_ja for problem in found.problems]
    assert "近い項目は「窓口の改善」" in messages[0]
    assert "990019-a-1、990019-a-2" in messages[1]
    assert found.problems[0].place == "plans/990019/a/item_changes.yaml: 1番目"


def test_an_original_goes_before_its_repost() -> None:
    listed = items("a", "甲の件") + items("a2", "甲の件", is_repost=True, plan_id="990019-a")
    listed[1]["plan_id"] = "990019-a"
    found = linked([plan("a")], listed, folder_of("a", change("stopped", ["甲の件"], [])))
    assert told(found) == [("stopped", "990019-a-0", None)]


def test_one_municipality_knows_nothing_of_another() -> None:
    other = plan("b", title="第2次大綱", period_start_fy=2015, municipality_code="990027")
    plans = [plan("a", title="第1次大綱", period_start_fy=2010), other]
    found = linked(plans, items("a", "窓口") + items("b", "窓口"))
    assert told(found) == [] and not found.problems
