"""One worksheet of an xlsx file (SpreadsheetML, ECMA-376 part 1, 18.3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks import cell_texts, safe_xml
from pipelines.sources.workbooks.grid import Grid
from pipelines.sources.workbooks.messages import refusal
from pipelines.sources.workbooks.model import Mark, MergedRange
from pipelines.sources.workbooks.number_formats import Displayed
from pipelines.sources.workbooks.safe_xml import is_true, local_name
from pipelines.sources.workbooks.xlsx_styles import Style
from pipelines.sources.workbooks.xlsx_texts import RunText, run_text, unescaped

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
#: Cells and rows without content: looks only. Millions of them stand in sheets formatted to the
#: last row. Hidden rows and those of no height say more.
_BLANK_CELL = re.compile(rb"<(?:\w+:)?c [^<>]*/>")
_BLANK_ROW = re.compile(rb'<row (?![^<>]*(?:hidden|ht="0))[^<>]*(?:/>|></row>)')
_UNPLACED = re.compile(rb"<(?:\w+:)?(?:c|row)(?![^<>]* r=)[ >/]")
#: What gives cells another ground or font than their own style: conditions, tables, pictures.
_OTHER_COLOURS = re.compile(rb"<(?:\w+:)?(?:conditionalFormatting|tablePart|picture)\b")
_LARGE = 2_000_000


@dataclass
class SheetContext:
    """What cells of a sheet refer to.

    Attributes:
        texts: shared strings.
        styles: cell styles.
        is_1904: whether days are counted from 1904.
        is_uncomputed: whether the program that wrote the file left computing to the next one, so
            that a zero may stand for a result that nobody computed.
    """

    texts: list[RunText] = field(default_factory=list)
    styles: list[Style] = field(default_factory=lambda: [Style()])
    is_1904: bool = False
    is_uncomputed: bool = False


def place(reference: str) -> tuple[int, int] | None:
    """C12 -> (12, 3); None for anything else."""
    match = _REFERENCE.fullmatch(reference.strip())
    return None if match is None else (int(match[2]), _column(match[1]))


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    """AA -> 27."""
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise refusal("workbook_damaged")
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def read_sheet(data: bytes, grid: Grid, context: SheetContext) -> None:
    """Put the cells, marks, merged ranges and hidden parts of a worksheet into ``grid``."""
    reader = _SheetReader(grid, context, has_certain_colours=not _OTHER_COLOURS.search(data))
    handlers: dict[str, Callable[[Element], None]] = {
        "row": reader.row,
        "cols": reader.columns,
        "sheetFormatPr": reader.defaults,
        "sheetView": reader.view,
        "mergeCell": reader.merged,
    }
    safe_xml.stream(_without_blank_cells(data), handlers)
    reader.finish()


def _without_blank_cells(data: bytes) -> bytes:
    """Large sheets without cells and rows that hold nothing, where all say their own place."""
    is_odd = b"<![CDATA[" in data or b"zeroHeight" in data
    if len(data) < _LARGE or is_odd or _UNPLACED.search(data):
        return data
    return _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", data))


class _SheetReader:
    """Turns elements into cells as they end."""

    def __init__(self, grid: Grid, context: SheetContext, has_certain_colours: bool) -> None:
        self._grid = grid
        self._context = context
        self._has_certain_colours = has_certain_colours
        self._row = 0
        self._hides_unstated_rows = False
        self._shows_zeros = True
        self._stated_rows: set[int] = set()

    def defaults(self, element: Element) -> None:
        self._hides_unstated_rows = is_true(element.get("zeroHeight"))

    def view(self, element: Element) -> None:
        self._shows_zeros = element.get("showZeros") is None or is_true(element.get("showZeros"))

    def columns(self, element: Element) -> None:
        for one in element:
            if is_true(one.get("hidden")) or _is_zero(one.get("width")):
                self._grid.hide_columns(int(one.get("min", 0)), int(one.get("max", 0)))

    def merged(self, element: Element) -> None:
        first, _, last = (element.get("ref") or "").partition(":")
        start, end = place(first), place(last or first)
        if start and end:
            self._grid.merged.append(MergedRange(*start, *end))

    def row(self, element: Element) -> None:
        stated = element.get("r")
        self._row = int(stated) if stated else self._row + 1
        if self._hides_unstated_rows:
            self._stated_rows.add(self._row)
        if is_true(element.get("hidden")) or _is_zero(element.get("ht")):
            self._grid.hide_rows(self._row, self._row)
        column = 0
        for cell in element:
            reference = cell.get("r")
            column = _column(reference.rstrip("0123456789")) if reference else column + 1
            if len(cell):
                self._cell(cell, column)

    def finish(self) -> None:
        if self._hides_unstated_rows:
            for row in set(range(1, len(self._grid.rows) + 1)) - self._stated_rows:
                self._grid.hide_rows(row, row)

    def _cell(self, cell: Element, column: int) -> None:
        formula, value, inline = _content(cell)
        style = self._style(cell.get("s"))
        kind = cell.get("t", "n")
        shown: Displayed | None
        if inline is not None and kind == "inlineStr":
            shown = cell_texts.text_cell(*run_text(inline).parts(style.is_struck), style.code)
        else:
            shown = self._value(kind, value, style)
        if formula is not None:
            shown = self._computed(formula, shown, value)
        if (
            shown is not None
            and style.is_unseen
            and shown.text
            and self._is_plain(kind, value, inline)
        ):
            shown = cell_texts.unseen(shown)
        if shown is not None:
            self._grid.put(self._row, column, shown.text)
            self._grid.mark(self._row, column, *shown.marks)

    def _is_plain(self, kind: str, value: str | None, inline: Element | None) -> bool:
        """Whether the cell's own font shows all of its text: runs may have other colours."""
        text = RunText(())
        if kind == "s" and value:
            text = self._context.texts[int(value)]
        elif inline is not None:
            text = run_text(inline)
        has_own_looks = any(is_struck is not None for _, is_struck in text.runs)
        return self._has_certain_colours and not has_own_looks

    def _computed(self, formula: Element, shown: Displayed | None, value: str | None) -> Displayed:
        text = "=" + (formula.text or "")
        is_missing = shown is None or (value == "0" and self._context.is_uncomputed)
        if shown is None or is_missing:
            return Displayed("", (Mark("not_computed", text),))
        return Displayed(shown.text, (Mark("formula", text), *shown.marks))

    def _value(self, kind: str, value: str | None, style: Style) -> Displayed | None:
        if kind == "s" and value:
            text = self._context.texts[int(value)]
            return cell_texts.text_cell(*text.parts(style.is_struck), style.code)
        if kind == "str" and value is not None:
            plain = RunText(((unescaped(value), None),))
            return cell_texts.text_cell(*plain.parts(style.is_struck), style.code)
        if not value:
            return None
        if kind == "b":
            return cell_texts.truth_cell(is_true(value), style.is_struck)
        if kind == "e":
            return cell_texts.error_cell(value)
        if kind == "d":
            return cell_texts.iso_date_cell(value, style.is_struck, style.code)
        return self._number(float(value), style)

    def _number(self, value: float, style: Style) -> Displayed:
        if value == 0 and not self._shows_zeros:
            return Displayed("", (Mark("unseen", "0"),))
        return cell_texts.number_cell(value, style.code, style.is_struck, self._context.is_1904)

    def _style(self, number: str | None) -> Style:
        styles = self._context.styles
        index = int(number) if number else 0
        return styles[index] if index < len(styles) else styles[0]


def _content(cell: Element) -> tuple[Element | None, str | None, Element | None]:
    """Formula, stored value (None where the element is missing) and inline text of a cell."""
    formula = inline = None
    value: str | None = None
    for one in cell:
        name = local_name(one.tag)
        if name == "v":
            value = one.text or ""
        elif name == "f":
            formula = one
        elif name == "is":
            inline = one
    return formula, value, inline


def _is_zero(size: str | None) -> bool:
    return size is not None and float(size) == 0
