"""Marts as the SQL gives them, and packaged tables as an analyst reads them back."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.marts.run import build_marts, mart_names
from pipelines.release.csv_files import csv_bytes
from pipelines.release.public_tables import public_table
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.schemas import public_schema
from tests.tables.samples import REAL_SCHEMAS

from .generated import Row, Rows
from .independent import MARTS, Tables, read_csv

MART_NAMES: Final = tuple(mart_names(REAL_SCHEMAS))
READ: Final = tuple(name for name in REAL_SCHEMAS if name not in MART_NAMES)


def by_sql(rows: Rows) -> dict[str, list[Row]]:
    """Every mart of the given rows, as pipelines/marts makes them from Parquet files."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: _parquet(Path(folder), name, rows.get(name, [])) for name in READ}
        marts = build_marts(REAL_SCHEMAS, files, MART_NAMES)
        return {name: table.to_pylist() for name, table in marts}


def by_hand(rows: Rows) -> dict[str, list[Row]]:
    """Every mart of the given rows, computed from the packaged CSV files."""
    tables = packaged(rows)
    return {name: made(tables) for name, made in MARTS.items()}


def packaged(rows: Rows) -> Tables:
    """The tables that marts are made from, read back from their CSV files."""
    return {
        name: read_csv(public_schema(REAL_SCHEMAS[name]), _csv(name, rows[name]))
        if rows.get(name)
        else []
        for name in READ
    }


def differences(name: str, ours: list[Row], theirs: list[Row]) -> list[str]:
    """Rows of a mart that only one of the two has, and cells that differ."""
    key = REAL_SCHEMAS[name].primary_key
    one, other = _by_key(key, ours), _by_key(key, theirs)
    told = [f"only by SQL: {one[at]}" for at in one.keys() - other.keys()]
    told += [f"only by hand: {other[at]}" for at in other.keys() - one.keys()]
    columns = REAL_SCHEMAS[name].field_names
    told += [
        f"{at} {column}: SQL {one[at][column]!r}, by hand {other[at].get(column)!r}"
        for at in one.keys() & other.keys()
        for column in columns
        if not _equal(one[at][column], other[at].get(column))
    ]
    if (len(one), len(other)) != (len(ours), len(theirs)):
        told.append("rows share a key")
    return told


def _by_key(key: tuple[str, ...], rows: list[Row]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[name] for name in key): row for row in rows}


def _equal(one: Any, other: Any) -> bool:
    """Equal, null only with null; shares to the twelfth digit."""
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-12 * max(1.0, abs(one))
    return type(one) is type(other) and bool(one == other)


def _table(name: str, rows: list[Row]) -> pa.Table:
    return rows_to_table(REAL_SCHEMAS[name], rows)


def _csv(name: str, rows: list[Row]) -> bytes:
    return csv_bytes(public_table(REAL_SCHEMAS[name], _table(name, rows)))


@functools.cache
def _empty(name: str) -> Path:
    path = Path(tempfile.mkdtemp()) / f"{name}.parquet"
    pq.write_table(_table(name, []), path)
    return path


def _parquet(folder: Path, name: str, rows: list[Row]) -> Path:
    if not rows:
        return _empty(name)
    path = folder / f"{name}.parquet"
    pq.write_table(_table(name, rows), path)
    return path
