"""gyokaku.duckdb: every public table with keys, comments and a Japanese view.

Written for storage version 1.4, because files of DuckDB 2.0 cannot be opened by older clients. Two
writes of the same rows give different bytes (block headers), so it is compared by content.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from pipelines.release.dictionary import (
    DATA_DICTIONARY,
    RELEASE_INFO,
    data_dictionary,
    release_info,
)
from pipelines.release.public_tables import row_counts
from pipelines.tables.ddl import comment_sql, create_table_sql, japanese_view_sql
from pipelines.tables.schema import TableSchema
from pipelines.tables.sql import name_sql, text_sql

STORAGE_VERSION: Final = "v1.4.0"
#: The smallest that DuckDB knows: with the usual 256 KiB, forty small tables take 19 MB.
BLOCK_SIZE: Final = 16_384
INCOMING: Final = "__incoming_rows"


def write_duckdb(
    path: Path, schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table], version: str
) -> None:
    """Writes the file; ``path`` must not exist.

    Args:
        path: where to write.
        schemas: the public schemas.
        tables: the public tables, in the order of their files.
        version: told in the table release_info.
    """
    extra = {
        DATA_DICTIONARY.name: data_dictionary(schemas.values()),
        RELEASE_INFO.name: release_info(schemas, row_counts(tables), version),
    }
    all_schemas = {
        **schemas,
        DATA_DICTIONARY.name: DATA_DICTIONARY,
        RELEASE_INFO.name: RELEASE_INFO,
    }
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET threads = 1")  # one writer keeps the rows in order
        connection.execute(
            f"ATTACH {text_sql(str(path))} AS release "
            f"(STORAGE_VERSION '{STORAGE_VERSION}', BLOCK_SIZE {BLOCK_SIZE})"
        )
        connection.execute("USE release")
        connection.begin()  # or each of a thousand comments would be a transaction of its own
        for name, table in {**tables, **extra}.items():
            _write_table(connection, all_schemas[name], table)
        connection.commit()
        connection.execute("CHECKPOINT")
        connection.execute("USE memory")
        connection.execute("DETACH release")  # closes the file, so that no .wal stays behind


def _write_table(
    connection: duckdb.DuckDBPyConnection, schema: TableSchema, table: pa.Table
) -> None:
    connection.execute(create_table_sql(schema))
    connection.register(INCOMING, table)
    connection.execute(f"INSERT INTO {name_sql(schema.name)} SELECT * FROM {INCOMING}")
    connection.unregister(INCOMING)
    for statement in (*comment_sql(schema), *japanese_view_sql(schema)):
        connection.execute(statement)
