from __future__ import annotations

import datetime
from typing import Any

from pipelines.results.model import ColumnRole
from tests.results.samples import ITEMS, STUB, record, rows_of, rules, source

ITEM = "窓口業務の見直し"


def council(**more: Any) -> Any:
    return source(assessor="council", held_on=datetime.date(2024, 10, 5), **more)


def test_the_councils_rating_is_kept_apart_from_the_departments() -> None:
    result = rows_of(
        record(
            5,
            item=ITEM,
            department="市民課",
            rating="順調",
            council_rating="遅延",
            council_opinion="説明が足りない。",
            city_response="次回までに示す。",
            held_on="令和6年10月5日",
        )
    )
    (yearly,) = result.rows["yearly_results"]
    (assessed,) = result.rows["item_assessments"]
    assert yearly["rating"] == "on_track"
    assert (assessed["assessor"], assessed["rating"]) == ("council", "behind")
    assert assessed["item_id"] == ITEMS[0].item_id
    assert (assessed["opinion"], assessed["city_response"]) == (
        "説明が足りない。", "次回までに示す。",
    )  # fmt: skip
    assert assessed["held_on"] == datetime.date(2024, 10, 5)


def test_headquarters_and_council_give_a_row_each() -> None:
    result = rows_of(
        record(
            5, item=ITEM, headquarters_rating="順調", council_opinion="よい", city_response="了解"
        )
    )
    found = {row["assessor"]: row for row in result.rows["item_assessments"]}
    assert found["headquarters"]["rating"] == "on_track"
    assert (found["council"]["rating"], found["council"]["opinion"]) == (None, "よい")
    assert found["council"]["city_response"] == "了解"
    assert found["headquarters"]["city_response"] is None
    assert len({row["assessment_id"] for row in found.values()}) == 2


def test_in_a_councils_round_the_plain_rating_is_the_councils() -> None:
    result = rows_of(
        record(5, item=ITEM, department="市民課", rating="遅延", council_opinion="急ぐこと"),
        source=council(),
    )
    (row,) = result.rows["item_assessments"]
    assert (row["assessor"], row["rating"], row["opinion"]) == ("council", "behind", "急ぐこと")
    assert row["held_on"] == datetime.date(2024, 10, 5)
    assert not result.rows["yearly_results"]
    assert not result.findings


def test_beside_a_council_column_the_plain_rating_is_a_copy() -> None:
    role = ColumnRole("amount", unit="千円")
    result = rows_of(
        record(5, (role, "10"), item=ITEM, rating="順調", activity="検討", council_rating="遅延"),
        record(6, item="市税収納率の向上", activity="催告", asked=("council_rating",)),
        source=council(),
    )
    (row,) = result.rows["item_assessments"]
    assert row["rating"] == "behind"
    assert not result.rows["yearly_results"]
    assert not result.rows["financial_effects"]
    assert result.aside == {("実績", 6): "skipped"}
    assert rules(result) == ["not_from_department"]


def test_other_assessors() -> None:
    result = rows_of(
        record(5, item=ITEM, rating="順調", council_opinion="妥当"), source=source(assessor="other")
    )
    (row,) = result.rows["item_assessments"]
    assert (row["assessor"], row["rating"], row["opinion"]) == ("other", "on_track", "妥当")


def test_an_assessment_of_no_item_is_refused() -> None:
    for plan in ({}, {"plan": STUB}):
        result = rows_of(record(5, item="知らない取組", rating="順調"), source=council(), **plan)
        rules_of = [one.rule for one in result.quarantined.values()]
        assert rules_of == ["item_not_found_assessment"]
        assert not result.rows["item_assessments"]


def test_a_councils_label_outside_of_the_scale_is_told() -> None:
    result = rows_of(record(5, item=ITEM, council_rating="不十分"))
    (row,) = result.rows["item_assessments"]
    assert (row["rating_label"], row["rating"]) == ("不十分", None)
    assert rules(result) == ["rating_not_in_scale"]
    assert result.findings[0].column_name == "council_rating"
