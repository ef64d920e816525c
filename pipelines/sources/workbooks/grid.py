"""A sheet in the making: cells put anywhere, blank ends never stored."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.sources.workbooks.messages import refusal
from pipelines.sources.workbooks.model import Mark, MergedRange, Sheet, column_letters, is_blank_row

#: The largest real input has 79,011 rows; a value below this is a slip of the hand.
MAX_ROWS = 300_000
MAX_COLUMNS = 2_000
MAX_CELLS = 6_000_000


class Grid:
    """Collects the cells of one sheet.

    Blank cells are not put, so that a million formatted but empty rows cost nothing.
    """

    def __init__(self, name: str | None) -> None:
        self.name = name
        self.is_hidden = False
        self.rows: list[list[str]] = []
        self.marks: dict[tuple[int, int], tuple[Mark, ...]] = {}
        self.merged: list[MergedRange] = []
        self.text_boxes: list[str] = []
        # Ranges, for rows may be hidden down to the last one a sheet can have.
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._size = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Set the text of a cell, counted from 1; blank texts change nothing.

        Raises:
            WorkbookError: the cell lies too far out.
        """
        if not text:
            return
        if not (0 < row <= MAX_ROWS and 0 < column <= MAX_COLUMNS):
            raise refusal("workbook_too_large", what=f"{self._place(row, column)}に値があります")
        rows = self.rows
        while len(rows) < row:
            rows.append([])
        cells = rows[row - 1]
        gap = column - 1 - len(cells)
        if gap >= 0:
            self._size += gap + 1
            self._check_size()
            cells.extend([""] * gap)
            cells.append(text)
        else:
            cells[column - 1] = text

    def mark(self, row: int, column: int, *marks: Mark) -> None:
        """Add marks to a cell."""
        if marks:
            self.marks[row, column] = self.marks.get((row, column), ()) + marks

    def hide_rows(self, first: int, last: int) -> None:
        """Rows that are not shown, first and last; those beyond any cell do not matter."""
        self._hidden_rows.append((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that are not shown, first and last; those beyond any cell do not matter."""
        self._hidden_columns.append((first, last))

    def sheet(self) -> Sheet:
        """The finished sheet, without blank rows at its end and what is hidden beyond them."""
        while self.rows and is_blank_row(self.rows[-1]):
            self.rows.pop()
        width = max(map(len, self.rows), default=0)
        return Sheet(
            name=self.name,
            rows=self.rows,
            marks=_of_use(self.marks, len(self.rows)),
            hidden_rows=_up_to(self._hidden_rows, len(self.rows)),
            hidden_columns=_up_to(self._hidden_columns, width),
            merged=tuple(self.merged),
            text_boxes=tuple(text for text in self.text_boxes if text.strip()),
            is_hidden=self.is_hidden,
        )

    def _check_size(self) -> None:
        if self._size > MAX_CELLS:
            raise refusal("workbook_too_large", what=f"セルが{MAX_CELLS:,}個を超えます")

    def _place(self, row: int, column: int) -> str:
        at = f"{column_letters(column)}{row}"
        return f"{self.name}!{at}" if self.name else at


def _up_to(ranges: Iterable[tuple[int, int]], last: int) -> frozenset[int]:
    return frozenset(
        number for first, end in ranges for number in range(max(first, 1), min(end, last) + 1)
    )


def _of_use(
    marks: dict[tuple[int, int], tuple[Mark, ...]], last_row: int
) -> dict[tuple[int, int], tuple[Mark, ...]]:
    """Without formulas filled down below the last row that shows something."""
    return {
        at: found
        for at, found in marks.items()
        if at[0] <= last_row or any(mark.kind != "formula" for mark in found)
    }
