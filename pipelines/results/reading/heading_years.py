"""Fiscal years in headings of columns and in the lines above a table.

平成18 and H18 are fiscal years where they head a column; 令和5年 without 度 is a calendar year,
which spans two fiscal years, and is none. A bare 19 takes the era of the heading before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines.plans.fields.years import ERA_OFFSETS, read_year, year_pattern
from pipelines.results.vocabulary import bare, sheet_vocabulary

_ERA = "令和|平成|昭和|[RHS]"
_IN_HEADING = re.compile(
    rf"(?:(?<![A-Za-z])(?P<era>{_ERA})\.?(?P<number>元|\d{{1,2}})|(?<!\d)(?P<western>(?:19|20)\d\d))"
    r"(?:\((?P<other>[^()]{1,9})\))?(?P<unit>年度末|年度|年(?!\d)|(?![\d./月日年]))(?P<month>\d{1,2}月)?"
)
#: 令和4年度, R4, 2022年度実績: a sheet that holds one year. S1 is a sheet's number.
_SHEET = re.compile(
    r"^(?:(?:令和|平成|昭和|[RH])\.?(?:元|\d{1,2})(?:年度)?|(?:19|20)\d\d(?:年度)?)"
    r"(?:の)?(?:取組)?(?:実績|結果|分|効果額|決算|成果)?$"
)
_BARE = re.compile(r"^(?P<number>元|\d{1,2})(?P<unit>年度末?)?(?=$|実績|計画|目標|見込|決算|\()")
_FIRST, _LAST, _ONE = year_pattern("_first"), year_pattern("_last"), year_pattern("_one")
_RANGE = re.compile(rf"{_FIRST}(?:から|[~〜～\-－‐―–ー])(?:の)?{_LAST}")
_SINGLE = re.compile(_ONE)
_TWO_NAMES = re.compile(rf"(?:\d|元|年度)\((?:{_ERA}|(?:19|20)\d\d)\.?(?:元|\d{{1,2}})?(?:年度)?\)")
_DATE_BEHIND = re.compile(r"^(?:[./]\d|(?:策定|作成|改定|改訂|公表|公開|現在|発行|更新))")
_RESULT_BEHIND = re.compile(
    r"^(?:\)|における|の|分|中の?)*(?:実績|取組|削減|効果|進捗|成果|決算|収入|歳)"
)
_YEAR_END = re.compile(
    rf"(?:(?<![A-Za-z])(?P<era>{_ERA})\.?(?P<number>元|\d{{1,2}})|(?<!\d)(?P<western>(?:19|20)\d\d))"
    r"[年./]0?3(?:月?末日?|[月./]\d{1,2}日?)(?:現在|時点)"
)


@dataclass(frozen=True)
class HeadingYear:
    """A year that heads a column, and the rest of the heading."""

    fiscal_year: int
    era: str | None
    rest: str


def year_of_heading(text: str, before: HeadingYear | None) -> HeadingYear | None:
    """The year in a bare heading; ``before`` is the year of the heading to its left.

    None where it names none, two, or a calendar year.
    """
    found = list(_IN_HEADING.finditer(text))
    if len(found) == 1:
        return _explicit(found[0])
    if len(found) == 2 and _TWO_NAMES.search(text):
        return _of_two_names(text, found[0], found[1])
    if found or before is None:
        return None
    match = _BARE.match(text)
    year = _carried(match["number"], before) if match else None
    return replace(year, rest=text[match.end() :]) if match and year else None


def period_of_heading(text: str) -> tuple[tuple[int, int], str] | None:
    """The only range of years in a bare heading, and the heading without it: 目標額(R3~R7)."""
    found = list(_RANGE.finditer(text))
    period = _period(found[0].group())[0] if len(found) == 1 else None
    if period is None or period[0] == period[1]:
        return None
    match = found[0]
    return period, (text[: match.start()] + text[match.end() :]).replace("()", "")


def contradicts_itself(text: str) -> bool:
    """Whether a bare heading names one year twice and differently: 平成31年度(令和2年度)."""
    found = list(_IN_HEADING.finditer(text))
    if len(found) == 2 and _TWO_NAMES.search(text):
        return _of_two_names(text, found[0], found[1]) is None
    return len(found) == 1 and not _agrees(found[0])


def _of_two_names(text: str, first: re.Match[str], second: re.Match[str]) -> HeadingYear | None:
    """平成31年度(令和元年度): one year by two names; None where they differ."""
    years = _explicit(first), _explicit(second)
    if not years[0] or not years[1] or years[0].fiscal_year != years[1].fiscal_year:
        return None
    rest = text[: first.start()] + text[first.end() : second.start()] + text[second.end() :]
    return replace(years[0], rest=rest.replace("()", ""))


def year_of_sheet(name: str) -> int | None:
    """The fiscal year that the name of a sheet says of all its rows: R3, 令和4年度, 2022."""
    plain = bare(name)
    if not _SHEET.match(plain):
        return None
    year = year_of_heading(plain, None)
    return year.fiscal_year if year and 1950 <= year.fiscal_year <= 2100 else None


def _explicit(match: re.Match[str]) -> HeadingYear | None:
    if match["unit"] == "年" or match["month"] or not _agrees(match):
        return None
    rest = match.string[: match.start()] + match.string[match.end() :]
    if match["western"]:
        return HeadingYear(int(match["western"]), None, rest)
    number = 1 if match["number"] == "元" else int(match["number"])
    year = ERA_OFFSETS[match["era"]] + number
    return HeadingYear(year, match["era"][0], rest) if number else None


def _agrees(match: re.Match[str]) -> bool:
    """Whether a second name in brackets, 令和元(平成31)年度, stands for the same year."""
    other = _IN_HEADING.fullmatch(match["other"] or "")
    own = _plain_year(match)
    return other is None or _plain_year(other) == own


def _plain_year(match: re.Match[str]) -> int:
    if match["western"]:
        return int(match["western"])
    return ERA_OFFSETS[match["era"]] + (1 if match["number"] == "元" else int(match["number"]))


def _carried(number: str, before: HeadingYear) -> HeadingYear | None:
    """平成30, 元, 2: a number that does not go on in its era opens the next one."""
    if before.era is None and number == "元":
        return None
    value = 1 if number == "元" else int(number)
    for era in ("昭", "平", "令"):
        offset = {"昭": 1925, "平": 1988, "令": 2018}[era]
        if offset + value == before.fiscal_year + 1:
            return HeadingYear(offset + value, era, "")
    era = {"S": "昭", "H": "平", "R": "令"}.get(before.era or "", before.era or "")
    offset = {"昭": 1925, "平": 1988, "令": 2018}.get(era, 0)
    return HeadingYear(offset + value, era, "") if offset and value else None


@dataclass(frozen=True)
class LineYears:
    """What a line says of time: one fiscal year, or a first and a last one, or neither."""

    fiscal_year: int | None = None
    period: tuple[int, int] | None = None


def years_of_line(text: str) -> LineYears:
    """The year or the period that a title or a heading names.

    A period beside a plan's name (大綱, プラン) is the plan's own and says nothing of the rows,
    and so does the day on which something was drawn up.
    """
    plain = bare(text)
    if not any(character.isdigit() or character == "元" for character in plain):
        return LineYears()
    period, rest = _period(plain)
    if period and _is_of_the_results(plain):
        return LineYears(_single(rest), None) if _single(rest) else LineYears(None, period)
    return LineYears(_single(rest))


def year_that_ended(text: str) -> int | None:
    """The fiscal year at whose end a line speaks: 令和6年3月31日現在, R6.3末時点.

    None for any other day: in autumn either year may be meant, on 4月1日 the one that begins.
    """
    years = set(map(_ended, _YEAR_END.finditer(bare(text))))
    return years.pop() if len(years) == 1 else None


def _ended(match: re.Match[str]) -> int:
    if match["western"]:
        return int(match["western"]) - 1
    number = 1 if match["number"] == "元" else int(match["number"])
    return ERA_OFFSETS[match["era"]] + number - 1


def _is_of_the_results(plain: str) -> bool:
    words = sheet_vocabulary()
    if any(word in plain for word in words.words("plan_words")):
        return False
    return any(word in plain for word in words.words("result_words"))


def _period(plain: str) -> tuple[tuple[int, int] | None, str]:
    """The first range of years, and the text without any range."""
    found: tuple[int, int] | None = None
    for match in _RANGE.finditer(plain):
        first = read_year(match, "_first")
        last = read_year(match, "_last", first.era if first else None)
        if found is None and first and last and first.fiscal_year <= last.fiscal_year:
            found = (first.fiscal_year, last.fiscal_year)
    return found, _RANGE.sub("、", plain)


def _single(plain: str) -> int | None:
    """The one year named; of several the one that results follow; None where that is not one."""
    named: set[int] = set()
    of_results: set[int] = set()
    for match in _SINGLE.finditer(plain):
        year = _line_year(match)
        if year is None:
            continue
        named.add(year)
        if _RESULT_BEHIND.match(plain[match.end() :]):
            of_results.add(year)
    for years in (named, of_results):
        if len(years) == 1:
            return years.pop()
    return None


def _line_year(match: re.Match[str]) -> int | None:
    if _DATE_BEHIND.match(match.string[match.end() :]):
        return None
    if not match["era_one"] and not match["unit_one"] and not match["western_one"]:
        return None  # a lone number
    if match["month_one"]:
        return None
    if match["era_one"] and not match["unit_one"]:
        return _without_unit(match)
    year = read_year(match, "_one")
    return year.fiscal_year if year and 1950 <= year.fiscal_year <= 2100 else None


def _without_unit(match: re.Match[str]) -> int | None:
    """H19 or 平成19 without 年度."""
    number = 1 if match["number_one"] == "元" else int(match["number_one"])
    year = ERA_OFFSETS[match["era_one"].rstrip(".")] + number
    return year if 0 < number < 100 else None
