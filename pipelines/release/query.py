"""Asking a published release: one statement, read-only, and its answer in a form to go on with."""

from __future__ import annotations

import csv
import datetime
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, Final

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.release.csv_files import LINE_BREAK


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
        QueryError: the statement is wrong, or would change something; the file cannot be opened.
    """
    try:
        connection = duckdb.connect(path, read_only=True)
    except duckdb.Error as error:
        raise QueryError(f"リリースのファイル {path.name} を開けません。\n{error}") from error
    with connection:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            if not connection.extract_statements(statement):
                raise QueryError("SQLがありません。SELECT で始まる文などを書いてください。")
            found = connection.execute(statement)
            columns = tuple(one[0] for one in found.description or ())
            return Answer(columns, found.fetchall())
        except duckdb.Error as error:
            raise QueryError(f"SQLを実行できません。\n{error}") from error


def as_csv(answer: Answer) -> str:
    """CSV with a header line; null is an empty cell, a line break inside of one is LF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    # A lone CR would neither be quoted by the writer nor be text to a reader.
    for line in (answer.columns, *answer.rows):
        writer.writerow(_cell(value).replace("\r\n", "\n").replace("\r", "\n") for value in line)
    return buffer.getvalue()


def as_json(answer: Answer) -> str:
    """A list of objects, one per row; dates as ISO 8601 texts, and decimals as numbers.

    Columns of one name are numbered (a, a_1), so that none is lost; NaN and infinities, for which
    JSON has no number, are null.
    """
    names = _distinct(answer.columns)
    rows = [dict(zip(names, map(_json_value, row), strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


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
    escaped = _cell(value).replace("\\", "\\\\").replace("|", "\\|")
    return LINE_BREAK.sub("<br>", escaped)


def _distinct(names: Iterable[str]) -> list[str]:
    """The names, repeated ones with a number behind them."""
    found: list[str] = []
    for name in names:
        forms = (f"{name}_{number}" if number else name for number in count())
        found.append(next(one for one in forms if one not in found))
    return found


def _json_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_cell(key): _json_value(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(one) for one in value]
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
