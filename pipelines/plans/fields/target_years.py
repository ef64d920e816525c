"""The years and days beside a number: when it is due, and when its baseline was taken."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.plans.fields.years import ERA_OFFSETS, read_year, year_pattern
from pipelines.quantities.numbers import flat

_YEAR = re.compile(year_pattern("_due"))
_DAY = re.compile(
    r"(?P<era>令和|平成|昭和)(?P<year>元|\d{1,2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)


@dataclass(frozen=True)
class Moment:
    """A year or day in a text.

    Attributes:
        start: offset in the text.
        end: offset behind it.
        fiscal_year: the fiscal year it is, or lies in.
        day: the day, where one is stated.
    """

    start: int
    end: int
    fiscal_year: int
    day: datetime.date | None = None


def read_moments(text: str, era: str | None) -> list[Moment]:
    """Every year and day that a text names, in order; offsets refer to the text."""
    plain = flat(text)
    days = list(_days(plain))
    years = [one for one in _years(plain, era) if not any(_within(one, day) for day in days)]
    return sorted([*days, *years], key=lambda one: one.start)


def _within(one: Moment, other: Moment) -> bool:
    return other.start <= one.start and one.end <= other.end


def _days(plain: str) -> Iterator[Moment]:
    for match in _DAY.finditer(plain):
        number = 1 if match["year"] == "元" else int(match["year"])
        try:
            day = datetime.date(
                ERA_OFFSETS[match["era"]] + number, int(match["month"]), int(match["day"])
            )
        except ValueError:
            continue
        yield Moment(match.start(), match.end(), day.year - (day.month < 4), day)


def _years(plain: str, era: str | None) -> Iterator[Moment]:
    bracketed = plain.replace("（", "(").replace("）", ")")
    for match in _YEAR.finditer(bracketed):
        names_year = match["era_due"] or "年" in match["unit_due"]
        year = read_year(match, "_due", era) if names_year else None
        if year is not None:
            yield Moment(match.start(), match.end(), year.fiscal_year)
