"""Files really written by the programs' libraries, and short views of what was read of them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P

from pipelines.sources.workbooks.model import Sheet, Workbook
from pipelines.sources.workbooks.reading import read_workbook


def read(data: bytes) -> Workbook:
    return read_workbook("回答", data)


def only_sheet(data: bytes) -> Sheet:
    (sheet,) = read(data).sheets
    return sheet


def found(workbook: Workbook) -> set[tuple[str, str]]:
    """(rule, cell) of every finding."""
    return {(one.rule, one.cell) for one in workbook.findings}


def kinds(sheet: Sheet, row: int, column: int) -> dict[str, str]:
    """Marks of a cell: kind -> detail."""
    return {mark.kind: mark.detail for mark in sheet.marks.get((row, column), ())}


def written_xlsx(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    """By xlsxwriter; ``fill`` gets the book and a sheet named 実績."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(book, book.add_worksheet("実績"))
    book.close()
    return stream.getvalue()


def saved_xlsx(fill: Callable[[Any, Any], None]) -> bytes:
    """By openpyxl; ``fill`` gets the book and a sheet named 実績."""
    book = openpyxl.Workbook()
    book.active.title = "実績"
    fill(book, book.active)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def written_xls(fill: Callable[[Any, Any], None]) -> bytes:
    """By xlwt; ``fill`` gets the book and a sheet named 実績."""
    book = xlwt.Workbook(encoding="utf-8")
    fill(book, book.add_sheet("実績"))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def written_ods(fill: Callable[[Any, Any], None]) -> bytes:
    """By odfpy; ``fill`` gets the document and a table named 実績."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="実績")
    document.spreadsheet.addElement(table)
    fill(document, table)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def ods_row(table: Any, *cells: Any, **options: Any) -> Any:
    """A row of texts or ready cells."""
    row = TableRow(**options)
    for cell in cells:
        row.addElement(ods_cell(cell) if isinstance(cell, str) else cell)
    table.addElement(row)
    return row


def ods_cell(text: str, **options: Any) -> Any:
    """A cell that shows a text; lines are paragraphs."""
    if text:
        options = {"valuetype": "string", **options}
    cell = TableCell(**options)
    for line in text.split("\n") if text else ():
        cell.addElement(P(text=line))
    return cell


def ods_style(document: Any, name: str, family: str, **texts: str) -> Any:
    """A style with text properties."""
    style = Style(name=name, family=family)
    style.addElement(TextProperties(**texts))
    document.automaticstyles.addElement(style)
    return style


def with_parts(data: bytes, changes: dict[str, Callable[[str], str] | str | bytes | None]) -> bytes:
    """A zip container with parts changed, added, or (None) left out."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.get(name, old.read(name))
            if callable(change):
                change = change(old.read(name).decode())
            if change is not None:
                new.writestr(name, change)
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()
