"""The registers of departments in ``raw/departments``, one CSV file per municipality."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.orchestration.issues import Row
from pipelines.orchestration.partitions import partition_of_folder
from pipelines.problems import Problem
from pipelines.results.context import registers_by_municipality
from pipelines.results.departments import DepartmentMatcher, department_rows
from pipelines.sources.decoding import DecodingError, decode_text
from pipelines.sources.fingerprints import content_hash
from pipelines.sources.municipality_code import fault_of_code

DEPARTMENTS = "departments"


@dataclass
class Register:
    """One file of ``raw/departments``.

    Attributes:
        name: of the file.
        mark: hash of its content.
        rows: rows of ``departments``; none where the file cannot be used.
        sources: its row of ``sources``; none where the file cannot be used.
        problems: everything wrong with it.
    """

    name: str
    mark: str
    rows: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def municipality_code(self) -> str:
        """Whose register it is, by its name."""
        return Path(self.name).stem

    @property
    def partition(self) -> str:
        """The partition that it belongs to."""
        return partition_of_folder(self.name)

    @property
    def place(self) -> str:
        """The file as people see it."""
        return f"{DEPARTMENTS}/{self.name}"


def read_registers(raw: Path) -> list[Register]:
    """Every register, by name; faulty files are told in theirs."""
    paths = sorted((raw / DEPARTMENTS).glob("*"))
    return [_read(path) for path in paths if not path.name.startswith(".")]


def _read(path: Path) -> Register:
    register = Register(path.name, content_hash(path))
    is_csv = path.suffix.lower() == ".csv"
    fault = fault_of_code(path.stem) if is_csv else None
    if fault or not is_csv:
        message = f"部署名簿は <団体コード>.csv という名前で置きます。{fault or ''}"
        register.problems.append(Problem("error", "register_place", register.place, message))
        return register
    try:
        data = path.read_bytes()
        decoded = decode_text(data)
    except OSError as error:
        message = f"部署名簿を開けません（{error.strerror}）。権限を確かめてください。"
        register.problems.append(Problem("error", "register_unreadable", register.place, message))
    except DecodingError as error:
        message = f"{error.what_ja}部署名簿をUTF-8のCSVで保存し直してください。"
        problem = Problem("error", "register_unreadable", register.place, message)
        register.problems.append(problem)
    else:
        _take_rows(register, path.stem, decoded.text, decoded.encoding, len(data))
    return register


def _take_rows(register: Register, code: str, text: str, encoding: str, size: int) -> None:
    source_id = f"{code}-departments"
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    register.rows, findings = department_rows(lines, code, source_id)
    register.problems += [
        one.problem(register.place, source_id, municipality_code=code) for one in findings
    ]
    register.sources = [
        {
            "source_id": source_id,
            "source_kind": "register",
            "municipality_code": code,
            "plan_id": None,
            "path": register.place,
            "sha256": register.mark,
            "bytes": size,
            "media_type": "text/csv",
            "encoding": encoding,
            "page_count": None,
            "line_count": None,
            "source_url": None,
            "license": None,
            "retrieved_on": None,
        }
    ]


def take_registers(
    rows: MutableMapping[str, list[Row]], registers: Iterable[Register]
) -> list[Problem]:
    """Add the registers of one partition to the rows of its plans.

    The register of a municipality without a plan is not used: its rows would lead to no
    municipality.

    Args:
        rows: of the partition; departments and sources are added, item_departments get the ids.
        registers: of the partition.

    Returns:
        Everything found wrong with the registers.
    """
    codes = {row["municipality_code"] for row in rows["municipalities"]}
    problems: list[Problem] = []
    for one in registers:
        problems += one.problems
        if one.municipality_code in codes:
            rows["departments"] += one.rows
            rows["sources"] += one.sources
        elif one.sources:
            problems.append(Problem("warning", "register_without_plan", one.place, _NO_PLAN))
    rows["item_departments"] = with_department_ids(rows, rows["departments"])
    return problems


_NO_PLAN = "この団体の計画が読めないため、部署名簿を使いませんでした。計画を置いてください。"


def with_department_ids(rows: Mapping[str, Sequence[Row]], departments: Sequence[Row]) -> list[Row]:
    """Rows of ``item_departments`` with the ids of the register, where it holds the department.

    Names count as of the first year of the plan; collective names (各課) are no departments.

    Args:
        rows: plans, reform_items and item_departments.
        departments: rows of the registers.
    """
    registers = registers_by_municipality(departments)
    matchers = {code: DepartmentMatcher(register) for code, register in registers.items()}
    plans = {row["plan_id"]: row for row in rows["plans"]}
    plan_of = {row["item_id"]: plans[row["plan_id"]] for row in rows["reform_items"]}
    found = []
    for row in rows["item_departments"]:
        plan = plan_of[row["item_id"]]
        matcher = matchers.get(plan["municipality_code"])
        year = plan["period_start_fy"]
        match = matcher.match(row["department_name"], None, year) if matcher else None
        department = match.department if match and not row.get("is_collective") else None
        found.append({**row, "department_id": department.department_id if department else None})
    return found
