"""Sheets that are no tables: labels with their values beside them."""

from __future__ import annotations

from tests.results.reading.sheets_of import read, rules, values

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
