"""datapackage.json: Data Package version 2 over every CSV and Parquet file.

How Frictionless 5.21 treats Parquet decides the form of those resources. As a table it reads the
file through pandas, where a null in an integer column becomes NaN and fails as a type error, and it
compares neither bytes nor hash. As a plain file it compares both. It takes a resource for a table
if ``format`` is exactly ``parquet``; ``type: file`` would help, but the version 2 profile allows
no other type than ``table``. So Parquet resources say ``format: Parquet`` (as CKAN and DCAT write
it) and no type, and carry the same schema as their CSV for everybody who reads them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipelines.release import package_texts as texts
from pipelines.release.fictional import is_fictional, marked_head
from pipelines.release.layout import csv_path, parquet_path
from pipelines.release.source_list import newest_day, source_entries
from pipelines.tables.schema import ForeignKey, TableSchema

# Everything a reader has to know to read the CSV; Frictionless guesses what is left open.
CSV_DIALECT: dict[str, Any] = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
PARQUET_FORMAT = "Parquet"


def package_descriptor(
    schemas: Mapping[str, TableSchema],
    tables: Mapping[str, pa.Table],
    version: str,
    created: str | None,
    files: Mapping[str, tuple[int, str]],
) -> dict[str, Any]:
    """The whole package.

    Args:
        schemas: the public schemas.
        tables: the public tables.
        version: semantic version of the release.
        created: see :func:`created_at`.
        files: path in the release -> (bytes, SHA-256) of every data file.
    """
    resources = [csv_resource(schemas[name], files[csv_path(name)]) for name in schemas]
    resources += [parquet_resource(schemas[name], files[parquet_path(name)]) for name in schemas]
    head = marked_head(package_head()) if is_fictional(tables) else package_head()
    descriptor = head | {
        "version": version,
        "created": created,
        "sources": source_entries(tables),
        "resources": resources,
    }
    return {key: value for key, value in descriptor.items() if value is not None}


def package_head() -> dict[str, Any]:
    """What does not depend on the data: names, texts, licence, contributors, keywords."""
    return {
        "$schema": texts.PROFILE,
        "name": texts.NAME,
        "title": texts.TITLE,
        "title_en": texts.TITLE_EN,
        "description": texts.DESCRIPTION,
        "description_en": texts.DESCRIPTION_EN,
        "licenses": texts.LICENSES,
        "license_note": texts.LICENSE_NOTE,
        "contributors": texts.CONTRIBUTORS,
        "keywords": texts.KEYWORDS,
    }


def csv_resource(schema: TableSchema, file: tuple[int, str]) -> dict[str, Any]:
    """The table's CSV file; its resource name is that of the table, foreign keys point to it."""
    return {
        "name": schema.name,
        "type": "table",
        "path": csv_path(schema.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_about(schema, file),
        "dialect": CSV_DIALECT,
        "schema": table_schema(schema),
    }


def parquet_resource(schema: TableSchema, file: tuple[int, str]) -> dict[str, Any]:
    """The table's Parquet file, a plain file to Frictionless; see the module."""
    return {
        "name": f"{schema.name}_parquet",
        "path": parquet_path(schema.name),
        "format": PARQUET_FORMAT,
        "mediatype": "application/vnd.apache.parquet",
        **_about(schema, file),
        "schema": table_schema(schema),
    }


def table_schema(schema: TableSchema) -> dict[str, Any]:
    """The Table Schema of a public table; empty lists are left out, the profile forbids them."""
    result: dict[str, Any] = {"fields": schema.descriptor["fields"], "missingValues": [""]}
    if schema.primary_key:
        result["primaryKey"] = list(schema.primary_key)
    if schema.unique_keys:
        result["uniqueKeys"] = [list(key) for key in schema.unique_keys]
    if schema.foreign_keys:
        result["foreignKeys"] = [_foreign_key(schema, key) for key in schema.foreign_keys]
    return result


def created_at(tables: Mapping[str, pa.Table], source_date_epoch: str | None) -> str | None:
    """When the data was taken: newest declared retrieval or submission, else SOURCE_DATE_EPOCH.

    Never a clock: the same input gives the same bytes.

    Args:
        tables: the public tables.
        source_date_epoch: seconds since 1970 (https://reproducible-builds.org/specs/), as text.

    Returns:
        An RFC 3339 time in UTC, as Data Package asks for.

    Raises:
        ValueError: if ``source_date_epoch`` is needed and is no whole number.
    """
    day = newest_day(tables)
    if day:
        return f"{day}T00:00:00Z"
    if not source_date_epoch:
        return None
    moment = datetime.datetime.fromtimestamp(int(source_date_epoch), tz=datetime.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _about(schema: TableSchema, file: tuple[int, str]) -> dict[str, Any]:
    size, digest = file
    return {
        "title": schema.title,
        "title_en": schema.title_en,
        "description": schema.description_ja,
        "description_en": schema.description,
        "bytes": size,
        "hash": f"sha256:{digest}",
    }


def _foreign_key(schema: TableSchema, key: ForeignKey) -> dict[str, Any]:
    # Version 2 wants an empty resource for a reference of a table to itself.
    resource = "" if key.reference_table == schema.name else key.reference_table
    return {
        "fields": list(key.fields),
        "reference": {"resource": resource, "fields": list(key.reference_fields)},
    }
