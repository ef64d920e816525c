"""Where the table of a sheet begins and ends: header, data, further tables, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipelines.machine_readability.model import Column, Table
from pipelines.machine_readability.rules import words
from pipelines.sources.workbooks.model import Sheet, is_blank_row
from pipelines.tables.schema import Field, TableSchema

#: A plain number, as data holds and headers do not.
NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
#: A year in Western counting, which headers may be.
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def table_of(sheet: Sheet, kind: str, schema: TableSchema | None = None) -> Table | None:
    """The first table of a sheet; None where there is nothing."""
    header_row = find_header(sheet.rows)
    if header_row is None:
        return None
    # Cells of a CSV row beyond the header are the business of L1-15.
    width = 0 if kind == "csv" else max(map(len, sheet.rows))
    header = _padded(sheet.rows[header_row - 1], width)
    data_rows = _data_rows(sheet.rows, header_row)
    declared = {} if schema is None else {one.name: one for one in schema.fields}
    columns = _columns(sheet, header, data_rows, declared)
    return Table(kind, sheet, header_row, columns, data_rows, schema is not None)


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row that fills most of the table's width; titles above it fill a cell or two.

    Returns:
        The row, from 1; None where no row holds anything.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    if not any(filled):
        return None
    usual = _usual(filled)
    return next(row for row, count in enumerate(filled, start=1) if count >= max(1, usual * 0.6))


def _usual(filled: Sequence[int]) -> int:
    """How many cells rows usually fill; of counts equally frequent, the larger."""
    counts = Counter(count for count in filled if count)
    return max(counts, key=lambda one: (counts[one], one))


def looks_like_header(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row names columns: all texts, different ones, with numbers below some of them."""
    named = [cell.strip() for cell in cells if cell.strip()]
    if len(named) < 2 or len(set(named)) < len(named) or any(map(is_number, named)):
        return False
    pairs = zip(cells, below, strict=False)
    return any(name.strip() and is_number(value.strip()) for name, value in pairs)


def is_number(text: str) -> bool:
    """Whether a text is a plain number, with or without separators, and no year."""
    return bool(NUMBER.fullmatch(text)) and not YEAR.fullmatch(text)


def is_note(cells: Sequence[str]) -> bool:
    """Whether a row is a note: one text that begins as notes do."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    return len(texts) == 1 and texts[0].startswith(tuple(words("notes")))


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _data_rows(rows: Sequence[Sequence[str]], header_row: int) -> tuple[int, ...]:
    """Rows below the header up to where another table begins; blank rows and notes left out."""
    header = [cell.strip() for cell in rows[header_row - 1]]
    end = second_table(rows, header_row) or len(rows) + 1
    return tuple(
        row
        for row in range(header_row + 1, end)
        if not is_blank_row(rows[row - 1])
        and not is_note(rows[row - 1])
        and [cell.strip() for cell in rows[row - 1]] != header
    )


def second_table(rows: Sequence[Sequence[str]], header_row: int) -> int | None:
    """The row in which another table begins: a header behind a blank row."""
    header = [cell.strip() for cell in rows[header_row - 1]]
    for row in range(header_row + 2, len(rows)):
        cells = rows[row - 1]
        follows_gap = is_blank_row(rows[row - 2]) or _is_title(rows, row - 1)
        repeats = [cell.strip() for cell in cells] == header
        if follows_gap and not is_blank_row(cells):
            below = rows[row] if row < len(rows) else []
            if repeats or looks_like_header(cells, below):
                return row
    return None


def _is_title(rows: Sequence[Sequence[str]], row: int) -> bool:
    """Whether a row holds one text behind a blank row."""
    texts = [cell for cell in rows[row - 1] if cell.strip()]
    return len(texts) == 1 and row > 1 and is_blank_row(rows[row - 2])


def _columns(
    sheet: Sheet, header: Sequence[str], data_rows: Sequence[int], declared: Mapping[str, Field]
) -> tuple[Column, ...]:
    columns = []
    for number, name in enumerate(header, start=1):
        cells = {row: sheet.text(row, number) for row in data_rows}
        if name.strip() or any(text.strip() for text in cells.values()):
            columns.append(Column(number, name, cells, declared.get(name)))
    return tuple(columns)
