"""Where the table of a sheet begins and ends: header, data, further tables, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipelines.machine_readability.model import Column, Table
from pipelines.machine_readability.rules import words
from pipelines.sources.workbooks.model import Sheet, is_blank_row
from pipelines.tables.schema import Field, TableSchema

#: A plain number, as data holds and headers do not.
NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
#: A year in Western counting, which headers may be.
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
#: Of the cells of the widest row, a header fills at least as many.
_SHARE = 0.6
#: Most rows of a header of merged cells.
_HEADER_ROWS = 3


def table_of(sheet: Sheet, kind: str, schema: TableSchema | None = None) -> Table | None:
    """The first table of a sheet; None where there is nothing."""
    header_row = find_header(sheet.rows)
    if header_row is None:
        return None
    # Cells of a CSV row beyond the header are the business of L1-15.
    width = 0 if kind == "csv" else max(map(len, sheet.rows))
    header = _padded(sheet.rows[header_row - 1], width)
    last_header_row = _last_header_row(sheet, header_row)
    if last_header_row > header_row:
        header = [
            _joined_name(sheet, header_row, last_header_row, at) for at in range(1, width + 1)
        ]
    data_rows = _data_rows(sheet.rows, header_row, last_header_row)
    declared = {} if schema is None else {one.name: one for one in schema.fields}
    columns = _columns(sheet, header, data_rows, declared)
    return Table(kind, sheet, header_row, columns, data_rows, schema is not None)


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row that fills most of the width of its block; titles above it fill less.

    Blank rows part the blocks. Blocks much narrower than the widest hold titles, units and whom a
    sheet is from, unless they look like a table themselves.

    Returns:
        The row, from 1; None where no row holds anything.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    widest = max(filled, default=0)
    for first, last in _blocks(filled):
        width = max(filled[first - 1 : last])
        row = _repeated(rows, first, last, width) or next(
            row for row in range(first, last + 1) if filled[row - 1] >= width * _SHARE
        )
        below = rows[row] if row < last else []
        if width >= widest * _SHARE or looks_like_header(rows[row - 1], below):
            return row
    return None


def _repeated(rows: Sequence[Sequence[str]], first: int, last: int, width: int) -> int | None:
    """The first row as wide as its block, where it stands again further down without a number."""
    texts = [tuple(cell.strip() for cell in row) for row in rows[first - 1 : last]]
    place = next(at for at, cells in enumerate(texts) if sum(map(bool, cells)) == width)
    is_again = texts.count(texts[place]) > 1 and not any(map(is_number, texts[place]))
    return first + place if width > 1 and is_again else None


def _blocks(filled: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last row of every run of rows that hold something."""
    rows = (row for row, count in enumerate(filled, start=1) if count)
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in group]
        yield run[0], run[-1]


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


def _last_header_row(sheet: Sheet, header_row: int) -> int:
    """The last row of a header: cells that are merged over rows and begin in it reach so far."""
    ends = [one.last_row for one in sheet.merged if one.first_row == header_row]
    # Cells beside each other in the first row only are no second row yet.
    last = max(ends, default=header_row)
    return last if last < header_row + _HEADER_ROWS else header_row


def _joined_name(sheet: Sheet, first: int, last: int, column: int) -> str:
    """The name of a column below merged cells: 数値 and 目標値 give 数値 目標値."""
    texts = (_text_of_merged(sheet, row, column) for row in range(first, last + 1))
    return " ".join(dict.fromkeys(text for text in texts if text))


def _text_of_merged(sheet: Sheet, row: int, column: int) -> str:
    for one in sheet.merged:
        is_inside = one.first_row <= row <= one.last_row
        if is_inside and one.first_column <= column <= one.last_column:
            return sheet.text(one.first_row, one.first_column)
    return sheet.text(row, column)


def _data_rows(
    rows: Sequence[Sequence[str]], header_row: int, last_header_row: int
) -> tuple[int, ...]:
    """Rows below the header up to where another table begins; blank rows and notes left out."""
    header = [cell.strip() for cell in rows[header_row - 1]]
    end = second_table(rows, header_row) or len(rows) + 1
    return tuple(
        row
        for row in range(last_header_row + 1, end)
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
