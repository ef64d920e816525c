"""gyokaku.duckdb in the oldest DuckDB that it is promised to: as written now, read by 1.4."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from pipelines.release.dictionary import DATA_DICTIONARY, RELEASE_INFO
from pipelines.release.duckdb_file import write_duckdb
from pipelines.release.public_tables import public_schemas, public_tables
from pipelines.tables.ddl import column_comment, table_comment
from tests.marts.comparing import by_sql
from tests.marts.examples import city, department, in_charge, item, result
from tests.tables.samples import REAL_SCHEMAS

from .samples import tables

SCHEMAS: Final = public_schemas(REAL_SCHEMAS)
ALL_SCHEMAS: Final = (*SCHEMAS.values(), DATA_DICTIONARY, RELEASE_INFO)
#: Prints what a client of any version sees of the file.
LOOK: Final = """
import json, sys, duckdb
with duckdb.connect(sys.argv[1], read_only=True) as release:
    def ask(statement):
        return release.execute(statement).fetchall()
    found = {
        "version": duckdb.__version__,
        "tables": ask("SELECT table_name, comment FROM duckdb_tables()"),
        "views": ask("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"),
        "columns": ask("SELECT table_name, column_name, comment FROM duckdb_columns() "
                       "WHERE NOT internal"),
        "keys": ask("SELECT table_name, constraint_column_names FROM duckdb_constraints() "
                    "WHERE constraint_type = 'PRIMARY KEY'"),
    }
    relations = sorted(name for name, _ in found["tables"] + found["views"])
    found["rows"] = {name: ask(f"FROM {name}") for name in relations}
print(json.dumps(found, default=str))
"""


def look(file: Path, environment: dict[str, str]) -> dict[str, Any]:
    result = subprocess.run(
        [sys.executable, "-c", LOOK, file],
        env={**os.environ, **environment, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return dict(json.loads(result.stdout))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All tables of the project, marts included; a few of them with rows."""
    given = city(
        departments=[department("総務課")],
        reform_items=[item("書かない窓口"), item("会議の見直し")],
        item_departments=[in_charge("書かない窓口", "総務課")],
        yearly_results=[result("書かない窓口", "総務課", "順調")],
    )
    rows = public_tables(REAL_SCHEMAS, tables({**given, **by_sql(given)}, REAL_SCHEMAS))
    path = tmp_path_factory.mktemp("release") / "gyokaku.duckdb"
    write_duckdb(path, SCHEMAS, rows, "1.2.3")
    return path


@pytest.fixture(scope="module")
def by_1_4(file: Path, clients: Path) -> dict[str, Any]:
    """What DuckDB 1.4 sees of the file."""
    return look(file, {"PYTHONPATH": str(clients)})


def test_both_versions_see_the_same(file: Path, by_1_4: dict[str, Any]) -> None:
    now = look(file, {})
    assert by_1_4["version"].startswith("1.4.")
    assert now["version"] == duckdb.__version__
    assert now["version"].split(".") > by_1_4["version"].split(".")
    for what in ("tables", "views", "columns", "keys"):
        assert sorted(by_1_4[what]) == sorted(now[what])
    assert by_1_4["rows"] == now["rows"]


def test_rows_are_read_by_either_name(by_1_4: dict[str, Any]) -> None:
    found = by_1_4["rows"]
    for schema in ALL_SCHEMAS:
        assert found[schema.view_name] == found[schema.name]
    assert [row[0] for row in found["municipalities"]] == ["990019"]
    assert {"順調", "報告なし"} <= {cell for row in found["計画の進捗"] for cell in row}
    assert len(found["部署の進捗"]) == 1
    assert ["1.2.3"] * len(SCHEMAS) == [row[0] for row in found["公開版情報"]]


def test_every_table_view_and_column_has_its_comment(by_1_4: dict[str, Any]) -> None:
    tables_told, views_told = dict(by_1_4["tables"]), dict(by_1_4["views"])
    columns_told = {(of, name): comment for of, name, comment in by_1_4["columns"]}
    for schema in ALL_SCHEMAS:
        assert tables_told.pop(schema.name) == table_comment(schema)
        assert views_told.pop(schema.view_name) == table_comment(schema)
        for field in schema.fields:
            comment = column_comment(field)
            assert columns_told.pop((schema.name, field.name)) == comment
            assert columns_told.pop((schema.view_name, field.title)) == comment
    assert not (tables_told or views_told or columns_told)


def test_keys_are_declared(by_1_4: dict[str, Any]) -> None:
    assert {name: tuple(columns) for name, columns in by_1_4["keys"]} == {
        schema.name: schema.primary_key for schema in ALL_SCHEMAS
    }
