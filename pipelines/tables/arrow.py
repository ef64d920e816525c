"""Rows to Arrow tables with exactly the types of a schema: the first of the three gates."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.tables.schema import Field, FieldType, TableSchema

ARROW_TYPES: Final[Mapping[FieldType, pa.DataType]] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
LARGEST_EXACT_INTEGER: Final = 2**53  # beyond it, not every integer is a float64


@dataclass(frozen=True)
class WrongCell:
    """A value that is not of its column's type, or stands in a column that does not exist.

    ``row_number`` counts the rows as they were given, from 1.
    """

    row_number: int
    column: str
    value: Any
    expected: str

    def __str__(self) -> str:
        return f"row {self.row_number}, column {self.column}: {self.value!r} is {self.expected}"


class TableTypeError(ValueError):
    """Rows that do not fit their table; ``cells`` lists every value concerned."""

    def __init__(self, table: str, cells: list[WrongCell]) -> None:
        self.table = table
        self.cells = cells
        super().__init__("\n".join([f"table {table}:", *map(str, cells)]))


def arrow_schema(schema: TableSchema) -> pa.Schema:
    """The Arrow schema: types, nullability, and titles, description and unit as metadata."""
    return pa.schema([_arrow_field(field) for field in schema.fields])


def rows_to_table(schema: TableSchema, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The rows as a table in the schema's column order, sorted by :func:`sort_table`.

    A missing key and an empty string become null; nothing else is converted, save that an integer
    may stand in a ``number`` column. A null in a required column is left for the checks, which
    can name the row by its key.

    Raises:
        TableTypeError: with every value of a wrong type and every unknown column.
    """
    given = list(rows)
    wrong = _unknown_columns(schema, given)
    columns: list[list[Any]] = []
    for field in schema.fields:
        values = [_blank_to_null(row.get(field.name)) for row in given]
        wrong += _wrong_cells(field, values)
        columns.append(values)
    if wrong:
        raise TableTypeError(schema.name, sorted(wrong, key=lambda cell: cell.row_number))
    arrays = [_array(field, values) for field, values in zip(schema.fields, columns, strict=True)]
    return sort_table(schema, pa.Table.from_arrays(arrays, schema=arrow_schema(schema)))


def sort_table(schema: TableSchema, table: pa.Table) -> pa.Table:
    """The table sorted by sort order, primary key, then every other column; nulls last.

    The other columns take part so that rows which wrongly share a key stand in one order too.
    Text is ordered by its UTF-8 bytes.
    """
    names = dict.fromkeys((*schema.sort_order, *schema.primary_key, *schema.field_names))
    keys = [(name, "ascending") for name in names]
    if table.num_rows > 1:
        table = table.take(pc.sort_indices(table, sort_keys=keys))
    return table.combine_chunks()


def shape_faults(schema: TableSchema, table: pa.Table) -> list[str]:
    """How the columns of ``table`` differ from the schema's in name, order or type."""
    expected = {field.name: ARROW_TYPES[field.type] for field in schema.fields}
    found = dict(zip(table.schema.names, table.schema.types, strict=True))
    faults = [f"column {name} is missing" for name in expected if name not in found]
    faults += [f"column {name} is not declared" for name in found if name not in expected]
    faults += [
        f"column {name} is {found[name]}, not {wanted}"
        for name, wanted in expected.items()
        if name in found and not found[name].equals(wanted)
    ]
    if not faults and table.schema.names != list(expected):
        faults.append("the columns are in another order, or one is there twice")
    return faults


def _arrow_field(field: Field) -> pa.Field:
    metadata = {
        "title": field.title,
        "title_en": field.title_en,
        "description": field.description,
        "description_ja": field.description_ja,
    }
    if field.unit:
        metadata["unit"] = field.unit
    return pa.field(field.name, ARROW_TYPES[field.type], not field.required, metadata)


def _array(field: Field, values: list[Any]) -> pa.Array:
    array = pa.array(values, ARROW_TYPES[field.type])
    # -0.0 equals 0.0 but has other bytes, so that equal rows could give unequal files.
    return pc.add(array, 0.0) if field.type == "number" else array


def _unknown_columns(schema: TableSchema, rows: list[Mapping[str, Any]]) -> list[WrongCell]:
    known = set(schema.field_names)
    return [
        WrongCell(number, str(name), row[name], f"in a column that {schema.name} does not have")
        for number, row in enumerate(rows, start=1)
        for name in row
        if name not in known
    ]


def _wrong_cells(field: Field, values: list[Any]) -> list[WrongCell]:
    return [
        WrongCell(number, field.name, value, f"no {field.type} that can be stored")
        for number, value in enumerate(values, start=1)
        if value is not None and not _fits(value, field.type)
    ]


def _blank_to_null(value: Any) -> Any:
    return None if isinstance(value, str) and not value else value


def _fits(value: Any, field_type: FieldType) -> bool:
    """Whether the value can be stored in a column of that type without changing it."""
    if field_type == "string":
        return isinstance(value, str) and _is_unicode(value)
    if field_type == "boolean":
        return isinstance(value, bool)
    if field_type == "date":
        return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    if isinstance(value, bool):
        return False
    if field_type == "integer":
        return isinstance(value, int) and -(2**63) <= value < 2**63
    if isinstance(value, int):
        return abs(value) <= LARGEST_EXACT_INTEGER
    return isinstance(value, float) and math.isfinite(value)


def _is_unicode(text: str) -> bool:
    """Whether the text has no half of a surrogate pair, which UTF-8 cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
