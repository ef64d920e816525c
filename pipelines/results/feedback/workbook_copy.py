"""An openpyxl workbook to mark: the submitted xlsx file itself, or its texts in new sheets."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

import openpyxl
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.results.feedback.texts import cell_text, legal
from pipelines.sources.workbooks.model import MergedRange, Sheet, Workbook

#: Limits of a sheet (Excel's specification).
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_LONGEST_TITLE = 31
_TITLE_ILLEGAL = re.compile(r"[\\*?:/\[\]]")
_WIDEST = 60
#: Setting a format costs more than writing a text; large files have mostly short ones.
_NEEDS_WRAPPING = 20
#: openpyxl makes one object per cell of a merged range.
_MERGED_CELLS = 10_000


@dataclass
class WorkbookCopy:
    """A workbook and its sheets by the name they have in the submitted file."""

    book: openpyxl.Workbook
    sheets: dict[str | None, Worksheet]


def opened_copy(data: bytes) -> WorkbookCopy:
    """The submitted xlsx file with its formats, merged cells, widths and validations.

    Macros, shapes and what else openpyxl does not know are left out. Formulas stay formulas.

    Raises:
        Exception: of any kind; openpyxl tells what it cannot open in many ways.
    """
    with warnings.catch_warnings():
        # openpyxl warns of every extension that it leaves out; the list sheet says so once.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(data), rich_text=True)
    book.custom_doc_props = CustomPropertyList()  # type: ignore[attr-defined]
    return WorkbookCopy(book, {sheet.title: sheet for sheet in book.worksheets})


def rebuilt_copy(name: str, workbook: Workbook) -> WorkbookCopy:
    """New sheets with the texts of the submitted file, each cell as text and never as a formula."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheets = {}
    for sheet in workbook.sheets:
        target = book.create_sheet(_sheet_title(sheet.name or PurePath(name).stem))
        sheets[sheet.name] = target
        _fill(target, sheet)
    return WorkbookCopy(book, sheets)


def _sheet_title(name: str) -> str:
    """A title that Excel accepts; openpyxl adds a number to one that is taken."""
    title = _TITLE_ILLEGAL.sub("_", legal(name)).replace("\n", " ").strip("' ")
    # Room for the number.
    return (title if len(title) < _LONGEST_TITLE else title[: _LONGEST_TITLE - 3]) or "Sheet"


def _fill(target: Worksheet, sheet: Sheet) -> None:
    top = Alignment(vertical="top", wrap_text=True)
    for row, texts in enumerate(sheet.rows[:LAST_ROW], 1):
        for column, text in enumerate(texts[:LAST_COLUMN], 1):
            if text:
                write_text(target, row, column, text)
                if len(text) > _NEEDS_WRAPPING or "\n" in text:
                    target.cell(row, column).alignment = top
    _set_widths(target, sheet.rows)
    for merged in sheet.merged:
        if _can_be_merged(sheet, merged):
            _merge(target, merged)
    _hide(target, sheet)


def write_text(target: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text as text: ``=1+1``, ``#N/A`` and ``1-1`` stay what they are."""
    cell = target.cell(row, column)
    cell.value = cell_text(text)
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def _set_widths(target: Worksheet, rows: Iterable[list[str]]) -> None:
    """Columns as wide as their longest line, within reason; a wide character takes two places."""
    widths: dict[int, int] = {}
    for texts in rows:
        for column, text in enumerate(texts[:LAST_COLUMN], 1):
            for line in text.split("\n"):
                width = len(line.encode("cp932", "replace"))
                widths[column] = max(widths.get(column, 0), width)
    for column, width in widths.items():
        target.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST) + 3


def _can_be_merged(sheet: Sheet, merged: MergedRange) -> bool:
    """Merging drops every text but the first: a range that holds others stays unmerged."""
    rows = range(merged.first_row, merged.last_row + 1)
    columns = range(merged.first_column, merged.last_column + 1)
    if merged.last_row > LAST_ROW or merged.last_column > LAST_COLUMN:
        return False
    if len(rows) * len(columns) > _MERGED_CELLS:
        return False
    return sum(bool(sheet.text(row, column)) for row in rows for column in columns) <= bool(
        sheet.text(merged.first_row, merged.first_column)
    )


def _merge(target: Worksheet, merged: MergedRange) -> None:
    target.merge_cells(
        start_row=merged.first_row,
        start_column=merged.first_column,
        end_row=merged.last_row,
        end_column=merged.last_column,
    )


def _hide(target: Worksheet, sheet: Sheet) -> None:
    if sheet.is_hidden:
        target.sheet_state = "hidden"
    for row in sheet.hidden_rows:
        target.row_dimensions[row].hidden = True
    for column in sheet.hidden_columns:
        target.column_dimensions[get_column_letter(column)].hidden = True
