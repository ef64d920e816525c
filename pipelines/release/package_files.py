"""Writing a whole release into an empty folder; nothing here knows where it will be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.handouts.run import handouts
from pipelines.release.changes.difference import release_difference
from pipelines.release.changes.files import change_files
from pipelines.release.checksums import checksum_lines, release_files
from pipelines.release.data_files import files_of, write_data_files
from pipelines.release.descriptor import package_descriptor
from pipelines.release.duckdb_file import write_duckdb
from pipelines.release.durable import json_bytes
from pipelines.release.layout import (
    CHECKSUMS,
    DATAPACKAGE,
    DUCKDB,
    SPREADSHEET,
)
from pipelines.release.municipal_files import write_municipal_packages
from pipelines.release.registry import PublishedRelease
from pipelines.release.spreadsheet import write_spreadsheet
from pipelines.tables.schema import TableSchema


@dataclass(frozen=True)
class ReleaseContent:
    """What a release is made of.

    Attributes:
        version: its semantic version.
        created: see :func:`pipelines.release.descriptor.created_at`.
        schemas: the public schemas, in alphabetical order.
        tables: the public tables, in the same order.
        previous: the release that ``changes/`` compares with; None for the first.
    """

    version: str
    created: str | None
    schemas: Mapping[str, TableSchema]
    tables: Mapping[str, pa.Table]
    previous: PublishedRelease | None = None


def write_package(folder: Path, content: ReleaseContent) -> None:
    """Writes all files but quality.json and SHA256SUMS into ``folder``, which must be new."""
    folder.mkdir(parents=True)
    write_data_files(folder, content.tables)
    files = files_of(folder, release_files(folder))
    descriptor = package_descriptor(
        content.schemas, content.tables, content.version, content.created, files
    )
    (folder / DATAPACKAGE).write_bytes(json_bytes(descriptor))
    write_duckdb(folder / DUCKDB, content.schemas, content.tables, content.version)
    write_spreadsheet(folder / SPREADSHEET, content.schemas, content.tables, content.version)
    write_handouts(folder, content.tables)
    write_changes(folder, content, descriptor)
    write_municipal_packages(
        folder, content.schemas, content.tables, content.version, content.created
    )


def write_handouts(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Writes the two files that a city hands out, for every plan and year with results."""
    for name, content in handouts(tables):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def write_changes(folder: Path, content: ReleaseContent, descriptor: Mapping[str, Any]) -> None:
    """Writes ``changes/``: every difference to the release before, and the notes."""
    difference = None
    if content.previous:
        new = PublishedRelease(content.version, descriptor, content.tables)
        difference = release_difference(content.previous, new)
    for name, text in change_files(difference, content.version):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)


def write_checksums(folder: Path) -> None:
    """Writes SHA256SUMS over everything in ``folder``; the last file of a release."""
    (folder / CHECKSUMS).write_bytes(checksum_lines(folder).encode())
