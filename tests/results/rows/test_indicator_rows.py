from __future__ import annotations

import datetime
from typing import Any

import pytest

from pipelines.results.model import ColumnRole, IndicatorContext, Section
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.samples import ITEMS, PLAN_ID, STUB, plan, record, rows_of, rules, source

PLANNED, ACTUAL = ColumnRole("planned"), ColumnRole("actual")
FINAL = ColumnRole("final_target")


def values(row: int = 5, *cells: Any, **texts: Any) -> Any:
    known = {"item": "公共施設の統廃合の推進", "department": "財政課", "indicator": "統廃合数"}
    return record(row, *cells, **known | texts)


def only(result: Any) -> Any:
    (row,) = result.rows["indicator_results"]
    return row


def test_plan_and_actual_of_an_indicator() -> None:
    result = rows_of(
        values(5, (PLANNED, "１２件"), (ACTUAL, "約10"), unit="件"),
        source=source(as_of_on=datetime.date(2024, 3, 31)),
    )
    row = only(result)
    assert (row["planned_value"], row["planned_text"]) == (12, "12件")
    assert (row["actual_value"], row["actual_text"]) == (10, "約10")
    assert row["is_approximate"]
    assert (row["item_id"], row["fiscal_year"]) == (ITEMS[1].item_id, 2023)
    assert row["as_of_on"] == datetime.date(2024, 3, 31)
    (indicator,) = result.rows["indicators"]
    assert indicator["indicator_id"] == row["indicator_id"]
    assert (indicator["name"], indicator["unit"]) == ("統廃合数", "件")


def test_indicators_of_the_plan_are_used() -> None:
    result = rows_of(
        values(5, (ACTUAL, "93.1"), item="市税収納率の向上", indicator="市税の収納率", unit="％")
    )
    assert only(result)["indicator_id"] == f"{PLAN_ID}-k1"
    assert not result.rows["indicators"]


def test_values_without_a_name_are_of_the_only_indicator() -> None:
    result = rows_of(values(5, (ACTUAL, "93.1"), item="市税収納率の向上", indicator=""))
    assert only(result)["indicator_id"] == f"{PLAN_ID}-k1"
    assert rules(result) == ["indicator_assumed"]


def test_a_name_is_taken_from_the_measure_and_told_once() -> None:
    result = rows_of(
        values(5, (ACTUAL, "3件"), indicator="", measure="施設甲の廃止"),
        values(6, (ACTUAL, "4件"), indicator="", measure="施設乙の廃止"),
        plan=STUB,
    )
    assert [row["name"] for row in result.rows["indicators"]] == ["施設甲の廃止", "施設乙の廃止"]
    assert [row["unit"] for row in result.rows["indicators"]] == ["件", "件"]
    assert rules(result) == ["indicator_name_inferred"]


def test_values_of_nothing_are_refused() -> None:
    result = rows_of(record(5, (ACTUAL, "3"), department="財政課"), plan=STUB)
    assert [one.rule for one in result.quarantined.values()] == ["indicator_missing"]


@pytest.mark.parametrize(
    ("texts", "role", "section", "profile", "unit"),
    [
        ({"unit": "件"}, ColumnRole("actual", unit="%"), Section(unit="人"), SheetProfile(), "件"),
        ({}, ColumnRole("actual", unit="％"), Section(unit="人"), SheetProfile(), "%"),
        ({}, ACTUAL, Section(unit="人"), SheetProfile(), "人"),
        ({}, ACTUAL, Section(), SheetProfile(units={"actual": "棟"}), "棟"),
        ({"unit": "-"}, ACTUAL, Section(), SheetProfile(), "（記載なし）"),
        ({}, ACTUAL, Section(), SheetProfile(), "（記載なし）"),
    ],
)
def test_where_the_unit_is_from(
    texts: dict[str, str], role: ColumnRole, section: Section, profile: SheetProfile, unit: str
) -> None:
    result = rows_of(values(5, (role, "3"), section=section, **texts), plan=STUB, profile=profile)
    assert result.rows["indicators"][0]["unit"] == unit


def test_two_values_in_one_cell_by_heading_or_profile() -> None:
    role = ColumnRole("planned", unit="人", pair="actual")
    by_heading = only(rows_of(values(5, (role, "50 (61)"))))
    assert (by_heading["planned_value"], by_heading["actual_value"]) == (50, 61)
    profile = SheetProfile(paired_cells="actual_then_planned")
    by_profile = only(rows_of(values(5, (ACTUAL, "950\n(9500)")), profile=profile))
    assert (by_profile["actual_value"], by_profile["planned_value"]) == (950, 9500)


def test_two_values_that_nobody_tells_apart_stay_text() -> None:
    result = rows_of(values(5, (ACTUAL, "50 (61)")))
    row = only(result)
    assert (row["actual_value"], row["actual_text"]) == (None, "50 (61)")
    assert rules(result) == ["pair_undecided"]


