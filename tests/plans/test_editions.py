"""Which edition is current, and in what order they came."""

from __future__ import annotations

import datetime
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.editions import resolve_editions
from pipelines.plans.rows import Row

OLD, NEW = datetime.date(2021, 1, 1), datetime.date(2022, 1, 1)


def plan(name: str, edition_of: str | None = None, **more: Any) -> Row:
    return {
        "plan_id": f"990019-{name}",
        "municipality_code": "990019",
        "document_kind": "full",
        "document_status": None,
        "edition_of": f"990019-{edition_of}" if edition_of else None,
        "is_current": True,
        "published_on": None,
        "period_start_fy": None,
        **more,
    }


def orders(*plans: Row, **retrieved: datetime.date) -> list[list[str]]:
    days = {f"990019-{name}": day for name, day in retrieved.items()}
    found = resolve_editions(plans, days)
    return [[row["plan_id"].split("-")[1] for row in group] for group in found.groups]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"document_status": "draft"}, {"document_status": "final"}),
        ({}, {"document_status": "final"}),
        ({"document_status": "draft", "published_on": NEW},
         {"document_status": "final", "published_on": OLD}),
        ({"published_on": OLD}, {"document_status": "draft", "published_on": NEW}),
        ({"period_start_fy": 2020}, {"period_start_fy": 2021}),
        ({"document_kind": "stub", "document_status": "final"}, {"document_status": "draft"}),
        ({"published_on": OLD, "period_start_fy": 2021},
         {"published_on": NEW, "period_start_fy": 2020}),
    ],
)  # fmt: skip
def test_what_makes_an_edition_newer(older: dict[str, Any], newer: dict[str, Any]) -> None:
    for names in permutations(("a", "b")):
        first, second = plan(names[0], **older), plan(names[1], names[0], **newer)
        found = resolve_editions([first, second], {})
        assert [row["plan_id"] for row in found.groups[0]] == [first["plan_id"], second["plan_id"]]
        assert [row["is_current"] for row in found.groups[0]] == [False, True]
        assert not found.problems


def test_the_day_of_retrieval_decides_where_none_is_published() -> None:
    assert orders(plan("a"), plan("b", "a"), a=NEW, b=OLD) == [["b", "a"]]
    published = plan("a", published_on=OLD), plan("b", "a", published_on=NEW)
    assert orders(*published, a=NEW, b=OLD) == [["a", "b"]]


def test_a_day_that_one_edition_does_not_state_decides_nothing() -> None:
    found = resolve_editions([plan("a", published_on=NEW), plan("b", "a")], {})
    assert [row["plan_id"] for row in found.groups[0]] == ["990019-a", "990019-b"]
    (told,) = found.problems
    assert (told.severity, told.rule) == ("warning", "edition_order_undecided")
    assert "990019-a" in told.message_ja and told.place == "plans/990019/b/plan.yaml"


def test_three_undecided_editions_are_told_once() -> None:
    found = resolve_editions([plan("c", "a"), plan("a"), plan("b", "a")], {})
    assert [row["plan_id"][-1] for row in found.groups[0]] == ["a", "b", "c"]
    assert len(found.problems) == 1


def test_references_join_in_any_direction_and_over_circles() -> None:
    circle = [plan("a", "b", period_start_fy=1990), plan("b", "a", period_start_fy=1991)]
    chain = [plan("c", "d", period_start_fy=1992), plan("d", period_start_fy=1993)]
    assert orders(*circle, *chain) == [["a", "b"], ["c", "d"]]
    bridge = plan("e", "b", period_start_fy=1994)
    assert orders(bridge, *circle, *chain) == [["a", "b", "e"], ["c", "d"]]


def test_a_plan_alone_is_current() -> None:
    found = resolve_editions([plan("a", is_current=False)], {})
    assert found.groups[0][0]["is_current"] is True and not found.problems


def test_an_edition_of_itself_is_told_and_not_published() -> None:
    found = resolve_editions([plan("a", "a")], {})
    assert found.groups[0][0]["edition_of"] is None
    assert [one.rule for one in found.problems] == ["edition_of_itself"]


def test_editions_of_a_plan_that_was_left_out_still_belong_together() -> None:
    found = resolve_editions(
        [plan("a", "x", period_start_fy=1990), plan("b", "x", period_start_fy=1991)], {}
    )
    assert [[row["edition_of"] for row in group] for group in found.groups] == [[None, None]]
    assert [one.rule for one in found.problems] == ["edition_of_left_out"] * 2


@given(st.permutations("abcdef"), st.lists(st.sampled_from("abcdefx"), min_size=6, max_size=6))
def test_the_order_of_reading_changes_nothing(order: list[str], named: list[str]) -> None:
    plans = {name: plan(name, other) for name, other in zip("abcdef", named, strict=True)}
    before = resolve_editions(list(plans.values()), {})
    after = resolve_editions([plans[name] for name in order], {})
    assert before == after
    for group in before.groups:
        assert sum(row["is_current"] for row in group) == 1
    assert sorted(row["plan_id"] for group in before.groups for row in group) == sorted(
        row["plan_id"] for row in plans.values()
    )
