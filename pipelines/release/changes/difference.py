"""Keyed differences of two releases: rows added, modified and deleted, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.release.registry import PublishedRelease
from pipelines.release.versions import Change, structure_changes, table_schemas
from pipelines.tables.sql import name_sql, names_sql

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Modification:
    """A row that both releases have under one key.

    Attributes:
        row: as it is now.
        changed: column -> its value before and now. A column that only the new table has was null
            before; one that only the old table had is told as a change of structure.
    """

    row: Row
    changed: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class TableDifference:
    """What became of one table; applied to the old rows it gives the new ones.

    Attributes:
        name: of the table.
        key: its primary key, the new one where it changed.
        columns: Arrow types of the new table's columns, of the old one's where it is gone.
        added: whole rows of the new table.
        modified: rows of both.
        deleted: whole rows of the old table. Where the primary key changed, all of them.
    """

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, pa.DataType]
    added: Sequence[Row] = ()
    modified: Sequence[Modification] = ()
    deleted: Sequence[Row] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what became of them, in the order ADD, MOD, DEL."""
        return {"ADD": len(self.added), "MOD": len(self.modified), "DEL": len(self.deleted)}

    @property
    def is_empty(self) -> bool:
        """Whether the tables hold the same under every key."""
        return not any(self.counts.values())


@dataclass(frozen=True)
class ReleaseDifference:
    """What became of every table; ``tables`` holds only those whose rows differ.

    Attributes:
        titles: of every table of either release, in Japanese and English.
    """

    old_version: str
    new_version: str
    titles: Mapping[str, tuple[str, str]]
    structure: Sequence[Change]
    tables: Mapping[str, TableDifference]


def release_difference(old: PublishedRelease, new: PublishedRelease) -> ReleaseDifference:
    """Every difference of two releases, table by table in alphabetical order."""
    before, after = table_schemas(old.descriptor), table_schemas(new.descriptor)
    tables = {}
    for name in sorted(before.keys() | after.keys()):
        keys = [_key(schemas[name]) for schemas in (before, after) if name in schemas]
        found = table_difference(name, keys, old.tables.get(name), new.tables.get(name))
        if not found.is_empty:
            tables[name] = found
    structure = structure_changes(before, after)
    titles = _titles(old.descriptor) | _titles(new.descriptor)
    return ReleaseDifference(old.version, new.version, titles, structure, tables)


def table_difference(
    name: str, keys: Sequence[tuple[str, ...]], old: pa.Table | None, new: pa.Table | None
) -> TableDifference:
    """The difference of one table.

    Args:
        name: of the table.
        keys: its primary keys, the old before the new.
        old: its rows before; None where the table is new.
        new: its rows now; None where the table is gone.
    """
    shown = new if new is not None else old
    assert shown is not None
    columns = {field.name: field.type for field in shown.schema}
    if old is None or new is None or keys[0] != keys[-1]:
        added = _sorted(new, keys[-1]) if new is not None else []
        deleted = _sorted(old, keys[0]) if old is not None else []
        return TableDifference(name, keys[-1], columns, added, (), deleted)
    with duckdb.connect(":memory:") as connection:
        connection.register("before", old)
        connection.register("after", new)
        return TableDifference(
            name,
            keys[0],
            columns,
            _rows(connection, _only_in("after", "before", keys[0])),
            _modified(connection, keys[0], {one.name: one.type for one in old.schema}, columns),
            _rows(connection, _only_in("before", "after", keys[0])),
        )


def _titles(descriptor: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        one["name"]: (one["title"], one.get("title_en", one["name"]))
        for one in descriptor["resources"]
    }


def _key(schema: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(schema["primaryKey"])


def _sorted(table: pa.Table, key: Sequence[str]) -> list[Row]:
    rows: list[Row] = table.sort_by([(name, "ascending") for name in key]).to_pylist()
    return rows


def _only_in(one: str, other: str, key: Sequence[str]) -> str:
    order = names_sql(key)
    return f"SELECT * FROM {one} ANTI JOIN {other} USING ({order}) ORDER BY {order}"


def _modified(
    connection: duckdb.DuckDBPyConnection,
    key: Sequence[str],
    old: Mapping[str, pa.DataType],
    new: Mapping[str, pa.DataType],
) -> list[Modification]:
    """Rows of both tables in which a column differs; nulls are equal to each other."""
    others = [name for name in new if name not in key]
    if not others:
        return []
    before = {name: f"b.{name_sql(name)}" if name in old else "NULL" for name in others}
    differs = " OR ".join(
        _differs(before[name], f"a.{name_sql(name)}", name in old and old[name] != new[name])
        for name in others
    )
    shown = ", ".join(f"{before[name]} AS {name_sql(_before(name))}" for name in others)
    joined = " AND ".join(f"a.{name_sql(name)} = b.{name_sql(name)}" for name in key)
    order = ", ".join(f"a.{name_sql(name)}" for name in key)
    found = _rows(
        connection,
        f"SELECT a.*, {shown} FROM after a JOIN before b ON {joined} WHERE {differs} "
        f"ORDER BY {order}",
    )
    modifications = [_modification(row, new, others) for row in found]
    return [one for one in modifications if one.changed]


def _differs(before: str, after: str, is_retyped: bool) -> str:
    """Values of different types cannot be compared in SQL: Python does it afterwards."""
    if is_retyped:
        return f"{before} IS NOT NULL OR {after} IS NOT NULL"
    return f"{before} IS DISTINCT FROM {after}"


def _modification(row: Row, columns: Iterable[str], others: Iterable[str]) -> Modification:
    pairs = {name: (row[_before(name)], row[name]) for name in others}
    changed = {name: (old, new) for name, (old, new) in pairs.items() if old != new}
    return Modification({name: row[name] for name in columns}, changed)


def _before(name: str) -> str:
    """Name of the column with the old value; no column of a table holds a space."""
    return f"before {name}"


def _rows(connection: duckdb.DuckDBPyConnection, statement: str) -> list[Row]:
    rows: list[Row] = connection.sql(statement).to_arrow_table().to_pylist()
    return rows
