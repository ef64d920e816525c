"""Sheets drawn as text, written by real libraries as xlsx, xls, ods or CSV.

One line per row, cells parted by ``|``. ``/`` is a line break within a cell, a backslash before it
a plain slash. A plain number is a number cell, with its format behind it in braces
(``0.931{0.0%}``); an apostrophe before it makes it a text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import xlwt
from odf.number import Number, NumberStyle
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl.utils import range_boundaries

_NUMBER = re.compile(r"(?P<value>-?\d+(?:\.\d+)?)(?:\{(?P<format>.*)\})?")
_BREAK, _SLASH = re.compile(r"(?<!\\)/"), "\\/"


@dataclass(frozen=True)
class Cell:
    """A cell: text, or a number with a format."""

    value: str | float | None
    number_format: str = "General"


@dataclass(frozen=True)
class Drawn:
    """A drawn sheet: rows of cells, merged ranges in A1 notation."""

    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[str, ...] = ()

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """(row, column) from 0 of a merged range -> its rows and columns."""
        found = {}
        for one in self.merged:
            left, top, right, bottom = range_boundaries(one)
            assert left and top and right and bottom
            found[(top - 1, left - 1)] = (bottom - top + 1, right - left + 1)
        return found

    def covered(self) -> set[tuple[int, int]]:
        """Cells that a merged range covers, but for its first."""
        return {
            (top + down, left + across)
            for (top, left), (rows, columns) in self.spans().items()
            for down in range(rows)
            for across in range(columns)
            if down or across
        }


def drawn(text: str, merged: str = "") -> Drawn:
    """Read a drawing; ``merged`` lists ranges, parted by spaces."""
    lines = text.strip("\n").split("\n")
    rows = tuple(tuple(_cell(one.strip()) for one in line.split("|")) for line in lines)
    return Drawn(rows, tuple(merged.split()))


def _cell(text: str) -> Cell:
    if not text:
        return Cell(None)
    number = _NUMBER.fullmatch(text)
    if number:
        digits = number["value"]
        return Cell(float(digits) if "." in digits else int(digits), number["format"] or "General")
    return Cell(_BREAK.sub("\n", text.removeprefix("'")).replace(_SLASH, "/"))


def as_xlsx(sheets: dict[str, Drawn]) -> bytes:
    """Written by openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, sheet in sheets.items():
        page = book.create_sheet(name)
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell.value is not None:
                    page.cell(row, column, cell.value).number_format = cell.number_format
        for one in sheet.merged:
            page.merge_cells(one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(sheets: dict[str, Drawn]) -> bytes:
    """Written by xlwt."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, sheet in sheets.items():
        page, spans = book.add_sheet(name), sheet.spans()
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if cell.value is None:
                    continue
                style = xlwt.easyfont("") and xlwt.XFStyle()
                style.num_format_str = cell.number_format
                rows, columns = spans.get((row, column), (1, 1))
                ends = (row + rows - 1, column + columns - 1)
                page.write_merge(row, ends[0], column, ends[1], cell.value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(sheets: dict[str, Drawn]) -> bytes:
    """Written by odfpy; numbers have thousands separators."""
    book = OpenDocumentSpreadsheet()
    number = NumberStyle(name="grouped")
    number.addElement(Number(decimalplaces="0", minintegerdigits="1", grouping="true"))
    book.automaticstyles.addElement(number)
    style = Style(name="amount", family="table-cell", datastylename="grouped")
    book.automaticstyles.addElement(style)
    for name, sheet in sheets.items():
        table, spans, covered = Table(name=name), sheet.spans(), sheet.covered()
        for row, cells in enumerate(sheet.rows):
            line = TableRow()
            for column, cell in enumerate(cells):
                line.addElement(_ods_cell(cell, spans.get((row, column)), (row, column) in covered))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def _ods_cell(cell: Cell, span: tuple[int, int] | None, covered: bool) -> TableCell:
    if covered:
        return CoveredTableCell()
    more = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if cell.value is None:
        return TableCell(**more)
    if isinstance(cell.value, str):
        written = TableCell(valuetype="string", **more)
        for line in cell.value.split("\n"):
            written.addElement(P(text=line))
        return written
    written = TableCell(valuetype="float", value=cell.value, stylename="amount", **more)
    written.addElement(P(text=f"{cell.value:,}"))
    return written


def as_csv(encoding: str) -> Callable[[dict[str, Drawn]], bytes]:
    """Written by the csv module, in an encoding; numbers as drawn."""

    def write(sheets: dict[str, Drawn]) -> bytes:
        out = io.StringIO()
        (sheet,) = sheets.values()
        writer = csv.writer(out, delimiter="\t" if encoding == "utf-16" else ",")
        writer.writerows(
            ["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.rows
        )
        return out.getvalue().encode(encoding)

    return write


WRITERS: dict[str, Callable[[dict[str, Drawn]], bytes]] = {
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": as_ods,
    "cp932.csv": as_csv("cp932"),
    "utf-8.csv": as_csv("utf-8"),
    "bom.csv": as_csv("utf-8-sig"),
    "utf-16.txt": as_csv("utf-16"),
}
