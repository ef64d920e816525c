"""Lines above and between tables: boxes for seals, departments, titles, and what names the rows."""

from __future__ import annotations

import pytest

from pipelines.results.reading.departments_named import is_department_name
from pipelines.results.reading.labels import is_title, says_only_a_total
from pipelines.results.reading.stamps import is_date, is_stamp_row
from tests.results.reading.sheets_of import read, rules, values


def test_boxes_for_seals_above_between_and_below_tables_are_no_rows() -> None:
    reading = read("""
        令和5年度 進捗状況調査票||||6.6.27
        |決裁|課長|係長|担当
        |||印|
        番号|取組項目|取組実績|評価
        1|窓口|研修した|A

        決裁|課長|係長|担当
        |||
        受付印
        番号|取組項目|取組実績|評価
        3|郵送|減らした|A
        決裁|課長|係長|担当者
        |見本|試料|例示
        4|電話|減らした|B
    """)
    assert [record.texts["item"] for record in reading.records] == ["窓口", "郵送", "電話"]
    assert not reading.quarantined and not reading.totals
    assert reading.aside[("実績", 13)] == "heading"


def test_days_and_seals_beside_a_title_are_part_of_it() -> None:
    reading = read("""
        起案|令和6年3月1日|決裁|令和6年3月5日
        部長|課長|補佐|係長|担当
        令和5年度実績報告|||R7.3.10|受付印
        取組項目|担当課|実績|評価
        窓口|見本課|5件|A
    """)
    assert not reading.quarantined
    assert reading.records[0].section.fiscal_year == 2023
    assert values(reading.records[0]) == [("actual", None, "5件")]


def test_a_row_of_data_that_holds_a_word_of_seals_stays_one() -> None:
    reading = read("取組項目|担当課|実績\n決裁|見本課|電子化した\n係長|見本課|減らした")
    assert [record.texts["item"] for record in reading.records] == ["決裁", "係長"]


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("R7.3.10", True),
        ("6.6.27", True),
        ("令和６年６月27日現在", True),
        ("2024-03-31", True),
        ("6.6", False),
        ("1,234", False),
        ("令和5年度", False),
    ],
)
def test_days(text: str, is_day: bool) -> None:
    assert is_date(text) is is_day


def test_one_label_alone_is_no_box() -> None:
    assert not is_stamp_row([(1, "担当")])
    assert is_stamp_row([(4, "受付印")])
    assert not is_stamp_row([(1, "担当"), (2, "見本課")])


def test_lines_that_name_departments_are_no_labels() -> None:
    reading = read("""
        令和5年度実績報告
        １　教育総務課
        番号|取組項目|評価
        1|窓口|A
        ２　管財課
        番号|取組項目|評価
        2|印刷|B
        担当課：税務課
        番号|取組項目|評価
        3|印刷|B
        所属名　市民課
        番号|取組項目|評価
        4|印刷|B
        (1) 市立病院事務局
        番号|取組項目|評価
        5|印刷|B
    """)
    named = [record.section.department for record in reading.records]
    assert named == ["教育総務課", "管財課", "税務課", "市民課", "市立病院事務局"]
    assert {record.section.label for record in reading.records} == {None}
    assert "heading_in_table" not in rules(reading)


@pytest.mark.parametrize(
    "text",
    ["各課", "関係各課", "全課", "一部", "歳出の部", "行政改革推進本部", "関係", "第1部", "課"],
)
def test_what_ends_like_a_department_and_is_none(text: str) -> None:
    assert not is_department_name(text)


@pytest.mark.parametrize(
    "text", ["管財課", "消防本部", "暮らしの安全課", "議会事務局", "給食センター", "危機管理室"]
)
def test_names_of_departments(text: str) -> None:
    assert is_department_name(text)


@pytest.mark.parametrize(
    "line", ["受付印", "別紙様式第3号", "令和5年度実績報告", "第3次行政改革大綱", "みほん市"]
)
def test_titles_are_no_labels(line: str) -> None:
    reading = read(f"みほん市の話\n{line}\n番号|取組項目|評価\n1|窓口|A")
    assert reading.records[0].section.label is None


def test_a_heading_between_title_and_table_is_the_label() -> None:
    reading = read("みほん市\n令和5年度実績報告\n歳入の確保\n番号|取組項目|評価\n1|窓口|A")
    assert reading.records[0].section.label == "歳入の確保"
    assert is_title("令和5年度 行政改革実施計画 進捗状況調査票") and not is_title("事務の効率化")


def test_a_heading_of_year_and_total_leaves_the_label_to_the_one_above() -> None:
    reading = read("""
        1 主な効果(財政面)
        主な効果(継続分は含まない。)
        (1)令和元年度における削減額:30千円
        内容|担当課|削減額
        印刷|見本課|30千円
    """)
    section = reading.records[0].section
    assert (section.label, section.fiscal_year) == ("主な効果(財政面)", 2019)
    assert reading.totals[0].rows == (5,)


def test_a_heading_that_says_only_which_amount_stands_where_none_is_better() -> None:
    below = "\n内容|担当課|金額\n印刷|見本課|3"
    assert read(f"(1) 削減額{below}").records[0].section.label == "削減額"
    assert read(f"1 事務\n(1) 削減額{below}").records[0].section.label == "事務"
    assert says_only_a_total("令和元年度における削減額") and not says_only_a_total("主な収入")
