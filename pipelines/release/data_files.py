"""CSV and Parquet files of tables, and what a package says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from pipelines.release.csv_files import csv_bytes
from pipelines.release.durable import sha256_of
from pipelines.release.layout import csv_path, parquet_path
from pipelines.release.parquet_files import parquet_bytes


def write_data_files(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Writes one CSV and one Parquet file per table."""
    for name, table in tables.items():
        for path, content in ((csv_path, csv_bytes), (parquet_path, parquet_bytes)):
            target = folder / path(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content(table))


def files_of(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Path in the release -> bytes and SHA-256."""
    return {name: ((folder / name).stat().st_size, sha256_of(folder / name)) for name in names}
