from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.fields.years import Year, read_year, year_pattern

ERAS = {"令和": (2019, 60), "平成": (1989, 40), "昭和": (1926, 64)}
LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}


def read(text: str, era: str | None = None) -> Year | None:
    match = re.fullmatch(year_pattern("_first"), text)
    assert match, text
    return read_year(match, "_first", era)


def fiscal_year(text: str, era: str | None = None) -> int | None:
    year = read(text, era)
    return year.fiscal_year if year else None


ALL_YEARS = [
    (era, number, first + number - 1)
    for era, (first, last) in ERAS.items()
    for number in range(1, last + 1)
]


def test_every_year_of_every_era() -> None:
    for era, number, western in ALL_YEARS:
        assert read(f"{era}{number}年度") == Year(western, era)
        letter = next(one for one, name in LETTERS.items() if name == era)
        assert fiscal_year(f"{letter}{number}年度") == western
        assert fiscal_year(f"{letter}.{number}") == western
        assert fiscal_year(f"{letter}{number}") == western
        assert fiscal_year(f"{number}年度", era) == western


@pytest.mark.parametrize(("text", "western"), [("令和元", 2019), ("平成元", 1989), ("R元", 2019)])
def test_the_first_year_is_called_gannen(text: str, western: int) -> None:
    assert fiscal_year(f"{text}年度") == western
    assert fiscal_year(f"{text}年5月") == western


@given(st.sampled_from(ALL_YEARS), st.integers(1, 12))
def test_months_before_april_belong_to_the_fiscal_year_before(
    year: tuple[str, int, int], month: int
) -> None:
    era, number, western = year
    expected = western - 1 if month in (1, 2, 3) else western
    assert fiscal_year(f"{era}{number}年{month}月") == expected
    assert fiscal_year(f"{era}{number}年{month}月31日") == expected
    assert fiscal_year(f"{western}年{month}月") == expected


def test_years_that_never_came_are_meant_all_the_same() -> None:
    assert fiscal_year("平成32年度") == 2020


@pytest.mark.parametrize("text", ["平成25(2013)年度", "平成25(2013年度)年度", "2013年度", "2013"])
def test_western_years(text: str) -> None:
    assert fiscal_year(text) == 2013


def test_a_year_without_an_era_takes_the_one_before_and_says_so() -> None:
    assert read("7年度", "令和") == Year(2025, "令和", is_inferred=True)
    assert read("7年度") is None
    assert read("令和7年度", "平成") == Year(2025, "令和")
    assert read("2025年度", "平成") is not None
    assert fiscal_year("2025年度", "平成") == 2025


@pytest.mark.parametrize("text", ["令和3年", "2021年", "平成30年"])
def test_a_calendar_year_is_no_fiscal_year(text: str) -> None:
    assert read(text, "令和") is None


@pytest.mark.parametrize("text", ["7", "10", "150", "999"])
def test_a_lone_number_is_no_year(text: str) -> None:
    assert read(text, "令和") is None


def test_a_lone_number_is_a_year_behind_another_one() -> None:
    match = re.fullmatch(year_pattern("_last"), "20")
    assert match
    assert read_year(match, "_last", "平成") == Year(2008, "平成", is_inferred=True)
    assert read_year(match, "_last", None) is None


@pytest.mark.parametrize(
    "text", ["令和0年度", "令和2021年度", "令和3年13月", "令和3年0月", "令和3(2020)年度"]
)
def test_a_year_that_cannot_be_is_none(text: str) -> None:
    assert read(text) is None
