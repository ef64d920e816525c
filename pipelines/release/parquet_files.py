"""Parquet files with fixed writer options, so that equal tables give equal bytes."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.tables.store import WRITER_OPTIONS


def parquet_bytes(table: pa.Table) -> bytes:
    """The whole file: zstd, the table's own Arrow schema, line breaks as they are.

    The bytes depend on the rows, the schema and the version of pyarrow, and on nothing else.
    """
    stream = io.BytesIO()
    pq.write_table(table.combine_chunks(), stream, **WRITER_OPTIONS)
    return stream.getvalue()
