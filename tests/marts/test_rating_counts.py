"""How often an item counts, and as what, where departments and revisions disagree."""

from __future__ import annotations

import pytest

from .comparing import by_sql
from .examples import NODE, city, department, in_charge, item, item_id, result
from .generated import CODE, PLAN, STUB, Row

Counts = dict[str, int]


def of_plan(marts: dict[str, list[Row]], scope: str = PLAN, year: int = 2023) -> Counts:
    """Outcome -> items, of a plan or pillar."""
    return {
        row["outcome_label"]: row["item_count"]
        for row in marts["plan_progress"]
        if (row["scope_key"], row["fiscal_year"]) == (scope, year)
    }


def of_department(marts: dict[str, list[Row]], key: str) -> Counts:
    return {
        row["outcome_label"]: row["item_count"]
        for row in marts["department_progress"]
        if row["department_key"] == key
    }


OFFICES = [department(name) for name in ("甲課", "乙課", "丙課")]


@pytest.mark.parametrize(
    ("labels", "roles", "expected"),
    [
        (("順調", "順調"), (None, None), "順調"),
        (("順調", "遅延"), (None, None), "評価が分かれる"),
        (("順調", "遅延"), ("lead", "related"), "順調"),
        (("順調", "遅延"), ("related", "lead"), "遅延"),
        (("順調", "遅延"), ("lead", "lead"), "評価が分かれる"),
        (("順調", "遅延", "順調"), ("lead", "related", "lead"), "評価が分かれる"),
        (("順調", "遅延", None), ("lead", "related", "lead"), "評価が分かれる"),
        (("順調", None), (None, None), "順調"),
        ((None, None), ("lead", None), "評価なし"),
        ((None, "遅延", "順調"), ("lead", None, None), "評価が分かれる"),
        ((None, "遅延"), ("lead", None), "遅延"),
    ],
)
def test_departments_of_one_item(
    labels: tuple[str | None, ...], roles: tuple[str | None, ...], expected: str
) -> None:
    names = ["甲課", "乙課", "丙課"][: len(labels)]
    marts = by_sql(
        city(
            departments=OFFICES,
            reform_items=[item("い")],
            item_departments=[
                in_charge("い", name, role, seq=seq)
                for seq, (name, role) in enumerate(zip(names, roles, strict=True), start=1)
            ],
            yearly_results=[
                result("い", name, label) for name, label in zip(names, labels, strict=True)
            ],
        )
    )
    assert of_plan(marts) == of_plan(marts, NODE) == {expected: 1}
    for name, label in zip(names, labels, strict=True):
        assert of_department(marts, f"{CODE}-d-{name}") == {label or "評価なし": 1}


def test_a_renamed_department_has_reported_under_both_names_in_one_year() -> None:
    marts = by_sql(
        city(
            departments=[department("旧課", "新課"), department("新課")],
            reform_items=[item("い"), item("ろ"), item("は")],
            item_departments=[
                in_charge("い", "旧課", "lead"),
                in_charge("は", "旧課", seq=1),
                in_charge("は", "新課", seq=2),
            ],
            yearly_results=[
                result("い", "旧課", "順調", result_status="provisional"),
                result("い", "新課", "順調"),
                result("ろ", "旧課", "順調"),
                result("ろ", "新課", "遅延"),
            ],
        )
    )
    assert of_plan(marts) == {"順調": 1, "評価が分かれる": 1, "報告なし": 1}
    assert of_department(marts, f"{CODE}-d-新課") == of_plan(marts)
    assert of_department(marts, f"{CODE}-d-旧課") == {}
    (provisional,) = (
        row["provisional_item_count"]
        for row in marts["plan_progress"]
        if (row["scope_kind"], row["status"]) == ("plan", "rated")
    )
    assert provisional == 1


def test_the_lead_of_the_old_name_settles_under_the_new_one() -> None:
    marts = by_sql(
        city(
            departments=[*OFFICES, department("旧課", "中課"), department("中課", "甲課")],
            reform_items=[item("い")],
            item_departments=[in_charge("い", "旧課", "lead")],
            yearly_results=[result("い", "甲課", "遅延"), result("い", "乙課", "順調")],
        )
    )
    assert of_plan(marts) == {"遅延": 1}


def test_only_the_newest_revision_counts() -> None:
    marts = by_sql(
        city(
            departments=OFFICES,
            reform_items=[item("い")],
            yearly_results=[
                result("い", "甲課", "遅延", revision=1, is_current=False),
                result("い", "甲課", "順調", revision=2),
            ],
        )
    )
    assert of_plan(marts) == {"順調": 1}


