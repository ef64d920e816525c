"""Schedules: 毎年度, 令和３年度, ～令和６年度, 令和３年度～, 令和４年度～６年度 and the like."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from pipelines.plans.characters import without_spaces
from pipelines.plans.fields.years import Year, read_year, year_pattern

ScheduleKind = Literal["every_year", "single_year", "range", "from", "until"]

_FIRST, _LAST = year_pattern("_first"), year_pattern("_last")
_DASH = r"[~〜～\-－‐―–ー]"
_TO = rf"(?:から|より|→|{_DASH})"
# A character that every text naming a year holds, in whatever form NFKC would change it from.
_MAY_NAME_A_YEAR = re.compile(r"[年\u2f00-\u2fdf令平昭RHSＲＨＳ㋀-㋿㍻-㍿]")
_NAMES_A_YEAR = re.compile(r"年|令和|平成|昭和|[RHS]\.?\d")
_EVERY = re.compile(r"^(?:毎年度?|各年度|毎年度実施)$")
_RANGE = re.compile(rf"^{_FIRST}{_TO}{_LAST}(?:まで|末まで)?$")
_UNTIL = re.compile(rf"^(?:{_DASH}{_LAST}(?:まで|末)?|{year_pattern('_only')}(?:末?までに?))$")
_FROM = re.compile(rf"^{_FIRST}(?:{_DASH}|から|より|以降|以後)$")
_SINGLE = re.compile(rf"^{_FIRST}(?:中|末|内|実施)?$")


@dataclass(frozen=True)
class Schedule:
    """When an item is done; the years are fiscal years, null where the text leaves them open.

    ``is_inferred`` says that an era was taken from elsewhere.
    """

    kind: ScheduleKind
    start_fy: int | None = None
    end_fy: int | None = None
    is_inferred: bool = False


def read_schedule(text: str, era: str | None = None) -> Schedule | None:
    """Read a schedule cell.

    Args:
        text: the cell; width and white space do not matter.
        era: the document's era for years without one.

    Returns:
        The schedule; None where the text is something else. ``until`` has no start and ``from``
        no end: the plan's own period is not filled in.
    """
    bare = without_spaces(unicodedata.normalize("NFKC", text))
    if _EVERY.match(bare):
        return Schedule("every_year")
    match = _RANGE.match(bare)
    if match:
        return _range(read_year(match, "_first", era), match)
    match = _UNTIL.match(bare)
    if match:
        year = read_year(match, "_last" if match["number_last"] else "_only", era)
        return None if year is None else Schedule("until", None, year.fiscal_year, year.is_inferred)
    return _open_or_single(bare, era)


def _range(first: Year | None, match: re.Match[str]) -> Schedule | None:
    """A range whose last year may leave the era to the first (令和４年度～６年度): not inferred."""
    last = read_year(match, "_last", first.era if first else None)
    if first is None or last is None or last.fiscal_year < first.fiscal_year:
        return None
    return Schedule("range", first.fiscal_year, last.fiscal_year, first.is_inferred)


def _open_or_single(bare: str, era: str | None) -> Schedule | None:
    for pattern, kind in ((_FROM, "from"), (_SINGLE, "single_year")):
        match = pattern.match(bare)
        year = read_year(match, "_first", era) if match else None
        if year is not None and kind == "from":
            return Schedule("from", year.fiscal_year, None, year.is_inferred)
        if year is not None:
            return Schedule("single_year", year.fiscal_year, year.fiscal_year, year.is_inferred)
    return None


def is_schedule(text: str) -> bool:
    """Whether a cell's whole text is a schedule that states its era or says 毎年度.

    A bare number such as ``10`` could be an item's number, so it is not taken for a year here.
    """
    if not may_name_a_year(text):
        return False
    bare = without_spaces(unicodedata.normalize("NFKC", text))
    return _NAMES_A_YEAR.search(bare) is not None and read_schedule(bare, era="令和") is not None


def may_name_a_year(text: str) -> bool:
    """Whether a text holds a character without which no schedule is read in any part of it."""
    return _MAY_NAME_A_YEAR.search(text) is not None
