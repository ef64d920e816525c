"""Drafts to files, by the libraries that write each format."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableRowProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P, Span

from tests.results.faults_support.drafts import Draft, DraftCell, DraftSheet

#: Type of a value -> how xlsxwriter writes it; a truth is a number, too.
_WRITE_XLSX: dict[type, str] = {
    datetime.date: "write_datetime",
    bool: "write_boolean",
    str: "write_string",
    int: "write_number",
    float: "write_number",
}


def write_draft(draft: Draft, kind: str) -> bytes:
    """The file's bytes; CSV is UTF-8 with commas, to be changed afterwards."""
    return _WRITERS[kind](draft)


def _write_csv(draft: Draft) -> bytes:
    stream = StringIO()
    rows = [[_shown(cell) for cell in cells] for cells in draft.main.rows]
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode()


def _shown(cell: DraftCell) -> str:
    return "" if cell.value is None else str(cell.value)


def _write_xlsx(draft: Draft) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    if draft.properties:
        book.set_properties(draft.properties)
    formats = _Formats(book)
    for sheet in draft.sheets:
        _write_xlsx_sheet(book, sheet, formats)
    shown = next((one for one in draft.sheets if not one.is_hidden), draft.sheets[0])
    book.get_worksheet_by_name(shown.name).activate()
    book.close()
    return stream.getvalue()


