"""A CSV file of ``raw/figures`` or ``raw/rating_scales`` as rows of named texts.

Read are comma and tab, in any encoding that ``sources.decoding`` knows. Rows are counted as a
spreadsheet shows them: the header is row 1, a line break inside quotes does not count.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.problems import Problem, Severity
from pipelines.sources.decoding import Decoded, DecodingError, decode_text

Row = dict[str, Any]


@dataclass(frozen=True)
class CsvFile:
    """A file as received.

    Attributes:
        path: where it lies in raw/, such as ``figures/published_figures.csv``.
        source_id: of its row in ``sources``.
        data: its bytes.
    """

    path: str
    source_id: str
    data: bytes

    def problem(
        self,
        rule: str,
        message_ja: str,
        row: int | None = None,
        *,
        severity: Severity = "error",
        column: str | None = None,
        value: str | None = None,
    ) -> Problem:
        """A problem of this file, or of one of its rows."""
        place = self.path if row is None else f"{self.path}: {row}行"
        return Problem(severity, rule, place, message_ja, column, value or None, self.source_id)


@dataclass(frozen=True)
class CsvRow:
    """A row that is not blank: its number, and column -> text without white space around it."""

    number: int
    texts: dict[str, str]
    has_more_cells: bool = False


@dataclass
class CsvTable:
    """What a file holds.

    Attributes:
        rows: rows under the header that are not blank.
        blank_rows: how many rows under the header are blank.
        source: the row of ``sources``; None for a file that is no text.
        problems: why the file, or its header, cannot be read.
    """

    rows: list[CsvRow] = field(default_factory=list)
    blank_rows: int = 0
    source: Row | None = None
    problems: list[Problem] = field(default_factory=list)


def read_csv(file: CsvFile, required: Sequence[str], optional: Sequence[str] = ()) -> CsvTable:
    """Read a file; one that cannot be read gives no rows and the reason as a problem.

    Args:
        file: the file.
        required: columns that its header must name, in any order.
        optional: columns that it may name; others are told and left out.
    """
    table = CsvTable()
    try:
        decoded = decode_text(file.data)
    except DecodingError as error:
        message = f"{error.what_ja}UTF-8のCSVで保存し直して、置き直してください。"
        table.problems.append(file.problem("figures_file_unreadable", message))
        return table
    table.source = _source_row(file, decoded)
    try:
        lines = list(_reader(decoded.text))
    except csv.Error as error:
        message = (
            f"CSVとして読めません（{error}）。"
            '引用符（"）が閉じているか確かめ、表計算ソフトでCSVとして保存し直してください。'
        )
        table.problems.append(file.problem("figures_file_unreadable", message))
        return table
    _read_lines(file, lines, required, optional, table)
    return table


def _reader(text: str) -> Any:
    """An unclosed quote is an error: it would swallow the rest of the file."""
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _read_lines(
    file: CsvFile,
    lines: list[list[str]],
    required: Sequence[str],
    optional: Sequence[str],
    table: CsvTable,
) -> None:
    header = [cell.strip() for cell in lines[0]] if lines else []
    table.problems += _header_problems(file, header, required, optional)
    if any(problem.severity == "error" for problem in table.problems):
        return
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            table.blank_rows += 1
            continue
        texts = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        named = {name: texts.get(name, "") for name in (*required, *optional)}
        more = any(cell.strip() for cell in cells[len(header) :])
        table.rows.append(CsvRow(number, named, more))


def _header_problems(
    file: CsvFile, header: list[str], required: Sequence[str], optional: Sequence[str]
) -> list[Problem]:
    missing = [name for name in required if name not in header]
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    unknown = [name for name in header if name and name not in (*required, *optional)]
    problems = []
    if missing:
        message = f"1行目の見出しに {'、'.join(missing)} がありません。列を足してください。"
        problems.append(file.problem("figures_column_missing", message, 1))
    if doubled:
        message = f"見出し {'、'.join(doubled)} が二度あります。片方を消してください。"
        problems.append(file.problem("figures_column_doubled", message, 1))
    if unknown:
        message = (
            f"見出し {'、'.join(unknown)} は読みません。"
            f"使える見出しは {'、'.join((*required, *optional))} です。"
        )
        problems.append(file.problem("figures_column_unknown", message, 1, severity="warning"))
    return problems


def _source_row(file: CsvFile, decoded: Decoded) -> Row:
    lines = decoded.text.splitlines()
    return {
        "source_id": file.source_id,
        "source_kind": "published_figures",
        "municipality_code": None,
        "plan_id": None,
        "path": file.path,
        "sha256": hashlib.sha256(file.data).hexdigest(),
        "bytes": len(file.data),
        "media_type": "text/csv",
        "encoding": decoded.encoding,
        "page_count": None,
        "line_count": len(lines),
        "source_url": None,
        "license": None,
        "retrieved_on": None,
    }
