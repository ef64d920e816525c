"""Our own forms, filled in by clerks: well, badly, rewritten by a gateway, copied together."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from demo.archives import stable_zip
from demo.facts import Facts
from demo.form_contents import FormMaker
from demo.pages import Cell, Page, Value
from demo.writers import csv_bytes, ods_bytes
from pipelines.results.forms.content import FormContent
from pipelines.results.forms.definition import TableName, form_definition
from pipelines.results.forms.table_rows import columns_of, given_rows
from pipelines.results.forms.writing import write_form

_HEADING_ROW = 5
_TABLES: tuple[TableName, ...] = ("activities", "indicators", "effects")


class FilledForm:
    """One form with what its department filled in."""

    def __init__(self, content: FormContent, facts: Facts, is_early: bool) -> None:
        self.content = content
        self.book = openpyxl.load_workbook(io.BytesIO(write_form(content)))
        self._facts = facts
        self._told = {
            item.title: facts.of(item.number_label or "", content.survey.fiscal_year, is_early)
            for item in content.items
        }
        for table in _TABLES:
            if self.sheet_name(table) in self.book.sheetnames:
                self._fill(table)

    def sheet_name(self, table: TableName) -> str:
        """The tab of a table."""
        return form_definition().tables[table].tab

    def sheet(self, table: TableName) -> Worksheet:
        """The sheet of a table."""
        return self.book[self.sheet_name(table)]

    def column(self, table: TableName, key: str) -> int:
        """Where a column stands, from 1."""
        return [one.key for one in columns_of(self.content, table)].index(key) + 1

    def rows(self, table: TableName) -> list[tuple[int, dict[str, str]]]:
        """Row of the sheet and the texts given there."""
        first = _HEADING_ROW + 1
        return list(enumerate(given_rows(self.content, table), start=first))

    def _fill(self, table: TableName) -> None:
        for row, given in self.rows(table):
            told = self._told[given["item"]]
            for key, value in _inputs(table, given, told).items():
                if value is not None:
                    self.sheet(table).cell(row, self.column(table, key)).value = value

    def edit(self, edit: dict[str, Any]) -> None:
        """What the clerk did besides filling in."""
        table: TableName = edit["table"]
        if "do" in edit:
            _DEEDS[edit["do"]](self, table, edit)
            return
        cell = self.sheet(table).cell(self._row(table, edit), self.column(table, edit["key"]))
        if "as_item" in edit:
            source = self._row(table, {"item": edit["as_item"]})
            cell.value = self.sheet(table).cell(source, self.column(table, edit["key"])).value
        else:
            cell.value = edit["value"]
        if "number_format" in edit:
            cell.number_format = edit["number_format"]

    def _row(self, table: TableName, edit: dict[str, Any]) -> int:
        return next(
            row
            for row, given in self.rows(table)
            if given["item_number"] == edit["item"]
            and ("kind" not in edit or given["effect_kind"] == edit["kind"])
        )

    def delete_row(self, table: TableName, edit: dict[str, Any]) -> None:
        """The whole row is gone."""
        self.sheet(table).delete_rows(self._row(table, edit))

    def add_column(self, table: TableName, edit: dict[str, Any]) -> None:
        """A column of the department's own, right of the item."""
        sheet, at = self.sheet(table), self.column(table, "item") + 1
        sheet.insert_cols(at)
        sheet.cell(_HEADING_ROW, at).value = edit["heading"]
        for row in range(_HEADING_ROW + 1, sheet.max_row + 1):
            sheet.cell(row, at).value = edit["value"]

    def reverse_rows(self, table: TableName, edit: dict[str, Any]) -> None:
        """The rows in another order."""
        sheet = self.sheet(table)
        rows = [row for row, _ in self.rows(table)]
        values = [[cell.value for cell in sheet[row]] for row in rows]
        for row, cells in zip(rows, reversed(values), strict=True):
            for at, value in enumerate(cells, start=1):
                sheet.cell(row, at).value = value

    def pages(self) -> list[Page]:
        """The values alone, as programs leave them that rewrite what they do not know."""
        made = []
        for sheet in self.book.worksheets:
            rows = [[Cell(_value(one)) for one in row] for row in sheet.iter_rows(values_only=True)]
            made.append(Page(sheet.title, rows))
        return made

    def data(self, rewrite: str | None = None) -> bytes:
        """The file as it was sent."""
        if rewrite == "ods":
            return ods_bytes(self.pages())
        if rewrite == "csv":
            activities = next(
                one for one in self.pages() if one.name == self.sheet_name("activities")
            )
            return csv_bytes(activities, "cp932")
        target = io.BytesIO()
        self.book.save(target)
        return stable_zip(target.getvalue())


_DEEDS: dict[str, Callable[[FilledForm, TableName, dict[str, Any]], None]] = {
    "delete_row": FilledForm.delete_row,
    "add_column": FilledForm.add_column,
    "reverse_rows": FilledForm.reverse_rows,
}


def _inputs(table: TableName, given: dict[str, str], told: dict[str, Any]) -> dict[str, Any]:
    if table == "activities":
        return {
            "activity": told.get("activity"),
            "rating": told.get("rating"),
            "shortfall_reason": told.get("why"),
            "next_action": told.get("next"),
        }
    if table == "indicators":
        return {"actual": told.get("actual")}
    key = {"歳出削減": "cut", "歳入確保": "more"}[given["effect_kind"]]
    amount = told.get(key) if given["effect_basis"] == "単年度" else None
    return {"amount": None if amount is None else amount * 1000}


def _value(value: object) -> Value:
    """A value that a rewriting program keeps; the forms hold no other kinds."""
    if value is None or isinstance(value, str | int | float | datetime.date):
        return value
    raise TypeError(type(value))


def form_bytes(story: dict[str, Any], maker: FormMaker, year: int, round_name: str) -> bytes:
    """The file of a story with ``form`` (one) or ``forms`` (copied into one workbook)."""
    is_early = maker.is_early(year, round_name)
    if "forms" in story:
        contents = [maker.content(one, year, round_name) for one in story["forms"]]
        return copied_together([FilledForm(one, maker.facts, is_early) for one in contents])
    form = FilledForm(maker.content(story["form"], year, round_name), maker.facts, is_early)
    for edit in story.get("edits", []):
        form.edit(edit)
    return form.data(story.get("rewrite"))


def copied_together(forms: Sequence[FilledForm]) -> bytes:
    """All tables of all forms in one workbook, as somebody moves sheet after sheet into it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for at, form in enumerate(forms, start=1):
        for table in _TABLES:
            if form.sheet_name(table) in form.book.sheetnames:
                tab = form.sheet_name(table) + (f" ({at})" if at > 1 else "")
                _copy(form.sheet(table), book.create_sheet(tab))
    target = io.BytesIO()
    book.save(target)
    return stable_zip(target.getvalue())


def _copy(source: Worksheet, target: Worksheet) -> None:
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                made = target.cell(cell.row, cell.column, cell.value)
                made.number_format = copy(cell.number_format)
