"""目標 above 実績, in two rows or in two lines of a cell: read only as the sheet itself says."""

from __future__ import annotations

import pytest

from pipelines.results.reading.upper_lower import stacked_values, without_stacked
from pipelines.sources.workbooks.model import MergedRange
from tests.results.reading.sheets_of import read, rules, values

ROWS = "1|使用料|財政課|1000|900\n|||850|\n2|広告|管財課|500|600\n|||480|655"
TABLE = f"No|取組項目|担当課|R3|R4\n{ROWS}"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("財政効果額一覧（上段：目標額、下段：実績額）　単位：千円", ("planned", "actual")),
        ("※上段は目標、下段は実績", ("planned", "actual")),
        ("上段が実績値、下段が計画値です。", ("actual", "planned")),
        ("（上：計画　下：実績）", ("planned", "actual")),
        ("効果額（千円）\n上段：目標\n下段：実績", ("planned", "actual")),
        ("上段計画／下段決算", ("planned", "actual")),
        ("（上段：件数、下段：金額）", None),
        ("（上段：目標、下段：達成率）", None),
        ("上下水道の目標と実績", None),
        ("上半期：目標　下半期：実績", None),
    ],
)
def test_words_that_say_what_stands_above_what(text, fields):
    stacked = stacked_values(text)
    assert (stacked and (stacked.upper, stacked.lower)) == fields
    assert (without_stacked(text) == text) == (fields is None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("効果額一覧（上段：目標額、下段：実績額）　単位：千円\n", ""),
        ("効果額の推移（千円）\n", "\n※ 上段は目標、下段は実績"),
        ("（単位：千円）　上段：計画額、下段：決算額\n", ""),
    ],
)
def test_two_rows_of_an_item_are_its_planned_and_actual_amounts(before: str, after: str) -> None:
    reading = read(f"{before}{TABLE}{after}")
    assert [values(one) for one in reading.records] == [
        [
            ("planned_amount", 2021, "1000"),
            ("planned_amount", 2022, "900"),
            ("amount", 2021, "850"),
        ],
        [
            ("planned_amount", 2021, "500"),
            ("planned_amount", 2022, "600"),
            ("amount", 2021, "480"),
            ("amount", 2022, "655"),
        ],
    ]
    assert "stacked_values" in rules(reading)


def test_without_such_words_or_with_two_of_them_nothing_is_read() -> None:
    assert not read(f"令和4年度\n{TABLE}").records
    both = "（上段：目標額、下段：実績額）\n（上段：実績額、下段：目標額）"
    assert not read(f"{both}\n{TABLE}").records


def test_an_item_with_one_row_is_held_back() -> None:
    title = "効果額一覧（上段：目標額、下段：実績額）"
    reading = read(f"{title}\n{TABLE}\n3|郵便|総務課|70|80\n4|電力|財政課|5|6\n|||7|8")
    assert [one.texts["item"] for one in reading.records] == ["使用料", "広告", "電力"]
    assert [one.rule for one in reading.quarantined.values()] == ["upper_without_lower"]
    merged = (MergedRange(7, 2, 8, 2),)
    reading = read(f"{title}\n{TABLE}\n3|郵便|総務課|70|80\n||||", merged)
    assert len(reading.records) == 3


def test_totals_in_two_rows_are_those_of_plans_and_of_actuals() -> None:
    title = "効果額一覧（上段：目標額、下段：実績額）"
    reading = read(f"{title}\n{TABLE}\n合計|||1500|1500\n|||1330|655")
    found = [(one.row, one.role.field, one.text, one.rows) for one in reading.totals]
    assert found == [
        (7, "planned_amount", "1500", (3, 5)),
        (7, "planned_amount", "1500", (3, 5)),
        (8, "amount", "1330", (3, 5)),
        (8, "amount", "655", (3, 5)),
    ]


def test_two_lines_of_one_cell_are_the_planned_and_the_actual_value() -> None:
    reading = read("""
        指標名|単位|担当課|R4（上段：目標、下段：実績）|評価
        収納率|%|収納課|98_97|A
        件数|件|市民課|5_6|B
    """)
    roles = [one.values[0].role for one in reading.records]
    assert [(one.field, one.pair, one.fiscal_year) for one in roles] == [
        ("planned", "actual", 2022)
    ] * 2


def test_a_heading_that_says_so_holds_for_its_column_only() -> None:
    reading = read("""
        取組項目|担当課|効果額（千円）_上段：目標_下段：実績|評価
        使用料|財政課|1000|A
        ||850|
    """)
    assert values(reading.records[0]) == [("planned_amount", None, "1000"), ("amount", None, "850")]
    assert reading.records[0].values[0].role.unit == "千円"
    assert reading.records[0].texts["rating"] == "A"


def test_another_table_with_one_row_for_each_item_is_not_read_like_the_first() -> None:
    heading = "取組項目|担当課|効果額（千円）"
    reading = read(f"""
        （上段：目標額、下段：実績額）
        {heading}
        使用料|財政課|1000
        ||850

        その他
        {heading}
        広告|管財課|500
        郵便|総務課|480
    """)
    found = [values(one) for one in reading.records]
    assert found[0] == [("planned_amount", None, "1000"), ("amount", None, "850")]
    assert found[1:] == [[("amount", None, "500")], [("amount", None, "480")]]


def test_where_every_item_has_one_row_nobody_can_say_which_value_it_is() -> None:
    reading = read("""
        （上段：目標額、下段：実績額）
        取組項目|担当課|効果額（千円）|評価
        使用料|財政課|1000|A
        広告|管財課|500|B
    """)
    assert [values(one) for one in reading.records] == [[], []]
    assert "unknown_column" in rules(reading)


def test_one_item_without_a_lower_row_is_held_back_wherever_it_stands() -> None:
    title = "（上段：目標額、下段：実績額）"
    reading = read(f"{title}\n取組項目|担当課|効果額\n郵便|総務課|70\n使用料|財政課|10\n||9")
    assert [one.texts["item"] for one in reading.records] == ["使用料"]
    assert [one.rule for one in reading.quarantined.values()] == ["upper_without_lower"]
