"""xls files (BIFF, Excel 97 to 2003 and before) as a person sees them, by xlrd.

The formulas themselves are not told, only which cells hold some; a formula without a stored result
cannot be told from one that gives an empty text.
"""

from __future__ import annotations

from io import StringIO
from typing import Any

import xlrd

from pipelines.sources.workbooks import cell_texts, refusals
from pipelines.sources.workbooks.built_in_formats import BUILT_IN_FORMATS
from pipelines.sources.workbooks.findings import personal_properties
from pipelines.sources.workbooks.grid import Grid
from pipelines.sources.workbooks.model import Mark, MergedRange, Sheet, Workbook
from pipelines.sources.workbooks.number_formats import Displayed
from pipelines.sources.workbooks.xls_records import SheetRecords, read_records
from pipelines.sources.workbooks.xlsx_styles import Style
from pipelines.sources.workbooks.xlsx_texts import RunText

MEDIA_TYPE = "application/vnd.ms-excel"


def read_xls(data: bytes) -> Workbook:
    """An xls file.

    Raises:
        WorkbookError: with a password.
        Exception: whatever xlrd raises on a damaged file.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise refusals.encrypted() from error
        raise
    styles, records = _styles(book), read_records(data)
    if records.has_macro_sheet:
        raise refusals.with_macros()
    more = [*records.sheets, *(SheetRecords() for _ in book.sheets())]
    sheets = tuple(
        _sheet(book, sheet, styles, more[index]) for index, sheet in enumerate(book.sheets())
    )
    found = personal_properties({"保存した利用者": str(book.user_name or "").strip("\x00 ")})
    if not sheets:
        raise refusals.damaged()
    return Workbook("xls", MEDIA_TYPE, None, sheets, tuple(found))


def _styles(book: Any) -> list[Style]:
    styles = []
    for form in book.xf_list:
        stated = book.format_map.get(form.format_key)
        # xlrd fills formats that the file only numbers with American ones.
        code = BUILT_IN_FORMATS.get(form.format_key) or (stated.format_str if stated else "General")
        styles.append(Style(code, bool(book.font_list[form.font_index].struck_out)))
    return styles or [Style()]


def _sheet(book: Any, sheet: Any, styles: list[Style], records: SheetRecords) -> Sheet:
    grid = Grid(sheet.name)
    grid.is_hidden = sheet.visibility != 0
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            shown = _shown(book, sheet, row, column, styles)
            if shown is not None:
                if (row + 1, column + 1) in records.formulas:
                    grid.mark(row + 1, column + 1, Mark("formula"))
                grid.put(row + 1, column + 1, shown.text)
                grid.mark(row + 1, column + 1, *shown.marks)
    _looks(sheet, grid)
    grid.text_boxes.extend(records.shapes)
    return grid.sheet()


def _looks(sheet: Any, grid: Grid) -> None:
    """Hidden parts, merged ranges and notes."""
    for row, info in sheet.rowinfo_map.items():
        if info.hidden or info.height == 0:
            grid.hide_rows(row + 1, row + 1)
    for column, info in sheet.colinfo_map.items():
        if info.hidden or info.width == 0:
            grid.hide_columns(column + 1, column + 1)
    for first_row, last_row, first_column, last_column in sheet.merged_cells:
        grid.merged.append(MergedRange(first_row + 1, first_column + 1, last_row, last_column))
    for (row, column), note in sheet.cell_note_map.items():
        grid.mark(row + 1, column + 1, Mark("comment", str(note.text or "").strip()))


def _shown(book: Any, sheet: Any, row: int, column: int, styles: list[Style]) -> Displayed | None:
    kind = sheet.cell_type(row, column)
    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return None
    value = sheet.cell_value(row, column)
    index = sheet.cell_xf_index(row, column)
    style = styles[index] if index is not None and index < len(styles) else styles[0]
    if kind == xlrd.XL_CELL_TEXT:
        runs = _runs(book, value, sheet.rich_text_runlist_map.get((row, column), ()))
        return cell_texts.text_cell(*runs.parts(style.is_struck), style.code)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return cell_texts.truth_cell(bool(value), style.is_struck)
    if kind == xlrd.XL_CELL_ERROR:
        return cell_texts.error_cell(xlrd.error_text_from_code.get(value, ""))
    return _number(book, sheet, float(value), style)


def _number(book: Any, sheet: Any, value: float, style: Style) -> Displayed:
    if value == 0 and not sheet.show_zero_values:
        return Displayed("", (Mark("unseen", "0"),))
    return cell_texts.number_cell(value, style.code, style.is_struck, book.datemode == 1)


def _runs(book: Any, text: str, starts: Any) -> RunText:
    """Runs begin at a position with a font; before the first one the cell's font holds."""
    text = str(text)
    runs: list[tuple[str, bool | None]] = []
    begin, is_struck = 0, None
    for position, font in starts:
        runs.append((text[begin:position], is_struck))
        begin, is_struck = position, bool(book.font_list[font].struck_out)
    runs.append((text[begin:], is_struck))
    return RunText(tuple((part.replace("\r\n", "\n"), looks) for part, looks in runs if part))
