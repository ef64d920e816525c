"""The gates that look at the finished files in staging. A failed one blocks the release."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow.parquet as pq

from pipelines.problems import Problem
from pipelines.release.dictionary import DATA_DICTIONARY, RELEASE_INFO
from pipelines.release.layout import DATAPACKAGE, DUCKDB, csv_path, parquet_path
from pipelines.release.outcome import GateResult
from pipelines.tables.schema import TableSchema
from pipelines.tables.sql import text_sql

# Frictionless stops a resource after this many errors; more help nobody.
ERRORS_PER_RESOURCE: Final = 1000


def frictionless_gate(folder: Path) -> GateResult:
    """Gate 3: Frictionless itself, on every resource of the finished package."""
    import frictionless  # takes a second to import; only a build that publishes needs it

    package = folder / DATAPACKAGE
    report = frictionless.validate(str(package), limit_errors=ERRORS_PER_RESOURCE)
    problems = [_package_error(error.message) for error in report.errors]
    for task in report.tasks:
        problems += [_resource_error(task.place, error) for error in task.errors]
    if not report.tasks and not problems:
        problems.append(_package_error("no resource"))
    return GateResult(
        "frictionless", "データパッケージの検証（Frictionless）", len(report.tasks), tuple(problems)
    )


def disclosure_gate(folder: Path, schemas: Mapping[str, TableSchema]) -> GateResult:
    """Gate 4: no column but the public ones, in any file that bears columns.

    Args:
        folder: the finished files.
        schemas: the public schemas. What is not in them is internal or unknown: neither goes out.
    """
    problems: list[Problem] = []
    found = 0
    for place, table, columns in _columns_of_files(folder, schemas):
        found += 1
        allowed = _allowed_columns(schemas, table)
        problems += [_disclosed(place, table, name) for name in columns if name not in allowed]
    return GateResult("disclosure", "非公開の列がないこと", found, tuple(problems))


def _allowed_columns(schemas: Mapping[str, TableSchema], table: str) -> set[str]:
    """Names and Japanese titles of the public columns of a table or of its view."""
    known = [*schemas.values(), DATA_DICTIONARY, RELEASE_INFO]
    schema = next((one for one in known if table in (one.name, one.view_name)), None)
    if schema is None:
        return set()
    by_name = table == schema.name
    return {field.name if by_name else field.title for field in schema.fields}


def _columns_of_files(
    folder: Path, schemas: Mapping[str, TableSchema]
) -> Iterator[tuple[str, str, list[str]]]:
    """(file, table, its columns) for every file of the release that bears columns."""
    for name in schemas:
        yield csv_path(name), name, csv_header(folder / csv_path(name))
        columns = pq.read_schema(folder / parquet_path(name)).names
        yield parquet_path(name), name, list(columns)
    descriptor = json.loads((folder / DATAPACKAGE).read_bytes())
    for resource in descriptor["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        yield DATAPACKAGE, resource["name"].removesuffix("_parquet"), fields
    for table, columns in duckdb_columns(folder / DUCKDB).items():
        yield DUCKDB, table, columns
    yield from _columns_of_parts(folder, schemas)


def _columns_of_parts(
    folder: Path, schemas: Mapping[str, TableSchema]
) -> Iterator[tuple[str, str, list[str]]]:
    """The same for the packages of single municipalities and for the changes."""
    for path in sorted(folder.glob("packages/*/data/csv/*.csv")):
        yield path.relative_to(folder).as_posix(), path.stem, csv_header(path)
    for name in schemas:
        path = folder / f"changes/{name}.json"
        if path.is_file():
            told = json.loads(path.read_bytes())
            named = {column for row in told["ADD"] for column in row}
            named |= {column for one in told["MOD"] for column in one["changed"]}
            yield path.relative_to(folder).as_posix(), name, sorted(named)


def csv_header(path: Path) -> list[str]:
    """The column names in a CSV file's first line; they are ASCII, so nothing is quoted."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return stream.readline().removesuffix("\n").split(",")


def duckdb_columns(path: Path) -> dict[str, list[str]]:
    """Table or view -> its columns, in a DuckDB file."""
    columns: dict[str, list[str]] = {}
    for table, column in read_duckdb(
        path,
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_catalog = 'release' ORDER BY table_name, ordinal_position",
    ):
        columns.setdefault(table, []).append(column)
    return columns


def read_duckdb(path: Path, query: str) -> list[tuple[Any, ...]]:
    """The rows of ``query`` on the file, attached read-only as ``release``."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH {text_sql(str(path))} AS release (READ_ONLY)")
        connection.execute("USE release")
        return list(connection.execute(query).fetchall())


def _package_error(message: str) -> Problem:
    return Problem(
        "error",
        "frictionless_package",
        DATAPACKAGE,
        f"データパッケージの記述が規格に合いません（{message}）。"
        "schemas/ の定義を確かめてください。",
    )


def _resource_error(place: str, error: Any) -> Problem:
    row = getattr(error, "row_number", None)
    return Problem(
        "error",
        f"frictionless_{error.type}".replace("-", "_"),
        f"{place}: {row}行" if row else place,
        f"公開用ファイルがFrictionlessの検証に合格しません（{error.message}）。"
        "元の値か schemas/ の定義を直してください。",
        column_name=getattr(error, "field_name", None) or None,
    )


def _disclosed(place: str, table: str, column: str) -> Problem:
    return Problem(
        "error",
        "internal_column_disclosed",
        place,
        f"表「{table}」の公開対象でない列「{column}」が公開用ファイルにあります。"
        "schemas/ の disclosure と、ファイルを書く処理を確かめてください。",
        column_name=column,
    )
