"""Where the form's tables stand in a workbook: by head lines and headings, not by tabs and places.

A sheet may hold several forms one below the other, columns in another order, and columns of the
clerk's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipelines.plans.characters import bare_text
from pipelines.results.forms.definition import (
    ColumnDefinition,
    TableDefinition,
    TableName,
    form_definition,
)
from pipelines.results.forms.heads import ReadHead, is_head_row, read_head
from pipelines.sources.workbooks.model import Sheet, is_blank_row

_LEAST_HEADINGS = 3


@dataclass(frozen=True)
class Block:
    """One table of the form in a sheet.

    Attributes:
        sheet: where it stands.
        table: which table it is.
        head: what the lines above it say; None where they were lost.
        heading_row: row of the headings.
        last_row: last row that belongs to it, blank ones included.
        columns: column key -> columns of the sheet with its heading, left to right. Hidden ones
            are here only where they are no inputs: ids stay ids when a clerk hides them.
        hidden_inputs: inputs in hidden columns, likewise; what stands there is not read.
    """

    sheet: Sheet
    table: TableName
    head: ReadHead | None
    heading_row: int
    last_row: int
    columns: Mapping[str, tuple[int, ...]]
    hidden_inputs: Mapping[str, tuple[int, ...]]

    @property
    def definition(self) -> TableDefinition:
        """The table as the form defines it."""
        return form_definition().tables[self.table]

    @property
    def rows(self) -> range:
        """The rows below the headings."""
        return range(self.heading_row + 1, self.last_row + 1)

    def texts(self, row: int, key: str) -> list[str]:
        """What stands in the columns of a key, without blanks."""
        found = (self.sheet.text(row, column).strip() for column in self.columns.get(key, ()))
        return [text for text in found if text]

    def text(self, row: int, key: str) -> str:
        """What stands in the first column of a key that is not blank; blank if none is."""
        return next(iter(self.texts(row, key)), "")

    def column(self, row: int, key: str) -> int | None:
        """The column that ``text`` comes from; the first one where all are blank."""
        columns = self.columns.get(key, ())
        filled = (one for one in columns if self.sheet.text(row, one).strip())
        return next(filled, columns[0] if columns else None)

    def shown_inputs(self) -> list[ColumnDefinition]:
        """The inputs that have a column here that is shown."""
        return [one for one in self.definition.inputs if one.key in self.columns]


@cache
def _words(table: TableName) -> dict[str, str]:
    """Heading as ``bare_text`` -> column key."""
    columns = form_definition().tables[table].columns
    return {word: column.key for column in columns for word in column.words}


def headings(sheet: Sheet, row: int) -> tuple[TableName, dict[str, tuple[int, ...]]] | None:
    """The table whose headings stand in a row, with their columns; None for any other row."""
    cells = sheet.rows[row - 1]
    found = {name: _columns(name, cells) for name in form_definition().tables}
    fitting = {name: columns for name, columns in found.items() if _is_heading_row(name, columns)}
    if not fitting:
        return None
    best = max(fitting, key=lambda name: len(fitting[name]))
    return best, fitting[best]


def _columns(table: TableName, cells: list[str]) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    for at, cell in enumerate(cells, start=1):
        key = _words(table).get(bare_text(cell)) if cell.strip() else None
        if key:
            columns[key] = (*columns.get(key, ()), at)
    return columns


def _is_heading_row(table: TableName, columns: Mapping[str, object]) -> bool:
    inputs = {one.key for one in form_definition().tables[table].inputs}
    return len(columns) >= _LEAST_HEADINGS and bool(inputs & columns.keys())


def find_blocks(sheet: Sheet) -> list[Block]:
    """The tables of our form in a sheet, from top to bottom."""
    numbers = range(1, len(sheet.rows) + 1)
    found = [(row, headings(sheet, row)) for row in numbers]
    at = [(row, *told) for row, told in found if told]
    tops = [_top(sheet, row, at[n - 1][0] if n else 0) for n, (row, _, _) in enumerate(at)]
    ends = [*(top - 1 for top in tops[1:]), len(sheet.rows)][: len(at)]
    blocks: list[Block] = []
    for (row, table, columns), top, end in zip(at, tops, ends, strict=True):
        above = [cell for cells in sheet.rows[top - 1 : row - 1] for cell in cells if cell.strip()]
        head = read_head(above) or (blocks[-1].head if blocks and top == row else None)
        shown, hidden = _shown(sheet, table, columns)
        blocks.append(Block(sheet, table, head, row, end, shown, hidden))
    return blocks


def _shown(
    sheet: Sheet, table: TableName, columns: Mapping[str, tuple[int, ...]]
) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """Columns that are read, and hidden inputs."""
    inputs = {one.key for one in form_definition().tables[table].inputs}
    shown: dict[str, tuple[int, ...]] = {}
    hidden: dict[str, tuple[int, ...]] = {}
    for key, places in columns.items():
        covered = tuple(one for one in places if key in inputs and one in sheet.hidden_columns)
        if covered:
            hidden[key] = covered
        if len(covered) < len(places):
            shown[key] = tuple(one for one in places if one not in covered)
    return shown, hidden


def _top(sheet: Sheet, heading_row: int, heading_before: int) -> int:
    """The first row of the lines above headings; the headings' own row where there are none."""
    if heading_before == 0:
        return 1
    between = range(heading_before + 1, heading_row)
    head = next((row for row in between if is_head_row(sheet.rows[row - 1])), None)
    if head is None:
        return heading_row
    while head - 1 > heading_before and _is_line(sheet.rows[head - 2]):
        head -= 1
    return head


def _is_line(cells: list[str]) -> bool:
    """A line of text or a blank one: at most one cell is filled."""
    return is_blank_row(cells) or sum(bool(cell.strip()) for cell in cells) == 1


def sheet_head(sheet: Sheet) -> ReadHead | None:
    """The first head of a sheet, of the guide too; None for a sheet that is not of our form."""
    for cells in sheet.rows:
        if is_head_row(cells):
            return read_head(cell for cell in cells if cell.strip())
    return None
