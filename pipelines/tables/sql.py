"""Quoting for DuckDB: every name and text that enters a statement passes through here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipelines.tables.schema import FieldType


def name_sql(name: str) -> str:
    """A table or column name, always quoted: some field names are reserved words."""
    return '"' + name.replace('"', '""') + '"'


def names_sql(names: Iterable[str]) -> str:
    """Several column names, separated by commas."""
    return ", ".join(name_sql(name) for name in names)


def text_sql(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"


def value_sql(value: Any, field_type: FieldType) -> str:
    """A value of a constraint, as the schema file writes it, as a literal of the column's type."""
    if field_type == "string":
        return text_sql(value)
    if field_type == "date":
        return f"DATE {text_sql(value)}"
    if field_type == "boolean":
        return "true" if value else "false"
    # repr() of a float is exact, and CAST from text reads it exactly; a bare 0.1 is a DECIMAL.
    return str(value) if field_type == "integer" else f"CAST({text_sql(repr(value))} AS DOUBLE)"
