from collections import defaultdict
from pathlib import Path

import pytest

from pipelines.orchestration import plan_assets, registers
from pipelines.orchestration.extraction import plan_store
from pipelines.orchestration.registers import (
    Register,
    read_registers,
    take_registers,
    with_department_ids,
)
from pipelines.orchestration.result_extraction import RESULT_TABLES
from pipelines.orchestration.workspace import schema_directory
from pipelines.tables.schemas import load_schemas
from pipelines.tables.store import ParquetStore
from tests.orchestration.conftest import Workplace
from tests.orchestration.samples import FIRST

HEADER = "department_id,bureau,name,valid_from,valid_to,successor_id\n"
LINES = "d1,総務部,総務課,,2024-03-31,d2\n\nd2,総務部,総務人事課,2024-04-01,,\n"


def write(raw: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    (raw / "departments").mkdir(parents=True, exist_ok=True)
    (raw / "departments" / name).write_text(text, encoding=encoding)


def test_a_register_in_any_encoding(tmp_path: Path) -> None:
    write(tmp_path, "990019.csv", HEADER + LINES, "cp932")
    (register,) = read_registers(tmp_path)
    assert register.problems == []
    assert [(row["department_id"], row["name"], row["row"]) for row in register.rows] == [
        ("990019-d-d1", "総務課", 2),
        ("990019-d-d2", "総務人事課", 4),
    ]
    assert register.sources[0]["encoding"] == "cp932"
    assert register.sources[0]["source_kind"] == "register"


def test_what_is_no_register_is_told(tmp_path: Path) -> None:
    write(tmp_path, "990018.csv", HEADER)
    write(tmp_path, "名簿.xlsx", "x")
    write(tmp_path, "990027.csv", "")
    found = {one.name: one for one in read_registers(tmp_path)}
    assert [one.rule for one in found["990018.csv"].problems] == ["register_place"]
    assert [one.rule for one in found["名簿.xlsx"].problems] == ["register_place"]
    assert [one.rule for one in found["990027.csv"].problems] == ["register_unreadable"]
    assert all(not one.rows and not one.sources for one in found.values())


def test_departments_of_items_get_their_ids(tmp_path: Path) -> None:
    write(tmp_path, "990019.csv", HEADER + LINES)
    (register,) = read_registers(tmp_path)
    rows = {
        "plans": [
            {"plan_id": "990019-a", "municipality_code": "990019", "period_start_fy": 2023},
            {"plan_id": "990027-b", "municipality_code": "990027", "period_start_fy": 2023},
        ],
        "reform_items": [
            {"item_id": "990019-a-1234-2", "plan_id": "990019-a"},
            {"item_id": "990027-b-1234", "plan_id": "990027-b"},
        ],
        "item_departments": [
            {"item_id": "990019-a-1234-2", "department_name": "総務課", "is_collective": False},
            {"item_id": "990019-a-1234-2", "department_name": "各課", "is_collective": True},
            {"item_id": "990019-a-1234-2", "department_name": "税務課", "is_collective": False},
            {"item_id": "990027-b-1234", "department_name": "総務課", "is_collective": False},
        ],
    }
    found = with_department_ids(rows, register.rows)
    assert [row["department_id"] for row in found] == ["990019-d-d1", None, None, None]


def test_no_registers(tmp_path: Path) -> None:
    assert read_registers(tmp_path) == []


def test_a_register_without_plan_is_told_and_gives_no_rows(tmp_path: Path) -> None:
    write(tmp_path, "990019.csv", HEADER + LINES)
    write(tmp_path, "990027.csv", "")
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    problems = take_registers(rows, read_registers(tmp_path))
    assert [one.rule for one in problems] == ["register_without_plan", "register_unreadable"]
    assert not rows["departments"] and not rows["sources"]


def test_registers_are_read_once_and_stored_with_the_plans(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[Path] = []

    def counted(raw: Path) -> list[Register]:
        reads.append(raw)
        return registers.read_registers(raw)

    monkeypatch.setattr(plan_assets, "read_registers", counted)
    write(workplace.raw, f"{FIRST}.csv", HEADER + LINES)
    write(workplace.raw, "990019.csv", HEADER + LINES)
    workplace.build()
    assert len(reads) == 1
    tables = ParquetStore(workplace.places.tables, load_schemas(schema_directory()))
    codes = {row["municipality_code"] for row in tables.read("departments").to_pylist()}
    assert codes == {FIRST} and "departments" not in RESULT_TABLES
    store = plan_store(workplace.places.extracted)
    assert [one.rule for one in store.report("99").problems] == ["register_without_plan"]
    (workplace.raw / "departments" / "990019.csv").unlink()
    workplace.build()
    assert not store.report("99").problems
