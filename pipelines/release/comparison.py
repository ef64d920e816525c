"""What a build would change against the newest release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipelines.release.descriptor import package_descriptor
from pipelines.release.layout import csv_path, parquet_path
from pipelines.release.registry import PublishedRelease, same_rows
from pipelines.release.versions import (
    Change,
    metadata_changes,
    structure_changes,
    table_schemas,
)
from pipelines.tables.schema import TableSchema


def release_changes(
    old: PublishedRelease,
    schemas: Mapping[str, TableSchema],
    tables: Mapping[str, pa.Table],
) -> list[Change]:
    """Every difference in structure, rows and packaged texts; empty if there is nothing to publish.

    Args:
        old: the newest published release.
        schemas: the public schemas of the build.
        tables: its public tables.
    """
    new = _expected_descriptor(schemas, tables)
    return [
        *structure_changes(table_schemas(old.descriptor), table_schemas(new)),
        *row_changes(old.tables, tables),
        *metadata_changes(old.descriptor, new),
    ]


def row_changes(old: Mapping[str, pa.Table], new: Mapping[str, pa.Table]) -> list[Change]:
    """One patch change per table, in both releases, whose columns, rows or their order differ."""
    return [
        Change(
            "patch",
            f"表「{name}」の内容を変更（{old[name].num_rows}行→{table.num_rows}行）",
            f"rows of {name} changed ({old[name].num_rows} → {table.num_rows})",
        )
        for name, table in new.items()
        if name in old and not same_rows(old[name], table)
    ]


def _expected_descriptor(
    schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]
) -> dict[str, Any]:
    """The package as JSON would give it back; sizes, hashes and version play no part."""
    paths = [path(name) for name in schemas for path in (csv_path, parquet_path)]
    files = dict.fromkeys(paths, (0, ""))
    descriptor = package_descriptor(schemas, tables, "", None, files)
    result: dict[str, Any] = json.loads(json.dumps(descriptor))
    return result
