"""The release of the real plans, read back only by tools that we did not write."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pytest
from frictionless import Package

from .conftest import BIN, ROOT, run_build

TABLES = sorted(path.stem for path in (ROOT / "schemas").glob("*.json"))
# The real plans have no corrections, and no second edition whose items could be linked; the real
# results hold money effects only, and no register of departments.
EMPTY_TABLES = {
    "applied_corrections",
    "departments",
    "indicator_progress",
    "indicator_results",
    "item_assessments",
    "item_lineage",
}
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
POLARS_TYPES = {
    "string": polars.String,
    "integer": polars.Int64,
    "number": polars.Float64,
    "boolean": polars.Boolean,
    "date": polars.Date,
}
PYTHON_TYPES = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": datetime.date,
}


def fields_of(descriptor: dict[str, Any], table: str) -> list[dict[str, Any]]:
    resource = next(one for one in descriptor["resources"] if one["name"] == table)
    fields: list[dict[str, Any]] = resource["schema"]["fields"]
    return fields


def test_the_build_says_where_the_release_lies_and_what_is_in_it(outputs: Path) -> None:
    told = outputs.with_name("outputs.done").read_text("utf-8")
    assert "1.0.0" in told and "reform_items" in told
    assert "releases/1.0.0" in told


def test_a_second_build_finds_nothing_to_do(outputs: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(outputs, tmp_path / "outputs", symlinks=True)
    second = run_build(copied)
    assert second.returncode == 0
    assert "前回から変更はありません" in second.stdout
    assert [path.name for path in (copied / "releases").glob("*.*.*")] == ["1.0.0"]


def test_frictionless_on_the_command_line_finds_the_package_valid(
    release: Path, tmp_path: Path
) -> None:
    command = [BIN / "frictionless", "validate", release / "datapackage.json"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_frictionless_reads_every_table(release: Path) -> None:
    package = Package(str(release / "datapackage.json"))
    for table in TABLES:
        rows = package.get_resource(table).read_rows()
        assert rows or table in EMPTY_TABLES, table


def test_sha256sums_cover_every_file(release: Path) -> None:
    lines = (release / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {
        path.relative_to(release.resolve()).as_posix(): hashlib.sha256(path.read_bytes())
        for path in release.resolve().rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert listed == {name: digest.hexdigest() for name, digest in files.items()}


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_file_and_parquet_have_the_types_of_the_schema(
    release: Path, descriptor: dict[str, Any], table: str
) -> None:
    wanted = {one["name"]: DUCKDB_TYPES[one["type"]] for one in fields_of(descriptor, table)}
    with duckdb.connect(str(release / "gyokaku.duckdb"), read_only=True) as connection:
        rows = connection.execute(f"DESCRIBE {table}").fetchall()
        in_file = connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
        parquet = str(release / f"data/parquet/{table}.parquet")
        from_parquet = connection.execute(
            "SELECT * FROM read_parquet(?) ORDER BY ALL", [parquet]
        ).fetchall()
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [parquet])
        parquet_types = {row[0]: row[1] for row in described.fetchall()}
    assert {row[0]: row[1] for row in rows} == wanted == parquet_types
    assert in_file == from_parquet


@pytest.mark.parametrize("table", TABLES)
def test_polars_and_pandas_read_the_same_rows(
    release: Path, descriptor: dict[str, Any], table: str
) -> None:
    wanted = {one["name"]: POLARS_TYPES[one["type"]] for one in fields_of(descriptor, table)}
    by_polars = polars.read_parquet(release / f"data/parquet/{table}.parquet")
    by_pandas = pandas.read_parquet(
        release / f"data/parquet/{table}.parquet", dtype_backend="pyarrow"
    )
    assert dict(by_polars.schema) == wanted
    assert list(by_pandas.columns) == list(wanted)
    for name, column in by_pandas.items():
        values = [None if pandas.isna(one) else one for one in column]
        assert values == by_polars[str(name)].to_list(), (table, name)


@pytest.mark.parametrize("table", TABLES)
def test_csv_holds_what_parquet_holds(
    release: Path, descriptor: dict[str, Any], table: str
) -> None:
    path = release / f"data/csv/{table}.csv"
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    fields = fields_of(descriptor, table)
    types = {one["name"]: one["type"] for one in fields}
    expected = polars.read_parquet(release / f"data/parquet/{table}.parquet").to_dicts()
    assert [{name: _value(row[name], types[name]) for name in row} for row in rows] == [
        {name: _one_line(value) for name, value in row.items()} for row in expected
    ]


def _value(text: str, kind: str) -> Any:
    if text == "":
        return None
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    if kind == "date":
        return datetime.date.fromisoformat(text)
    return PYTHON_TYPES[kind](text)


def _one_line(value: Any) -> Any:
    return value.replace("\n", " ") if isinstance(value, str) else value


def test_every_table_has_a_japanese_view_and_comments(release: Path) -> None:
    with duckdb.connect(str(release / "gyokaku.duckdb"), read_only=True) as connection:
        for table in TABLES:
            view = json.loads((ROOT / f"schemas/{table}.json").read_text("utf-8"))["view_name"]
            counts = [
                connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()
                for name in (table, view)
            ]
            assert counts[0] == counts[1]
        bare = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE comment IS NULL AND NOT internal AND schema_name = 'main'"
        ).fetchall()
    assert bare == []


def test_no_internal_column_is_public(release: Path) -> None:
    internal = {
        (path.stem, field["name"])
        for path in (ROOT / "schemas").glob("*.json")
        for field in json.loads(path.read_text("utf-8"))["fields"]
        if field["disclosure"] == "internal"
    }
    assert internal
    for table, column in internal:
        header = (release / f"data/csv/{table}.csv").read_text("utf-8-sig").splitlines()[0]
        assert column not in header.split(",")
        assert column not in polars.read_parquet_schema(release / f"data/parquet/{table}.parquet")


def test_counts_the_documents_state_or_show(release: Path) -> None:
    items = polars.read_parquet(release / "data/parquet/reform_items.parquet")
    counts = dict(items.group_by("plan_id").len().iter_rows())
    assert {plan_id[:6]: count for plan_id, count in counts.items()} == {
        "011002": 39,
        "032093": 47,
        "072109": 67,
        "112372": 45,
        "142123": 34,
    }
