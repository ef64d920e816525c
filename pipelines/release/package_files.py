"""Writing a whole release into an empty folder; nothing here knows where it will be published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.handouts.run import handouts
from pipelines.release.catalog.description import catalog
from pipelines.release.changes.difference import release_difference
from pipelines.release.changes.files import SUMMARY, change_files
from pipelines.release.changes.withheld import without_corrected
from pipelines.release.checksums import checksum_lines, release_files
from pipelines.release.data_files import files_of, write_data_files
from pipelines.release.descriptor import package_descriptor
from pipelines.release.duckdb_file import write_duckdb
from pipelines.release.durable import json_bytes
from pipelines.release.layout import (
    CATALOG,
    CHECKSUMS,
    DATAPACKAGE,
    DUCKDB,
    PAGE,
    SPREADSHEET,
)
from pipelines.release.municipal_files import write_municipal_packages
from pipelines.release.page.content import Download, page, size_text
from pipelines.release.public_tables import row_counts
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
        corrections: rows of ``applied_corrections`` with the old values, which are internal: the
            changes must not tell them.
    """

    version: str
    created: str | None
    schemas: Mapping[str, TableSchema]
    tables: Mapping[str, pa.Table]
    previous: PublishedRelease | None = None
    corrections: Sequence[Mapping[str, Any]] = ()


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
    previous = content.previous.version if content.previous else None
    years = fiscal_years(content.tables)
    (folder / CATALOG).write_bytes(json_bytes(catalog(descriptor, years, previous)))
    write_page(folder, descriptor, content.tables)


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
        found = release_difference(content.previous, new)
        difference = without_corrected(found, content.corrections)
    for name, text in change_files(difference, content.version):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)


def fiscal_years(tables: Mapping[str, pa.Table]) -> tuple[int, int] | None:
    """The first and last fiscal year that results or plan periods name."""
    years = [
        value
        for table in tables.values()
        for name in ("fiscal_year", "period_start_fy", "period_end_fy")
        if name in table.column_names
        for value in pc.unique(table[name]).to_pylist()
        if value is not None
    ]
    return (min(years), max(years)) if years else None


def write_page(folder: Path, descriptor: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> None:
    """Writes index.html, which tells of the files that are there."""
    handed_out = [name for name in release_files(folder) if name.startswith("handouts/")]
    spreadsheet, *others = [
        Download(name, size_text(size), digest)
        for name, (size, digest) in files_of(folder, [SPREADSHEET, *handed_out]).items()
    ]
    cities = tables["municipalities"].to_pylist() if "municipalities" in tables else []
    changes = json.loads((folder / SUMMARY).read_bytes())
    text = page(descriptor, row_counts(tables), changes, cities, others, spreadsheet)
    (folder / PAGE).write_text(text, encoding="utf-8")


def write_checksums(folder: Path) -> None:
    """Writes SHA256SUMS over everything in ``folder``; the last file of a release."""
    (folder / CHECKSUMS).write_bytes(checksum_lines(folder).encode())
