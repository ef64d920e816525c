"""Every key of a profile that concerns reading, and what is told where words do not suffice."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.sources.workbooks.model import Mark, Sheet
from tests.results.reading.sheets_of import read, read_sheet, rows_of, rules, values


def test_columns_name_headings_before_the_common_words() -> None:
    text = """
        行革の種|主な取組|評価
        窓口|表示を改めた|A
    """
    assert "no_table_found" not in rules(read(text))
    reading = read(text, columns={"item": ["行革の種"], "rating": ["評価"]})
    assert reading.records[0].texts == {"item": "窓口", "activity": "表示を改めた", "rating": "A"}


def test_a_heading_that_names_an_indicator() -> None:
    reading = read(
        "担当課|番号|経常収支比率（％）|職員数_目標\n見本課|1|92.0|30",
        indicator_columns=["経常収支比率（％）", "職員数 目標"],
        columns={"planned": ["職員数_目標".replace("_", "\n")]},
    )
    roles = [cell.role for cell in reading.records[0].values]
    assert [(role.field, role.indicator, role.unit) for role in roles] == [
        ("actual", "経常収支比率", "%"),
        ("planned", "職員数目標", None),
    ]


def test_joined_cells_make_one_text() -> None:
    reading = read(
        "取組項目|前半の取組|後半の取組|評価\n窓口|研修|改装|A\n印刷||自作|B",
        joined={"activity": ["前半の取組", "後半の取組"]},
    )
    assert [record.texts["activity"] for record in reading.records] == ["研修 改装", "自作"]


def test_ignored_columns_are_known_and_not_read() -> None:
    reading = read("取組項目|謎|評価\n窓口|x|A", ignore_columns=["謎"])
    assert rules(reading) == set()
    assert reading.records[0].texts == {"item": "窓口", "rating": "A"}


def test_a_table_without_headings() -> None:
    reading = read(
        "令和5年度\n1|窓口|メモ|A\n2|印刷||B\n合計|||",
        no_header=["item_number", "item", "", "rating"],
    )
    assert [record.texts["item"] for record in reading.records] == ["窓口", "印刷"]
    assert reading.records[0].section.fiscal_year == 2023
    assert reading.aside[("実績", 4)] == "total"


def test_a_given_number_of_heading_rows() -> None:
    text = "取組項目|効果額|\n|人件費|物件費\n窓口|10|20"
    assert read(text).records == [] and "no_table_found" in rules(read(text))
    reading = read(
        text, header_rows=2, columns={"amount": ["人件費"], "planned_amount": ["物件費"]}
    )
    assert values(reading.records[0]) == [("amount", None, "10"), ("planned_amount", None, "20")]


def test_skipped_rows_sections_and_sheets() -> None:
    rows = rows_of("""
        1 財政効果
        取組項目|削減額
        窓口|10
        (内数)|5
        2 参考
        印刷|99
        3 財政効果
        配置|20
    """)
    reading = read_sheet(
        Sheet("実績", rows),
        Sheet("記入例", rows),
        skip_rows=[r"^\(内数\)"],
        sections=[{"match": "参考", "skip": True}, {"match": "財政効果"}],
        sheets={"skip": ["記入例"]},
    )
    assert [record.texts["item"] for record in reading.records] == ["窓口", "配置"]
    assert reading.aside[("実績", 4)] == reading.aside[("実績", 6)] == "skipped"
    assert reading.aside[("記入例", 3)] == "skipped"


def test_a_sheet_the_profile_names_is_read_though_hidden_and_a_missing_one_is_told() -> None:
    rows = rows_of("取組項目|評価\n窓口|A")
    reading = read_sheet(
        Sheet("実績一覧", rows, is_hidden=True),
        Sheet("他", rows),
        sheets={"read": ["実績", "効果"]},
    )
    assert [record.sheet for record in reading.records] == ["実績一覧"]
    assert reading.aside[("他", 2)] == "skipped"
    assert rules(reading) == {"sheet_not_found"}


def test_section_rules_give_years_kinds_and_totals() -> None:
    reading = read(
        """
        そのA 五年度目の分 計300
        内容|金額(千円)
        窓口|100
        そのB
        配置|200
        """,
        sections=[
            {
                "match": r"そのA.*計(?P<amount>\d+)",
                "fiscal_year": 2023,
                "effect_kind": "cost_reduction",
            },
            {
                "match": "そのB",
                "period_start_fy": 2019,
                "period_end_fy": 2023,
                "effect_basis": "cumulative",
            },
        ],
    )
    first, second = reading.records
    assert (first.section.fiscal_year, first.values[0].role.effect_kind) == (2023, "cost_reduction")
    assert reading.totals[0].text == "300"
    assert (second.section.fiscal_year, second.section.period) == (None, (2019, 2023))
    assert second.values[0].role.effect_basis == "cumulative"


def test_units_years_kinds_and_pairs_of_the_profile() -> None:
    reading = read(
        "取組項目|計画|効果額\n窓口|50(61)|3",
        units={"amount": "千円", "planned": "件"},
        fiscal_year=2021,
        effect_kind="revenue_increase",
        effect_basis="single_year",
        paired_cells="planned_then_actual",
    )
    planned, amount = (cell.role for cell in reading.records[0].values)
    assert (planned.field, planned.pair, planned.unit) == ("planned", "actual", "件")
    assert (amount.unit, amount.effect_kind, amount.effect_basis) == (
        "千円",
        "revenue_increase",
        "single_year",
    )
    assert reading.records[0].section.fiscal_year == 2021


def test_fill_down_and_own_words_of_totals_and_reposts() -> None:
    reading = read(
        """
        番号|取組項目|担当課|削減額
        1|窓口|見本課|10
        2|印刷||20
        財源計|||30
        3|広告（別計上）|試料課|5
        """,
        fill_down=["department"],
        subtotal_words=["財源計"],
        repost_words=["別計上"],
    )
    assert [record.texts["department"] for record in reading.records] == ["見本課", "見本課"]
    assert reading.totals[0].rows == (2, 3)
    assert reading.aside[("実績", 5)] == "repost"


def test_unknown_headings_are_told_and_not_published() -> None:
    reading = read("取組項目|気持ち|前年度実績|評価\n窓口|よい|5|A")
    told = [one.value for one in reading.findings if one.rule == "unknown_column"]
    assert told == ["気持ち"]
    assert "column_left_out" in rules(reading)
    assert reading.records[0].texts == {"item": "窓口", "rating": "A"}
    assert reading.records[0].values == ()


@pytest.mark.parametrize("heading", ["評価|自己評価", "実績値|実績値", "課題|未達成の理由"])
def test_two_columns_that_claim_the_same_publish_nothing(heading: str) -> None:
    reading = read(f"取組項目|{heading}\n窓口|1|2")
    assert reading.records == []
    assert reading.quarantined[("実績", 2)].rule == "duplicate_column"
    assert "duplicate_column" in {one.rule for one in reading.findings}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("取組項目|担当課|削減額\n窓口|見本課|1\n|見本課|2\n窓口|試料課|3", 3),
        ("取組項目|評価\n窓口|A\n\nすきな色|数|計画外|何か\n青|3||", 4),
    ],
)
def test_rows_that_cannot_be_placed_are_quarantined(text: str, row: int) -> None:
    assert ("実績", row) in read(text).quarantined


def test_a_sheet_without_any_table_is_refused_with_advice() -> None:
    reading = read("好きな色|数\n青|3")
    (finding,) = [one for one in reading.findings if one.rule == "no_table_found"]
    assert finding.severity == "error" and "profile.yaml" in finding.fix_ja
    assert "好きな色" in finding.message_ja
    assert len(reading.quarantined) == 2


def test_an_empty_file_is_told() -> None:
    assert rules(read_sheet(Sheet("空", []))) == {"no_sheet_read"}


def test_years_that_contradict_each_other_are_told() -> None:
    reading = read("""
        平成18年度実績
        取組項目|H19実績
        窓口|3
    """)
    assert "year_conflict" in rules(reading)
    assert reading.records[0].values[0].role.fiscal_year == 2007
    own = read("平成18年度実績\n年度|取組項目|評価\nH19|窓口|A\nH18|印刷|A")
    assert sum(one.rule == "year_conflict" for one in own.findings) == 1
    fits = read("令和4年度実績\n取組項目|R3実績|R4実績\n窓口|3|4")
    assert "year_conflict" not in rules(fits)


def test_marks_go_with_their_values() -> None:
    sheet = Sheet(
        "実績", rows_of("取組項目|実績値\n窓口|93.1%"), marks={(2, 2): (Mark("percent", "0.931"),)}
    )
    assert read_sheet(sheet).records[0].values[0].marks == (Mark("percent", "0.931"),)


def test_blank_cells_are_asked_but_hold_nothing() -> None:
    record = read("取組項目|評価|実績値|担当課\n窓口|||見本課").records[0]
    assert record.values == () and len(record.roles) == 1
    assert record.asked == {"item", "rating", "department"}
    assert "rating" not in record.texts


def test_a_lone_text_inside_a_table_is_taken_for_a_heading_and_told() -> None:
    reading = read("取組項目|担当課|評価\nまとまり\n窓口|見本課|A")
    assert reading.aside[("実績", 2)] == "heading"
    assert reading.records[0].section.label == "まとまり"
    assert "heading_in_table" in rules(reading)


def test_the_default_profile_reads_what_words_can_say(**_: Any) -> None:
    reading = read(
        "No|行革実施項目|所管課名|R5計画効果額(千円)|R5実績効果額(千円)|今後の方針\n1|窓口|見本課|5|6|続ける"
    )
    assert values(reading.records[0]) == [("planned_amount", 2023, "5"), ("amount", 2023, "6")]
    assert reading.records[0].texts["next_action"] == "続ける"
