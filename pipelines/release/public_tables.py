"""The public part of the tables, in the one order that every file of a release shares."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from pipelines.tables.arrow import arrow_schema, sort_table
from pipelines.tables.schema import TableSchema
from pipelines.tables.schemas import public_schema


def public_schemas(schemas: Mapping[str, TableSchema]) -> dict[str, TableSchema]:
    """The schemas without internal columns, by table name in alphabetical order."""
    return {name: public_schema(schemas[name]) for name in sorted(schemas)}


def public_table(schema: TableSchema, table: pa.Table) -> pa.Table:
    """Sorted rows of the public columns, with the Arrow schema of the public table.

    Args:
        schema: the whole table, internal columns included.
        table: its rows; sorted before the internal columns go, so the order is that of the schema.

    Raises:
        pa.ArrowInvalid, ValueError: if the rows do not fit the schema (gate 1 tells that first).
    """
    public = public_schema(schema)
    rows = sort_table(schema, table.select(list(schema.field_names)))
    return rows.select(list(public.field_names)).cast(arrow_schema(public)).combine_chunks()


def public_tables(
    schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]
) -> dict[str, pa.Table]:
    """Every table as :func:`public_table`, in alphabetical order."""
    return {name: public_table(schemas[name], tables[name]) for name in sorted(schemas)}


def row_counts(tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """Rows by table, in alphabetical order."""
    return {name: int(tables[name].num_rows) for name in sorted(tables)}
