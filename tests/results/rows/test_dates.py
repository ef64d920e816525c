from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.results.rows.dates import read_day, read_fiscal_year, read_period


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和5年度", 2023),
        ("R5", 2023),
        ("Ｈ３０", 2018),
        ("平成 27 年度比", 2015),
        ("令和元年度", 2019),
        ("2012", 2012),
        ("2012年", 2012),
        ("令和7年度末", 2025),
        ("令和5年度（2023年度）", 2023),
        ("4010", 4010),
        ("12024", 12024),
        ("12024年度", None),
        ("45383", 45383),
        ("令和六年度", 2024),
        ("平成三十一年度", 2019),
        ("平成二七年度", 2015),
        ("令和5年度・令和6年度", None),
        ("5年度", None),
        ("毎年度", None),
        ("-", None),
    ],
)
def test_fiscal_years(text: str, year: int | None) -> None:
    assert read_fiscal_year(text) == year


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("令和元年度～令和4年度", (2019, 2022)),
        ("令和元～4年度", (2019, 2022)),
        ("H18-H22", (2006, 2010)),
        ("令和5年度", None),
        ("令和4年度～令和元年度", None),
    ],
)
def test_periods(text: str, period: tuple[int, int] | None) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和5年3月31日", datetime.date(2023, 3, 31)),
        ("R5.3.31", datetime.date(2023, 3, 31)),
        ("2023/3/31", datetime.date(2023, 3, 31)),
        ("2023-03-31", datetime.date(2023, 3, 31)),
        ("令和元年５月１日現在", datetime.date(2019, 5, 1)),
        ("令和5年2月30日", None),
        ("4月1日現在", None),
        ("3月末", None),
    ],
)
def test_days(text: str, day: datetime.date | None) -> None:
    assert read_day(text) == day


@given(st.text(alphabet="令和平成元年度月日末~～-/.()（）RHS0123456789５ 現在", max_size=20))
def test_no_text_crashes(text: str) -> None:
    read_fiscal_year(text)
    read_period(text)
    read_day(text)
