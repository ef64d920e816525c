"""Lines, totals, keys of ratings and examples: rows of a sheet that are nobody's result."""

from __future__ import annotations

import pytest

from pipelines.results.reading.heading_years import year_of_heading, year_of_sheet
from pipelines.results.reading.labels import says_how_to_fill_in
from pipelines.results.reading.lines import is_legend, is_note, read_line
from pipelines.results.vocabulary import bare
from pipelines.sources.workbooks.model import Sheet

from .sheets_of import read, read_sheet, rows_of, rules, values


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (["行革効果額（令和3年度）　単位：百万円"], "百万円"),
        (["（単位：千円、△は減）"], "千円"),
        (["（△は減、単位：千円）"], "千円"),
        (["（単位：千円、人）"], "千円、人"),  # two units: neither may be taken for all values
        (["（２）歳出", "（単位：千円）"], "千円"),
        (["効果額"], None),
    ],
)
def test_units_of_lines(cells, unit):
    assert read_line(1, cells).unit == unit


@pytest.mark.parametrize(
    "cells",
    [
        ["【評価】◎：計画を上回る　○：計画どおり　△：遅れ"],
        ["評価基準　5：十分に達成　4：おおむね達成"],
        ["A：達成"],
        ["◎：計画以上", "○：計画どおり"],
        ["評価区分", "5：十分　4：おおむね"],
    ],
)
def test_a_key_of_ratings_is_a_note(cells):
    assert is_legend(cells)


@pytest.mark.parametrize(
    "cells", [["1：歳入"], ["A：総務部"], ["広報", "1：案内 2：配布"], ["◎歳入"]]
)
def test_other_lines_are_no_keys_of_ratings(cells):
    assert not is_legend(cells)


@pytest.mark.parametrize("text", ["以下余白", "－以上－", "【以下余白】"])
def test_an_end_mark_is_a_note(text):
    assert is_note([text])
    assert not is_note(["以上の取組"])


@pytest.mark.parametrize(
    ("label", "is_for_clerks"),
    [
        ("提出先　行政改革推進室", True),
        ("提出期限：6月30日", True),
        ("※記入要領", True),
        ("担当者会議の見直し", False),
        ("歳入の確保", False),
    ],
)
def test_lines_for_those_who_fill_in(label, is_for_clerks):
    assert says_how_to_fill_in(label) is is_for_clerks


def test_a_heading_with_a_unit_beside_it_closes_the_one_above():
    reading = read(
        """
        令和3年度 効果額
        （１）歳入|||（単位：千円）
        番号|取組項目|担当課|効果額
        1|広告の掲載|広報課|100
        2|未利用地の売却|管財課|200
        （２）歳出|||（単位：千円）
        番号|取組項目|担当課|効果額
        3|人件費の見直し|人事課|300
        """
    )
    assert [(one.row, one.section.label) for one in reading.records] == [
        (4, "歳入"),
        (5, "歳入"),
        (8, "歳出"),
    ]
    assert [one.values[0].role.effect_kind for one in reading.records] == [
        "revenue_increase",
        "revenue_increase",
        "cost_reduction",
    ]


HEAD = "番号|取組項目|担当課|効果額（千円）\n1|人件費の見直し|人事課|100\n2|広告の掲載|管財課|50\n"


def _rows(reading):
    return [one.row for one in reading.records]


@pytest.mark.parametrize(
    "label",
    ["歳入計", "管財課 計", "総額", "Total", "GRAND TOTAL", "全体", "①＋②", "基本方針１　計"],
)
def test_totals_without_number_and_department(label):
    reading = read(f"{HEAD}|{label}||150")
    assert _rows(reading) == [2, 3]
    assert reading.aside["実績", 4] == "total"


@pytest.mark.parametrize("name", ["一般会計", "公園の設計", "全体計画", "統計"])
def test_names_that_end_like_totals(name):
    assert _rows(read(f"{HEAD}|{name}||150")) == [2, 3, 4]


def test_a_total_of_one_department_covers_its_rows():
    reading = read(f"{HEAD}3|印刷の見直し|人事課|30\n|人事課 計||130\n|合計||180")
    assert [one.rows for one in reading.totals] == [(2, 4), (2, 3, 4)]


@pytest.mark.parametrize("name", ["うち時間外手当", "（うち特殊勤務手当）", "時間外手当（内数）"])
def test_parts_of_the_row_above_are_told_and_set_aside(name):
    reading = read(f"{HEAD}|{name}||30")
    assert _rows(reading) == [2, 3]
    assert reading.aside["実績", 4] == "repost"
    assert "part_of_row_above" in rules(reading)


