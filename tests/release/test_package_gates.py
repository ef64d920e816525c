from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.release.files_gate import expected_files, files_gate
from pipelines.release.outcome import GateResult
from pipelines.release.package_files import ReleaseContent, write_package
from pipelines.release.package_gates import csv_header, disclosure_gate, frictionless_gate
from pipelines.release.public_tables import public_schemas, public_tables

from .samples import build, column, descriptors, schemas, tables, with_item

PUBLIC = public_schemas(schemas())
CONTENT = ReleaseContent("1.0.0", None, PUBLIC, public_tables(schemas(), tables()))
CSV = "data/csv/reform_items.csv"
PARQUET = "data/parquet/reform_items.parquet"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "staged"
    write_package(folder, CONTENT)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "copy")


def rules(gate: GateResult) -> set[str]:
    return {problem.rule for problem in gate.problems}


def edit(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def edit_package(folder: Path, change: Callable[[dict], object]) -> None:
    package = json.loads((folder / "datapackage.json").read_bytes())
    change(package)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def test_a_good_package_passes_all(folder: Path) -> None:
    assert files_gate(folder, PUBLIC).passed
    assert disclosure_gate(folder, PUBLIC).passed
    gate = frictionless_gate(folder)
    assert gate.passed
    assert gate.checked == 2 * len(PUBLIC)


def test_frictionless_finds_a_changed_csv(folder: Path) -> None:
    edit(folder / CSV, lambda content: content.replace("取組1".encode(), "取組9".encode()))
    assert rules(frictionless_gate(folder)) == {"frictionless_hash_count"}


def test_frictionless_finds_a_changed_parquet(folder: Path) -> None:
    edit(folder / PARQUET, lambda content: content + b"x")
    found = frictionless_gate(folder)
    assert rules(found) == {"frictionless_hash_count", "frictionless_byte_count"}
    assert {problem.place for problem in found.problems} == {PARQUET}


def test_frictionless_finds_a_broken_key_and_type_with_their_rows(folder: Path) -> None:
    edit(folder / CSV, lambda content: content.replace(b"mihon,,3,", b"nowhere,,x,"))
    gate = frictionless_gate(folder)
    assert {"frictionless_foreign_key", "frictionless_type_error"} <= rules(gate)
    assert f"{CSV}: 4行" in {problem.place for problem in gate.problems}


def test_frictionless_finds_a_broken_descriptor(folder: Path) -> None:
    edit_package(folder, lambda package: package.pop("resources"))
    gate = frictionless_gate(folder)
    assert not gate.passed
    assert rules(gate) == {"frictionless_package"}


def leaked(folder: Path) -> set[tuple[str, str | None]]:
    gate = disclosure_gate(folder, PUBLIC)
    return {(problem.place, problem.column_name) for problem in gate.problems}


def test_an_internal_column_is_found_in_every_kind_of_file(tmp_path: Path) -> None:
    """The whole package written from the internal schemas: nothing of it may pass."""
    everything = ReleaseContent("1.0.0", None, schemas(), tables())
    write_package(tmp_path / "staged", everything)
    found = leaked(tmp_path / "staged")
    for place in (CSV, PARQUET, "datapackage.json", "gyokaku.duckdb"):
        assert (place, "clerk_note") in found
    assert ("gyokaku.duckdb", "項目_clerk_note") in found  # in the Japanese view
    assert ("data/csv/extraction_issues.csv", "value") in found


def test_a_leak_into_one_file_is_found(folder: Path) -> None:
    with duckdb.connect(str(folder / "gyokaku.duckdb")) as connection:
        connection.execute("ALTER TABLE plans ADD COLUMN clerk_note VARCHAR")
        connection.execute("CREATE TABLE scratch (x INTEGER)")
    assert leaked(folder) == {("gyokaku.duckdb", "clerk_note"), ("gyokaku.duckdb", "x")}


def faults(folder: Path) -> list[str]:
    return [
        f"{problem.place}: {problem.message_ja}" for problem in files_gate(folder, PUBLIC).problems
    ]


def test_missing_and_surplus_files(folder: Path) -> None:
    (folder / CSV).unlink()
    (folder / "notes.txt").write_text("x")
    found = faults(folder)
    assert len(found) == 2
    assert found[0].startswith(f"{CSV}: ファイルがありません")
    assert found[1].startswith("notes.txt: 予定にない")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda content: content[3:], "BOM"),
        (lambda content: content.replace(b"\n", b"\r\n"), "LF"),
        (lambda content: content.replace(b"item_id,", b"id,", 1), "列名"),
        (lambda content: content.replace("取組1".encode(), "取組9".encode()), "内容が違います"),
    ],
)
def test_csv_form(folder: Path, change: Callable[[bytes], bytes], expected: str) -> None:
    edit(folder / CSV, change)
    assert any(expected in fault for fault in faults(folder))


