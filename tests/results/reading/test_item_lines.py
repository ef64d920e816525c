"""Lines that name the one item of the rows below them, and its department."""

from __future__ import annotations

import pytest

from pipelines.results.reading.item_lines import ItemLine, is_line_of_results, item_of
from tests.results.reading.sheets_of import read, rules, values

ITEM = ItemLine("収納率の向上", "収納課")


@pytest.mark.parametrize(
    "cells",
    [
        ["取組項目：収納率の向上　　担当課：収納課"],
        ["取組項目:収納率の向上 担当課: 収納課"],
        ["【取組項目】収納率の向上　【担当課】収納課"],
        ["■取組項目：収納率の向上", "担当課：収納課"],
        ["取組項目", "収納率の向上", "担当課", "収納課"],
        ["取組番号", "3", "取組項目", "収納率の向上", "担当課", "収納課"],
    ],
)
def test_an_item_and_its_department(cells: list[str]) -> None:
    assert item_of(cells) == ITEM


@pytest.mark.parametrize(
    "cells",
    [
        ["担当課：収納課"],
        ["取組項目", "担当課"],
        ["取組項目", "担当課", "収納課"],
        ["取組項目：収納率の向上　評価：A"],
        ["取組項目：収納率の向上", "令和5年度"],
        ["取組項目：収納率の向上　取組項目：窓口"],
        ["この表の取組項目：収納率の向上"],
        ["取組項目："],
    ],
)
def test_other_lines_name_no_item(cells: list[str]) -> None:
    assert item_of(cells) is None


def test_a_line_with_a_result_is_no_heading() -> None:
    assert is_line_of_results(["取組項目：収納率の向上　評価：A"])
    assert not is_line_of_results(["取組項目：収納率の向上　担当課：収納課"])
    reading = read("令和5年度\n取組項目：窓口　評価：A|\n指標名|目標値|実績値\n件数|10|12")
    assert reading.quarantined["実績", 2].rule == "row_outside_table"


TWO = """
    取組別の効果額（単位：千円）|||
    取組項目：庁舎の省エネ|担当課：管財課||
    年度|取組実績|効果額|評価
    R4|替えた。|310|A
    計||310|
    |||
    {second}
    年度|取組実績|効果額|評価
    R5|売った。|80|B
"""


@pytest.mark.parametrize(
    "second", ["取組項目：広告　担当課：広報課|||", "取組項目|広告|担当課|広報課"]
)
def test_rows_of_years_are_of_the_item_above_their_table(second: str) -> None:
    reading = read(TWO.format(second=second))
    said = [(one.texts["item"], one.section.department) for one in reading.records]
    assert said == [("庁舎の省エネ", "管財課"), ("広告", "広報課")]
    assert [one.texts["fiscal_year"] for one in reading.records] == ["R4", "R5"]
    assert {one.section.unit for one in reading.records} == {"千円"}


def test_the_department_of_one_item_is_not_that_of_the_next() -> None:
    reading = read(TWO.format(second="取組項目：広告|||"))
    assert [one.section.department for one in reading.records] == ["管財課", None]
    untitled = "\n".join(TWO.format(second="取組項目：広告|||").strip().split("\n")[1:])
    reading = read(untitled)
    assert [one.section.department for one in reading.records] == ["管財課", None]


def test_indicators_are_of_the_item_above_their_table() -> None:
    reading = read("""
        令和5年度
        取組項目：広告　担当課：広報課
        指標名|単位|目標値|実績値
        枠数|枠|10|12
        売上|千円|100|90
    """)
    said = [(one.texts["item"], one.texts["indicator"]) for one in reading.records]
    assert said == [("広告", "枠数"), ("広告", "売上")]


def test_a_list_names_its_items_itself() -> None:
    reading = read(
        "取組項目：広報　担当課：広報課||\n番号|取組項目|評価\n1|広告|A\n2|印刷|B\n3|封筒|A"
    )
    assert [one.texts["item"] for one in reading.records] == ["広告", "印刷", "封筒"]


def test_years_without_an_item_above_are_no_table() -> None:
    assert "no_table_found" in rules(read("担当課：収納課|||\n年度|目標値|実績値\nR4|10|12"))


def test_a_number_beside_a_year_is_no_year() -> None:
    reading = read(
        "効果額（千円）|\n取組項目：広告　担当課：広報課|\n年度|効果額\n令和4年度|80\n令和5年度|90"
    )
    assert [values(one)[0][1:] for one in reading.records] == [(None, "80"), (None, "90")]
    assert reading.records[0].texts["fiscal_year"] == "令和4年度"


def test_a_framed_label_is_no_part_of_a_department() -> None:
    reading = read("効果額（千円）|\n【担当課】管財課|\n取組項目|効果額\n照明|80")
    assert reading.records[0].section.department == "管財課"
