"""Parquet files between the stages: declared tables only, whole or not at all, same bytes always.

``<root>/<name>.parquet``, or ``<root>/<partition>/<name>.parquet``.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.tables.arrow import arrow_schema, shape_faults, sort_table
from pipelines.tables.schema import TableSchema

# Fixed here, not left to pyarrow's defaults, so that an upgrade cannot change the files unseen.
WRITER_OPTIONS: Final[Mapping[str, Any]] = {
    "version": "2.6",
    "data_page_version": "1.0",
    "compression": "zstd",
    "compression_level": 3,
    "use_dictionary": True,
    "write_statistics": True,
    "row_group_size": 122_880,  # a DuckDB row group
    "store_schema": True,
}
_PARTITION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")


class StoreError(ValueError):
    """A table that is not declared, not of its declared columns, or a file that is not there."""


@dataclass(frozen=True)
class WriteReport:
    """What was written: rows, bytes and sha256 of the file at ``path``."""

    name: str
    rows: int
    bytes: int
    sha256: str
    path: Path


@dataclass(frozen=True)
class ParquetStore:
    """The declared tables under one folder."""

    root: Path
    schemas: Mapping[str, TableSchema]

    def write(self, name: str, table: pa.Table, partition: str | None = None) -> WriteReport:
        """Sort and write a table, replacing the file in one step.

        A null in a required column is stored (the file then calls the column optional): the
        checks read what is stored and tell such rows by their keys.

        Raises:
            StoreError: if the table or any of its columns is not declared, or of another type.
        """
        path = self.path(name, partition)
        self._require_shape(name, table.schema.empty_table(), "the table given")
        ordered = sort_table(self.schemas[name], table)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_atomically(_storable(self.schemas[name], ordered), path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return WriteReport(name, table.num_rows, path.stat().st_size, sha256, path)

    def read(self, name: str, partition: str | None = None) -> pa.Table:
        """A stored table, with the columns and types of its schema.

        Raises:
            StoreError: if it is not there, or was written for another schema.
        """
        path = self.path(name, partition)
        if not path.is_file():
            raise StoreError(f"{path} is not there")
        with path.open("rb") as file:
            table = pq.ParquetFile(file).read()
        self._require_shape(name, table, str(path))
        return pa.Table.from_arrays(table.columns, schema=arrow_schema(self.schemas[name]))

    def read_partitions(self, name: str) -> pa.Table:
        """All partitions of a table as one, sorted; empty if there is none.

        Raises:
            StoreError: if one of them was written for another schema.
        """
        tables = [self.read(name, partition) for partition in self.partitions(name)]
        empty = arrow_schema(self._schema(name)).empty_table()
        return sort_table(self._schema(name), pa.concat_tables([empty, *tables]))

    def partitions(self, name: str) -> list[str]:
        """The partitions that hold the table, in order."""
        self._schema(name)
        return sorted(path.parent.name for path in self.root.glob(f"*/{name}.parquet"))

    def remove(self, name: str, partition: str | None = None) -> bool:
        """Delete a stored table; False if it was not there."""
        path = self.path(name, partition)
        there = path.is_file()
        path.unlink(missing_ok=True)
        return there

    def path(self, name: str, partition: str | None = None) -> Path:
        """Where the table lies, whether it is there or not."""
        self._schema(name)
        if partition is None:
            return self.root / f"{name}.parquet"
        if not _PARTITION.fullmatch(partition):
            raise StoreError(f"{partition!r} cannot be the name of a partition")
        return self.root / partition / f"{name}.parquet"

    def _schema(self, name: str) -> TableSchema:
        if name not in self.schemas:
            raise StoreError(f"table {name} is not declared")
        return self.schemas[name]

    def _require_shape(self, name: str, table: pa.Table, what: str) -> None:
        faults = shape_faults(self._schema(name), table)
        if faults:
            raise StoreError(f"{what} is no {name}: " + "; ".join(faults))


def _storable(schema: TableSchema, table: pa.Table) -> pa.Table:
    """The table under its declared Arrow schema, save that columns with nulls are nullable."""
    fields = [
        field.with_nullable(field.nullable or table.column(field.name).null_count > 0)
        for field in arrow_schema(schema)
    ]
    return pa.Table.from_arrays(table.columns, schema=pa.schema(fields))


def _write_atomically(table: pa.Table, path: Path) -> None:
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("wb") as file:
            pq.write_table(table, file, **WRITER_OPTIONS)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
