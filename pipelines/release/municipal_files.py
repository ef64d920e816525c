"""Writing ``packages/<municipality_code>/``: one small Data Package per municipality."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.release.checksums import release_files
from pipelines.release.data_files import files_of, write_data_files
from pipelines.release.descriptor import package_descriptor
from pipelines.release.durable import json_bytes
from pipelines.release.layout import DATAPACKAGE, municipal_path
from pipelines.release.municipal import MunicipalTables
from pipelines.tables.schema import TableSchema


def write_municipal_packages(
    folder: Path,
    schemas: Mapping[str, TableSchema],
    tables: Mapping[str, pa.Table],
    version: str,
    created: str | None,
) -> None:
    """Write the package of every municipality of a release.

    Args:
        folder: of the release.
        schemas: the public schemas.
        tables: the public tables.
        version: of the release.
        created: of the release.
    """
    if "municipalities" not in schemas:
        return
    parts = MunicipalTables(schemas, tables)
    for code in parts.codes:
        own_schemas, own_tables = parts.of(code)
        target = folder / municipal_path(code)
        write_data_files(target, own_tables)
        files = files_of(target, release_files(target))
        descriptor = package_descriptor(own_schemas, own_tables, version, created, files)
        (target / DATAPACKAGE).write_bytes(json_bytes(_named(descriptor, own_tables, code)))


def _named(
    descriptor: Mapping[str, Any], tables: Mapping[str, pa.Table], code: str
) -> dict[str, Any]:
    """The package under the name of its municipality."""
    row = next(one for one in tables["municipalities"].to_pylist()
               if one["municipality_code"] == code)  # fmt: skip
    return {
        **descriptor,
        "name": f"{descriptor['name']}-{code}",
        "title": f"{descriptor['title']}: {row['name']}",
        "title_en": f"{descriptor['title_en']}: {code}",
    }
