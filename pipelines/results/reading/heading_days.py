"""Columns of indicators headed by a day of several years: R3.4.1 | R4.4.1 | 目標(R7.4.1).

What was counted on a day is of the fiscal year in which the day lies. It counts as such only where
all days are the same day of their years: other days say when something was held or handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipelines.plans.fields.years import ERA_OFFSETS
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.headings import HeadingReader, Meaning
from pipelines.results.vocabulary import bare

_DAY = re.compile(
    r"(?:(?<![A-Za-z])(?P<era>令和|平成|昭和|[RHS])\.?(?P<number>元|\d{1,2})"
    r"|(?<!\d)(?P<western>(?:19|20)\d\d))[年./](?P<month>\d{1,2})[月./](?P<day>\d{1,2})(?!\d)日?"
    r"(?:現在|時点)?"
)
_LEAST_DAYS = 2
_INDICATORS = frozenset({"indicator", "indicator_id"})
_PLANS = frozenset({"planned", "final_target"})
_FIRST_MONTH, _MONTHS, _DAYS = 4, 12, 31


@dataclass(frozen=True)
class HeadingDay:
    """The day that a heading names, and the parts of the heading without it."""

    fiscal_year: int
    month: int
    day: int
    rest: tuple[str, ...]


def with_days(header: Header, reader: HeadingReader) -> Header:
    """A header whose columns of days are of the years in which they lie; else as it is.

    A day without any other word is one on which was counted, where a target of a later day stands
    beside; otherwise the lines above the table must say it.
    """
    if not any(one.meaning.field in _INDICATORS for one in header.columns):
        return header
    days = {one.column: day for one in header.columns if (day := day_of_heading(one.parts))}
    if len(days) < _LEAST_DAYS or len({(one.month, one.day) for one in days.values()}) > 1:
        return header
    found = {one.column: _of_day(one, days[one.column], reader) for one in _named(header, days)}
    if _has_later_target(found.values()):
        found = {at: _counted(one) for at, one in found.items()}
    return replace(header, columns=tuple(found.get(one.column, one) for one in header.columns))


def are_days(cells: Iterable[str]) -> bool:
    """Whether several cells of a row of headings, and nothing else in it, are days."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= _LEAST_DAYS and all(day_of_heading((cell,)) for cell in filled)


def day_of_heading(parts: tuple[str, ...]) -> HeadingDay | None:
    """The one day in a heading; None where it names none, or several."""
    plain = [bare(part) for part in parts]
    found = [match for part in plain for match in _DAY.finditer(part)]
    if len(found) != 1:
        return None
    month, day = int(found[0]["month"]), int(found[0]["day"])
    if not (0 < month <= _MONTHS and 0 < day <= _DAYS):
        return None
    rest = (_DAY.sub("", part).replace("()", "") for part in plain)
    year = _year(found[0]) - (month < _FIRST_MONTH)
    return HeadingDay(year, month, day, tuple(part for part in rest if part))


def _year(match: re.Match[str]) -> int:
    if match["western"]:
        return int(match["western"])
    return ERA_OFFSETS[match["era"]] + (1 if match["number"] == "元" else int(match["number"]))


def _named(header: Header, days: Mapping[int, HeadingDay]) -> list[HeadColumn]:
    return [one for one in header.columns if one.column in days and not one.meaning.by_profile]


def _of_day(column: HeadColumn, day: HeadingDay, reader: HeadingReader) -> HeadColumn:
    meaning = reader.column(day.rest, None) if day.rest else Meaning()
    return replace(column, meaning=replace(meaning, fiscal_year=day.fiscal_year), from_day=True)


def _is_bare(column: HeadColumn) -> bool:
    day = day_of_heading(column.parts)
    return column.meaning.field is None and day is not None and not day.rest


def _has_later_target(columns: Iterable[HeadColumn]) -> bool:
    columns = list(columns)
    counted = [one.meaning.fiscal_year or 0 for one in columns if _is_bare(one)]
    targets = [one.meaning.fiscal_year or 0 for one in columns if one.meaning.field in _PLANS]
    return bool(counted and targets) and max(counted) < min(targets)


def _counted(column: HeadColumn) -> HeadColumn:
    if not _is_bare(column):
        return column
    return replace(column, meaning=replace(column.meaning, field="actual"))
