"""Years of headings that are days, that lack their era, or that targets on the way have."""

from __future__ import annotations

import pytest

from pipelines.results.model import SheetReading
from pipelines.results.reading.heading_days import day_of_heading
from pipelines.results.reading.heading_eras import era_before
from pipelines.results.reading.heading_years import year_that_ended
from pipelines.results.reading.sheets import read_sheets
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import Sheet
from tests.results.reading.sheets_of import assert_accounted, read, rows_of, rules, values, workbook


def _read_in(years: tuple[int, int] | None, text: str) -> SheetReading:
    reading = read_sheets(workbook(Sheet("効果", rows_of(text))), SheetProfile(), years)
    assert_accounted(reading)
    return reading


def test_days_of_several_years_are_of_the_years_in_which_they_lie() -> None:
    reading = read("指標|担当課|R3.4.1|R4.4.1|目標（R7.4.1）\n職員数|人事課|9|8|7")
    assert values(reading.records[0]) == [
        ("actual", 2021, "9"),
        ("actual", 2022, "8"),
        ("planned", 2025, "7"),
    ]
    assert "years_of_days" in rules(reading)


def test_days_below_their_headings_and_in_march() -> None:
    reading = read(
        "指標|担当課|実績||目標\n||令和4年3月31日|令和5年3月31日|R8.3.31\n職員数|人事課|9|8|7"
    )
    assert values(reading.records[0]) == [
        ("actual", 2021, "9"),
        ("actual", 2022, "8"),
        ("planned", 2025, "7"),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "R3.4.1|R4.10.1|目標（R7.4.1）",  # not the same day
        "R3.4.1|R4.4.1|目標（R4.4.1）",  # the last may be planned
    ],
)
def test_other_days_are_not_read_as_what_was_counted(headings: str) -> None:
    reading = read(f"指標|担当課|{headings}\n職員数|人事課|9|8|7")
    read_values = [cell for record in reading.records for cell in record.values]
    assert all(cell.role.field != "actual" for cell in read_values)


def test_days_of_items_are_no_years() -> None:
    reading = read("取組項目|担当課|実績値|R3.4.1|R4.4.1|目標（R7.4.1）\n窓口|見本課|3|1|2|3")
    assert [cell.role.field for cell in reading.records[0].values] == ["actual"]
    assert "unknown_column" in rules(reading)


@pytest.mark.parametrize("text", ["R3.13.1", "R3.4", "令和3年度", "R3.4.1～R4.4.1", "3.4.1"])
def test_what_is_no_day(text: str) -> None:
    assert day_of_heading((text,)) is None


def test_years_without_an_era_take_the_one_that_fits_the_round() -> None:
    text = "効果額（千円）\n取組項目|担当課|30年度|元年度|2年度\n窓口|見本課|1|2|3"
    reading = _read_in((2018, 2020), text)
    assert [year for _, year, _ in values(reading.records[0])] == [2018, 2019, 2020]
    assert "era_inferred" in rules(reading)
    assert _read_in(None, text).records == []


@pytest.mark.parametrize(
    ("cells", "years", "era"),
    [
        (["3年度", "4年度"], (2021, 2025), "令"),
        (["3年度", "4年度"], (1991, 1995), "平"),
        (["18年度実績", "19年度実績"], (2006, 2009), "平"),
        (["1年度", "2年度"], (2019, 2020), None),  # of a plan, perhaps
        (["3年度"], (2021, 2025), None),
        (["3", "4"], (2021, 2025), None),
        (["3年度目", "40年度"], (2021, 2025), None),
        (["R3年度", "4年度", "5年度"], (2021, 2025), None),  # says it itself
        (["3年度", "4年度"], (2006, 2007), None),  # fits no era
    ],
)
def test_the_era_of_a_row_of_years(
    cells: list[str], years: tuple[int, int], era: str | None
) -> None:
    found = era_before(cells, years)
    assert (found.era if found else None) == era


def test_a_target_on_the_way_is_one_of_its_year_and_of_no_other() -> None:
    reading = read("指標|単位|実績値（R4）|中間目標（R5）|最終目標（R7）\n満足度|%|1|2|3")
    assert ("planned", 2023, "2") in values(reading.records[0])
    reading = read("指標|単位|実績値|中間目標\n満足度|%|1|2")
    assert [field for field, _, _ in values(reading.records[0])] == ["actual"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和6年3月31日現在", 2023),
        ("進捗状況（Ｒ６．３末現在）", 2023),
        ("2024/3/31時点", 2023),
        ("令和6年3月現在", None),
        ("令和6年4月1日現在", None),
        ("令和5年9月30日現在", None),
        ("令和6年3月31日策定", None),
        ("令和5年3月31日現在、令和6年3月31日現在", None),
    ],
)
def test_the_year_at_whose_end_a_line_speaks(text: str, year: int | None) -> None:
    assert year_that_ended(text) == year
