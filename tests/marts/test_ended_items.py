"""Items that had ended before a year are not missing from its reports."""

from __future__ import annotations

import datetime

import pytest

from .comparing import by_sql
from .examples import NODE, city, department, in_charge, item, item_id, result
from .generated import CODE, Row
from .test_rating_counts import Counts, of_department, of_plan

OFFICES = [department(name) for name in ("甲課", "乙課")]


def change(relation: str, day: str | None, *into: str, name: str = "い", **more: str) -> list[Row]:
    """What item_lineage says of a change of one item, into others or none."""
    row = {
        "from_item_id": item_id(name),
        "relation": relation,
        "changed_on": day and datetime.date.fromisoformat(day),
        "reason": "理由",
        **more,
    }
    return [
        {**row, "lineage_id": f"{CODE}-{relation}-{day}-{one}", "to_item_id": one and item_id(one)}
        for one in into or (None,)
    ]


def year_of(lineage: list[Row], *results: Row, year: int = 2024) -> dict[str, list[Row]]:
    """Marts of one year, in which the items は and に alone are reported on."""
    marts = by_sql(
        city(
            departments=OFFICES,
            reform_items=[item(name) for name in ("い", "は", "に")],
            item_departments=[in_charge("い", "甲課")],
            item_lineage=lineage,
            yearly_results=[
                *results,
                result("は", "乙課", "順調", fiscal_year=year),
                result("に", "乙課", "順調", fiscal_year=year),
            ],
        )
    )
    return {
        name: [row for row in rows if row["fiscal_year"] == year]
        for name, rows in marts.items()
        if name in ("plan_progress", "department_progress")
    }


def seen(marts: dict[str, list[Row]], year: int = 2024) -> tuple[Counts, Counts]:
    """What stands for い in the plan and for its department."""
    plan = of_plan(marts, year=year)
    assert plan == of_plan(marts, NODE, year)
    assert plan.pop("順調") == 2
    assert {row["scope_item_count"] for row in marts["plan_progress"]} == {3}
    return plan, of_department(marts, f"{CODE}-d-甲課")


@pytest.mark.parametrize(
    ("lineage", "expected"),
    [
        (change("stopped", "2024-04-01"), "中止済み"),
        (change("stopped", "2023-10-01"), "中止済み"),
        (change("stopped", "2024-04-02"), "報告なし"),
        (change("stopped", "2025-03-31"), "報告なし"),
        (change("stopped", "2024-01-31"), "中止済み"),
        (change("merged", "2024-04-01", "は"), "統合済み"),
        (change("merged", None, "は"), "報告なし"),
        (change("renamed", "2024-04-01", "は"), "改称済み"),
        (change("renamed", "2024-04-01", "い"), "報告なし"),
        (change("split", "2024-04-01", "は", "に"), "分割済み"),
        (change("split", "2024-04-01", "は"), "報告なし"),
        (change("merged", "2023-04-01", "は") + change("stopped", "2024-04-01"), "統合済み"),
        (change("merged", "2024-04-01", "い", name="は"), "報告なし"),
    ],
)
def test_changes_in_mid_plan(lineage: list[Row], expected: str) -> None:
    assert seen(year_of(lineage)) == ({expected: 1}, {expected: 1})


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        ("completed", "完了済み"),
        ("discontinued", "中止済み"),
        ("withdrawn", "中止済み"),
        ("achieved", "報告なし"),
        ("on_track", "報告なし"),
    ],
)
def test_the_newest_report_before_decides(rating: str, expected: str) -> None:
    said = result("い", "甲課", "言葉", rating=rating, fiscal_year=2022)
    assert seen(year_of([], said)) == ({expected: 1}, {expected: 1})


def test_an_item_taken_up_again_is_missing_afterwards() -> None:
    marts = year_of(
        [],
        result("い", "甲課", "完了", rating="completed", fiscal_year=2022),
        result("い", "甲課", "順調", rating="on_track", fiscal_year=2023),
    )
    assert seen(marts) == ({"報告なし": 1}, {"報告なし": 1})


def test_a_report_on_an_ended_item_counts_as_what_it_says() -> None:
    marts = year_of(change("stopped", "2024-04-01"), result("い", "甲課", "遅延", fiscal_year=2024))
    assert seen(marts) == ({"遅延": 1}, {"遅延": 1})


def test_departments_that_disagreed_have_not_ended_the_item() -> None:
    marts = year_of(
        [],
        result("い", "甲課", "完了", rating="completed", fiscal_year=2023),
        result("い", "乙課", "順調", rating="on_track", fiscal_year=2023),
    )
    assert seen(marts) == ({"報告なし": 1}, {"完了済み": 1})


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([("2024-04-01", "乙課")], "所管替え済み"),
        ([("2024-04-02", "乙課")], "報告なし"),
        ([("2022-04-01", "乙課"), ("2023-04-01", "甲課")], "報告なし"),
        ([("2022-04-01", "甲課"), ("2023-04-01", "乙課")], "所管替え済み"),
    ],
)
def test_a_transferred_item_is_missing_from_the_plan_alone(
    moves: list[tuple[str, str]], expected: str
) -> None:
    lineage = [
        row
        for day, to in moves
        for row in change("transferred", day, "い", reason=f"所管が{to}に移りました。理由")
    ]
    assert seen(year_of(lineage)) == ({"報告なし": 1}, {expected: 1})


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-03-31", "所管替え済み"), ("2024-04-01", "所管替え済み"), ("2025-04-01", "報告なし")],
)
def test_in_the_year_of_a_move_the_report_of_either_department_is_enough(
    day: str, expected: str
) -> None:
    lineage = change("transferred", day, "い", reason="所管が乙課に移りました。理由")
    marts = year_of(lineage, result("い", "乙課", "遅延", fiscal_year=2024))
    assert seen(marts) == ({"遅延": 1}, {expected: 1})
