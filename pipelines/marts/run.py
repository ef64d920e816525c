"""Running the statements of this folder in DuckDB, on Parquet files of the public tables.

``<mart>.sql`` is one SELECT that gives the columns of ``schemas/<mart>.json``; ``shared/*.sql`` are
views that several marts read. Only public columns are visible to them: a mart is packaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from pipelines.tables.arrow import arrow_schema, sort_table
from pipelines.tables.schema import TableSchema
from pipelines.tables.sql import name_sql, names_sql, text_sql

MART_STAGE: Final = "marts"
_FOLDER: Final = Path(__file__).parent
#: Each reads those before it.
SHARED_VIEWS: Final = (
    "outcome_words",
    "department_successors",
    "item_pillars",
    "department_answers",
    "subject_outcomes",
    "ended_words",
    "ended_items",
    "unreported_items",
    "indicator_targets",
)
#: Those that several marts read: made once.
_KEPT: Final = frozenset({"department_answers", "subject_outcomes", "unreported_items"})


def mart_names(schemas: Mapping[str, TableSchema]) -> list[str]:
    """The tables that are made from others."""
    return [name for name, schema in schemas.items() if schema.stage == MART_STAGE]


def mart_sql(name: str) -> str:
    """The statement of a mart, as it is run."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def mart_connection(
    schemas: Mapping[str, TableSchema], files: Mapping[str, Path]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees the public columns of every table, and the shared views.

    Args:
        schemas: every declared table.
        files: table -> its Parquet file, for all that are no marts.
    """
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET preserve_insertion_order = false")
        for name, path in files.items():
            columns = [one.name for one in schemas[name].fields if one.disclosure == "public"]
            connection.execute(
                f"CREATE VIEW {name_sql(name)} AS SELECT {names_sql(columns)} "
                f"FROM read_parquet({text_sql(str(path))})"
            )
        create_shared_views(connection)
        yield connection


def create_shared_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Creates what several statements read; the connection must see the public tables."""
    for name in SHARED_VIEWS:
        statement = (_FOLDER / "shared" / f"{name}.sql").read_text(encoding="utf-8")
        kind = "TEMP TABLE" if name in _KEPT else "VIEW"
        connection.execute(f"CREATE {kind} {name_sql(name)} AS {statement}")


def build_marts(
    schemas: Mapping[str, TableSchema], files: Mapping[str, Path], names: Iterable[str]
) -> Iterator[tuple[str, pa.Table]]:
    """Name and rows of some marts, sorted, with the columns and types of their schemas.

    Args:
        schemas: every declared table.
        files: table -> its Parquet file, for all that are no marts.
        names: of the marts.

    Raises:
        duckdb.Error: a statement that does not run on these tables.
        pyarrow.ArrowInvalid: a statement whose columns are not those of its schema.
    """
    with mart_connection(schemas, files) as connection:
        for name in names:
            yield name, _mart(connection, schemas[name])


def _mart(connection: duckdb.DuckDBPyConnection, schema: TableSchema) -> pa.Table:
    found = connection.sql(mart_sql(schema.name)).to_arrow_table()
    wanted = arrow_schema(schema)
    return sort_table(schema, found.select(wanted.names).cast(wanted))
