"""Lists whose rows are of facilities, works, subsidies or bodies."""

from __future__ import annotations

import pytest

from pipelines.results.vocabulary import sheet_vocabulary
from tests.results.reading.sheets_of import read, rules


@pytest.mark.parametrize(
    "name", ["施設名", "業務名", "補助金名", "委託業務名", "団体名", "② 施設の名称"]
)
def test_a_list_of_things_with_an_effect_is_read_with_them_as_items(name: str) -> None:
    reading = read(f"{name}|所管課|削減額（千円）\n見本会館|見本課|120")
    assert [record.texts["item"] for record in reading.records] == ["見本会館"]


def test_a_named_item_stays_the_item_and_what_else_is_named_is_told() -> None:
    reading = read("取組項目|施設名|削減額（千円）\n使用料の見直し|見本会館|120")
    assert reading.records[0].texts["item"] == "使用料の見直し"
    assert "unknown_column" in rules(reading)


def test_of_two_things_the_last_names_the_row() -> None:
    reading = read("施設名|委託業務名|効果額（千円）\n見本会館|清掃|12\n見本会館|警備|15")
    assert [record.texts["item"] for record in reading.records] == ["清掃", "警備"]
    assert {record.texts["category"] for record in reading.records} == {"見本会館"}


def test_a_body_names_no_row_beside_its_subsidy() -> None:
    reading = read("補助金名|団体名|削減額（千円）\n文化振興補助金|見本会|30")
    assert reading.records[0].texts["item"] == "文化振興補助金"


@pytest.mark.parametrize(
    "rest", ["決算額（千円）", "実績", "事業内容", "対応", "状況", "現況", "目標|実績"]
)
def test_a_list_of_facilities_without_results_is_none_of_results(rest: str) -> None:
    filled = "|".join("12" for _ in rest.split("|"))
    reading = read(f"施設名|所管課|{rest}\n見本会館|見本課|{filled}")
    assert reading.records == []


def test_what_happens_to_a_facility_is_no_answer_to_an_opinion() -> None:
    reading = read("施設名|所管課|効果額（千円）|対応\n見本会館|見本課|12|解体")
    assert "city_response" not in reading.records[0].texts
    assert "unknown_column" in rules(reading)


def test_no_word_is_an_item_and_a_mere_thing() -> None:
    assert not set(sheet_vocabulary().subjects) & set(sheet_vocabulary().headings)
