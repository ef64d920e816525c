"""Sheets as files: CSV in the encodings of the day, xlsx, xls, ods; the same bytes every time."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
import xlwt
from odf import style, table, text
from odf.opendocument import OpenDocumentSpreadsheet

from demo.archives import PROJECT_STUB, stable_zip
from demo.pages import Cell, Page, Value, plain

_CREATED = datetime.datetime(2024, 1, 1)


def csv_bytes(page: Page, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A text file; ``utf-8-sig`` and ``utf-16`` bring their marks."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    width = max((len(row) for row in page.rows), default=0)
    for row in page.rows:
        texts = [plain(cell.value) for cell in row]
        writer.writerow(texts + [""] * (width - len(texts)))
    written = target.getvalue()
    if encoding == "utf-16":
        return b"\xff\xfe" + written.encode("utf-16-le")
    return written.encode(encoding)


def xlsx_bytes(pages: Sequence[Page], author: str = "", has_macro: bool = False) -> bytes:
    """An Excel file; ``author`` is left in its properties as office programs do."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"author": author, "created": _CREATED})
    if has_macro:
        book.add_vba_project(io.BytesIO(PROJECT_STUB), is_stream=True)
    formats = _Formats(book)
    for page in pages:
        sheet = book.add_worksheet(page.name)
        _fill(sheet, page, formats)
        if page.is_hidden:
            sheet.hide()
    book.close()
    return stable_zip(target.getvalue())


class _Formats:
    """Formats of one workbook by what they do."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}
        self.struck = book.add_format({"font_strikeout": True})

    def of(self, cell: Cell) -> Any:
        key = (cell.number_format, cell.colour)
        if key not in self._made:
            parts: dict[str, Any] = {"border": 1, "text_wrap": True, "valign": "top"}
            if cell.number_format:
                parts["num_format"] = cell.number_format
            if cell.colour:
                parts["bg_color"] = cell.colour
            self._made[key] = self._book.add_format(parts)
        return self._made[key]


def _fill(sheet: Any, page: Page, formats: _Formats) -> None:
    sheet.set_column(0, 12, 14)
    for first_row, first, last_row, last in page.merged:
        sheet.merge_range(first_row - 1, first - 1, last_row - 1, last - 1, "")
    for at, row in enumerate(page.rows):
        for column, cell in enumerate(row):
            if not cell.is_blank:
                _write(sheet, at, column, cell, formats)
    for hidden in page.hidden_rows:
        sheet.set_row(hidden - 1, None, None, {"hidden": True})
    for hidden in page.hidden_columns:
        sheet.set_column(hidden - 1, hidden - 1, 14, None, {"hidden": True})
    for at, box in enumerate(page.text_boxes):
        sheet.insert_textbox(len(page.rows) + 2 + 6 * at, 3, box)


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    look = formats.of(cell)
    if cell.error or cell.formula:
        sheet.write_formula(
            row, column, f"={cell.formula or cell.error}", look, cell.error or cell.value
        )
    elif cell.struck and cell.value not in (None, ""):
        sheet.write_rich_string(row, column, formats.struck, cell.struck, str(cell.value), look)
    elif isinstance(cell.value, datetime.date):
        moment = datetime.datetime.combine(cell.value, datetime.time())
        sheet.write_datetime(row, column, moment, look)
    elif isinstance(cell.value, str):
        sheet.write_string(row, column, cell.value, look)
    elif cell.value is not None:
        sheet.write_number(row, column, cell.value, look)
    if cell.comment:
        sheet.write_comment(row, column, cell.comment, {"author": "担当"})


def xls_bytes(pages: Sequence[Page]) -> bytes:
    """A file of Excel 97 to 2003."""
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.name, cell_overwrite_ok=True)
        for first_row, first, last_row, last in page.merged:
            sheet.merge(first_row - 1, last_row - 1, first - 1, last - 1)
        for at, row in enumerate(page.rows):
            for column, cell in enumerate(row):
                if cell.value is not None:
                    look = xlwt.easyxf(num_format_str=cell.number_format or "General")
                    sheet.write(at, column, cell.value, look)
        for hidden in page.hidden_rows:
            sheet.row(hidden - 1).hidden = True
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods_bytes(pages: Sequence[Page]) -> bytes:
    """An OpenDocument file."""
    book = OpenDocumentSpreadsheet()
    book.automaticstyles.addElement(style.Style(name="plain", family="table-cell"))
    for page in pages:
        sheet = table.Table(name=page.name)
        covered = _covered(page)
        for at, row in enumerate(page.rows, start=1):
            line = table.TableRow()
            for column, cell in enumerate(row, start=1):
                line.addElement(_ods_cell(page, at, column, cell, covered))
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    target = io.BytesIO()
    book.write(target)
    return stable_zip(target.getvalue())


def _covered(page: Page) -> set[tuple[int, int]]:
    return {
        (row, column)
        for first_row, first, last_row, last in page.merged
        for row in range(first_row, last_row + 1)
        for column in range(first, last + 1)
        if (row, column) != (first_row, first)
    }


def _ods_cell(page: Page, row: int, column: int, cell: Cell, covered: set[tuple[int, int]]) -> Any:
    if (row, column) in covered:
        return table.CoveredTableCell()
    spans = {
        (first_row, first): {
            "numberrowsspanned": last_row - first_row + 1,
            "numbercolumnsspanned": last - first + 1,
        }
        for first_row, first, last_row, last in page.merged
    }
    made = table.TableCell(**_ods_value(cell.value), **spans.get((row, column), {}))
    if cell.value is not None:
        for part in plain(cell.value).split("\n"):
            made.addElement(text.P(text=part))
    return made


def _ods_value(value: Value) -> dict[str, Any]:
    if value is None:
        return {}
    if isinstance(value, int | float):
        return {"valuetype": "float", "value": plain(value)}
    if isinstance(value, datetime.date):
        return {"valuetype": "date", "datevalue": value.isoformat()}
    return {"valuetype": "string"}
