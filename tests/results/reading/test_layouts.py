"""Layouts of sheets that cities really send, with invented content."""

from __future__ import annotations

from pipelines.sources.workbooks.model import MergedRange, Sheet
from tests.results.reading.sheets_of import read, read_sheet, rows_of, rules, values


def test_a_table_of_amounts_with_units_inside_the_cells() -> None:
    reading = read("""
        実施計画の平成15年度実績
        (1)削減効果
        事務事業の整理
        実施内容|担当|削減額
        雑誌の購読中止|見本課|△ 124千円
        雑誌の購読中止|試料課|△ 7,200千円
    """)
    first = reading.records[0]
    assert first.texts == {"measure": "雑誌の購読中止", "department": "見本課"}
    assert values(first) == [("amount", None, "△ 124千円")]
    assert first.values[0].role.effect_kind == "cost_reduction"
    assert (first.section.label, first.section.fiscal_year) == ("事務事業の整理", 2003)
    assert reading.aside[("実績", 1)] == "title" and reading.aside[("実績", 4)] == "header"


def test_group_labels_on_the_first_row_of_their_group_and_subtotals() -> None:
    reading = read("""
        実施計画の平成20年度実績
        (1) 削減額
        1 事務の効率化
        取組項目|実施内容|担当|削減額_(千円)
        印刷の見直し|ポスターを自作|関係各課|△ 356
        その他の見直し|交際費の見直し|見本課|△ 256
        |移転による賃借料の削減|試料課|△ 1,166
        小計|||△ 1,778

        2 組織の見直し
        取組項目|実施内容|担当|削減額_(千円)
        給与の適正化|給料の削減|見本課|△ 47,077
        小計|||△ 47,077
    """)
    labels = [record.texts["category"] for record in reading.records]
    assert labels == ["印刷の見直し", "その他の見直し", "その他の見直し", "給与の適正化"]
    assert [record.texts["measure"] for record in reading.records][2] == "移転による賃借料の削減"
    assert {record.section.fiscal_year for record in reading.records} == {2008}
    assert [record.section.label for record in reading.records][-1] == "組織の見直し"
    assert [(total.text, total.rows) for total in reading.totals] == [
        ("△ 1,778", (5, 6, 7)),
        ("△ 47,077", (12,)),
    ]
    assert reading.totals[0].role.unit == "千円"
    assert "group_label_filled" in rules(reading)


def test_an_item_on_every_row_keeps_its_contents_as_activity() -> None:
    reading = read("""
        No.|取組項目|実施内容|担当課|評価
        1|窓口の改善|研修を行った|見本課|A
        2|印刷の見直し|自作した|見本課|B
    """)
    assert reading.records[0].texts == {
        "item_number": "1",
        "item": "窓口の改善",
        "activity": "研修を行った",
        "department": "見本課",
        "rating": "A",
    }


def test_headings_that_state_totals_and_a_period() -> None:
    reading = read(
        """
        1 主な削減効果(財政面)
        主な削減効果(継続的効果は含まない。)
        令和元年度~令和2年度の合計削減額|55,651千円
        (1)令和元年度における削減額:34,784千円
        主な取り組み内容|担当課|削減額
        配置の見直し|見本課|4,610千円
        (2)令和2年度における削減額:20,867千円
        主な取り組み内容|担当課|削減額
        委託の廃止|試料課|882千円
        2 主な収入成果
        令和元年度~令和2年度の新たな収入合計額|27,219千円
        内容|担当課|増加額
        土地の売却|見本課|27,219千円
        """,
        lists_only_main_rows=True,
    )
    by_row = {total.row: total for total in reading.totals}
    assert (by_row[3].text, by_row[3].rows, by_row[3].sums_totals) == ("55,651千円", (4, 7), True)
    assert (by_row[4].rows, by_row[4].is_partial) == ((6,), True)
    assert by_row[7].role.fiscal_year == 2020
    assert by_row[11].rows == (13,) and by_row[11].role.effect_kind == "revenue_increase"
    years = [record.section.fiscal_year for record in reading.records]
    assert years == [2019, 2020, None]
    assert reading.records[2].section.period == (2019, 2020)
    assert reading.records[2].values[0].role.effect_kind == "revenue_increase"


def test_years_across_columns_under_a_group_heading() -> None:
    reading = read("""
        指標|単位|実績|||目標
        ||平成18|19|20|平成20
        収納率|％|91.0|92.0|93.1|93
    """)
    assert values(reading.records[0]) == [
        ("actual", 2006, "91.0"),
        ("actual", 2007, "92.0"),
        ("actual", 2008, "93.1"),
        ("planned", 2008, "93"),
    ]


def test_plan_and_actual_under_each_year_with_merged_headings() -> None:
    merged = (
        MergedRange(1, 1, 2, 1),
        MergedRange(1, 2, 2, 2),
        MergedRange(1, 3, 1, 4),
        MergedRange(1, 5, 1, 6),
    )
    reading = read(
        """
        取組項目|指標|令和5年度||R6|
        ||計画|実績|計画|実績
        窓口の改善|満足度（％）|80|78|82|85
        """,
        merged,
    )
    assert values(reading.records[0]) == [
        ("planned", 2023, "80"),
        ("actual", 2023, "78"),
        ("planned", 2024, "82"),
        ("actual", 2024, "85"),
    ]


