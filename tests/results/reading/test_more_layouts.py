"""Years named by a title, ratings by marks, texts of several years, tables of departments."""

from __future__ import annotations

import pytest

from pipelines.results.model import SheetReading
from tests.results.reading.sheets_of import read, rules, values


def _ratings(reading: SheetReading) -> list[str | None]:
    return [record.texts.get("rating") for record in reading.records]


@pytest.mark.parametrize(
    ("title", "field", "unit", "kind"),
    [
        ("効果額の推移（千円）", "amount", "千円", "other"),
        ("令和3～5年度 歳出削減額一覧（単位：百万円）", "amount", "百万円", "cost_reduction"),
        ("(2) 効果見込額", "planned_amount", None, "other"),
        ("実績値の推移", "actual", None, None),
        ("目標値", "planned", None, None),
    ],
)
def test_columns_of_years_hold_what_the_title_says(
    title: str, field: str, unit: str | None, kind: str | None
) -> None:
    reading = read(f"{title}\n取組項目|担当課|R3|R4|計\n窓口|見本課|10|20|30\n合計||10|20|30")
    assert values(reading.records[0]) == [(field, 2021, "10"), (field, 2022, "20")]
    role, section = reading.records[0].values[0].role, reading.records[0].section
    assert (role.effect_kind, role.unit or section.unit) == (kind, unit)
    assert [total.rows for total in reading.totals] == [(3,), (3,)]
    assert {"values_named_above", "column_left_out"} <= rules(reading)


@pytest.mark.parametrize(
    "title", ["指標の推移", "令和3～5年度", "効果額の推移（計画と実績）", "効果額と削減目標の推移"]
)
def test_columns_of_years_without_a_meaning_are_not_read(title: str) -> None:
    reading = read(f"{title}\n取組項目|担当課|R3|R4\n窓口|見本課|10|20")
    assert not reading.records and "no_table_found" in rules(reading)


def test_a_mark_chooses_the_rating() -> None:
    reading = read("""
        番号|取組項目|担当課|達成|一部達成|未達成|備考
        1|窓口|見本課|○|||
        2|印刷|見本課||✓||
        3|郵送|見本課|-||レ|あ
        4|電話|見本課||||
        合計|||1|1|1|
    """)
    assert _ratings(reading) == ["達成", "一部達成", "未達成", None]
    assert reading.aside[("実績", 6)] == "total"


def test_marks_below_a_group_heading() -> None:
    reading = read("""
        番号|取組項目|進捗状況|||効果額（千円）
        ||ほぼできた|まだ|やめた|
        1|窓口|〇|||10
        2|印刷||●||20
    """)
    assert _ratings(reading) == ["ほぼできた", "まだ"]
    assert "unknown_column" not in rules(reading)


def test_two_marks_or_a_text_are_no_rating() -> None:
    reading = read("""
        取組項目|達成|未達成|効果額（千円）
        窓口|○|○|1
        印刷|○(一部)||2
        郵送|○||3
        電話|○||3
    """)
    assert {row for _, row in reading.quarantined} == {2, 3}
    assert "rating_mark_unclear" in rules(reading)


def test_columns_of_kinds_with_marks_are_no_ratings() -> None:
    reading = read("取組項目|歳入|歳出|評価\n窓口|○||A\n印刷||○|B")
    assert _ratings(reading) == ["A", "B"]
    assert "unknown_column" in rules(reading)


def test_known_columns_of_comparison_are_left_out_without_a_warning() -> None:
    reading = read("""
        指標|単位|基準値|前年度実績|目標値|実績値|達成率|進捗率|計
        収納率|％|90|91|93|94|101%|100%|1
    """)
    assert values(reading.records[0]) == [("planned", None, "93"), ("actual", None, "94")]
    assert {one.severity for one in reading.findings} == {"info"}


def test_a_rating_for_each_year_makes_a_record_for_each_year() -> None:
    reading = read("""
        番号|取組項目|担当課|令和5年度||令和6年度|
        |||取組実績|評価|取組実績|評価
        1|窓口|見本課|研修|A|改装|B
        2|印刷|見本課|||自作|A
    """)
    found = [(one.row, one.texts["fiscal_year"], one.texts["rating"]) for one in reading.records]
    assert found == [(3, "2023年度", "A"), (3, "2024年度", "B"), (4, "2024年度", "A")]
    assert reading.records[1].texts["activity"] == "改装"
    assert {one.texts["department"] for one in reading.records} == {"見本課"}
    assert "year_conflict" not in rules(reading)


def test_a_text_without_year_beside_ratings_of_years_needs_the_year_of_the_title() -> None:
    table = "取組項目|取組内容|評価|\n||R5|R6\n窓口|研修|A|B"
    unclear = read(table)
    assert not unclear.records and "row_of_unclear_year" in rules(unclear)
    reading = read(f"令和6年度実績報告\n{table}")
    assert [one.texts.get("activity") for one in reading.records] == [None, "研修"]


def test_a_table_of_departments_is_about_its_heading() -> None:
    reading = read("""
        令和5年度実績
        1 時間外勤務の縮減
        担当課|削減額（千円）
        税務課|10
        管財課|20
        合計|30
    """)
    assert [one.texts for one in reading.records] == [
        {"department": "税務課", "measure": "時間外勤務の縮減"},
        {"department": "管財課", "measure": "時間外勤務の縮減"},
    ]
    assert reading.totals[0].rows == (4, 5)
    assert "named_by_heading" in rules(reading)


@pytest.mark.parametrize("above", ["令和5年度実績", "(1) 削減額"])
def test_a_table_of_departments_without_a_heading_is_kept_back(above: str) -> None:
    reading = read(f"{above}\n担当課|削減額（千円）\n税務課|10")
    assert {one.rule for one in reading.quarantined.values()} == {"row_without_name"}


def test_labels_of_a_form_are_no_table_of_departments() -> None:
    reading = read("""
        担当課|税務課
        取組項目|窓口
        削減額|10千円
        評価|A
    """)
    assert [one.texts["item"] for one in reading.records] == ["窓口"]