def test_a_title_may_begin_with_the_word_for_parts():
    assert _rows(read(f"{HEAD}3|うち読み事業の見直し|広報課|30")) == [2, 3, 4]


def test_rows_below_the_total_are_no_results():
    reading = read(f"{HEAD}|合計||150\n|前年度||120\n|差引||30\n|庁舎の分||20")
    assert _rows(reading) == [2, 3]
    assert [reading.aside["実績", row] for row in (4, 5, 6)] == ["total"] * 3
    assert reading.quarantined["実績", 7].rule == "row_behind_total"


def test_rows_below_a_total_that_name_number_and_department_are_results():
    assert _rows(read(f"{HEAD}|合計||150\n3|庁舎の管理|管財課|20\n|清掃||5")) == [2, 3, 5, 6]


def test_a_total_with_counts_in_columns_that_are_not_read():
    reading = read(
        """
        基本方針|項目数|完了|遅延|効果額（千円）
        1 行政サービス|12|2|8|1500
        2 組織の改革|8|1|6|820
        合計|20|3|14|2320
        構成比|100.0%|15%|70%|
        """,
        columns={"category": ["基本方針"]},
        ignore_columns=["項目数", "完了", "遅延"],
    )
    assert _rows(reading) == [2, 3]
    assert reading.aside["実績", 4] == "total"


@pytest.mark.parametrize("mark", ["例", "記入例", "（例）", "例1", "(記載例)"])
def test_an_example_is_told_and_set_aside(mark):
    reading = read(f"番号|取組項目|担当課|実績\n{mark}|窓口の見直し|○○課|10件\n1|印刷|総務課|3件")
    assert _rows(reading) == [3]
    assert reading.aside["実績", 2] == "skipped"
    assert "example_row" in rules(reading)


def test_a_title_may_begin_like_an_example():
    assert _rows(read("番号|取組項目|担当課|実績\n1|例規集の電子化|総務課|3件")) == [2]


def test_two_tables_side_by_side_with_the_same_headings():
    reading = read(
        """
        平成20年度　財政効果額
        歳入||||歳出
        項目|担当課|効果額（千円）||項目|担当課|効果額（千円）
        徴収率の向上|税務課|8,300||議員定数の削減|議会事務局|12,600
        基金利子|会計課|75||投票所の統合|総務課|310
        計||8,375||計||12,910
        """
    )
    found = [(one.texts["item"], one.values[0].role.effect_kind) for one in reading.records]
    assert sorted(found) == [
        ("基金利子", "revenue_increase"),
        ("徴収率の向上", "revenue_increase"),
        ("投票所の統合", "cost_reduction"),
        ("議員定数の削減", "cost_reduction"),
    ]
    assert [(one.text, one.rows) for one in reading.totals] == [
        ("8,375", (4, 5)),
        ("12,910", (4, 5)),
    ]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("R3", 2021),
        ("令和4年度", 2022),
        ("2022", 2022),
        ("R4実績", 2022),
        ("平成31年度（令和元年度）", None),
        ("S1", None),
        ("R4調査", None),
        ("実績", None),
        ("R3～R5", None),
    ],
)
def test_a_sheet_may_be_named_after_its_year(name, year):
    assert year_of_sheet(name) == year
    rows = rows_of("番号|取組項目|担当課|効果額（千円）\n1|印刷|総務課|3")
    assert [one.section.fiscal_year for one in read_sheet(Sheet(name, rows)).records] == [year]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("平成31年度（令和元年度）", 2019),
        ("令和元年度（平成31年度）", 2019),
        ("令和元(平成31)年度", 2019),
        ("令和5年度（2023年度）", 2023),
        ("令和5（2023）年度", 2023),
    ],
)
def test_a_year_of_two_names(heading, year):
    assert year_of_heading(bare(heading), None).fiscal_year == year
    reading = read(f"番号|取組項目|担当課|{heading}効果額（千円）\n1|印刷|総務課|3")
    assert [values(one) for one in reading.records] == [[("amount", year, "3")]]


@pytest.mark.parametrize("heading", ["平成31年度（令和2年度）", "令和5（2022）年度"])
def test_a_year_of_two_names_that_differ_is_refused(heading):
    reading = read(f"番号|取組項目|担当課|{heading}効果額（千円）|評価\n1|印刷|総務課|3|A")
    assert [values(one) for one in reading.records] == [[]]
    assert "unknown_column" in rules(reading)


@pytest.mark.parametrize("name", ["うちわ広告の導入", "うち水の実施", "うちの子応援事業"])
def test_a_word_that_begins_like_a_part_names_an_item(name: str) -> None:
    reading = read(f"取組項目|効果額（千円）\n統計|30\n{name}|10\n合計|40")
    assert [record.texts["item"] for record in reading.records] == ["統計", name]