def test_parquet_form(folder: Path) -> None:
    table = pq.read_table(folder / PARQUET)
    pq.write_table(table.rename_columns(["id", *table.column_names[1:]]), folder / PARQUET)
    found = "".join(faults(folder))
    assert "zstd" in found
    assert "列が定義と違います" in found


def test_duckdb_rows_are_counted(folder: Path) -> None:
    with duckdb.connect(str(folder / "gyokaku.duckdb")) as connection:
        connection.execute("DELETE FROM plans")
    assert any("「plans」の行数" in fault for fault in faults(folder))


def test_expected_files_follow_the_tables() -> None:
    extra = descriptors()["plans"] | {"name": "extra", "view_name": "追加", "foreignKeys": []}
    more = public_schemas(schemas({"extra": extra}))
    assert set(expected_files(more)) - set(expected_files(PUBLIC)) == {
        "data/csv/extra.csv",
        "data/parquet/extra.parquet",
    }


def test_header_of_a_csv(folder: Path) -> None:
    assert csv_header(folder / "data/csv/plans.csv") == ["plan_id", "municipality_code", "title"]


def test_all_types_with_nothing_but_nulls_are_valid(tmp_path: Path) -> None:
    """What makes Frictionless fail on Parquet as a table: integers, numbers, dates all null."""
    kinds = ["string", "integer", "number", "boolean", "date"]
    fields = [column("key", required=True), *(column(f"a_{kind}", kind) for kind in kinds)]
    one = descriptors()["municipalities"] | {"name": "nulls", "view_name": "空", "fields": fields}
    one |= {"primaryKey": ["key"], "sort_order": ["key"]}
    declared = schemas({"nulls": one})
    rows = {"nulls": [{"key": str(number)} for number in range(5)]}
    content = ReleaseContent(
        "1.0.0", None, public_schemas(declared), public_tables(declared, tables(rows, declared))
    )
    write_package(tmp_path / "staged", content)
    assert frictionless_gate(tmp_path / "staged").problems == ()


def test_internal_columns_of_a_part_and_of_the_changes_are_seen(tmp_path: Path) -> None:
    public = public_schemas(schemas())
    build(tmp_path)
    outcome = build(tmp_path, with_item(4))
    assert outcome.path is not None
    part = outcome.path / "packages/990019/data/csv/plans.csv"
    part.write_bytes(part.read_bytes().replace(b"plan_id,", b"plan_id,clerk_note,", 1))
    changes = outcome.path / "changes/reform_items.json"
    told = json.loads(changes.read_bytes())
    told["ADD"][0]["clerk_note"] = "x"
    changes.write_bytes(json.dumps(told).encode())
    problems = disclosure_gate(outcome.path, public).problems
    assert {(one.place, one.column_name) for one in problems} == {
        ("packages/990019/data/csv/plans.csv", "clerk_note"),
        ("changes/reform_items.json", "clerk_note"),
    }
