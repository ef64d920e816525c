"""The register of departments: the lines of its file to rows, and all that is wrong with them.

``raw/departments/<municipality_code>.csv`` holds department_id, bureau, name, valid_from, valid_to
and successor_id. Its ids become ``<municipality_code>-d-<id>``.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.messages import At
from pipelines.plans.characters import half_width
from pipelines.results.findings import finding
from pipelines.results.model import Row
from pipelines.sources.workbooks.model import CellFinding

REGISTER_COLUMNS = ("department_id", "bureau", "name", "valid_from", "valid_to", "successor_id")
_SOUND_ID = re.compile(r"[^/\s]+")


def department_rows(
    lines: Sequence[Sequence[str]], municipality_code: str, source_id: str
) -> tuple[list[Row], list[CellFinding]]:
    """Rows of ``departments`` from the lines of a register, and all that is wrong with them.

    Args:
        lines: every line as a CSV reader gives it: the header is the first that is not blank.
        municipality_code: six digits.
        source_id: of the register.

    Returns:
        The sound rows, and findings with the line's place in the file as row. A line with a fault
        gives no row; a successor that is unknown or comes round in a loop is left out.
    """
    filled = [(at, line) for at, line in enumerate(lines, start=1) if any(map(str.strip, line))]
    if not filled:
        return [], []
    (_, header), *rest = filled
    columns = {name.strip(): at for at, name in enumerate(header)}
    findings = _columns_missing(columns, filled[0][0])
    rows: list[Row] = []
    for at, line in rest if not findings else ():
        texts = {name: _cell(line, columns.get(name)) for name in REGISTER_COLUMNS}
        row = (
            _row(texts, at, municipality_code, source_id, findings) if any(texts.values()) else None
        )
        rows += [row] if row else []
    rows = _without_repeated_ids(rows, findings)
    _check_successors(rows, findings)
    return rows, [
        replace(one, column=columns.get(one.column_name or "", -1) + 1 or None) for one in findings
    ]


def _cell(line: Sequence[str], column: int | None) -> str:
    return line[column].strip() if column is not None and column < len(line) else ""


def _columns_missing(columns: Mapping[str, int], at: int) -> list[CellFinding]:
    missing = [name for name in ("department_id", "name") if name not in columns]
    words = {"names": "、".join(missing), "columns": ",".join(REGISTER_COLUMNS)}
    return [_fault(at, "register_columns", **words)] if missing else []


def _row(
    texts: Mapping[str, str],
    at: int,
    municipality_code: str,
    source_id: str,
    findings: list[CellFinding],
) -> Row | None:
    told = len(findings)
    for name in ("department_id", "name"):
        if not texts[name]:
            findings.append(_fault(at, "register_blank", column=name))
    if texts["department_id"] and not _SOUND_ID.fullmatch(texts["department_id"]):
        findings.append(_fault(at, "register_id_invalid", texts["department_id"]))
    days = {name: _day(texts[name], at, name, findings) for name in ("valid_from", "valid_to")}
    if days["valid_from"] and days["valid_to"] and days["valid_from"] > days["valid_to"]:
        findings.append(_fault(at, "register_dates_reversed"))
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
        findings.append(_fault(at, "register_date_invalid", text, column))
        return None


def _without_repeated_ids(rows: list[Row], findings: list[CellFinding]) -> list[Row]:
    count = Counter(row["department_id"] for row in rows)
    for row in rows:
        if count[row["department_id"]] > 1:
            number = _number_of(row["department_id"])
            findings.append(_fault(row["row"], "register_id_repeated", department_id=number))
    return [row for row in rows if count[row["department_id"]] == 1]


def _check_successors(rows: list[Row], findings: list[CellFinding]) -> None:
    """Tell and leave out successors that the register does not hold or that come round."""
    known = {row["department_id"]: row["successor_id"] for row in rows}
    for row in rows:
        successor = row["successor_id"]
        if successor is None:
            continue
        if successor not in known:
            number = _number_of(successor)
            findings.append(_fault(row["row"], "register_successor_unknown", successor=number))
            row["successor_id"] = None
        elif _comes_round(row["department_id"], known):
            findings.append(_fault(row["row"], "register_successor_loop", row["name"]))
            row["successor_id"] = None


def _comes_round(department_id: str, successors: Mapping[str, str | None]) -> bool:
    at, seen = successors.get(department_id), set[str]()
    while at is not None and at not in seen:
        if at == department_id:
            return True
        seen.add(at)
        at = successors.get(at)
    return False


def _fault(
    at: int, name: str, cell: str | None = None, column: str | None = None, **words: str
) -> CellFinding:
    """A finding of a row of the register."""
    return finding(name, cell, column, At(row=at), **words)


def _number_of(department_id: str) -> str:
    """The id as the register writes it."""
    return department_id.split("-d-", 1)[-1]
