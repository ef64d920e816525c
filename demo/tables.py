"""Tables of results as departments lay them out, each from one story of demo/content/."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from demo.amounts import amount_cell, value_cell
from demo.facts import Facts
from demo.pages import Cell, Page

_AMOUNTS = ("cut", "more", "effect")
_VALUES = ("planned", "actual")


def page_of(story: dict[str, Any], facts: Facts, year: int, is_early: bool) -> Page:
    """One sheet.

    Args:
        story: of the sheet: ``title`` lines, ``tables``, ``notes``, and what was done to it.
        facts: what happened.
        year: the fiscal year asked.
        is_early: whether the books are still open.
    """
    page = Page(story.get("sheet", "Sheet1"))
    writer = _Writer(page, facts, year, is_early)
    writer.lines(story.get("title", []))
    for table in story.get("tables") or [story]:
        writer.table(table)
    writer.lines(story.get("notes", []))
    for edit in story.get("edits", []):
        writer.edit(edit)
    writer.hide(story)
    page.merged += [tuple(one) for one in story.get("merged", [])]
    page.text_boxes = list(story.get("text_boxes", []))
    page.is_hidden = bool(story.get("is_hidden", False))
    return page


class _Writer:
    """Fills a sheet from the top."""

    def __init__(self, page: Page, facts: Facts, year: int, is_early: bool) -> None:
        self.page = page
        self.facts = facts
        self.year = year
        self.is_early = is_early
        self.row_of: dict[str, int] = {}
        self.columns: list[dict[str, Any]] = []

    def lines(self, lines: Iterable[Any]) -> None:
        """Lines above or below a table: a text in the first column, or a list of cells."""
        for line in lines:
            texts = line if isinstance(line, list) else [line]
            self.page.rows.append([Cell(one) for one in texts])

    def table(self, table: dict[str, Any]) -> None:
        """Headings, rows of items, and totals where the story has them."""
        self.lines(table.get("before", []))
        self.columns = table["columns"]
        self.page.rows.append([Cell(one["heading"]) for one in self.columns])
        if any("below" in one for one in self.columns):
            self.page.rows.append([Cell(one.get("below")) for one in self.columns])
            self._merge_headings()
        groups = table.get("groups") or [{"items": table["items"]}]
        for group in groups:
            self._group(group)
        self._total(table.get("total"), [one for group in groups for one in group["items"]])
        self.lines(table.get("after", []))

    def _merge_headings(self) -> None:
        """A heading over two rows, or over the columns that follow without one."""
        row, at = len(self.page.rows) - 1, 0
        while at < len(self.columns):
            until = at + 1
            while until < len(self.columns) and self.columns[until]["heading"] is None:
                until += 1
            if until - at > 1:
                self.page.merged.append((row, at + 1, row, until))
            elif not self.columns[at].get("below"):
                self.page.merged.append((row, at + 1, row + 1, at + 1))
            at = until

    def _group(self, group: dict[str, Any]) -> None:
        first = len(self.page.rows) + 1
        for number in group["items"]:
            self.row_of[number] = len(self.page.rows) + 1
            self.page.rows.append(list(self._cells(number)))
        for at, column in enumerate(self.columns, start=1):
            if column["key"] == "category":
                self.page.change(first, at, value=group.get("label"))
                if group.get("is_merged") and len(group["items"]) > 1:
                    self.page.merged.append((first, at, len(self.page.rows), at))
        self._total(group.get("total"), group["items"])

    def _cells(self, number: str) -> Iterator[Cell]:
        for column in self.columns:
            yield self._cell(number, column)

    def _cell(self, number: str, column: dict[str, Any]) -> Cell:
        key, year = column["key"], column.get("year", self.year)
        is_early = self.is_early and year == self.year
        told = self.facts.of(number, year, is_early)
        if key in _AMOUNTS:
            return amount_cell(told.get(key), column.get("as", "thousand"))
        if key in _VALUES:
            return value_cell(told.get(key), told["unit"], column.get("as", "number"))
        if key == "pair":
            planned, actual = told.get("planned"), told.get("actual")
            return Cell(None if planned is None else f"{planned:g}\n({actual:g})")
        if key == "constant":
            return Cell(column["value"])
        value = told.get(key)
        return Cell(value if value is not None else column.get("blank"))

    def _total(self, label: str | None, items: list[str]) -> None:
        if label is None:
            return
        cells = [Cell() for _ in self.columns]
        cells[0] = Cell(label)
        for at, column in enumerate(self.columns):
            if column["key"] in _AMOUNTS:
                year = column.get("year", self.year)
                told = [self.facts.of(one, year, self.is_early).get(column["key"]) for one in items]
                cells[at] = amount_cell(sum(one or 0 for one in told), column.get("as", "thousand"))
        self.page.rows.append(cells)

    def edit(self, edit: dict[str, Any]) -> None:
        """Change one cell after all: ``item`` and ``key``, or ``row`` and ``column``, name it."""
        row = edit["row"] if "row" in edit else self.row_of[edit["item"]]
        if edit.get("do") == "delete_row":
            self.page.rows[row - 1] = []
            return
        column = edit.get("column") or self._column(edit["key"], edit.get("year"))
        parts = {
            name: value
            for name, value in edit.items()
            if name not in ("row", "item", "column", "key", "year", "do")
        }
        if isinstance(parts.get("value"), str) and parts.pop("is_date", False):
            parts["value"] = datetime.date.fromisoformat(str(parts["value"]))
        self.page.change(row, column, **parts)

    def _column(self, key: str, year: int | None) -> int:
        return 1 + next(
            at
            for at, one in enumerate(self.columns)
            if one["key"] == key and one.get("year") == year
        )

    def hide(self, story: dict[str, Any]) -> None:
        """Rows of items and columns by key that were hidden by hand."""
        self.page.hidden_rows = {self.row_of[one] for one in story.get("hide_items", [])}
        self.page.hidden_columns = {
            self._column(one, None) for one in story.get("hide_columns", [])
        }
