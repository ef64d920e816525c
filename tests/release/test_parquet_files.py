from __future__ import annotations

import io

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings

from pipelines.release.parquet_files import parquet_bytes
from pipelines.release.public_tables import public_tables
from pipelines.tables.arrow import arrow_schema
from pipelines.tables.schemas import public_schema

from .samples import schemas, tables
from .test_csv_files import ARROW, TABLES

PUBLIC = public_tables(schemas(), tables())
ITEMS = PUBLIC["reform_items"]


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_rows_come_back_line_breaks_included(table: pa.Table) -> None:
    content = parquet_bytes(table)
    assert pq.read_table(io.BytesIO(content)).equals(table)
    assert pl.read_parquet(io.BytesIO(content)).to_dicts() == table.to_pylist()


def test_schema_is_that_of_the_public_table() -> None:
    read = pq.read_table(io.BytesIO(parquet_bytes(ITEMS))).schema
    wanted = arrow_schema(public_schema(schemas()["reform_items"]))
    assert read.equals(wanted, check_metadata=True)
    assert b"pandas" not in (read.metadata or {})


def test_duckdb_and_pandas_read_the_types(tmp_path) -> None:
    path = tmp_path / "items.parquet"
    path.write_bytes(parquet_bytes(ITEMS))
    described = duckdb.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    types = {row[0]: row[1] for row in described}
    assert types["ordinal"] == "BIGINT"
    assert types["share"] == "DOUBLE"
    assert types["decided_on"] == "DATE"
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    assert frame["is_repost"].tolist() == [False, True, pd.NA]


def test_chunks_do_not_change_the_bytes() -> None:
    whole = pa.table({"x": [f"{number * 7919 % 100_003:09}" * 9 for number in range(60_000)]})
    pieces = pa.concat_tables([whole.slice(at, 777) for at in range(0, 60_000, 777)])
    assert pieces["x"].num_chunks > 50
    assert parquet_bytes(pieces) == parquet_bytes(whole)


def test_compression_is_zstd() -> None:
    metadata = pq.ParquetFile(io.BytesIO(parquet_bytes(ITEMS))).metadata
    assert metadata.row_group(0).column(0).compression == "ZSTD"


def test_an_empty_table_keeps_its_schema() -> None:
    assert pq.read_schema(io.BytesIO(parquet_bytes(ARROW.empty_table()))).equals(ARROW)
