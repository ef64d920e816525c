"""Table schemas as DuckDB statements that DuckDB 1.4 and 2.0 both understand.

Every name is unqualified: run ``USE <database>`` first to write into an attached file, so that
the views do not carry the name under which it happened to be attached.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipelines.tables.schema import Field, FieldType, TableSchema
from pipelines.tables.sql import name_sql, names_sql, text_sql

DUCKDB_TYPES: Final[Mapping[FieldType, str]] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


def create_table_sql(schema: TableSchema, *, primary_key: bool = True) -> str:
    """CREATE TABLE with types, NOT NULL and, if wanted, the primary key.

    Foreign keys are left out: they are checked before, grow the file by an index each and forbid
    loading the tables in any order.
    """
    lines = [_column_sql(field) for field in schema.fields]
    if primary_key:
        lines.append(f"PRIMARY KEY ({names_sql(schema.primary_key)})")
    return f"CREATE TABLE {name_sql(schema.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def comment_sql(schema: TableSchema) -> list[str]:
    """COMMENT ON the table and each of its columns: title and description in both languages."""
    comments = [f"COMMENT ON TABLE {name_sql(schema.name)} IS {text_sql(table_comment(schema))}"]
    return comments + _column_comments(schema, schema.name, {})


def japanese_view_sql(schema: TableSchema) -> list[str]:
    """CREATE VIEW under the table's Japanese name, its columns under their titles; its comments."""
    columns = ", ".join(
        f"{name_sql(field.name)} AS {name_sql(field.title)}" for field in schema.fields
    )
    view = name_sql(schema.view_name)
    titles = {field.name: field.title for field in schema.fields}
    return [
        f"CREATE VIEW {view} AS SELECT {columns} FROM {name_sql(schema.name)}",
        f"COMMENT ON VIEW {view} IS {text_sql(table_comment(schema))}",
        *_column_comments(schema, schema.view_name, titles),
    ]


def table_comment(schema: TableSchema) -> str:
    """The table's titles and descriptions as one text."""
    return (
        f"{schema.title}：{schema.description_ja}\n{schema.title_en} ({schema.name}): "
        f"{schema.description}"
    )


def column_comment(field: Field) -> str:
    """The column's titles, unit and descriptions as one text."""
    unit_ja = f"（単位：{field.unit}）" if field.unit else ""
    unit_en = f" [{field.unit}]" if field.unit else ""
    return (
        f"{field.title}{unit_ja}：{field.description_ja}\n{field.title_en} ({field.name})"
        f"{unit_en}: {field.description}"
    )


def _column_sql(field: Field) -> str:
    required = " NOT NULL" if field.required else ""
    return f"{name_sql(field.name)} {DUCKDB_TYPES[field.type]}{required}"


def _column_comments(schema: TableSchema, relation: str, names: Mapping[str, str]) -> list[str]:
    return [
        f"COMMENT ON COLUMN {name_sql(relation)}.{name_sql(names.get(field.name, field.name))} "
        f"IS {text_sql(column_comment(field))}"
        for field in schema.fields
    ]