class _Formats:
    """Formats of one workbook by what they say."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.struck = book.add_format({"font_strikeout": True})
        self.plain = book.add_format({"font_color": "#000000"})

    def of(self, cell: DraftCell) -> Any:
        if cell.code is None and not cell.is_struck and not cell.is_white:
            return None
        given: dict[str, Any] = {
            "num_format": cell.code or "General",
            "font_strikeout": cell.is_struck,
            "font_color": "#FFFFFF" if cell.is_white else "#000000",
        }
        return self._book.add_format(given)


def _write_xlsx_sheet(book: Any, sheet: DraftSheet, formats: _Formats) -> None:
    written = book.add_worksheet(sheet.name)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell.comment:
                written.write_comment(row, column, cell.comment)
            _write_xlsx_cell(written, row, column, cell, formats)
    _write_xlsx_parts(written, sheet)
    for row in range(len(sheet.rows), sheet.formatted_rows):
        written.set_row(row, 13.5, formats.plain)


def _write_xlsx_parts(written: Any, sheet: DraftSheet) -> None:
    """What a sheet has beside its cells."""
    for first_row, first_column, last_row, last_column in sheet.merged:
        held = sheet.cell(first_row, first_column)
        written.merge_range(
            first_row - 1, first_column - 1, last_row - 1, last_column - 1, held.value or ""
        )
    for row in sheet.hidden_rows:
        written.set_row(row - 1, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        written.set_column(column - 1, column - 1, None, None, {"hidden": True})
    for text in sheet.text_boxes:
        written.insert_textbox(20, 1, text)
    if sheet.is_hidden:
        written.hide()


def _write_xlsx_cell(written: Any, row: int, column: int, cell: DraftCell, formats: Any) -> None:
    form, value = formats.of(cell), cell.value
    if cell.parts:
        pieces: list[Any] = []
        for text, is_struck in cell.parts:
            pieces += [formats.struck if is_struck else formats.plain, text]
        written.write_rich_string(row, column, *pieces)
    elif cell.formula:
        written.write_formula(row, column, cell.formula, form, "" if value is None else value)
    elif value is not None:
        kind = next(kind for kind in _WRITE_XLSX if isinstance(value, kind))
        getattr(written, _WRITE_XLSX[kind])(row, column, value, form)


def _write_xls(draft: Draft) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in draft.sheets:
        written = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if cell.value is not None or cell.parts or cell.formula:
                    _write_xls_cell(written, row, column, cell)
        for first_row, first_column, last_row, last_column in sheet.merged:
            written.merge(first_row - 1, last_row - 1, first_column - 1, last_column - 1)
        for row in sheet.hidden_rows:
            written.row(row - 1).hidden = True
        for column in sheet.hidden_columns:
            written.col(column - 1).hidden = True
        written.visibility = int(sheet.is_hidden)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_xls_cell(written: Any, row: int, column: int, cell: DraftCell) -> None:
    style, struck = xlwt.XFStyle(), xlwt.easyfont("struck_out true")
    if cell.code:
        style.num_format_str = cell.code
    if cell.is_struck:
        style.font = struck
    if cell.parts:
        parts = [(text, struck if gone else xlwt.easyfont("")) for text, gone in cell.parts]
        written.write_rich_text(row, column, parts, style)
    elif cell.formula:
        written.write(row, column, xlwt.Formula(cell.formula.removeprefix("=")), style)
    else:
        written.write(row, column, cell.value, style)


def _write_ods(draft: Draft) -> bytes:
    document = OpenDocumentSpreadsheet()
    struck = Style(name="struck", family="text")
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    document.automaticstyles.addElement(struck)
    cell_struck = Style(name="cellstruck", family="table-cell")
    cell_struck.addElement(TextProperties(textlinethroughstyle="solid"))
    document.automaticstyles.addElement(cell_struck)
    row_style = Style(name="row", family="table-row")
    row_style.addElement(TableRowProperties(rowheight="5mm"))
    document.automaticstyles.addElement(row_style)
    for sheet in draft.sheets:
        table = Table(name=sheet.name)
        for number, cells in enumerate(sheet.rows, 1):
            hidden = {"visibility": "collapse"} if number in sheet.hidden_rows else {}
            row = TableRow(stylename=row_style, **hidden)
            for column, cell in enumerate(cells, 1):
                row.addElement(_ods_cell(sheet, number, column, cell, cell_struck, struck))
            table.addElement(row)
        document.spreadsheet.addElement(table)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _ods_cell(
    sheet: DraftSheet, row: int, column: int, cell: DraftCell, struck: Any, struck_part: Any
) -> Any:
    """A cell; numbers show as they are, percentages with their sign."""
    made = TableCell(**_ods_options(sheet, row, column, cell, struck))
    if any(_covers(one, row, column) for one in sheet.merged):
        return CoveredTableCell()
    if cell.parts:
        paragraph = P()
        for text, is_struck in cell.parts:
            style = {"stylename": struck_part} if is_struck else {}
            paragraph.addElement(Span(text=text, **style))
        made.addElement(paragraph)
    elif cell.value is not None:
        made.addElement(P(text=_ods_shown(cell)))
    return made


def _covers(merged: tuple[int, int, int, int], row: int, column: int) -> bool:
    first_row, first_column, last_row, last_column = merged
    inside = first_row <= row <= last_row and first_column <= column <= last_column
    return inside and (row, column) != (first_row, first_column)


def _ods_options(
    sheet: DraftSheet, row: int, column: int, cell: DraftCell, struck: Any
) -> Mapping[str, Any]:
    options: dict[str, Any] = {"stylename": struck} if cell.is_struck else {}
    for first_row, first_column, last_row, last_column in sheet.merged:
        if (row, column) == (first_row, first_column):
            options["numberrowsspanned"] = last_row - first_row + 1
            options["numbercolumnsspanned"] = last_column - first_column + 1
    if isinstance(cell.value, (int, float)):
        kind = "percentage" if cell.code and "%" in cell.code else "float"
        return options | {"valuetype": kind, "value": str(cell.value)}
    return options | ({"valuetype": "string"} if cell.value is not None or cell.parts else {})


def _ods_shown(cell: DraftCell) -> str:
    if isinstance(cell.value, float) and cell.code and "%" in cell.code:
        return f"{cell.value:.1%}"
    return str(cell.value)


_WRITERS: dict[str, Callable[[Draft], bytes]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "xls": _write_xls,
    "ods": _write_ods,
}
