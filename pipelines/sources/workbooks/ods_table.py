"""One table of an ods file: repeated rows and cells, groups, hidden parts, merged cells."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.grid import MAX_COLUMNS, MAX_ROWS, Grid
from pipelines.sources.workbooks.model import MergedRange, Sheet
from pipelines.sources.workbooks.ods_cells import OdsCell
from pipelines.sources.workbooks.ods_styles import OdsStyles
from pipelines.sources.workbooks.ods_texts import shape_texts
from pipelines.sources.workbooks.safe_xml import local_name

_ROW_GROUPS = frozenset({"table-row-group", "table-header-rows", "table-rows"})
_COLUMN_GROUPS = frozenset({"table-column-group", "table-header-columns", "table-columns"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})


class TableReader:
    """Walks through a table once.

    Empty repeats cost nothing: a sheet formatted to its last row is one row repeated a million
    times.
    """

    def __init__(
        self,
        table: Element,
        styles: OdsStyles,
        shown: Callable[[Element, str | None, OdsStyles], OdsCell],
    ) -> None:
        facts = _facts(table)
        self._grid = Grid(facts.get("name"))
        self._grid.is_hidden = not styles.is_shown(facts.get("style-name"))
        self._styles = styles
        self._shown = shown
        self._row = 1
        self._column = 1
        #: (last column, default style of its cells) from left to right.
        self._column_styles: list[tuple[int, str | None]] = []
        self._walk(table, True)

    def sheet(self) -> Sheet:
        """The finished sheet."""
        return self._grid.sheet()

    def _walk(self, element: Element, is_shown: bool) -> None:
        for one in element:
            name = local_name(one.tag)
            if name == "table-row":
                self._take_row(one, is_shown)
            elif name == "table-column":
                self._take_column(one, is_shown)
            elif name in _ROW_GROUPS or name in _COLUMN_GROUPS:
                self._walk(one, is_shown and _facts(one).get("display") != "false")
            elif name == "shapes":
                self._grid.text_boxes.extend(shape_texts(one))

    def _take_column(self, element: Element, is_shown: bool) -> None:
        facts = _facts(element)
        last = self._column + _repeats(facts, "number-columns-repeated") - 1
        if not is_shown or _is_hidden(facts):
            self._grid.hide_columns(self._column, last)
        self._column_styles.append((last, facts.get("default-cell-style-name")))
        self._column = last + 1

    def _take_row(self, element: Element, is_shown: bool) -> None:
        facts = _facts(element)
        repeats = _repeats(facts, "number-rows-repeated")
        cells = self._cells(element, facts.get("default-cell-style-name"))
        # A text beyond the limit is refused when it is put, so the last row comes first; marks
        # alone just end there.
        last = min(self._row + repeats - 1, MAX_ROWS + 1) if cells else self._row
        for row in range(last, self._row - 1, -1):
            for column, cell in cells:
                self._grid.put(row, column, cell.text)
                self._grid.mark(row, column, *cell.marks)
        if not is_shown or _is_hidden(facts):
            self._grid.hide_rows(self._row, self._row + repeats - 1)
        self._row += repeats

    def _cells(self, element: Element, row_style: str | None) -> list[tuple[int, OdsCell]]:
        """The cells of a row that hold something, with their columns."""
        column = 1
        found: list[tuple[int, OdsCell]] = []
        for one in element:
            if local_name(one.tag) not in _CELLS:
                continue
            facts = _facts(one)
            repeats = _repeats(facts, "number-columns-repeated")
            if len(one) or "value-type" in facts or "formula" in facts:
                style = facts.get("style-name") or row_style or self._column_style(column)
                cell = self._shown(one, style, self._styles)
                self._grid.text_boxes.extend(cell.boxes)
                if cell.text or cell.marks:
                    end = column + min(repeats, MAX_COLUMNS + 1)
                    found.extend((at, cell) for at in range(column, end))
            self._merge(self._row, column, facts)
            column += repeats
        return found

    def _merge(self, row: int, column: int, facts: dict[str, str]) -> None:
        rows = _repeats(facts, "number-rows-spanned")
        columns = _repeats(facts, "number-columns-spanned")
        if rows > 1 or columns > 1:
            last = (row + rows - 1, column + columns - 1)
            self._grid.merged.append(MergedRange(row, column, *last))

    def _column_style(self, column: int) -> str | None:
        return next((style for last, style in self._column_styles if column <= last), None)


def _facts(element: Element) -> dict[str, str]:
    return {local_name(key): value for key, value in element.items()}


def _repeats(facts: dict[str, str], name: str) -> int:
    return max(int(facts.get(name, 1)), 1)


def _is_hidden(facts: dict[str, str]) -> bool:
    return facts.get("visibility", "visible") in {"collapse", "filter"}