def test_a_pair_column_with_one_value() -> None:
    role = ColumnRole("planned", unit="人", pair="actual")
    row = only(rows_of(values(5, (role, "50"))))
    assert (row["planned_value"], row["actual_value"]) == (50, None)


def test_named_values_in_one_cell_are_indicators_of_their_own() -> None:
    result = rows_of(values(5, (ACTUAL, "補助台数:103台、普及率:21.2%")))
    named = {row["indicator_id"]: row for row in result.rows["indicators"]}
    found = {
        (named[row["indicator_id"]]["name"], named[row["indicator_id"]]["unit"]): row[
            "actual_value"
        ]
        for row in result.rows["indicator_results"]
    }
    assert found == {("補助台数", "台"): 103, ("普及率", "%"): 21.2}


def test_why_there_is_no_value() -> None:
    result = rows_of(
        values(5, (PLANNED, "10"), (ACTUAL, "集計中"), indicator="甲"),
        values(6, (PLANNED, "10"), (ACTUAL, "-"), indicator="乙"),
        values(7, (PLANNED, "10"), (ACTUAL, ""), indicator="丙"),
        values(8, (PLANNED, "10"), (ACTUAL, "隔年調査"), indicator="丁"),
        profile=SheetProfile(missing_words={"隔年調査": "not_measured"}),
    )
    found = [
        (row["actual_value"], row["actual_text"], row["missing_reason"])
        for row in result.rows["indicator_results"]
    ]
    assert found == [
        (None, "集計中", "not_yet"),
        (None, "-", None),
        (None, None, None),
        (None, "隔年調査", "not_measured"),
    ]


def test_a_value_whose_heading_names_the_rounds_year_goes_with_one_that_names_none() -> None:
    years = {year: ColumnRole("actual", fiscal_year=year) for year in (2022, 2023)}
    result = rows_of(
        values(5, (FINAL, "30"), (PLANNED, "10"), (years[2022], "8"), (years[2023], "9"))
    )
    found = {
        row["fiscal_year"]: (row["planned_value"], row["actual_value"], row["final_target_value"])
        for row in result.rows["indicator_results"]
    }
    assert found == {2022: (None, 8, None), 2023: (10, 9, 30)}


def test_a_value_with_and_one_without_the_rounds_year_are_two_cells_for_one() -> None:
    dated = ColumnRole("actual", fiscal_year=2023)
    result = rows_of(values(5, (ACTUAL, "8"), (dated, "9")))
    assert [one.rule for one in result.quarantined.values()] == ["cells_repeated"]


def test_years_across_columns_share_the_final_target() -> None:
    roles = [ColumnRole("actual", year, "件") for year in (2021, 2022)]
    result = rows_of(values(5, (roles[0], "3"), (roles[1], "4"), (FINAL, "10")))
    found = {
        row["fiscal_year"]: (row["actual_value"], row["final_target_value"])
        for row in result.rows["indicator_results"]
    }
    assert found == {2021: (3, 10), 2022: (4, 10)}


def test_impossible_years_of_targets_keep_their_text() -> None:
    result = rows_of(
        values(5, (FINAL, "10"), due_fy="4010", indicator="甲"),
        values(6, (FINAL, "10"), due_fy="令和7年度", indicator="乙"),
        values(7, (FINAL, "10"), due_fy="計画期間中", indicator="丙"),
    )
    found = [(row["due_fy"], row["due_text"]) for row in result.rows["indicator_results"]]
    assert found == [(None, "4010"), (2025, "令和7年度"), (None, "計画期間中")]
    assert [(one.rule, one.severity) for one in result.findings] == [
        ("year_impossible", "warning"), ("due_year_unreadable", "info"),
    ]  # fmt: skip


def test_an_impossible_year_of_a_column_is_refused() -> None:
    role = ColumnRole("actual", 4010, "件")
    result = rows_of(values(5, (role, "3")))
    assert [one.rule for one in result.quarantined.values()] == ["year_impossible"]


def test_values_without_a_year_are_refused() -> None:
    result = rows_of(values(5, (ACTUAL, "3")), source=source(fiscal_year=None, period=(2019, 2022)))
    assert [one.rule for one in result.quarantined.values()] == ["year_missing"]


def test_a_name_that_is_only_alike_is_told() -> None:
    context = plan(
        indicators=(
            IndicatorContext(f"{PLAN_ID}-k9", ITEMS[1].item_id, "公共施設の統廃合数", "件"),
        )
    )
    result = rows_of(
        values(5, (ACTUAL, "3"), indicator="公共施設統廃合数", unit="件"), plan=context
    )
    assert only(result)["indicator_id"] == f"{PLAN_ID}-k9"
    assert rules(result) == ["indicator_matched_by_likeness"]


def test_editions_of_one_file_are_no_repeats() -> None:
    result = rows_of(
        values(5, (ACTUAL, "3"), edition="2015"), values(6, (ACTUAL, "4"), edition="2016")
    )
    assert len(result.rows["indicator_results"]) == 2
    assert not result.quarantined


