"""Asking a published release: one statement, read-only, and its answer in a form to go on with."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
from rich.console import Console
from rich.table import Table


class QueryError(ValueError):
    """A statement that cannot be run; ``args[0]`` says in Japanese why, DuckDB's words included."""


@dataclass(frozen=True)
class Answer:
    """Names of the columns, and the rows as Python values."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def ask(path: Path, statement: str) -> Answer:
    """Run one statement on a release's gyokaku.duckdb.

    The file is opened read-only, and the statement sees nothing outside of it: no other file can be
    read or written, nothing fetched, no setting changed.

    Args:
        path: of the file.
        statement: SQL; several statements give the answer of the last.

    Raises:
        QueryError: the statement is wrong, or would change something.
    """
    with duckdb.connect(path, read_only=True) as connection:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            found = connection.execute(statement)
            columns = tuple(one[0] for one in found.description or ())
            return Answer(columns, found.fetchall())
        except duckdb.Error as error:
            raise QueryError(f"SQLを実行できません。\n{error}") from error


def as_csv(answer: Answer) -> str:
    """CSV with a header line; null is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_cell(value) for value in row] for row in answer.rows)
    return buffer.getvalue()


def as_json(answer: Answer) -> str:
    """A list of objects, one per row; dates as ISO 8601 texts, and decimals as numbers."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=_json_value) + "\n"


def as_markdown(answer: Answer) -> str:
    """A table of GitHub Flavored Markdown; line breaks and bars in cells are escaped."""
    lines = [answer.columns, ("---",) * len(answer.columns), *answer.rows]
    return "".join(f"| {' | '.join(map(_markdown_cell, line))} |\n" for line in lines)


def as_table(answer: Answer, width: int | None = None) -> str:
    """A table to read on a screen; numbers stand at the right, null is an empty cell."""
    table = Table(show_lines=False)
    for at, name in enumerate(answer.columns):
        is_number = any(isinstance(row[at], int | float) for row in answer.rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*map(_cell, row))
    console = Console(width=width, file=io.StringIO(), record=True, highlight=False, markup=False)
    console.print(table)
    return console.export_text()


FORMATS: Final[Mapping[str, Callable[[Answer], str]]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
    "markdown": as_markdown,
}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _markdown_cell(value: Any) -> str:
    return _cell(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime.date | datetime.datetime | datetime.time):
        return value.isoformat()
    as_number = getattr(value, "__float__", None)
    return as_number() if as_number else str(value)
