"""A sheet before it becomes a file: cells with everything a spreadsheet can hide behind a value."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

Value = str | float | int | datetime.date | None


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        value: text, number or date; None is blank.
        number_format: as Excel writes it, such as ``0.0%``.
        struck: text that stands struck through before the value, in the same cell.
        comment: a note attached to the cell.
        formula: the formula whose result the value is.
        error: an error value such as ``#REF!`` in place of the value.
        colour: of the background, ``#RRGGBB``.
    """

    value: Value = None
    number_format: str = ""
    struck: str = ""
    comment: str = ""
    formula: str = ""
    error: str = ""
    colour: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is in the cell."""
        return self == Cell()


@dataclass
class Page:
    """One sheet; rows and columns count from 1.

    Attributes:
        name: of its tab.
        rows: cells, row 1 first.
        merged: first row, first column, last row, last column.
        hidden_rows: rows hidden by hand.
        hidden_columns: columns hidden by hand.
        text_boxes: texts of boxes that lie over the cells.
        is_hidden: whether the tab is hidden.
    """

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    text_boxes: list[str] = field(default_factory=list)
    is_hidden: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """A cell; blank outside of what is written."""
        cells = self.rows[row - 1] if row <= len(self.rows) else []
        return cells[column - 1] if column <= len(cells) else Cell()

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write a cell, making room where there is none yet."""
        while len(self.rows) < row:
            self.rows.append([])
        cells = self.rows[row - 1]
        cells.extend([Cell()] * (column - len(cells)))
        cells[column - 1] = cell

    def change(self, row: int, column: int, **parts: object) -> None:
        """Change parts of a cell and keep the rest."""
        self.put(row, column, replace(self.cell(row, column), **parts))  # type: ignore[arg-type]


def plain(value: Value) -> str:
    """A value as a text file holds it."""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return "" if value is None else str(value)
