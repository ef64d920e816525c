"""Years as plans write them, to Western fiscal years.

A fiscal year N runs from N-04-01 to (N+1)-03-31. 令和N = 2018+N, 平成N = 1988+N, 昭和N = 1925+N;
元年 is year 1. Documents of before May 2019 use years such as 平成32年度 that never came: they mean
2020 (政府相互運用性フレームワーク GIF, 日付時刻).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LAST_YEAR_OF_AN_ERA = 99
ERA_OFFSETS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_ERA = r"(?:令和|平成|昭和|[RHS])\.?"
# Written in NFKC without white space: 令和3年度, 平成25(2013)年度, 2021年度, R3, 令和3年4月.
YEAR_PATTERN = (
    rf"(?P<era{{0}}>{_ERA})?(?P<number{{0}}>元|\d{{{{1,4}}}})"
    rf"(?:\((?P<western{{0}}>\d{{{{4}}}})(?:年度?)?\))?"
    rf"(?P<unit{{0}}>年度|年(?P<month{{0}}>\d{{{{1,2}}}})月(?:\d{{{{1,2}}}}日)?|年|(?![\d月日]))"
)


@dataclass(frozen=True)
class Year:
    """A fiscal year and whether its era had to be taken from elsewhere in the document."""

    fiscal_year: int
    era: str | None
    is_inferred: bool = False


def year_pattern(suffix: str) -> str:
    """The year pattern with its group names ending in ``suffix``, to use twice in one pattern."""
    return YEAR_PATTERN.format(suffix)


def read_year(match: re.Match[str], suffix: str, era_before: str | None = None) -> Year | None:
    """The year a match of ``year_pattern(suffix)`` stands for; None where it says none.

    Args:
        match: the match.
        suffix: the suffix of its group names.
        era_before: the era of the year before it in the same text, or of the document: a bare
            ``７年度`` takes it, marked as inferred.
    """
    number = 1 if match[f"number{suffix}"] == "元" else int(match[f"number{suffix}"])
    era = (match[f"era{suffix}"] or "").rstrip(".") or None
    month = match[f"month{suffix}"]
    if match[f"unit{suffix}"] == "年":
        return None  # a calendar year spans two fiscal years: nobody can say which is meant
    if month is not None and not 1 <= int(month) <= 12:
        return None
    bare = era is None and not match[f"unit{suffix}"] and number < 1000
    if bare and suffix != "_last":
        return None  # a lone number is a year only behind another one: H18～20
    western = _western(number, era, match[f"western{suffix}"], era_before)
    if western is None:
        return None
    before_april = month is not None and int(month) < 4
    known_era = era or (era_before if number < 100 else None)
    return Year(western - before_april, known_era, era is None and number < 100)


def _western(
    number: int, era: str | None, stated: str | None, era_before: str | None
) -> int | None:
    if era and not 1 <= number <= LAST_YEAR_OF_AN_ERA:
        return None
    by_era = ERA_OFFSETS[era] + number if era else None
    if stated:
        return int(stated) if by_era in (None, int(stated)) else None
    if by_era:
        return by_era
    if number >= 1900:
        return number
    if era_before and number < 100:
        return ERA_OFFSETS[era_before] + number
    return None
