"""Gate 5: the finished files are those of the contract, and of the form it states."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.handouts.run import YEAR_COLUMNS, handout_paths
from pipelines.problems import Problem
from pipelines.release.changes.files import SUMMARY, change_paths
from pipelines.release.checksums import release_files
from pipelines.release.csv_files import csv_bytes
from pipelines.release.layout import DATAPACKAGE, DUCKDB, SPREADSHEET, csv_path, parquet_path
from pipelines.release.outcome import GateResult
from pipelines.release.package_gates import read_duckdb
from pipelines.tables.schema import TableSchema
from pipelines.tables.sql import name_sql, text_sql


def files_gate(folder: Path, schemas: Mapping[str, TableSchema]) -> GateResult:
    """Every file the contract names, none besides, each of its form and with the same rows.

    Runs before quality.json and SHA256SUMS are written, which tell its verdict.

    Args:
        folder: the finished files.
        schemas: the public schemas.
    """
    expected = sorted(
        [*expected_files(schemas), *_expected_handouts(folder, schemas), *_expected_changes(folder)]
    )
    faults = list(listing_faults(release_files(folder), expected))
    if not faults:
        counts = _duckdb_counts(folder, schemas)
        for name, schema in schemas.items():
            faults += _table_faults(folder, name, schema, counts[name])
    problems = tuple(_problem(place, fault) for place, fault in faults)
    return GateResult("files", "ファイルの構成と形式", len(expected), problems)


def expected_files(schemas: Mapping[str, TableSchema]) -> list[str]:
    """The files of a release before quality.json and SHA256SUMS, those handed out left aside."""
    tables = [path(name) for name in schemas for path in (csv_path, parquet_path)]
    return sorted([DATAPACKAGE, DUCKDB, SPREADSHEET, *tables])


def _expected_handouts(folder: Path, schemas: Mapping[str, TableSchema]) -> list[str]:
    """Two files per plan and year with results, as the release's own table tells them."""
    path = folder / parquet_path("yearly_results")
    if "yearly_results" not in schemas or not path.is_file():
        return []
    return handout_paths(pq.read_table(path, columns=list(YEAR_COLUMNS)))


def _expected_changes(folder: Path) -> list[str]:
    """The summary of changes, and what it names."""
    path = folder / SUMMARY
    return change_paths(json.loads(path.read_bytes())) if path.is_file() else [SUMMARY]


def listing_faults(found: list[str], expected: list[str]) -> Iterator[tuple[str, str]]:
    """Files that are missing or not meant to be there, each with the fault in Japanese."""
    for name in sorted(set(expected) - set(found)):
        yield name, "ファイルがありません"
    for name in sorted(set(found) - set(expected)):
        yield name, "予定にないファイルがあります"


def csv_faults(content: bytes, columns: list[str]) -> Iterator[str]:
    """What of a CSV file's form is not as the contract says."""
    if not content.startswith(codecs.BOM_UTF8):
        yield "BOM付きUTF-8ではありません"
    if b"\r" in content or not content.endswith(b"\n"):
        yield "改行がLFではありません"
    header = content.removeprefix(codecs.BOM_UTF8).split(b"\n", maxsplit=1)[0]
    if not header.isascii() or header.decode("ascii").split(",") != columns:
        yield "1行目が定義された列名ではありません"


def parquet_faults(file: pq.ParquetFile, schema: TableSchema) -> Iterator[str]:
    """What of a Parquet file's form is not as the contract says."""
    if file.schema_arrow.names != list(schema.field_names):
        yield "列が定義と違います"
    groups = range(file.metadata.num_row_groups)
    chunks = [
        file.metadata.row_group(group).column(column)
        for group in groups
        for column in range(file.metadata.num_columns)
    ]
    if any(chunk.compression != "ZSTD" for chunk in chunks):
        yield "圧縮方式がzstdではありません"


def _duckdb_counts(folder: Path, schemas: Mapping[str, TableSchema]) -> dict[str, int]:
    """Table -> its rows in the DuckDB file."""
    query = " UNION ALL ".join(
        f"SELECT {text_sql(name)}, count(*) FROM {name_sql(name)}" for name in schemas
    )
    return dict(read_duckdb(folder / DUCKDB, query))


def _table_faults(
    folder: Path, name: str, schema: TableSchema, duckdb_rows: int
) -> Iterator[tuple[str, str]]:
    content = (folder / csv_path(name)).read_bytes()
    for fault in csv_faults(content, list(schema.field_names)):
        yield csv_path(name), fault
    with pq.ParquetFile(folder / parquet_path(name)) as file:
        for fault in parquet_faults(file, schema):
            yield parquet_path(name), fault
        table: pa.Table = file.read()
    if csv_bytes(table) != content:
        yield csv_path(name), "ParquetとCSVの内容が違います"
    if duckdb_rows != table.num_rows:
        yield DUCKDB, f"表「{name}」の行数がParquetと違います"


def _problem(place: str, fault: str) -> Problem:
    return Problem(
        "error",
        "release_file",
        place,
        f"{fault}。公開用ファイルを書く処理の不具合です。開発者に連絡してください。",
    )
