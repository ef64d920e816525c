"""A sheet as its reader sees it: trimmed cells, no hidden columns, merged ranges at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from pipelines.sources.workbooks.model import MergedRange, Sheet


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet, counted from 1.

    Attributes:
        sheet: the sheet as it came.
        rows: its cells without white space around them; hidden columns are blank.
    """

    sheet: Sheet
    rows: list[list[str]]

    @classmethod
    def of(cls, sheet: Sheet) -> Grid:
        """The grid of a sheet."""
        rows = [list(map(str.strip, row)) for row in sheet.rows]
        for column in sheet.hidden_columns:
            for row in rows:
                if column <= len(row):
                    row[column - 1] = ""
        return cls(sheet, rows)

    def strip(self, first: int, last: int, from_row: int) -> Grid:
        """The grid with only some columns below its first rows, which all tables share."""
        rows = [
            cells
            if row < from_row
            else [cell if first <= at <= last else "" for at, cell in enumerate(cells, 1)]
            for row, cells in enumerate(self.rows, 1)
        ]
        return Grid(self.sheet, rows)

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows), default=0)

    @cached_property
    def _narrowest(self) -> int:
        return min(map(len, self.rows), default=0)

    def column(self, at: int) -> list[str]:
        """The cells of a column (from 0), hidden rows included."""
        if at < self._narrowest:
            return list(map(itemgetter(at), self.rows))
        return [row[at] if len(row) > at else "" for row in self.rows]

    def texts_of(self, at: int) -> frozenset[str]:
        """The different texts of a column (from 0), found once."""
        known = self._texts.get(at)
        if known is None:
            known = self._texts[at] = frozenset(self.column(at))
        return known

    @cached_property
    def _texts(self) -> dict[int, frozenset[str]]:
        return {}

    def cells(self, row: int) -> list[str]:
        """The cells of a row that is shown; none of a hidden one."""
        if row in self.sheet.hidden_rows:
            return []
        return self.rows[row - 1] if 0 < row <= len(self.rows) else []

    def cell(self, row: int, column: int) -> str:
        """One cell; blank outside of the sheet."""
        cells = self.cells(row)
        return cells[column - 1] if 0 < column <= len(cells) else ""

    def filled(self, row: int) -> list[tuple[int, str]]:
        """Column and text of every cell that is not blank."""
        return [(at, cell) for at, cell in enumerate(self.cells(row), 1) if cell]

    @cached_property
    def merged_tops(self) -> dict[int, list[MergedRange]]:
        """Merged ranges by their first row."""
        tops: dict[int, list[MergedRange]] = {}
        for merged in self.sheet.merged:
            tops.setdefault(merged.first_row, []).append(merged)
        return tops

    def height_of_merged_cells(self, row: int, most: int) -> int:
        """How many rows the tallest merged cell takes that begins in a row; at least 1."""
        heights = [
            merged.last_row - merged.first_row + 1
            for merged in self.merged_tops.get(row, ())
            if self.cell(row, merged.first_column)
        ]
        return max([height for height in heights if height <= most], default=1)

    def heading_cells(self, row: int, first: int, last: int) -> list[str]:
        """The cells of one of the rows ``first`` to ``last`` of headings, groups spread out.

        A merged cell stands over all of its columns. Without merged cells (CSV), a heading over
        blank cells stands over those of them below which there are headings of their own.
        """
        cells = self.cells(row) + [""] * self.width
        cells = cells[: self.width]
        merged = [one for one in self.sheet.merged if one.first_row <= row <= one.last_row]
        for one in merged:
            text = self.cell(one.first_row, one.first_column)
            for column in range(one.first_column, min(one.last_column, self.width) + 1):
                cells[column - 1] = text
        if row == last or self.sheet.merged:
            return cells
        return self._spread(cells, row, last)

    def _spread(self, cells: list[str], row: int, last: int) -> list[str]:
        group = ""
        for at, cell in enumerate(cells):
            below = any(self.cell(lower, at + 1) for lower in range(row + 1, last + 1))
            if cell:
                group = cell if below else ""
            elif below and group:
                cells[at] = group
            else:
                group = ""
        return cells

    @cached_property
    def text_above(self) -> dict[tuple[int, int], tuple[int, int]]:
        """(row, column) of a blank cell in a merged column range -> where its text stands."""
        return dict(self._covered_cells())

    def _covered_cells(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for merged in self.sheet.merged:
            for row in range(merged.first_row + 1, merged.last_row + 1):
                yield (row, merged.first_column), (merged.first_row, merged.first_column)