def test_reprints_count_only_where_reported_and_every_other_item_does() -> None:
    marts = by_sql(
        city(
            departments=OFFICES,
            reform_items=[item("い"), item("ろ"), item("再掲", is_repost=True)],
            yearly_results=[result("い", "甲課", "順調")],
        )
    )
    assert of_plan(marts) == {"順調": 1, "報告なし": 1}
    assert {row["scope_item_count"] for row in marts["plan_progress"]} == {2}


def test_measures_that_are_no_items_count_for_the_plan_and_for_no_pillar() -> None:
    of_stub = {"plan_id": STUB, "item_id": None}
    marts = by_sql(
        city(
            departments=OFFICES,
            yearly_results=[
                result(None, "甲課", "順調", measure_text="施策", **of_stub),
                result(None, "乙課", "順調", measure_text="施策", **of_stub),
                result(None, "甲課", "遅延", measure_text="施策", category_label="別", **of_stub),
                result(None, "乙課", "遅延", measure_text="施策", section_label="別", **of_stub),
            ],
        )
    )
    assert {row["scope_kind"] for row in marts["plan_progress"]} == {"plan"}
    assert of_plan(marts, STUB) == {"順調": 1, "遅延": 2}


def test_an_item_of_two_departments_that_became_one_is_unreported_once() -> None:
    marts = by_sql(
        city(
            departments=[
                department("甲課", "丙課"),
                department("乙課", "丙課"),
                department("丙課"),
            ],
            reform_items=[item("い"), item("ろ")],
            item_departments=[
                in_charge("い", "甲課", seq=1),
                in_charge("い", "乙課", seq=2),
                in_charge("い", "関係各課", seq=3, is_collective=True, department_id=None),
            ],
            yearly_results=[result("ろ", "丙課", "順調")],
        )
    )
    assert of_department(marts, f"{CODE}-d-丙課") == {"順調": 1, "報告なし": 1}
    assert of_department(marts, "関係各課") == {}


def test_one_department_in_charge() -> None:
    departments = [
        in_charge("主管一つ", "甲課", "lead", seq=1),
        in_charge("主管一つ", "乙課", None, seq=2, is_collective=True),
        in_charge("主管二つ", "甲課", "lead", seq=1),
        in_charge("主管二つ", "乙課", "lead", seq=2),
        in_charge("記載一つ", "甲課", None, seq=1),
        in_charge("記載一つ", "乙課", "related", seq=2),
        in_charge("二つの部分", "甲課", None, seq=1, scope="①"),
        in_charge("二つの部分", "甲課", None, seq=2, scope="②"),
        in_charge("記載二つ", "甲課", None, seq=1),
        in_charge("記載二つ", "乙課", None, seq=2),
        in_charge("総称", "各課", None, is_collective=True),
        in_charge("関連だけ", "甲課", "related"),
    ]
    names = dict.fromkeys(row["item_id"].rsplit("-", 1)[1] for row in departments)
    marts = by_sql(
        city(
            departments=OFFICES,
            reform_items=[item(name) for name in (*names, "担当なし")],
            item_departments=departments,
        )
    )
    (row,) = (one for one in marts["plan_quality"] if one["plan_id"] == PLAN)
    assert (row["item_count"], row["one_lead_department_item_count"]) == (8, 3)
    assert row["one_lead_department_share"] == 3 / 8


def test_revisions_count_for_the_round_of_their_file() -> None:
    """Rounds of two years bear one name; a sheet of one round may hold years before it."""
    rounds = [
        {"round_id": f"{PLAN}-r{years}-確定", "plan_id": PLAN, "round": "確定"}
        | {"period_start_fy": first, "period_end_fy": last}
        for years, first, last in (
            ("2023", 2023, 2023),
            ("2022-2024", 2022, 2024),
            ("2024", 2024, 2024),
        )
    ]
    more = {"revision": 2, "round": "確定"}
    marts = by_sql(
        city(
            departments=OFFICES,
            reform_items=[item("い")],
            survey_rounds=rounds,
            yearly_results=[
                result("い", "甲課", "順調", source_id=f"{PLAN}-2023-確定-0123456789ab", **more),
                result("い", "乙課", "順調", source_id=f"{PLAN}-2024-確定-0123456789ab-r7", **more),
            ],
            financial_effects=[
                {
                    "effect_id": f"{PLAN}-e1",
                    "plan_id": PLAN,
                    "item_id": item_id("い"),
                    "period_start_fy": 2022,
                    "period_end_fy": 2024,
                    "source_id": f"{PLAN}-2022-2024-確定-0123456789ab",
                    **more,
                }
            ],
        )
    )
    found = {row["round_id"]: row["revision_count"] for row in marts["submission_status"]}
    assert found == {one["round_id"]: 1 for one in rounds}
