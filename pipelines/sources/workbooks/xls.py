"""xls files (BIFF, Excel 97 to 2003 and before) as a person sees them, by xlrd."""

from __future__ import annotations

from io import StringIO
from typing import Any

import xlrd

from pipelines.sources.workbooks import cell_texts
from pipelines.sources.workbooks.built_in_formats import BUILT_IN_FORMATS
from pipelines.sources.workbooks.findings import external_link, personal_properties
from pipelines.sources.workbooks.grid import Grid
from pipelines.sources.workbooks.messages import refusal
from pipelines.sources.workbooks.model import Mark, MergedRange, Sheet, Workbook
from pipelines.sources.workbooks.number_formats import Displayed
from pipelines.sources.workbooks.xls_formulas import formula_text, is_uncomputed
from pipelines.sources.workbooks.xls_records import Formula, SheetRecords, read_records
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
            raise refusal("encrypted_file") from error
        raise
    styles, records = _styles(book), read_records(data)
    if records.has_macro_sheet:
        raise refusal("macro_file")
    more = [*records.sheets, *(SheetRecords() for _ in book.sheets())]
    sheets = tuple(
        _sheet(book, sheet, styles, more[index]) for index, sheet in enumerate(book.sheets())
    )
    found = [external_link(records.links)] if records.links else []
    found += personal_properties({"保存した利用者": str(book.user_name or "").strip("\x00 ")})
    if not sheets:
        raise refusal("workbook_damaged")
    return Workbook("xls", MEDIA_TYPE, None, sheets, tuple(found))


def _styles(book: Any) -> list[Style]:
    styles = []
    for form in book.xf_list:
        stated = book.format_map.get(form.format_key)
        # xlrd fills formats that the file only numbers with American ones.
        code = BUILT_IN_FORMATS.get(form.format_key) or (stated.format_str if stated else "General")
        font = book.font_list[form.font_index]
        is_unseen = "[" not in code and _is_text_of_ground(book, font, form.background)
        styles.append(Style(code, bool(font.struck_out), is_unseen))
    return styles or [Style()]


_WHITE = (255, 255, 255)
#: Colours of the system's windows by their numbers: text and ground ([MS-XLS] 2.5.161, Icv).
_SYSTEM_COLOURS = {64: (0, 0, 0), 65: _WHITE, 0x7FFF: (0, 0, 0)}
_NO_FILL, _SOLID = 0, 1


def _is_text_of_ground(book: Any, font: Any, fill: Any) -> bool:
    """Whether a font has the colour of its cell, as far as both are certain."""
    if fill.fill_pattern not in (_NO_FILL, _SOLID):
        return False
    colours = {**book.colour_map, **_SYSTEM_COLOURS}
    ground = _WHITE if fill.fill_pattern == _NO_FILL else colours.get(fill.pattern_colour_index)
    return ground is not None and colours.get(font.colour_index) == ground


def _sheet(book: Any, sheet: Any, styles: list[Style], records: SheetRecords) -> Sheet:
    grid = Grid(sheet.name)
    grid.is_hidden = sheet.visibility != 0
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            shown = _shown(book, sheet, row, column, styles)
            if shown is None:
                continue
            formula = records.formulas.get((row + 1, column + 1))
            if formula is not None:
                shown = _computed(shown, formula, formula_text(book, formula, row, column))
            if (
                records.has_certain_colours
                and _is_unseen(sheet, row, column, styles)
                and shown.text
            ):
                shown = cell_texts.unseen(shown)
            grid.put(row + 1, column + 1, shown.text)
            grid.mark(row + 1, column + 1, *shown.marks)
    _looks(sheet, grid)
    grid.text_boxes.extend(records.shapes)
    return grid.sheet()


def _computed(shown: Displayed, formula: Formula, text: str) -> Displayed:
    """What a formula shows; one that gives a number and has no result was never computed."""
    if formula.is_empty_text and is_uncomputed(text):
        return Displayed("", (Mark("not_computed", text),))
    return Displayed(shown.text, (Mark("formula", text), *shown.marks))


def _is_unseen(sheet: Any, row: int, column: int, styles: list[Style]) -> bool:
    """Whether the cell's own font hides all of its text: parts may have other fonts."""
    has_own_looks = bool(sheet.rich_text_runlist_map.get((row, column)))
    return not has_own_looks and _style(sheet, row, column, styles).is_unseen


def _style(sheet: Any, row: int, column: int, styles: list[Style]) -> Style:
    index = sheet.cell_xf_index(row, column)
    return styles[index] if index is not None and index < len(styles) else styles[0]


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
    style = _style(sheet, row, column, styles)
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
