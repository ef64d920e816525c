"""The table definitions of ``schemas/*.json``, as values.

Each file is a Frictionless Table Schema (https://datapackage.org/standard/table-schema/) with these
extra properties: on the table ``name``, ``title`` (Japanese), ``title_en``, ``description``
(English), ``description_ja``, ``view_name`` (Japanese name of the DuckDB view), ``stage``
(plans, results, figures or marts) and ``sort_order`` (column names); on a field ``title``
(Japanese), ``title_en``, ``description``, ``description_ja``, ``unit``, ``disclosure`` (public or
internal) and ``verbatim`` (true where the column quotes a document).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

FieldType = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True)
class Field:
    """One column of a table; the descriptor keys of the same names, see the module."""

    name: str
    type: FieldType
    title: str
    title_en: str
    description: str
    description_ja: str
    disclosure: Literal["public", "internal"]
    unit: str | None = None
    verbatim: bool = False
    constraints: dict[str, Any] = field(default_factory=dict)

    @property
    def required(self) -> bool:
        """Whether null is forbidden."""
        return bool(self.constraints.get("required", False))


@dataclass(frozen=True)
class ForeignKey:
    """Columns that must be found in ``reference_fields`` of ``reference_table``, or be null."""

    fields: tuple[str, ...]
    reference_table: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class TableSchema:
    """One table: its columns in order, its keys and its sort order."""

    name: str
    title: str
    title_en: str
    description: str
    description_ja: str
    view_name: str
    stage: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    sort_order: tuple[str, ...]
    descriptor: dict[str, Any]

    @property
    def field_names(self) -> tuple[str, ...]:
        """The column names, in the schema's order."""
        return tuple(one.name for one in self.fields)

    def field(self, name: str) -> Field:
        """The column called ``name``; KeyError if the table has none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(f"{self.name} has no column {name!r}")
