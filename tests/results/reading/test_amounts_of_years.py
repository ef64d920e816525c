"""Amounts of several years: 決算 and 見込 under a title, units at the right end, rows of years."""

from __future__ import annotations

import pytest

from pipelines.sources.workbooks.model import MergedRange
from tests.results.reading.sheets_of import read, rules, values

_YEARS = "項目|所管課|H18決算|H19決算|H20見込|H21目標"


@pytest.mark.parametrize("title", ["行財政改革プラン効果額", "効果額の推移", "大綱の削減額"])
def test_settled_and_expected_years_below_a_title_of_effects_are_amounts(title: str) -> None:
    reading = read(f"{title}\n{_YEARS}\n|||||（千円）\n定員管理|総務課|45|52|60|65")
    assert values(reading.records[0]) == [
        ("amount", 2006, "45"),
        ("amount", 2007, "52"),
        ("planned_amount", 2008, "60"),
        ("planned_amount", 2009, "65"),
    ]
    assert {cell.role.unit for cell in reading.records[0].values} == {"千円"}
    assert {"values_named_above", "unit_of_all_amounts"} <= rules(reading)


@pytest.mark.parametrize("word", ["基準人数", "増減", "特定財源"])
def test_a_year_beside_another_word_is_no_amount_of_the_title(word: str) -> None:
    reading = read(f"効果額の推移（千円）\n取組項目|担当課|R3|R4|R4{word}\n窓口|見本課|10|20|30")
    assert values(reading.records[0]) == [("amount", 2021, "10"), ("amount", 2022, "20")]


def test_a_unit_below_the_last_heading_is_not_that_of_others_with_a_unit() -> None:
    reading = read("取組項目|担当課|削減額（円）|収入額\n|||（千円）\n窓口|見本課|10|20")
    assert [cell.role.unit for cell in reading.records[0].values] == ["円", "千円"]
    assert "unit_of_all_amounts" not in rules(reading)


@pytest.mark.parametrize("merged", [(), (MergedRange(3, 1, 3, 3), MergedRange(5, 1, 5, 3))])
@pytest.mark.parametrize("title", ["効果額（単位：千円）", "平成18年度　効果額（単位：千円）"])
def test_a_year_right_below_the_headings_is_that_of_the_rows(
    title: str, merged: tuple[MergedRange, ...]
) -> None:
    reading = read(
        f"{title}\n取組項目|担当課|効果額\n平成18年度||\n広告|管財課|50\n平成19年度||\n郵便|総務課|60",
        merged,
    )
    found = [(one.section.fiscal_year, one.section.unit) for one in reading.records]
    assert found == [(2006, "千円"), (2007, "千円")]
    assert all(cell.role.fiscal_year is None for one in reading.records for cell in one.values)


def test_a_year_below_a_heading_of_values_goes_on_the_heading() -> None:
    reading = read("取組項目|担当課|効果額（千円）\n||平成18年度\n広告|管財課|50")
    assert values(reading.records[0]) == [("amount", 2006, "50")]


def test_another_title_with_a_year_takes_the_place_of_the_first() -> None:
    reading = read(
        "平成18年度　歳出削減（単位：千円）\n取組項目|担当課|効果額\n広告|管財課|50\n"
        "平成19年度　効果のあった取組\n取組項目|担当課|効果額\n郵便|総務課|60"
    )
    assert reading.records[1].section.unit is None
    assert reading.records[1].section.effect_kind is None


@pytest.mark.parametrize("word", ["予算", "当初計画", "想定"])
def test_a_year_beside_a_word_of_plans_is_a_planned_amount(word: str) -> None:
    reading = read(f"効果額の推移（千円）\n取組項目|担当課|R3|R4{word}\n窓口|見本課|10|20")
    assert values(reading.records[0]) == [("amount", 2021, "10"), ("planned_amount", 2022, "20")]


def test_a_plans_title_that_names_effects_and_results_names_amounts() -> None:
    title = "行財政改革大綱（平成30年度～令和2年度）財政効果額　実績\n（単位：千円）"
    reading = read(f"{title}\n取組項目|担当課|H30|R1\n電力|管財課|1|2")
    assert values(reading.records[0]) == [("amount", 2018, "1"), ("amount", 2019, "2")]


PERIOD = "財政効果額（単位：百万円）\n項目|所管課|{}|R3実績|R4実績|累計\n定員|人事課|400|62|81|143"


@pytest.mark.parametrize(
    "heading", ["目標額（R3～R7）", "令和3～7年度目標額", "目標効果額_（令和3年度～令和7年度）"]
)
def test_the_target_of_a_period_stands_beside_the_amounts_of_its_years(heading: str) -> None:
    reading = read(PERIOD.format(heading))
    assert values(reading.records[0]) == [
        ("planned_amount", None, "400"),
        ("amount", 2021, "62"),
        ("amount", 2022, "81"),
    ]
    assert [cell.role.period for cell in reading.records[0].values] == [(2021, 2025), None, None]
    assert "unknown_column" not in rules(reading)  # 累計 is left out, as it sums up the years


@pytest.mark.parametrize(
    "heading", ["実績額（R3～R5）", "R3～R5", "基準額（R3～R7）", "目標額（R3～R7・R8～R9）"]
)
def test_other_ranges_of_years_are_no_targets(heading: str) -> None:
    reading = read(PERIOD.format(heading))
    assert all(cell.role.period is None for cell in reading.records[0].values)
    assert "unknown_column" in rules(reading)