def test_units_in_the_second_row_and_in_a_line() -> None:
    reading = read("""
        令和4年度の実績
        |||（単位：千円）
        取組項目|担当課|削減額|人数
        ||（円）|
        窓口の改善|見本課|1,200|3
        """)
    assert reading.records[0].section.unit == "千円"
    assert reading.records[0].values[0].role.unit == "円"
    assert "unknown_column" in rules(reading)


def test_plan_and_actual_in_one_cell() -> None:
    reading = read("""
        指標|H18_計画（実績）|H19_計画（実績）
        開催回数|50（61）|55_(58)
    """)
    role = reading.records[0].values[1].role
    assert (role.field, role.pair, role.fiscal_year) == ("planned", "actual", 2007)
    assert reading.records[0].values[1].text == "55\n(58)"


def test_tables_side_by_side() -> None:
    reading = read("""
        令和5年度実績
        取組項目|削減額||取組項目|増収額
        印刷|100||広告|20
        郵送|50||賃貸|30
        合計|150||合計|50
    """)
    assert [(record.row, record.texts["item"]) for record in reading.records] == [
        (3, "印刷"),
        (4, "郵送"),
        (3, "広告"),
        (4, "賃貸"),
    ]
    assert {record.section.fiscal_year for record in reading.records} == {2023}
    assert [(total.text, total.rows) for total in reading.totals] == [
        ("150", (3, 4)),
        ("50", (3, 4)),
    ]


def test_several_sheets_of_which_one_is_hidden_and_one_a_title_page() -> None:
    table = rows_of("取組項目|評価\n窓口|A")
    reading = read_sheet(
        Sheet("表紙", [["みほん市"], [""], ["令和5年度"]]),
        Sheet("総務部", table),
        Sheet("旧", table, is_hidden=True),
    )
    assert [record.sheet for record in reading.records] == ["総務部"]
    assert reading.aside[("旧", 2)] == "hidden"
    assert {"hidden_sheet_not_read"} <= rules(reading)
    assert reading.aside[("表紙", 1)] == "title"
    assert not [one for one in reading.findings if one.severity == "error"]


def test_hidden_rows_and_columns_are_not_read_and_told() -> None:
    rows = rows_of("取組項目|備考|評価\n窓口|内密|A\n印刷||B")
    reading = read_sheet(
        Sheet("実績", rows, hidden_rows=frozenset({3}), hidden_columns=frozenset({2}))
    )
    assert [record.texts for record in reading.records] == [{"item": "窓口", "rating": "A"}]
    assert reading.aside[("実績", 3)] == "hidden"
    assert {"hidden_rows_not_read", "hidden_columns_not_read"} <= rules(reading)


def test_merged_cells_and_ditto_marks() -> None:
    reading = read(
        """
        区分|取組項目|担当課|評価
        財政|窓口|見本課|A
        |印刷|同上|B
        |郵送|〃|A
        組織|配置|試料課|B
        """,
        (MergedRange(2, 1, 4, 1),),
    )
    assert [record.texts["category"] for record in reading.records] == ["財政"] * 3 + ["組織"]
    assert [record.texts["department"] for record in reading.records][:3] == ["見本課"] * 3
    assert sum(one.rule == "ditto_resolved" for one in reading.findings) == 1


def test_reposts_notes_and_levels_of_totals() -> None:
    reading = read("""
        取組項目|担当課|削減額(千円)
        窓口|見本課|10
        印刷|見本課|20
        総務部 小計||30
        郵送|試料課|5
        窓口（再掲）|試料課|10
        小計||5
        合　計||35
        ※ 四捨五入のため合わないことがあります。
    """)
    assert len(reading.records) == 3
    assert [(total.label, total.rows) for total in reading.totals] == [
        ("総務部 小計", (2, 3)),
        ("小計", (5,)),
        ("合 計", (2, 3, 5)),
    ]
    assert reading.aside[("実績", 6)] == "repost" and reading.aside[("実績", 9)] == "note"


def test_a_last_total_sums_up_the_tables_before_it() -> None:
    reading = read("""
        1 歳出
        内容|担当課|削減額
        印刷|見本課|10
        小計||10
        2 人件費
        内容|担当課|削減額
        手当|見本課|20
        小計||20
        合計||30
    """)
    assert [total.rows for total in reading.totals] == [(3,), (7,), (3, 7)]


def test_headings_inside_a_table_and_the_same_headings_on_the_next_page() -> None:
    reading = read("""
        番号|取組項目|担当課|評価
        1 効率化
        1|窓口|見本課|A

        番号|取組項目|担当課|評価
        2|印刷|見本課|B
        (1) 組織
        3|配置|試料課|C
    """)
    labels = [record.section.label for record in reading.records]
    assert labels == ["効率化", "効率化", "組織"]