def in_unit(unit: str, text: str, **texts: Any) -> Any:
    """A result of an item whose plan has one indicator 交付数 in a unit."""
    known = IndicatorContext(f"{PLAN_ID}-k9", ITEMS[1].item_id, "交付数", unit)
    cells = [(PLANNED, texts.pop("planned", "")), (texts.pop("role", ACTUAL), text)]
    return rows_of(values(5, *cells, indicator="交付数", **texts), plan=plan(indicators=(known,)))


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("万枚", "214万枚", 214),
        ("万枚", "2,140,000枚", 214),
        ("万枚", "214", 214),
        ("万円", "186万円", 186),
        ("億円", "1.43億円", 1.43),
        ("億円", "13,500千円", 0.135),
        ("億円", "1億4,300万円", 1.43),
        ("千円", "△1.43億円", -143_000),
        ("万食", "214万食", 214),
        ("人", "1.5万人", 15_000),
        ("人", "150名", 150),
    ],
)
def test_values_with_a_scale_are_of_the_plans_indicator(unit: str, text: str, value: float) -> None:
    result = in_unit(unit, text)
    row = only(result)
    assert (row["indicator_id"], row["actual_value"]) == (f"{PLAN_ID}-k9", value)
    assert row["actual_text"] == text
    assert not result.rows["indicators"]
    assert not result.findings


def test_the_unit_of_the_heading_is_converted_too() -> None:
    row = only(in_unit("億円", "13,500", role=ColumnRole("actual", unit="千円")))
    assert row["actual_value"] == 0.135
    assert row["indicator_id"] == f"{PLAN_ID}-k9"


def test_each_cell_is_converted_by_itself() -> None:
    row = only(in_unit("万枚", "214", planned="2,000,000枚"))
    assert (row["planned_value"], row["actual_value"]) == (200, 214)


@pytest.mark.parametrize(("unit", "text"), [("万枚", "214人"), ("%", "3ポイント"), ("件", "5万円")])
def test_a_unit_that_cannot_be_converted_is_told_and_gives_no_indicator(
    unit: str, text: str
) -> None:
    result = in_unit(unit, text)
    row = only(result)
    assert (row["actual_value"], row["actual_text"]) == (None, text)
    assert row["indicator_id"] == f"{PLAN_ID}-k9"
    assert not result.rows["indicators"]
    assert {"value_unit_differs", "unit_percent_or_points"} & set(rules(result))


def test_two_units_in_a_row_are_not_taken_for_one() -> None:
    result = rows_of(values(5, (PLANNED, "30件"), (ACTUAL, "20人")), plan=STUB)
    row = only(result)
    assert (row["planned_value"], row["actual_value"]) == (30, None)
    assert row["actual_text"] == "20人"
    assert rules(result) == ["value_unit_differs"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("測定していない", "not_measured"),
        ("該当しない", "not_applicable"),
        ("まだ出ていない", "not_yet"),
        ("設定していない", "not_set"),
        ("集計中", "not_yet"),
    ],
)
def test_a_reason_alone_gives_a_row_without_values(text: str, reason: str) -> None:
    result = rows_of(values(5, missing_reason=text, unit="件"))
    row = only(result)
    assert row["missing_reason"] == reason
    assert (row["planned_value"], row["actual_value"], row["actual_text"]) == (None, None, None)
    assert row["fiscal_year"] == 2023
    assert not result.findings
    assert not result.aside
    in_the_cell = only(rows_of(values(5, (ACTUAL, text), unit="件")))
    assert in_the_cell["missing_reason"] == reason


def test_a_reason_beside_a_target_and_beside_a_value() -> None:
    beside_target = only(
        rows_of(values(5, (PLANNED, "3件"), (ACTUAL, ""), missing_reason="集計中"))
    )
    assert (beside_target["planned_value"], beside_target["missing_reason"]) == (3, "not_yet")
    result = rows_of(values(5, (ACTUAL, "3件"), missing_reason="集計中"))
    assert (only(result)["actual_value"], only(result)["missing_reason"]) == (3, None)
    assert rules(result) == ["missing_reason_beside_value"]


def test_an_unknown_reason_is_no_reason() -> None:
    result = rows_of(values(5, missing_reason="担当者が不在"))
    assert not result.rows["indicator_results"]
    assert [one.rule for one in result.quarantined.values()] == ["missing_reason_unknown"]
    profile = SheetProfile(missing_words={"担当者が不在": "not_measured"})
    row = only(rows_of(values(5, missing_reason="担当者が不在"), profile=profile))
    assert row["missing_reason"] == "not_measured"


def test_a_reason_in_a_row_of_several_years_is_no_ones() -> None:
    cells = [(ColumnRole("actual", fiscal_year=year), "3") for year in (2021, 2022)]
    result = rows_of(values(5, *cells, missing_reason="集計中"))
    assert [row["missing_reason"] for row in result.rows["indicator_results"]] == [None, None]
    assert rules(result) == ["missing_reason_of_several"]
