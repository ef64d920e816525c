"""Sheets as ugly as cities send them: read right, or refused with advice; invented content."""

from __future__ import annotations

from pipelines.sources.workbooks.model import MergedRange
from tests.results.reading.sheets_of import read, rules, values


def test_plan_and_actual_of_years_below_merged_headings_and_an_item_over_three_rows() -> None:
    tall = [MergedRange(2, column, 3, column) for column in (1, 2, 3, 4, 9, 10, 11)]
    reading = read(
        """
        みほん市行政改革実施計画　進捗状況調査票
        No.|改革項目|取組内容|担　当　課|令和4年度||令和5年度||自己評価|課題・問題点|翌年度の取組
        ||||計画|実_績|計画|実_績|||
        1|窓口の改善|研修|市民課|10|11|20|19|A：順調|人手不足|増員
        ||案内表示|総務課|5|5|6|6|B：やや遅れ||
        ||機械化|総務課|1|1|2|1|C：遅れ||
        2|印刷|自作|管財課|3|4|3|4|A：順調||
        """,
        (
            *tall,
            MergedRange(2, 5, 2, 6),
            MergedRange(2, 7, 2, 8),
            MergedRange(4, 1, 6, 1),
            MergedRange(4, 2, 6, 2),
        ),
    )
    assert [one.texts["item"] for one in reading.records] == ["窓口の改善"] * 3 + ["印刷"]
    assert [one.texts["item_number"] for one in reading.records] == ["1", "1", "1", "2"]
    assert reading.records[2].texts["measure"] == "機械化"
    assert reading.records[0].texts["rating"] == "A：順調"
    assert reading.records[0].texts["next_action"] == "増員"
    assert values(reading.records[0])[1:3] == [("actual", 2022, "11"), ("planned", 2023, "20")]


def test_plan_and_actual_are_amounts_where_the_title_says_so() -> None:
    table = "No.|取組項目|令和4年度||令和5年度|\n||計画|実_績|計画|実_績\n1|窓口|10|11|20|19"
    reading = read(f"みほん市行政改革実施計画　効果額調査票|||||（単位：千円）\n{table}")
    assert [name for name, _, _ in values(reading.records[0])] == ["planned_amount", "amount"] * 2
    assert reading.records[0].section.unit == "千円"
    for title in ("進捗状況調査票|||||（単位：千円）", "効果額調査票"):
        unsure = read(f"{title}\n{table}")
        assert [name for name, _, _ in values(unsure.records[0])] == ["planned", "actual"] * 2


def test_full_width_spaces_in_headings_and_blank_columns_between() -> None:
    reading = read("""
        集中改革プラン　取組実績一覧

        項　目|　|担　当　課||取組状況（実績）||達成状況||進捗度
        窓口の改善||市民課||研修した||達成||80%
        印刷の見直し||管財課||自作した||未達成||30%
    """)
    assert reading.records[1].texts == {
        "item": "印刷の見直し",
        "department": "管財課",
        "activity": "自作した",
        "rating": "未達成",
    }
    assert "column_left_out" in rules(reading) and "unknown_column" not in rules(reading)


def test_totals_above_their_rows() -> None:
    reading = read("""
        効果額一覧||||（単位：千円）
        区分|項目|担当課|効果額（目標）|効果額（実績）
        合計|||110|100
        歳入|小計||60|50
        |広告|総務課|60|50
        歳出|小計||50|50
        |印刷|管財課|30|30
        |郵送|管財課|20|20
    """)
    stated = {(one.row, one.role.field): one.rows for one in reading.totals}
    assert stated[3, "amount"] == stated[3, "planned_amount"] == (5, 7, 8)
    assert (stated[4, "amount"], stated[6, "amount"]) == ((5,), (7, 8))
    assert [one.texts["category"] for one in reading.records] == ["歳入", "歳出", "歳出"]


def test_a_total_behind_a_row_that_was_not_read_does_not_stand_above_its_rows() -> None:
    reading = read("""
        取組項目|担当課|削減額
        |見本課|10
        小計||10
        窓口|見本課|20
        小計||20
    """)
    assert [one.rows for one in reading.totals] == [(), (4,)]


def test_pages_with_numbers_and_repeated_titles() -> None:
    reading = read("""
        進捗状況一覧
        番号|取組項目|担当課|進捗状況|実績
        1|窓口|市民課|順調|研修した
        - 1 -
        進捗状況一覧
        番号|取組項目|担当課|進捗状況|実績
        2|電話|総務課|順調|交換した
        - 2 -
    """)
    assert [one.texts["item"] for one in reading.records] == ["窓口", "電話"]
    assert {one.section.label for one in reading.records} == {None}


def test_broken_headings_and_an_outside_opinion_in_one_heading() -> None:
    reading = read("""
        番_号|取_組_項_目|担_当_課|自己_評価|外部_評価|外部評価委員_意見|効_果_額_（千円）
        １|窓口|税務課|Ａ|Ｂ|もっと|10
    """)
    record = reading.records[0]
    assert (record.texts["rating"], record.texts["council_rating"]) == ("Ａ", "Ｂ")
    assert record.texts["council_opinion"] == "もっと"
    assert record.values[0].role.unit == "千円"


def test_rows_of_rates_below_plan_and_actual_are_left_out() -> None:
    reading = read(
        """
        指標名|単位|区分|令和4年度|令和5年度
        収納率|％|目標|92|93
        ||実績|91|94
        ||達成率|99%|101%
        ||なぞ|1|2
        """,
        (MergedRange(2, 1, 5, 1), MergedRange(2, 2, 5, 2)),
    )
    assert [name for name, *_ in values(reading.records[0])] == ["planned"] * 2 + ["actual"] * 2
    assert reading.aside[("実績", 4)] == "skipped"
    assert reading.quarantined[("実績", 5)].rule == "row_of_unknown_kind"


def test_numbers_of_items_by_rating_are_not_read_as_ratings_or_effects() -> None:
    reading = read("""
        令和5年度 行政改革大綱 総括表
        基本方針|項目数|達成|一部達成|未達成|効果額（千円）
        1 事務事業の見直し|10|5|3|2|1,234
        2 組織の見直し|1|1|0|0|500
    """)
    assert not reading.records and "no_table_found" in rules(reading)


def test_a_department_beside_the_number_of_the_form() -> None:
    reading = read("""
        様式第2号||||総務部　総務課
        令和5年度　行政改革推進計画　取組状況報告書|||作成日|R6.4.30
        番号|取組項目|取組状況|評価|担当者
        1|窓口|研修|A|見本
    """)
    section = reading.records[0].section
    assert (section.department, section.fiscal_year, section.label) == (
        "総務部 総務課",
        2023,
        None,
    )


def test_months_across_columns_and_prose_in_one_column_are_refused_with_advice() -> None:
    months = read("取組項目|区分|4月|5月|年間計\n窓口|計画|1|2|3\n|実績|1|1|2")
    prose = read("1 窓口の改善（担当課：市民課）\n【取組実績】\n研修を行った。\n【評価】\nA")
    for reading in (months, prose):
        assert not reading.records
        assert [one.fix_ja for one in reading.findings if one.rule == "no_table_found"]
