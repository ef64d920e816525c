"""The package of one municipality: its own rows of every table, and what they refer to.

A row belongs to the municipality that its ``municipality_code`` names, else to that of the rows its
foreign keys lead to. Rows that belong to nobody (the list of published figures as a source) go
along wherever a row refers to them, so that every package is complete in itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd
import pyarrow as pa

from pipelines.tables.schema import ForeignKey, TableSchema

CODE: Final = "municipality_code"
#: A source may be shared, and never decides to whom a row belongs.
_SHARED: Final = "sources"

Rows = dict[str, set[int]]


class MunicipalTables:
    """The tables of a release, to be taken apart by municipality."""

    def __init__(self, schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]) -> None:
        self._schemas, self._tables = schemas, tables
        self._keys = {
            name: {
                value: at
                for at, value in enumerate(tables[name][schema.primary_key[0]].to_pylist())
            }
            for name, schema in schemas.items()
            if len(schema.primary_key) == 1
        }
        self._owners: dict[str, pd.Series] = {}
        for name in schemas:
            self._owner_of(name)
        self._rows = {
            name: owner.groupby(owner, sort=False).indices for name, owner in self._owners.items()
        }

    @property
    def codes(self) -> list[str]:
        """The municipalities of the release, in order."""
        return sorted(self._tables["municipalities"][CODE].to_pylist())

    def of(self, code: str) -> tuple[dict[str, TableSchema], dict[str, pa.Table]]:
        """Schemas and tables of one municipality: those with rows, and those they may refer to.

        The rows stand in the order of the release.
        """
        rows = {name: set(map(int, found.get(code, ()))) for name, found in self._rows.items()}
        for name in self._schemas:
            self._complete(name, rows)
        names = self._with_references(name for name, found in rows.items() if found)
        tables = {
            name: self._tables[name].take(pa.array(sorted(rows[name]), pa.int64()))
            for name in names
        }
        return {name: self._schemas[name] for name in names}, tables

    def _owner_of(self, name: str) -> pd.Series:
        """The code of each row's municipality; null where it belongs to nobody."""
        known = self._owners.get(name)
        if known is not None:
            return known
        schema, table = self._schemas[name], self._tables[name]
        has_code = CODE in schema.field_names
        values = table[CODE].to_pylist() if has_code else [None] * table.num_rows
        owner = self._owners[name] = pd.Series(values, dtype="object")
        for key in self._leading(schema):
            owner = owner.where(owner.notna(), self._through(table, key))
        self._owners[name] = owner
        return owner

    def _leading(self, schema: TableSchema) -> Iterator[ForeignKey]:
        for key in schema.foreign_keys:
            is_own = key.reference_table in ("", schema.name)
            if not is_own and key.reference_table != _SHARED and key.fields != (CODE,):
                yield key

    def _through(self, table: pa.Table, key: ForeignKey) -> pd.Series:
        """The owners of the rows that a foreign key leads to."""
        parents = self._owner_of(key.reference_table).to_list()
        places = self._keys[key.reference_table]
        found = (places.get(value) for value in table[key.fields[0]].to_pylist())
        return pd.Series([None if at is None else parents[at] for at in found], dtype="object")

    def _complete(self, name: str, rows: Rows) -> None:
        """Add the rows that rows of a table refer to, and those that these refer to."""
        for key in self._schemas[name].foreign_keys:
            parent = key.reference_table or name
            column = self._tables[name][key.fields[0]]
            wanted = {self._keys[parent].get(column[at].as_py()) for at in rows[name]}
            missing = {at for at in wanted if at is not None} - rows[parent]
            if missing:
                rows[parent] |= missing
                self._complete(parent, rows)

    def _with_references(self, names: Iterator[str]) -> list[str]:
        """Tables with those that their foreign keys name, which may be empty, in order."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [key.reference_table or name for key in self._schemas[name].foreign_keys]
        return sorted(found)
