"""The periods that a plan names: its own, phases, priority periods, earlier plans, comment."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence

from pipelines.plans.characters import without_spaces
from pipelines.plans.fields.years import ERA_OFFSETS, Year, read_year, year_pattern
from pipelines.plans.front_matter import FrontMatter
from pipelines.plans.labels import label_of
from pipelines.plans.lines import Line, passage
from pipelines.plans.prose.model import PeriodReading
from pipelines.plans.prose.scope import Scope
from pipelines.plans.vocabulary import words

_TO = r"(?:から|[~〜～\-－‐―–])"
_YEARS = re.compile(rf"{year_pattern('_first')}{_TO}{year_pattern('_last')}(?:まで)?")
# What stands between the ends of a range; the patterns of ranges try every digit of a line.
_MAY_BE_RANGE = re.compile(rf"[年度月日元\d)]{_TO}")
_WEEKDAY = r"(?:\([^()]\))?"
_DAY = (
    r"(?P<era{0}>令和|平成|昭和)?(?P<year{0}>元|\d{{1,4}})年"
    rf"(?P<month{{0}}>\d{{{{1,2}}}})月(?P<day{{0}}>\d{{{{1,2}}}})日{_WEEKDAY}"
)
_NEXT = rf"(?P<month_next>\d{{1,2}})月(?P<day_next>\d{{1,2}})日{_WEEKDAY}"
_DAYS = re.compile(rf"{_DAY.format('_first')}{_TO}(?:{_DAY.format('_last')}|{_NEXT})")
_PHASE = re.compile(r"第\s*\d+\s*期|前期|中期|後期")
LONGEST_LINE = 60
LINES_OF_LABEL = 3


def read_periods(
    scope: Scope, free: Sequence[Line], front: FrontMatter, era: str | None
) -> list[PeriodReading]:
    """Every period that stands on a line of its own, and the plan's own wherever it stands.

    Args:
        scope: the document.
        free: the lines that belong to no item.
        front: the plan's own period, as read from the head of the document.
        era: the document's era, for years without one.
    """
    found: list[PeriodReading] = []
    previous = False
    for at, line in enumerate(free):
        bare = line.bare
        previous = _still_previous(previous, line, bare)
        if line.number in front.period_lines:
            found.append(_own_period(free, at, front))
        elif "。" not in bare and len(bare) <= LONGEST_LINE and _MAY_BE_RANGE.search(bare):
            period = _days(free, at, bare) or _years(free, at, bare, era, previous)
            found += [period] if period else []
    return found


def _still_previous(previous: bool, line: Line, bare: str) -> bool:
    """A heading such as これまでの取組 opens a list of earlier plans; what is no bullet ends it."""
    label = label_of(line)
    if label and label.kind == "bullet":
        return previous
    return len(bare) <= 24 and any(word in bare for word in words("prose", "previous_words"))


def _own_period(free: Sequence[Line], at: int, front: FrontMatter) -> PeriodReading:
    line = free[at]
    label, numbers = _label(free, at, line.bare)
    inferred = any(finding.rule == "era_inferred" for finding in front.findings)
    return PeriodReading(
        "plan",
        label,
        tuple(dict.fromkeys((*numbers, line.number))),
        front.period_start_fy,
        front.period_end_fy,
        is_inferred=inferred,
    )


def _label(free: Sequence[Line], at: int, bare: str) -> tuple[str, tuple[int, ...]]:
    """The words before the range on its line, else the heading above it, with its line."""
    match = _YEARS.search(bare) or _DAYS.search(bare)
    before = bare[: match.start()] if match else ""
    before = re.sub(r"[\d]+(?:か)?年間", "", before).strip("（(：:・ ")
    if before and "。" not in before and "、" not in before:
        return _printed(free[at], before), ()
    for line in reversed(free[max(0, at - LINES_OF_LABEL) : at]):
        if any(word in line.bare for word in _heading_words()):
            return _printed(line, line.bare), (line.number,)
    return _printed(free[at], bare), ()


def _heading_words() -> tuple[str, ...]:
    return (*words("period_words"), *words("prose", "comment_words"))


def _printed(line: Line, plain: str) -> str:
    """The words as published, without the brackets around a heading or its label."""
    text = without_spaces(passage([line]).text)
    start = without_spaces(unicodedata.normalize("NFKC", text)).find(plain)
    shown = text[start : start + len(plain)] if start >= 0 else text
    return re.sub(r"^[【<＜・]|[】>＞]$|^\(\d+\)|^（\d+）", "", shown.strip())


def _years(
    free: Sequence[Line], at: int, bare: str, era: str | None, previous: bool
) -> PeriodReading | None:
    match = _YEARS.search(bare)
    years = _both(match, era) if match else None
    if match is None or years is None:
        return None
    first, last = years
    before, after = bare[: match.start()].strip("・(（：: "), bare[match.end() :].strip("）)、 ")
    kind, label = _kind_of(before), _name(before)
    if kind is None and previous and (after or before):
        kind, label = "previous_plan", after or before
    if kind is None:
        return None
    label = _printed(free[at], label)
    number = (free[at].number,)
    inferred = first.is_inferred
    return PeriodReading(
        kind, label, number, first.fiscal_year, last.fiscal_year, is_inferred=inferred
    )


def _kind_of(before: str) -> str | None:
    if any(word in before for word in ("重点期間", "集中期間")):
        return "priority"
    return "phase" if _PHASE.search(before) else None


def _name(before: str) -> str:
    """The word nearest to the range: 取組期間 重点期間 names a 重点期間."""
    phase = _PHASE.search(before)
    if phase:
        return phase.group()
    return next((word for word in words("partial_period_words") if before.endswith(word)), before)


def _both(match: re.Match[str], era: str | None) -> tuple[Year, Year] | None:
    first = read_year(match, "_first", era)
    last = read_year(match, "_last", first.era if first else era)
    if first is None or last is None or last.fiscal_year < first.fiscal_year:
        return None
    return first, last


def _days(free: Sequence[Line], at: int, bare: str) -> PeriodReading | None:
    match = _DAYS.search(bare)
    if match is None:
        return None
    label, numbers = _label(free, at, bare)
    around = "".join(line.bare for line in free[max(0, at - 2) : at + 1])
    if not any(word in around for word in words("prose", "comment_words")):
        return None
    first, last = _first_day(match), _last_day(match)
    if first is None or last is None or last < first:
        return None
    lines = tuple(dict.fromkeys((*numbers, free[at].number)))
    return PeriodReading("public_comment", label, lines, start_on=first, end_on=last)


def _first_day(match: re.Match[str]) -> datetime.date | None:
    return _day(match["era_first"], match["year_first"], match["month_first"], match["day_first"])


def _last_day(match: re.Match[str]) -> datetime.date | None:
    if match["month_next"]:
        return _day(match["era_first"], match["year_first"], match["month_next"], match["day_next"])
    era = match["era_last"] or match["era_first"]
    return _day(era, match["year_last"], match["month_last"], match["day_last"])


def _day(era: str | None, year: str, month: str, day: str) -> datetime.date | None:
    """A day; None where the calendar has none, or the year is without an era."""
    number = 1 if year == "元" else int(year)
    western = number + ERA_OFFSETS[era] if era else number
    try:
        return datetime.date(western, int(month), int(day)) if western >= 1900 else None
    except ValueError:
        return None
