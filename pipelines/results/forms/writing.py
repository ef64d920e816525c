"""One form as an xlsx file: locked texts, coloured inputs, print settings, no personal properties.

The same content gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from pipelines.results.forms.content import FormContent
from pipelines.results.forms.definition import TableDefinition, form_definition
from pipelines.results.forms.guide import write_guide
from pipelines.results.forms.heights import GrowingRows, row_height
from pipelines.results.forms.pages import HEAD_COLUMN, set_page, write_head
from pipelines.results.forms.styles import Styles, font_points
from pipelines.results.forms.table_rows import GivenRow, given_rows
from pipelines.results.forms.validations import validation

# No form says when it was made: the same content would give other bytes each time.
_CREATED = datetime.datetime(2000, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
# Without a password; heights and widths can be changed, so that long texts can be seen.
_ALLOWED = {"format_rows": True, "format_columns": True, "autofilter": True}
_HINT_ROW = 3
_HEADING_ROW = 4
_FIRST_ROW = 5


def write_form(content: FormContent) -> bytes:
    """The xlsx file of one form.

    Args:
        content: what it says; a table without rows gets no sheet.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"title": content.survey.plan_title, "created": _CREATED})
    styles = Styles(book)
    guide = book.add_worksheet(form_definition().guide.tab, GrowingRows)
    ratings_range = write_guide(guide, styles, content)
    guide.protect("", _ALLOWED)
    for name, table in form_definition().tables.items():
        rows = given_rows(content, name)
        if rows:
            sheet = book.add_worksheet(table.tab, GrowingRows)
            _TableSheet(sheet, styles, content, table).write(rows, ratings_range)
    book.close()
    return target.getvalue()


@dataclass(frozen=True)
class _TableSheet:
    """A sheet with a table, while it is written."""

    sheet: Any
    styles: Styles
    content: FormContent
    table: TableDefinition

    def write(self, rows: list[GivenRow], ratings_range: str | None) -> None:
        write_head(self.sheet, self.styles, self.content, self.table.tab, len(rows))
        self.sheet.write_string(_HINT_ROW, HEAD_COLUMN, self.table.hint, self.styles["hint"])
        self._write_headings()
        last_item = None
        for at, row in enumerate(rows, start=_FIRST_ROW):
            self._write_row(at, row, row["item_id"] == last_item)
            last_item = row["item_id"]
        self._set_validations(len(rows), ratings_range)
        self._set_view(len(rows))

    def _write_headings(self) -> None:
        self.sheet.set_row(_HEADING_ROW, 32)
        for at, column in enumerate(self.table.columns):
            self.sheet.set_column(at, at, column.width)
            style = self.styles.of_heading(column)
            self.sheet.write_string(_HEADING_ROW, at, column.heading, style)

    def _write_row(self, at: int, row: GivenRow, is_repeated: bool) -> None:
        columns = self.table.columns
        sizes = ((row.get(one.key, ""), one.width, font_points(one)) for one in columns)
        self.sheet.set_row(at, row_height(sizes, self.table.least_height))
        for number, column in enumerate(self.table.columns):
            style = self.styles.of_cell(column, is_repeated)
            text = row.get(column.key) if column.role != "input" else None
            if text:
                self.sheet.write_string(at, number, text, style)
            else:
                self.sheet.write_blank(at, number, None, style)

    def _set_validations(self, rows: int, ratings_range: str | None) -> None:
        labels = [one.label for one in self.content.scale]
        for at, column in enumerate(self.table.columns):
            rule = validation(column, labels, ratings_range) if column.role == "input" else None
            if rule:
                self.sheet.data_validation(_FIRST_ROW, at, _HEADING_ROW + rows, at, rule)

    def _set_view(self, rows: int) -> None:
        columns = self.table.columns
        item = next(at for at, one in enumerate(columns) if one.key == "item")
        self.sheet.freeze_panes(_FIRST_ROW, item + 1)
        first_input = next(at for at, one in enumerate(columns) if one.role == "input")
        self.sheet.set_selection(_FIRST_ROW, first_input, _FIRST_ROW, first_input)
        self.sheet.protect("", _ALLOWED)
        self.sheet.set_landscape()
        set_page(self.sheet, self.content)
        # The head is printed on every page too: pages of twelve forms get mixed up on a desk.
        self.sheet.repeat_rows(0, _HEADING_ROW)
        self.sheet.print_area(0, 0, _HEADING_ROW + rows, len(columns) - 1)