def test_outside_ratings_under_a_group_heading() -> None:
    reading = read("""
        番号|取組項目|自己評価|外部評価||市の対応
        |||評価|意見|
        1|窓口|A|B|もう一歩|見直す
    """)
    assert reading.records[0].texts == {
        "item_number": "1",
        "item": "窓口",
        "rating": "A",
        "council_rating": "B",
        "council_opinion": "もう一歩",
        "city_response": "見直す",
    }


def test_actuals_in_words_are_what_was_done() -> None:
    reading = read("""
        取組項目|実績|進捗状況
        窓口の改善|職員研修を三回行い、案内表示を改めた|順調
        印刷の見直し|各課で自作することとした|遅延
    """)
    assert reading.records[0].texts["activity"].startswith("職員研修")
    assert reading.records[0].texts["rating"] == "順調"
    assert "column_decided" in rules(reading)


def test_plan_and_actual_in_pairs_of_rows() -> None:
    merged = (MergedRange(2, 1, 3, 1), MergedRange(4, 1, 5, 1))
    reading = read(
        """
        指標|区分|令和5年度|令和6年度
        収納率|計画|92|93
        |実績|91|94
        件数|計画|10|12
        |実績|11|12
        """,
        merged,
    )
    assert [record.texts["indicator"] for record in reading.records] == ["収納率", "件数"]
    assert values(reading.records[0])[:2] == [("planned", 2023, "92"), ("planned", 2024, "93")]
    assert values(reading.records[1])[2:] == [("actual", 2023, "11"), ("actual", 2024, "12")]
    assert reading.aside["実績", 3] == reading.aside["実績", 5] == "joined"


def test_a_sheet_of_one_department() -> None:
    reading = read("""
        令和5年度行政改革実施計画 進捗状況調書
        担当課|見本課
        取組項目|取組内容|評価
        窓口|表示を改めた|A
    """)
    assert reading.records[0].section.department == "見本課"
    assert reading.records[0].section.fiscal_year == 2023


def test_amounts_by_basis() -> None:
    reading = read("""
        取組項目|効果額（千円）||備考
        |単年度|累計|
        窓口|10|30|内部の話
    """)
    assert [cell.role.effect_basis for cell in reading.records[0].values] == [
        "single_year",
        "cumulative",
    ]
    assert reading.records[0].values[0].role.unit == "千円"


def test_a_column_of_sums_over_years_is_not_an_amount_of_its_own() -> None:
    reading = read("""
        取組項目|効果額（千円）||||計|
        |平成18年度||平成19年度|||
        |計画|実績|計画|実績|計画|実績
        給与|100|110|200|190|300|300
    """)
    assert values(reading.records[0]) == [
        ("planned_amount", 2006, "100"),
        ("amount", 2006, "110"),
        ("planned_amount", 2007, "200"),
        ("amount", 2007, "190"),
    ]
    assert "column_left_out" in rules(reading)


def test_columns_of_years_whose_values_the_title_names() -> None:
    text = """
        財政効果額一覧（単位：千円）
        区分|項目|平成18年度|19年度|合計
        歳入|市税|10|20|30
        |小計|10|20|30
    """
    for profile in ({}, {"columns": {"amount": ["平成18年度", "19年度"]}}):
        reading = read(text, **profile)
        assert values(reading.records[0]) == [("amount", 2006, "10"), ("amount", 2007, "20")]
        assert reading.records[0].section.unit == "千円"
        assert [total.rows for total in reading.totals] == [(3,), (3,)]
    assert "values_named_above" in rules(read(text))


def test_one_item_over_several_rows_by_year() -> None:
    reading = read("""
        取組項目|年度|取組実績|評価
        窓口|R4|研修した|A
        |R5|改装した|B
        印刷|R4|自作した|A
    """)
    assert [(one.texts["item"], one.texts["fiscal_year"]) for one in reading.records] == [
        ("窓口", "R4"),
        ("窓口", "R5"),
        ("印刷", "R4"),
    ]


def test_an_achievement_rate_is_no_rating() -> None:
    reading = read("指標|実績値|達成度\n職員数|3|80%\n件数|4|○")
    assert all("rating" not in record.texts for record in reading.records)
    assert "column_left_out" in rules(reading)


def test_a_group_of_departments_with_headings_each() -> None:
    reading = read("""
        【見本課】
        取組項目|進捗状況|実績・成果
        窓口|順調|改善
        【試料課】
        取組項目|進捗状況|実績・成果
        起債|遅延|抑制
    """)
    assert [record.section.department for record in reading.records] == ["見本課", "試料課"]
    assert {record.section.label for record in reading.records} == {None}
    assert [record.texts["rating"] for record in reading.records] == ["順調", "遅延"]


def test_numbers_of_groups_and_of_items() -> None:
    reading = read(
        "番号|改革項目|番号|実施項目|担当課|取組状況\n1|窓口|1-1|統合|市民課|設けた。\n||1-2|電話|管財課|委託した。"
    )
    found = [(one.texts["item_number"], one.texts["category"]) for one in reading.records]
    assert found == [("1-1", "1 窓口"), ("1-2", "1 窓口")]
    again = read("整理番号|番号|実施項目|担当課|取組状況\n7|1-1|統合|市民課|設けた。")
    assert not again.records
