"""Headings, years and lines by themselves."""

from __future__ import annotations

import pytest

from pipelines.results.reading.heading_years import HeadingYear, year_of_heading, years_of_line
from pipelines.results.reading.headings import HeadingReader
from pipelines.results.reading.lines import number_style, stated_amount
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.reading.sheets_of import read, rules, values


def test_years_of_columns_carry_their_era_and_change_it() -> None:
    years = []
    before: HeadingYear | None = None
    for text in ["平成29", "30年度", "元", "2", "R3", "2022年度", "令和5(2023)年度"]:
        before = year_of_heading(text, before)
        years.append(before.fiscal_year if before else None)
    assert years == [2017, 2018, 2019, 2020, 2021, 2022, 2023]


@pytest.mark.parametrize(
    "text", ["令和5年", "令和5年3月", "10件", "SH18", "平成18平成19", "20,000"]
)
def test_what_is_no_fiscal_year(text: str) -> None:
    assert year_of_heading(text, None) is None


@pytest.mark.parametrize(
    ("text", "year", "period"),
    [
        ("実施計画の平成15年度実績", 2003, None),
        ("令和元年度~令和4年度の合計削減額", None, (2019, 2022)),
        ("第3次大綱（平成18～22年度） 平成19年度実績", 2007, None),
        ("第3次大綱（平成18～22年度）の実績", None, None),
        ("令和4年度実施計画（令和3年度実績）", 2021, None),
        ("令和5年3月31日現在", None, None),
        ("選挙(H19.4.8)の効率化", None, None),
        ("平成30年度、令和元年度", None, None),
    ],
)
def test_years_of_lines(text: str, year: int | None, period: tuple[int, int] | None) -> None:
    found = years_of_line(text)
    assert (found.fiscal_year, found.period) == (year, period)


@pytest.mark.parametrize(
    ("text", "field", "kind", "basis", "unit"),
    [
        ("削減額\n(千円)", "amount", "cost_reduction", None, "千円"),
        ("効果額（累計）（千円）", "amount", None, "cumulative", "千円"),
        ("削減見込額", "planned_amount", "cost_reduction", None, None),
        ("目標効果額", "planned_amount", None, None, None),
        ("増収額", "amount", "revenue_increase", None, None),
        ("評価（A～D）", "rating", None, None, None),
        ("①取組項目", "item", None, None, None),
        ("Ｎｏ．", "item_number", None, None, None),
        ("実績値（前年度）", None, None, None, None),
        ("人件費", None, None, None, None),
    ],
)
def test_single_headings(
    text: str, field: str | None, kind: str | None, basis: str | None, unit: str | None
) -> None:
    found = HeadingReader(SheetProfile()).one(text)
    assert (found.field, found.effect_kind, found.effect_basis, found.unit) == (
        field,
        kind,
        basis,
        unit,
    )


def test_a_calendar_year_above_a_column_makes_it_unknown() -> None:
    reading = read("取組項目|令和5年実績|評価\n窓口|3|A")
    assert reading.records[0].values == () and "unknown_column" in rules(reading)


def test_a_row_of_years_above_the_headings_belongs_to_them() -> None:
    reading = read("""
        みほん市の実績
        |||令和4年度||令和5年度
        番号|取組項目|担当課|目標値|実績値|目標値|実績値
        1|窓口|見本課|1|2|3|4
    """)
    assert values(reading.records[0]) == [
        ("planned", 2022, "1"),
        ("actual", 2022, "2"),
        ("planned", 2023, "3"),
        ("actual", 2023, "4"),
    ]


def test_a_table_nobody_knows_below_a_known_one_is_not_read_with_its_columns() -> None:
    reading = read("取組項目|実績値\n窓口|3\n\n好きな色|数|形|味\n青|4\n赤|5")
    assert [record.texts["item"] for record in reading.records] == ["窓口"]
    assert {row for _, row in reading.quarantined} == {4, 5, 6}


def test_a_label_does_not_reach_over_a_heading_or_a_subtotal() -> None:
    reading = read("""
        区分|取組項目|削減額
        歳出|窓口|1
        |小計|1
        |印刷|2
        1 別の話
        |郵送|3
        歳入|広告|4
    """)
    assert [record.texts.get("category") for record in reading.records] == [
        "歳出",
        None,
        None,
        "歳入",
    ]


@pytest.mark.parametrize(
    ("cells", "stated"),
    [
        (["(2)令和2年度における削減額:20,867千円"], ("(2)令和2年度における削減額", "20,867千円")),
        (["合計削減額", "147,364千円"], ("合計削減額", "147,364千円")),
        (["効果額 10千円、収入額 20千円"], None),
        (["合計額 5千円 10千円"], None),
        (["市長給料の削減"], None),
        (["窓口", "147千円"], None),
        (["削減額(5千円以上)の合計"], None),
    ],
)
def test_amounts_that_lines_state(cells: list[str], stated: tuple[str, str] | None) -> None:
    assert stated_amount(cells) == stated


@pytest.mark.parametrize(
    ("text", "style", "label"),
    [
        ("1 事務の効率化", "number", "事務の効率化"),
        ("（１）削減額", "bracket_number", "削減額"),
        ("第２章　組織", "chapter", "組織"),
        ("【見本課】", "lenticular", "見本課"),
        ("第2次計画", "plain", "第2次計画"),
        ("20人の削減", "plain", "20人の削減"),
    ],
)
def test_numbers_of_headings(text: str, style: str, label: str) -> None:
    assert number_style(text) == (style, label)


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (("二次評価（推進本部）", "評価"), "headquarters_rating"),
        (("外部評価（推進委員会）", "意見"), "council_opinion"),
        (("一次評価（所管課）", "評価"), "rating"),
        (("計画（Plan）",), "planned"),
        (("実施（Do）",), "activity"),
        (("評価（Check）",), "rating"),
        (("改善（Action）",), "next_action"),
        (("削減効果額（A－B）",), "amount"),
        (("効果額（3-5）",), None),
        (("歳出減",), "amount"),
        (("本年度効果額（千円）",), "amount"),
        (("前年度効果額（千円）",), None),
    ],
)
def test_what_stands_in_brackets_of_a_heading(parts: tuple[str, ...], field: str | None) -> None:
    assert HeadingReader(SheetProfile()).column(parts, None).field == field


def test_a_rating_of_one_of_the_years_that_results_name() -> None:
    head = "取組項目|担当課|令和4年度実績|令和5年度実績|令和5年度評価"
    reading = read(f"{head}\n窓口|市民課|検討した。|統合した。|A")
    found = [
        (one.texts["fiscal_year"], one.texts["activity"], one.texts.get("rating"))
        for one in reading.records
    ]
    assert found == [("2022年度", "検討した。", None), ("2023年度", "統合した。", "A")]
