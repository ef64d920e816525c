"""Names of departments in results, matched with the municipality's register.

Departments are renamed and merged on 1 April: a name counts for the years in which it was valid.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.plans.characters import bare_text
from pipelines.plans.vocabulary import words
from pipelines.results.department_register import REGISTER_COLUMNS as REGISTER_COLUMNS
from pipelines.results.department_register import department_rows as department_rows
from pipelines.results.findings import finding
from pipelines.results.model import DepartmentContext
from pipelines.sources.workbooks.model import CellFinding

_BETWEEN_NAMES = re.compile(r"[、，,;；/／\n]+|及び|および|並びに")
_DOTS = re.compile("[・･]")
# How to reach somebody: a word for it, or nothing but a number. 第1係 and （2階） are names.
_WORD = (
    r"(?:内線(?:番号)?|電話(?:番号)?|直通|外線|代表|(?i:tel|fax|e-?mail)|ＴＥＬ|ＦＡＸ|℡|☎|メール)"
)
_DIGITS = r"[\d０-９](?:[\d０-９\-－‐ー―・ 　]|[（(][\d０-９]+[）)])*"
_TELEPHONE = r"[\d０-９]{2,5}[-－‐ー―(（][\d０-９]{1,4}[-－‐ー―)）][\d０-９]{3,4}"
_MAIL = r"[\w.+-]+[@＠][\w.-]+"
_CONTACT = re.compile(
    rf"\s*[（(【\[](?=[^）)】\]]*[\d０-９@＠]|{_WORD}[）)】\]])(?:[^（）()【】\[\]]*(?:{_WORD}|[@＠])[^（）()【】\[\]]*"
    rf"|\s*内?[.．:：\s]*[\d０-９][\d０-９\-－‐ー―・,、 　]{{2,}})[）)】\]]"
    rf"|\s*(?:担当)?{_WORD}[.．:：\s]*(?:{_DIGITS}|{_MAIL}|$)"
    rf"|\s*{_TELEPHONE}|\s*{_MAIL}|[\s　]+[\d０-９]{{3,}}$"
)
_BRACKETED_END = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True, slots=True)
class DepartmentMatch:
    """The department that a name means in a year; ``finding`` is without place."""

    department: DepartmentContext | None
    finding: CellFinding | None = None


class DepartmentMatcher:
    """Finds departments by name, bureau and year; every combination is looked up once."""

    def __init__(self, register: Sequence[DepartmentContext]) -> None:
        self._names: dict[str, list[DepartmentContext]] = defaultdict(list)
        for one in register:
            for form in {bare_text(one.name), bare_text(f"{one.bureau or ''}{one.name}")}:
                self._names[form].append(one)
        self._found: dict[tuple[str, str | None, int | None], DepartmentMatch] = {}
        self._is_kept = bool(register)

    def match(self, name: str, bureau: str | None, fiscal_year: int | None) -> DepartmentMatch:
        """Look up one name.

        Args:
            name: as the sheet prints it.
            bureau: the bureau above it, where the sheet says.
            fiscal_year: of the result; None for effects of several years.
        """
        if not self._is_kept:
            return _NOT_KEPT
        key = (name, bureau, fiscal_year)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._match(name, bureau, fiscal_year)
        return found

    def _match(self, name: str, bureau: str | None, fiscal_year: int | None) -> DepartmentMatch:
        candidates = self._candidates(name, bureau)
        if not candidates:
            return self._of_list(name, bureau, fiscal_year)
        valid = [one for one in candidates if fiscal_year is None or is_valid(one, fiscal_year)]
        if len(valid) > 1 and fiscal_year is not None:
            # Renamed within the year: the name at its end is the one that reports.
            end = datetime.date(fiscal_year + 1, 3, 31).isoformat()
            valid = [one for one in valid if _holds(one, end)] or valid
        if len(valid) == 1:
            return DepartmentMatch(valid[0])
        if valid or len(candidates) > 1:
            return DepartmentMatch(None, finding("department_ambiguous", name))
        return DepartmentMatch(candidates[0], _out_of_date(candidates[0], fiscal_year))

    def _of_list(self, name: str, bureau: str | None, fiscal_year: int | None) -> DepartmentMatch:
        """「管財課、各施設所管課」: the one department of the register; never one of two."""
        parts = self._parts(name, bureau)
        found = [self._match(part, bureau, fiscal_year) for part in parts]
        departments = list(dict.fromkeys(one.department for one in found if one.department))
        if len(departments) == 1:
            told = finding("department_of_list", name, known=departments[0].name)
            return DepartmentMatch(departments[0], told)
        if departments:
            return DepartmentMatch(None, finding("department_several", name))
        if is_collective(name):
            return DepartmentMatch(None)
        return DepartmentMatch(None, finding("department_not_in_register", name))

    def _parts(self, name: str, bureau: str | None) -> list[str]:
        """The names that a cell lists, of which the register holds some; a name may hold ・."""
        listed = [part.strip() for part in _BETWEEN_NAMES.split(name)]
        parts = [
            piece.strip()
            for part in listed
            for piece in ([part] if self._candidates(part, bureau) else _DOTS.split(part))
        ]
        known = [part for part in parts if part and self._candidates(part, bureau)]
        return known if len([part for part in parts if part]) > 1 else []

    def _candidates(self, name: str, bureau: str | None) -> list[DepartmentContext]:
        forms = [bare_text(name), bare_text(_BRACKETED_END.sub("", name))]
        if bureau:
            forms = [bare_text(f"{bureau}{name}"), *forms]
        for form in forms:
            found = self._names.get(form, [])
            of_bureau = [one for one in found if bureau and _same(one.bureau, bureau)]
            if found:
                return of_bureau or found
        return []


_NOT_KEPT = DepartmentMatch(None)


@lru_cache(maxsize=8_192)
def without_contact(name: str) -> str:
    """A name without telephone numbers and addresses, which are internal: 総務課（内線2345）.

    Empty where there is nothing else.
    """
    return _CONTACT.sub("", name).strip(" 　\n、,，/／・:：")


def is_in_charge(
    reported: str,
    named: Sequence[str],
    register: Sequence[DepartmentContext],
    matcher: DepartmentMatcher,
) -> bool | None:
    """Whether a department, or one before or behind it, is among those that a plan names.

    Args:
        reported: department_id.
        named: the names in the plan.
        register: the municipality's.
        matcher: of that register.

    Returns:
        None where the register does not hold every name (関係各課), so that nobody can say.
    """
    found = [matcher.match(name, None, None).department for name in named]
    if not found or None in found:
        return None
    line = {reported, *successors_of(reported, register)}
    known = [one.department_id for one in found if one]
    return any(one in line or reported in successors_of(one, register) for one in known)


def may_be_one_of(name: str, named: Sequence[str]) -> bool:
    """Whether a department may be among those that a plan names, as far as the words say.

    市民部市民課 may be 市民課, and every department may be one of 関係各課.
    """
    if any(map(is_collective, (name, *named))):
        return True
    reported = [bare_text(part) for part in _BETWEEN_NAMES.split(name)]
    known = [bare_text(part) for one in named for part in _BETWEEN_NAMES.split(one)]
    return any(one in other or other in one for one in reported for other in known)


def _same(one: str | None, other: str) -> bool:
    return one is not None and bare_text(one) == bare_text(other)


def is_valid(department: DepartmentContext, fiscal_year: int) -> bool:
    """Whether a department bore its name on any day of a fiscal year."""
    first = datetime.date(fiscal_year, 4, 1).isoformat()
    last = datetime.date(fiscal_year + 1, 3, 31).isoformat()
    return (department.valid_from or "") <= last and first <= (department.valid_to or "9999")


def _holds(department: DepartmentContext, day: str) -> bool:
    return (department.valid_from or "") <= day <= (department.valid_to or "9999")


@lru_cache(maxsize=8_192)
def is_collective(name: str) -> bool:
    """関係各課, 全公民館: several departments under one name, which no register holds."""
    bare = bare_text(name)
    return any(re.match(pattern, bare) for pattern in words("collective_patterns"))


def current_successor(department_id: str, register: Sequence[DepartmentContext]) -> str:
    """The department that does the work of another today; itself where it has no successor.

    A loop, which the register's check refuses, ends where it began.
    """
    return (successors_of(department_id, register) or [department_id])[-1]


def successors_of(department_id: str, register: Sequence[DepartmentContext]) -> list[str]:
    """The departments that took over another's work one after the other, the latest last."""
    following = {one.department_id: one.successor_id for one in register}
    found: list[str] = []
    at = following.get(department_id)
    while at is not None and at not in found and at != department_id:
        found.append(at)
        at = following.get(at)
    return found


def _out_of_date(department: DepartmentContext, fiscal_year: int | None) -> CellFinding:
    name, first = department.name, department.valid_from
    if first and first > f"{fiscal_year}-04-01":
        return finding("department_newer_than_year", name, first_day=first, fiscal_year=fiscal_year)
    last = department.valid_to
    return finding("department_out_of_date", name, last_day=last, fiscal_year=fiscal_year)
