from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.release.duckdb_file import write_duckdb
from pipelines.release.package_gates import duckdb_columns, read_duckdb
from pipelines.release.public_tables import public_schemas, public_tables

from .samples import schemas, tables

PUBLIC = public_schemas(schemas())
ROWS = public_tables(schemas(), tables())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("duck'db") / "gyokaku.duckdb"
    write_duckdb(path, PUBLIC, ROWS, "1.2.3")
    return path


def test_every_table_has_its_rows(file: Path) -> None:
    for name, table in ROWS.items():
        found = read_duckdb(file, f"SELECT * FROM {name}")
        assert found == [tuple(row.values()) for row in table.to_pylist()]


def test_only_one_file_is_left(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == ["gyokaku.duckdb"]


def test_storage_version_is_that_of_1_4(file: Path) -> None:
    query = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'release'"
    assert read_duckdb(file, query)[0][0].startswith("v1.4")


def test_japanese_views_work_under_any_name_of_the_database(file: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        quoted = str(file).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS another (READ_ONLY)")
        query = 'SELECT "項目_title" FROM another."ビュー_reform_items" ORDER BY "項目_ordinal"'
        assert connection.execute(query).fetchall() == [("取組1",), ("取組2",), ("取組3",)]


def test_keys_and_comments_are_there(file: Path) -> None:
    keys = read_duckdb(
        file,
        "SELECT constraint_column_names FROM duckdb_constraints() WHERE database_name = 'release' "
        "AND table_name = 'reform_items' AND constraint_type = 'PRIMARY KEY'",
    )
    assert keys == [(["item_id"],)]
    silent = read_duckdb(
        file,
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = 'release' AND comment IS NULL",
    )
    assert silent == []
    unnamed = read_duckdb(
        file,
        "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal",
    )
    assert unnamed == []


def test_every_table_has_a_view(file: Path) -> None:
    views = {name for name in duckdb_columns(file) if not name.isascii()}
    assert {schema.view_name for schema in PUBLIC.values()} <= views
    assert {"データ項目説明", "公開版情報"} <= views


def test_release_info_tells_version_and_counts(file: Path) -> None:
    found = read_duckdb(file, "SELECT version, table_name, row_count FROM release_info")
    assert found == [("1.2.3", name, table.num_rows) for name, table in ROWS.items()]


def test_data_dictionary_tells_every_public_column(file: Path) -> None:
    found = read_duckdb(file, "SELECT table_name, column_name FROM data_dictionary")
    wanted = [(name, column) for name, schema in PUBLIC.items() for column in schema.field_names]
    assert found == wanted
    share = read_duckdb(file, "SELECT unit, type FROM data_dictionary WHERE column_name = 'share'")
    assert share == [("%", "number")]
    parent = read_duckdb(
        file,
        "SELECT reference_to, is_required FROM data_dictionary WHERE column_name = 'parent_id'",
    )
    assert parent == [("reform_items.item_id", False)]
