"""Fiscal years and days as cells of results write them."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from pipelines.plans.characters import bare_text
from pipelines.plans.fields.years import ERA_OFFSETS, Year, read_year, year_pattern

FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR = 1950, 2100
_YEAR = re.compile(r"(?<!\d)" + year_pattern("_cell"))
_DIGITS = "〇一二三四五六七八九"
_KANJI_YEAR = re.compile(
    "(?P<era>令和|平成|昭和)(?P<digits>[一二三四五六七八九]?十[一二三四五六七八九]?"
    "|[一二三四五六七八九][〇一二三四五六七八九]?)(?=年)"
)
_ERA_YEAR = re.compile(r"(平成|昭和|H|S)\.?(\d{1,2})(?!\d)(?=年度|$)")
_ERA_NAMES = {"平成": "平成", "昭和": "昭和", "H": "平成", "S": "昭和"}
#: The last year of each era that has ended.
_LAST_YEARS = {"平成": 31, "昭和": 64, "H": 31, "S": 64}
_RANGE = re.compile(f"{year_pattern('')}(?:[~〜～\\-−–ー]|から){year_pattern('_last')}")
_ERA_DAY = re.compile(r"(令和|平成|昭和|[RHS])\.?(元|\d{1,2})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_WESTERN_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_AROUND_A_DAY = re.compile(r"(?:現在|時点|末?|[(（][日月火水木金土][)）])$")


@lru_cache(maxsize=8_192)
def read_fiscal_year(text: str) -> int | None:
    """The fiscal year of a cell that is asked for one; None where it names none, or several.

    令和5年度, R5, 2023, 2023年 (the column asks for fiscal years), 平成27年度比; the number may be
    an impossible one (4000): see ``is_possible``.
    """
    bare = bare_text(text)
    if bare.isdigit() and len(bare) >= 4:
        # Longer ones are slips (12024) or a spreadsheet's days (45383), and impossible as they are.
        return int(bare)
    found = {year.fiscal_year for year in map(_year, _YEAR.finditer(_as_fiscal(bare))) if year}
    return found.pop() if len(found) == 1 else None


def era_beyond_end(text: str) -> tuple[str, int] | None:
    """An era's year that never came, and its fiscal year: 平成36年度, 2024; None for others."""
    match = _ERA_YEAR.search(_as_fiscal(bare_text(text)))
    if match is None:
        return None
    era, number = match[1], int(match[2])
    if number <= _LAST_YEARS[era]:
        return None
    return f"{_ERA_NAMES[era]}{number}年度", ERA_OFFSETS[era] + number


def _kanji_number(match: re.Match[str]) -> str:
    """六 is 6, 三十一 is 31, 三一 is 31."""
    tens, ten, ones = match["digits"].rpartition("十")
    if not ten:
        return match["era"] + "".join(str(_DIGITS.index(digit)) for digit in ones)
    ten_times = _DIGITS.index(tens) if tens else 1
    return f"{match['era']}{ten_times * 10 + (_DIGITS.index(ones) if ones else 0)}"


def _as_fiscal(bare: str) -> str:
    bare = _KANJI_YEAR.sub(_kanji_number, bare)
    return re.sub(r"(?<=[\d元)])年(?![度\d])", "年度", bare)


def _year(match: re.Match[str]) -> Year | None:
    return read_year(match, "_cell")


@lru_cache(maxsize=1_024)
def read_period(text: str) -> tuple[int, int] | None:
    """First and last fiscal year of 令和元年度～令和4年度; None for anything else."""
    match = _RANGE.search(_as_fiscal(bare_text(text)))
    if match is None:
        return None
    first = read_year(match, "")
    last = read_year(match, "_last", first.era if first else None)
    if first is None or last is None or first.fiscal_year > last.fiscal_year:
        return None
    return first.fiscal_year, last.fiscal_year


def is_possible(fiscal_year: int) -> bool:
    """Whether the tables can hold a year."""
    return FIRST_FISCAL_YEAR <= fiscal_year <= LAST_FISCAL_YEAR


@lru_cache(maxsize=1_024)
def read_day(text: str) -> datetime.date | None:
    """A day such as 令和5年3月31日, R5.3.31, 2023/3/31 or 2023-03-31; None for anything else."""
    bare = _AROUND_A_DAY.sub("", bare_text(text))
    era = _ERA_DAY.fullmatch(bare)
    western = _WESTERN_DAY.fullmatch(bare)
    match = era or western
    if match is None:
        return None
    year, month, day = match.groups()[-3:]
    number = 1 if year == "元" else int(year)
    try:
        return datetime.date(number + (ERA_OFFSETS[era[1]] if era else 0), int(month), int(day))
    except ValueError:
        return None
