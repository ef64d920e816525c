"""The register of departments: its rows, and names of results matched with it.

``raw/departments/<municipality_code>.csv`` holds department_id, bureau, name, valid_from, valid_to
and successor_id. Its ids become ``<municipality_code>-d-<id>``. Departments are renamed and merged
on 1 April: a name counts for the years in which it was valid.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.plans.characters import bare_text, half_width
from pipelines.plans.vocabulary import words
from pipelines.results.model import DepartmentContext, Row
from pipelines.sources.workbooks.model import CellFinding

REGISTER_COLUMNS = ("department_id", "bureau", "name", "valid_from", "valid_to", "successor_id")
_SOUND_ID = re.compile(r"[^/\s]+")
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
            return DepartmentMatch(None, None if _is_collective(name) else _not_in_register(name))
        valid = [one for one in candidates if fiscal_year is None or is_valid(one, fiscal_year)]
        if len(valid) > 1 and fiscal_year is not None:
            # Renamed within the year: the name at its end is the one that reports.
            end = datetime.date(fiscal_year + 1, 3, 31).isoformat()
            valid = [one for one in valid if _holds(one, end)] or valid
        if len(valid) == 1:
            return DepartmentMatch(valid[0])
        if valid or len(candidates) > 1:
            return DepartmentMatch(None, _ambiguous(name))
        return DepartmentMatch(candidates[0], _out_of_date(candidates[0], fiscal_year))

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


def _same(one: str | None, other: str) -> bool:
    return one is not None and bare_text(one) == bare_text(other)


def is_valid(department: DepartmentContext, fiscal_year: int) -> bool:
    """Whether a department bore its name on any day of a fiscal year."""
    first = datetime.date(fiscal_year, 4, 1).isoformat()
    last = datetime.date(fiscal_year + 1, 3, 31).isoformat()
    return (department.valid_from or "") <= last and first <= (department.valid_to or "9999")


def _holds(department: DepartmentContext, day: str) -> bool:
    return (department.valid_from or "") <= day <= (department.valid_to or "9999")


def _is_collective(name: str) -> bool:
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


def department_rows(
    cells: Sequence[Mapping[str, str]], municipality_code: str, source_id: str
) -> tuple[list[Row], list[CellFinding]]:
    """Rows of ``departments`` from the lines of a register, and all that is wrong with them.

    Args:
        cells: column -> text, one mapping per line, the line after the header first.
        municipality_code: six digits.
        source_id: of the register.

    Returns:
        The sound rows, and findings with the line's number as row (the header is row 1). A line
        with a fault gives no row; a successor that is unknown or comes round in a loop is left out.
    """
    findings: list[CellFinding] = []
    rows: list[Row] = []
    for at, line in enumerate(cells, start=2):
        if any(text.strip() for text in line.values() if text):
            row = _row(line, at, municipality_code, source_id, findings)
            rows += [row] if row else []
    rows = _without_repeated_ids(rows, findings)
    _check_successors(rows, findings)
    return rows, findings


def _row(
    line: Mapping[str, str],
    at: int,
    municipality_code: str,
    source_id: str,
    findings: list[CellFinding],
) -> Row | None:
    texts = {name: (line.get(name) or "").strip() for name in REGISTER_COLUMNS}
    told = len(findings)
    for name in ("department_id", "name"):
        if not texts[name]:
            findings.append(_blank(at, name))
    if texts["department_id"] and not _SOUND_ID.fullmatch(texts["department_id"]):
        findings.append(_bad_id(at, texts["department_id"]))
    days = {name: _day(texts[name], at, name, findings) for name in ("valid_from", "valid_to")}
    if days["valid_from"] and days["valid_to"] and days["valid_from"] > days["valid_to"]:
        findings.append(_ends_before(at))
    if len(findings) > told:
        return None
    prefix = f"{municipality_code}-d-"
    return {
        "department_id": prefix + texts["department_id"],
        "municipality_code": municipality_code,
        "bureau": half_width(texts["bureau"]) or None,
        "name": half_width(texts["name"]),
        **days,
        "successor_id": prefix + texts["successor_id"] if texts["successor_id"] else None,
        "source_id": source_id,
        "row": at,
    }


def _day(text: str, at: int, column: str, findings: list[CellFinding]) -> datetime.date | None:
    if not text:
        return None
    try:
        year, month, day = (int(part) for part in re.split(r"[-/.]", text))
        return datetime.date(year, month, day)
    except ValueError:
        findings.append(_bad_day(at, column, text))
        return None


def _without_repeated_ids(rows: list[Row], findings: list[CellFinding]) -> list[Row]:
    count = Counter(row["department_id"] for row in rows)
    for row in rows:
        if count[row["department_id"]] > 1:
            findings.append(_repeated(row["row"], row["department_id"]))
    return [row for row in rows if count[row["department_id"]] == 1]


def _check_successors(rows: list[Row], findings: list[CellFinding]) -> None:
    """Tell and leave out successors that the register does not hold or that come round."""
    known = {row["department_id"]: row["successor_id"] for row in rows}
    for row in rows:
        successor = row["successor_id"]
        if successor is None:
            continue
        if successor not in known:
            findings.append(_unknown_successor(row["row"], successor))
            row["successor_id"] = None
        elif _comes_round(row["department_id"], known):
            findings.append(_loop(row["row"], row["name"]))
            row["successor_id"] = None


def _comes_round(department_id: str, successors: Mapping[str, str | None]) -> bool:
    at, seen = successors.get(department_id), set[str]()
    while at is not None and at not in seen:
        if at == department_id:
            return True
        seen.add(at)
        at = successors.get(at)
    return False


def _fault(at: int, rule: str, column: str, message: str, fix: str) -> CellFinding:
    column_at = REGISTER_COLUMNS.index(column) + 1
    return CellFinding("error", rule, message, fix, None, at, column_at, column_name=column)


def _blank(at: int, column: str) -> CellFinding:
    return _fault(
        at,
        "register_blank",
        column,
        f"部署名簿の {column} が空です。この行は使いません。",
        "記入してください。",
    )


def _bad_id(at: int, text: str) -> CellFinding:
    return _fault(
        at,
        "register_id_invalid",
        "department_id",
        f"部署名簿のID「{text}」に空白または / があります。この行は使いません。",
        "空白と / を使わないIDにしてください。",
    )


def _bad_day(at: int, column: str, text: str) -> CellFinding:
    return _fault(
        at,
        "register_date_invalid",
        column,
        f"部署名簿の日付「{text}」を読めません。この行は使いません。",
        "2024-04-01 のように書いてください。",
    )


def _ends_before(at: int) -> CellFinding:
    return _fault(
        at,
        "register_dates_reversed",
        "valid_to",
        "部署名簿の valid_to が valid_from より前です。この行は使いません。",
        "日付を確かめてください。",
    )


def _repeated(at: int, department_id: str) -> CellFinding:
    return _fault(
        at,
        "register_id_repeated",
        "department_id",
        f"部署名簿に同じID「{department_id.split('-d-', 1)[-1]}」が二つ以上あります。"
        "どの行も使いません。",
        "名称が変わった部署には新しいIDを付け、successor_id でつないでください。",
    )


def _unknown_successor(at: int, successor: str) -> CellFinding:
    return _fault(
        at,
        "register_successor_unknown",
        "successor_id",
        f"後継の部署「{successor.split('-d-', 1)[-1]}」が部署名簿にありません。後継は空とします。",
        "後継の部署の行を加えるか、IDを直してください。",
    )


def _loop(at: int, name: str) -> CellFinding:
    return _fault(
        at,
        "register_successor_loop",
        "successor_id",
        f"部署「{name}」の後継をたどると元の部署に戻ります。後継は空とします。",
        "successor_id には新しい部署のIDだけを書いてください。",
    )


def _not_in_register(name: str) -> CellFinding:
    return CellFinding(
        "warning",
        "department_not_in_register",
        f"部署「{name}」は部署名簿にありません。名称だけを残しました。",
        "名称を確かめ、正しければ部署名簿に加えてください。",
        value=name,
    )


def _ambiguous(name: str) -> CellFinding:
    return CellFinding(
        "warning",
        "department_ambiguous",
        f"部署「{name}」に当たる部署が部署名簿に二つ以上あります。名称だけを残しました。",
        "部（局）の名称も書いてください。",
        value=name,
    )


def _out_of_date(department: DepartmentContext, fiscal_year: int | None) -> CellFinding:
    first = f"{fiscal_year}-04-01"
    if department.valid_from and department.valid_from > first:
        return CellFinding(
            "info",
            "department_newer_than_year",
            f"部署「{department.name}」は {department.valid_from} からの名称で、"
            f"{fiscal_year}年度にはまだありません。今の名称での報告として読みました。",
            value=department.name,
        )
    return CellFinding(
        "warning",
        "department_out_of_date",
        f"部署「{department.name}」は {department.valid_to} までの名称で、"
        f"{fiscal_year}年度にはありません。",
        "今の名称を確かめてください。",
        value=department.name,
    )
