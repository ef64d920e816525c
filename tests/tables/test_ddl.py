"""Statements that DuckDB runs: tables, comments in two languages, Japanese views."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tables.arrow import rows_to_table
from pipelines.tables.ddl import (
    column_comment,
    comment_sql,
    create_table_sql,
    japanese_view_sql,
    table_comment,
)
from pipelines.tables.schema import TableSchema
from pipelines.tables.schemas import schema_from_descriptor
from pipelines.tables.sql import name_sql, text_sql, value_sql

from .samples import REAL_SCHEMAS, SAMPLE_SCHEMAS, column, descriptor, good_group, good_member

ALL_SCHEMAS = [*REAL_SCHEMAS.values(), *SAMPLE_SCHEMAS.values()]


def create(connection: duckdb.DuckDBPyConnection, schema: TableSchema) -> None:
    for statement in [create_table_sql(schema), *comment_sql(schema), *japanese_view_sql(schema)]:
        connection.execute(statement)


def insert(connection: duckdb.DuckDBPyConnection, schema: TableSchema, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f"INSERT INTO {name_sql(schema.name)} SELECT * FROM incoming")


@pytest.mark.parametrize("schema", ALL_SCHEMAS, ids=lambda one: one.name)
def test_every_table_can_be_made_commented_and_viewed(schema: TableSchema) -> None:
    with duckdb.connect(":memory:") as connection:
        create(connection, schema)
        comments = connection.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
        expected = {(schema.name, field.name, column_comment(field)) for field in schema.fields} | {
            (schema.view_name, field.title, column_comment(field)) for field in schema.fields
        }
        assert set(comments) == expected
        tables = connection.execute("SELECT comment FROM duckdb_tables()").fetchall()
        views = connection.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
        assert tables == [(table_comment(schema),)]
        assert views == [(schema.view_name, table_comment(schema))]


def test_types_and_required_columns() -> None:
    with duckdb.connect(":memory:") as connection:
        create(connection, SAMPLE_SCHEMAS["members"])
        described = connection.execute("DESCRIBE members").fetchall()
    types = {name: (kind, null) for name, kind, null, *_ in described}
    assert types["group_code"] == ("VARCHAR", "NO")
    assert types["name"] == ("VARCHAR", "NO")  # required, but in no key
    assert types["kind"] == ("VARCHAR", "YES")
    assert types["level"][0] == "BIGINT"
    assert types["ratio"][0] == "DOUBLE"
    assert types["agreed"][0] == "BOOLEAN"
    assert types["born"][0] == "DATE"


def test_the_primary_key_is_kept_if_wanted() -> None:
    schema = SAMPLE_SCHEMAS["members"]
    twice = rows_to_table(schema, [good_member(), good_member()])
    with duckdb.connect(":memory:") as connection:
        connection.execute(create_table_sql(schema))
        with pytest.raises(duckdb.ConstraintException):
            insert(connection, schema, twice)
    with duckdb.connect(":memory:") as connection:
        connection.execute(create_table_sql(schema, primary_key=False))
        insert(connection, schema, twice)


def test_a_view_shows_the_rows_under_japanese_names_from_any_file_name(tmp_path: Path) -> None:
    schema = SAMPLE_SCHEMAS["groups"]
    with duckdb.connect(":memory:") as connection:
        path = text_sql(str(tmp_path / "first.duckdb"))
        connection.execute(f"ATTACH {path} AS attached (STORAGE_VERSION 'v1.4.0')")
        connection.execute("USE attached")
        create(connection, schema)
        insert(connection, schema, rows_to_table(schema, [good_group()]))
        connection.execute("USE memory")
        connection.execute("DETACH attached")
    renamed = (tmp_path / "first.duckdb").rename(tmp_path / "second.duckdb")
    with duckdb.connect(str(renamed), read_only=True) as connection:
        result = connection.execute('SELECT * FROM "和名groups"')
        assert [name for name, *_ in result.description or []] == [
            *("列code", "列column", "列speaker_code", "列speaker_seq")
        ]
        assert result.fetchall() == [("A", "x", None, None)]


def test_comments_hold_both_languages_and_the_unit() -> None:
    comment = column_comment(REAL_SCHEMAS["sources"].field("bytes"))
    japanese, english = comment.split("\n")
    assert japanese.startswith("ファイルサイズ（単位：バイト）：受け取ったまま")
    assert english.startswith("Size (bytes) [バイト]: Size of the file")
    assert table_comment(REAL_SCHEMAS["plans"]).startswith("計画：")


def test_quotes_in_names_and_texts_do_no_harm() -> None:
    raw = descriptor("odd", [{**column("select", "string", required=True), "title": "「\"」'x'"}])
    raw |= {"view_name": 'a"b', "description": "it's; DROP TABLE odd"}
    with duckdb.connect(":memory:") as connection:
        create(connection, schema_from_descriptor(raw))
        assert connection.execute('SELECT "「""」\'x\'" FROM "a""b"').fetchall() == []


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_is_quoted(text: str) -> None:
    with duckdb.connect(":memory:") as connection:
        result = connection.execute(f"SELECT {text_sql(text)} AS {name_sql(text)}")
        assert [name for name, *_ in result.description or []] == [text]
        assert result.fetchall() == [(text,)]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_every_digit(number: float) -> None:
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(f"SELECT {value_sql(number, 'number')}").fetchall()
    assert found == [(number,)]
