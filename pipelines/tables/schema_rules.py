"""Faults of table schemas that the form of a file alone does not show.

Every function returns its faults as sentences, so that all of them can be told at once.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import duckdb

from pipelines.tables.schema import Field, FieldType, ForeignKey, TableSchema

# As Frictionless supports them; it refuses a descriptor with any other pair.
CONSTRAINTS_OF_TYPE: Mapping[FieldType, frozenset[str]] = {
    "string": frozenset({"required", "unique", "enum", "pattern", "minLength", "maxLength"}),
    "integer": frozenset({"required", "unique", "enum", "minimum", "maximum"}),
    "number": frozenset({"required", "unique", "enum", "minimum", "maximum"}),
    "boolean": frozenset({"required", "unique", "enum"}),
    "date": frozenset({"required", "unique", "enum", "minimum", "maximum"}),
}


def table_faults(schema: TableSchema) -> Iterator[str]:
    """Faults inside one table: names, titles, constraints and keys."""
    yield from _repeated("column", schema.field_names)
    yield from _repeated("title", (field.title for field in schema.fields))
    for field in schema.fields:
        for fault in constraint_faults(field):
            yield f"column {field.name}: {fault}"
    yield from _key_faults(schema)


def across_faults(schemas: Mapping[str, TableSchema]) -> Iterator[tuple[str, str]]:
    """Faults between tables, each with the name of the table that has it."""
    taken = Counter(schema.view_name for schema in schemas.values()) + Counter(list(schemas))
    for schema in schemas.values():
        if taken[schema.view_name] > 1:
            yield schema.name, f"view_name {schema.view_name!r} is taken already"
        for key in schema.foreign_keys:
            for fault in _foreign_key_faults(schema, key, schemas):
                yield schema.name, f"foreign key {', '.join(key.fields)}: {fault}"


def constraint_faults(field: Field) -> Iterator[str]:
    """Constraints that the column's type does not have, or that no value could be read for."""
    for name in sorted(field.constraints.keys() - CONSTRAINTS_OF_TYPE[field.type]):
        yield f"a {field.type} has no constraint {name}"
    for value in _stated_values(field.constraints):
        if not _is_of_type(value, field.type):
            yield f"{value!r} is no {field.type}"
    if field.type == "string" and "pattern" in field.constraints:
        yield from pattern_faults(field.constraints["pattern"])


def pattern_faults(pattern: str) -> Iterator[str]:
    """Reasons why Python's and DuckDB's regular expressions could disagree on ``pattern``."""
    if not (pattern.startswith("^") and pattern.endswith("$")):
        yield f"pattern {pattern!r} must begin with ^ and end with $"
    if _has_open_alternative(pattern):
        yield f"pattern {pattern!r}: put the alternatives into brackets, (?:a|b)"
    if re.search(r"\\[dDwWsSbB]|\(\?[imsxaLu]", pattern):
        yield f"pattern {pattern!r}: write the characters out, such as [0-9] for \\d"
    yield from _compilation_faults(pattern)


@cache
def _compilation_faults(pattern: str) -> tuple[str, ...]:
    """Kept, since many columns share a pattern and every reading of the schemas asks DuckDB."""
    try:
        re.compile(pattern)
        duckdb.execute("SELECT regexp_full_match('', ?)", [pattern])
    except (re.error, duckdb.Error) as error:
        return (f"pattern {pattern!r} cannot be compiled: {error}",)
    return ()


def _repeated(what: str, values: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} {value!r} appears {count} times"


def _stated_values(constraints: Mapping[str, Any]) -> list[Any]:
    bounds = [constraints[name] for name in ("minimum", "maximum") if name in constraints]
    return [*constraints.get("enum", []), *bounds]


def _is_of_type(value: Any, field_type: FieldType) -> bool:
    if field_type == "date":
        return isinstance(value, str) and _is_iso_date(value)
    if field_type == "integer":
        return type(value) is int
    if field_type == "number":
        return type(value) in (int, float)
    return isinstance(value, bool if field_type == "boolean" else str)


def _is_iso_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _has_open_alternative(pattern: str) -> bool:
    """Whether a ``|`` stands outside of all brackets: ``^a|b$`` also matches ``ax``."""
    bare = re.sub(r"\\.", "", pattern)
    bare = re.sub(r"\[\^?\]?[^\]]*\]", "", bare)
    depth = 0
    for character in bare:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and depth == 0:
            return True
    return False


def _key_faults(schema: TableSchema) -> Iterator[str]:
    keys = [("primaryKey", schema.primary_key), ("sort_order", schema.sort_order)]
    keys += [("uniqueKeys", key) for key in schema.unique_keys]
    keys += [("foreignKeys", key.fields) for key in schema.foreign_keys]
    known = set(schema.field_names)
    for what, key in keys:
        for name in key:
            if name not in known:
                yield f"{what}: there is no column {name}"
    for name in known.intersection(schema.primary_key):
        field = schema.field(name)
        if not field.required or field.disclosure != "public":
            yield f"primaryKey: column {name} must be required and public"


def _foreign_key_faults(
    schema: TableSchema, key: ForeignKey, schemas: Mapping[str, TableSchema]
) -> Iterator[str]:
    target = schemas.get(key.reference_table)
    if target is None:
        yield f"there is no table {key.reference_table}"
        return
    if key.reference_fields not in (target.primary_key, *target.unique_keys):
        yield f"({', '.join(key.reference_fields)}) is no key of {target.name}"
        return
    if len(key.fields) != len(key.reference_fields):
        yield f"{len(key.fields)} columns cannot refer to {len(key.reference_fields)}"
        return
    for name, other in zip(key.fields, key.reference_fields, strict=True):
        if _type_of(schema, name) != _type_of(target, other):
            yield f"{name} and {target.name}.{other} are of different types"


def _type_of(schema: TableSchema, name: str) -> str | None:
    return next((field.type for field in schema.fields if field.name == name), None)
