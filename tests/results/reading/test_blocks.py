"""Sheets that are no tables: labels with their values beside them."""

from __future__ import annotations

from pipelines.sources.workbooks.model import MergedRange, Sheet
from tests.results.reading.sheets_of import read, read_sheet, rows_of, rules, values

FORM = """
    令和5年度 進捗状況調書
    取組項目|窓口の改善||
    担当課|見本課|評価|A
    取組実績|研修をした||
    実績値(件)|12||
    今後の方針：続ける

    取組項目|印刷||
    担当課|試料課|評価|B
    取組実績|自作||
"""


def test_one_item_per_block() -> None:
    reading = read(FORM)
    first, second = reading.records
    assert first.texts == {
        "item": "窓口の改善",
        "department": "見本課",
        "rating": "A",
        "activity": "研修をした",
        "next_action": "続ける",
    }
    assert values(first) == [("actual", None, "12")] and first.values[0].role.unit == "件"
    assert (first.row, second.row) == (2, 8)
    assert second.texts["rating"] == "B" and second.section.fiscal_year == 2023
    assert "read_as_blocks" in rules(reading)


def test_a_label_with_several_values_is_told_and_not_read() -> None:
    reading = read("取組項目|窓口\n評価|A\n担当課|見本課\n目標値|10|12\n取組実績|した")
    assert reading.records[0].values == ()
    assert [one.value for one in reading.findings if one.rule == "text_not_read"] == [
        "目標値 …",
        "10",
        "12",
    ]


def test_a_label_twice_in_a_block_quarantines_it() -> None:
    reading = read("取組項目|窓口\n評価|A\n自己評価|B\n担当課|見本課")
    assert reading.records == []
    assert reading.quarantined[("実績", 1)].rule == "duplicate_column"


def test_lines_of_a_form_beside_a_table_are_not_lost_silently() -> None:
    reading = read("""
        令和5年度
        取組実績|研修をした
        指標|目標値|実績値
        件数|10|12
        今後の方針|続ける
    """)
    assert len(reading.records) == 1
    assert {row for _, row in reading.quarantined} == {2, 5}


YEARS = """
    番号|1|項目名|未利用財産の売却
    担当課|管財課||
    年度|令和3年度|令和4年度|令和5年度
    実績|検討した。|1件売却した。|2件売却した。
    評価|B|A|A
    効果額（千円）|計画|10|20
"""


def test_values_below_years_are_of_those_years() -> None:
    reading = read(f"{YEARS.rsplit('効果額', 1)[0]}効果額（千円）|0|100|200\n今後の方針|続ける||")
    found = [
        (one.texts["fiscal_year"], one.texts["rating"], one.texts["activity"], values(one))
        for one in reading.records
    ]
    assert found == [
        ("2021年度", "B", "検討した。", [("amount", 2021, "0")]),
        ("2022年度", "A", "1件売却した。", [("amount", 2022, "100")]),
        ("2023年度", "A", "2件売却した。", [("amount", 2023, "200")]),
    ]
    assert {one.texts["department"] for one in reading.records} == {"管財課"}
    assert "text_of_unclear_year" in rules(reading)  # 今後の方針


def test_a_part_of_an_amount_below_years_is_one_of_the_amount() -> None:
    reading = read("""
        番号|1||項目名|広告
        ||R3|R4|R5
        効果額（千円）|計画|10|20|30
        |実績|11|21|
    """)
    (record,) = reading.records
    assert values(record) == [
        ("planned_amount", 2021, "10"),
        ("planned_amount", 2022, "20"),
        ("planned_amount", 2023, "30"),
        ("amount", 2021, "11"),
        ("amount", 2022, "21"),
    ]


def test_a_lone_value_below_the_first_year_is_not_given_to_it() -> None:
    reading = read(YEARS.replace("評価|B|A|A", "評価|B||").rsplit("効果額", 1)[0])
    assert [one.texts.get("rating") for one in reading.records] == [None] * 3
    assert "評価 B" in [one.value for one in reading.findings if one.rule == "text_not_read"]
    (record,) = read(YEARS.rsplit("実績", 1)[0] + "効果額（千円）|10||\n計画|1|2|3").records
    assert all(cell.role.field == "planned" for cell in record.values)


def test_the_years_of_a_period_are_no_columns() -> None:
    reading = read(
        "項目名|窓口|担当課|市民課\n期間|令和3年度|令和5年度|\n実績|研修した。||\n評価|A||"
    )
    assert [one.texts.get("activity") for one in reading.records] == ["研修した。"]


def test_a_sheet_named_after_a_year_holds_that_year() -> None:
    rows = rows_of("項目名|窓口\n担当課|市民課\n取組実績|した。\n評価|A")
    reading = read_sheet(Sheet("R3", rows), Sheet("令和4年度", rows))
    assert [one.section.fiscal_year for one in reading.records] == [2021, 2022]


def test_an_unknown_label_costs_no_known_one_beside_it() -> None:
    reading = read("""
        番号|1|項目名|公用車の適正配置
        所管課|管財課|なぞの欄|体育館
        取組実績|3台を削減した。||
        評価|A||
    """)
    assert reading.records[0].texts["department"] == "管財課"
    told = [one.value for one in reading.findings if one.rule == "text_not_read"]
    assert told == ["なぞの欄", "体育館"]


def test_a_value_merged_over_the_years_is_of_none_of_them() -> None:
    rows = YEARS.rsplit("効果額", 1)[0].replace("評価|B|A|A", "実績値|B|A|A")
    reading = read(rows + "今後の方針|続ける||", (MergedRange(6, 2, 6, 4),))
    assert all("next_action" not in one.texts for one in reading.records)
    assert "text_of_unclear_year" in rules(reading)
    rows = YEARS.rsplit("実績", 1)[0] + "効果額（千円）|10||"
    (record,) = read(rows, (MergedRange(4, 2, 4, 4),)).records
    assert values(record) == [("amount", None, "10")]
