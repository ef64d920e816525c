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
from pipelines.results.forms.definition import (
    ColumnDefinition,
    TableDefinition,
    TableName,
    form_definition,
)
from pipelines.results.forms.guide import write_guide
from pipelines.results.forms.heights import GrowingRows, row_height
from pipelines.results.forms.pages import HEAD_COLUMN, set_page, write_head
from pipelines.results.forms.styles import Styles, font_points
from pipelines.results.forms.table_rows import (
    GivenRow,
    answered_rows,
    columns_of,
    given_rows,
    shows_earlier,
)
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
        if given_rows(content, name):
            sheet = book.add_worksheet(table.tab, GrowingRows)
            writer = _TableSheet(sheet, styles, content, table, columns_of(content, name))
            writer.write(name, ratings_range)
    book.close()
    return target.getvalue()


@dataclass(frozen=True)
class _TableSheet:
    """A sheet with a table, while it is written."""

    sheet: Any
    styles: Styles
    content: FormContent
    table: TableDefinition
    columns: list[ColumnDefinition]

    def write(self, name: TableName, ratings_range: str | None) -> None:
        rows, answers = given_rows(self.content, name), answered_rows(self.content, name)
        notice = self.table.answered_before if shows_earlier(self.content, name) else None
        write_head(self.sheet, self.styles, self.content, self.table.tab, len(rows), notice)
        self.sheet.write_string(_HINT_ROW, HEAD_COLUMN, self.table.hint, self.styles["hint"])
        self._write_headings()
        last_item = None
        for at, (row, answered) in enumerate(zip(rows, answers, strict=True), start=_FIRST_ROW):
            self._write_row(at, row, answered, row["item_id"] == last_item)
            last_item = row["item_id"]
        self._set_validations(len(rows), ratings_range)
        self._set_view(len(rows))

    def _write_headings(self) -> None:
        self.sheet.set_row(_HEADING_ROW, 32)
        for at, column in enumerate(self.columns):
            self.sheet.set_column(at, at, column.width)
            style = self.styles.of_heading(column)
            self.sheet.write_string(_HEADING_ROW, at, self._heading(column), style)

    def _heading(self, column: ColumnDefinition) -> str:
        if self.content.survey.is_after_settled and column.heading_after_settled:
            return column.heading_after_settled
        return column.heading

    def _write_row(self, at: int, row: GivenRow, answered: GivenRow, is_repeated: bool) -> None:
        texts = {**row, **answered}
        sizes = ((texts.get(one.key, ""), one.width, font_points(one)) for one in self.columns)
        self.sheet.set_row(at, row_height(sizes, self.table.least_height))
        for number, column in enumerate(self.columns):
            style = self.styles.of_cell(column, is_repeated)
            given = answered if column.role == "input" else row
            self._write_cell(at, number, given.get(column.key), style)

    def _write_cell(self, row: int, column: int, value: str | None, style: Any) -> None:
        if value:
            self.sheet.write_string(row, column, value, style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def _set_validations(self, rows: int, ratings_range: str | None) -> None:
        labels = [one.label for one in self.content.scale]
        for at, column in enumerate(self.columns):
            rule = validation(column, labels, ratings_range) if column.role == "input" else None
            if rule:
                self.sheet.data_validation(_FIRST_ROW, at, _HEADING_ROW + rows, at, rule)

    def _set_view(self, rows: int) -> None:
        item = next(at for at, one in enumerate(self.columns) if one.key == "item")
        self.sheet.freeze_panes(_FIRST_ROW, item + 1)
        first_input = next(at for at, one in enumerate(self.columns) if one.role == "input")
        self.sheet.set_selection(_FIRST_ROW, first_input, _FIRST_ROW, first_input)
        self.sheet.protect("", _ALLOWED)
        self.sheet.set_landscape()
        set_page(self.sheet, self.content)
        # The head is printed on every page too: pages of twelve forms get mixed up on a desk.
        self.sheet.repeat_rows(0, _HEADING_ROW)
        # Ids are for programs: without their column the others are printed larger.
        self.sheet.print_area(0, HEAD_COLUMN, _HEADING_ROW + rows, len(self.columns) - 1)
