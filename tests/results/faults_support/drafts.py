"""A sheet before it is written in one format or another, and what a clerk does to it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.results.faults_support.cases import Cell, Change
from tests.results.faults_support.places import column_number, place

SHEET = "実績"


@dataclass
class DraftCell:
    """A cell and what it bears.

    Attributes:
        value: text, number or day; None for blank.
        code: number format.
        is_struck: whether all of it is struck through.
        is_white: whether it is written in white.
        parts: text and whether it is struck through, instead of the value.
        comment: a note attached.
        formula: with ``value`` for its stored result; None as result where none is stored.
    """

    value: Cell | datetime.date = None
    code: str | None = None
    is_struck: bool = False
    is_white: bool = False
    parts: list[tuple[str, bool]] = field(default_factory=list)
    comment: str | None = None
    formula: str | None = None


@dataclass
class DraftSheet:
    """A sheet to be written."""

    name: str
    rows: list[list[DraftCell]]
    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    text_boxes: list[str] = field(default_factory=list)
    formatted_rows: int = 0

    def cell(self, row: int, column: int) -> DraftCell:
        """The cell of a place, which comes to be where there was none."""
        while len(self.rows) < row:
            self.rows.append([])
        cells = self.rows[row - 1]
        while len(cells) < column:
            cells.append(DraftCell())
        return cells[column - 1]

    def at(self, name: str) -> DraftCell:
        """The cell of a name such as E3."""
        return self.cell(*place(name))


@dataclass
class Draft:
    """A workbook to be written; the first sheet that was made is the one that changes mean."""

    sheets: list[DraftSheet]
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def main(self) -> DraftSheet:
        """The sheet with the table."""
        return next(sheet for sheet in self.sheets if sheet.name == SHEET)


def drafted(rows: Sequence[Sequence[Cell]]) -> Draft:
    """A workbook of one sheet with these cells."""
    return Draft([_sheet(SHEET, rows)])


def _sheet(name: str, rows: Sequence[Sequence[Cell]]) -> DraftSheet:
    return DraftSheet(name, [[DraftCell(value) for value in row] for row in rows])


def change_draft(draft: Draft, change: Change) -> bool:
    """Do one change; False where it is not one of tables (but of bytes)."""
    ((name, given),) = change.items()
    action = _CHANGES.get(name)
    if action is None:
        return False
    action(draft, given)
    return True


def _set(draft: Draft, values: Mapping[str, Cell]) -> None:
    for name, value in values.items():
        draft.main.at(name).value = value


def _repeat(draft: Draft, given: Mapping[str, Sequence[Any]]) -> None:
    for name, (text, times) in given.items():
        draft.main.at(name).value = text * times


def _insert_row(draft: Draft, given: Mapping[str, Any]) -> None:
    cells = [DraftCell(value) for value in given["cells"]]
    draft.main.rows.insert(given["at"] - 1, cells)


def _delete_row(draft: Draft, row: int) -> None:
    del draft.main.rows[row - 1]


def _delete_column(draft: Draft, letters: str) -> None:
    for cells in draft.main.rows:
        del cells[column_number(letters) - 1 : column_number(letters)]


def _add_rows(draft: Draft, rows: Sequence[Sequence[Cell]]) -> None:
    draft.main.rows += [[DraftCell(value) for value in row] for row in rows]


def _swap(draft: Draft, names: Sequence[str]) -> None:
    one, other = (draft.main.at(name) for name in names)
    one.value, other.value = other.value, one.value


def _format(draft: Draft, codes: Mapping[str, str]) -> None:
    for name, code in codes.items():
        draft.main.at(name).code = code


def _day(draft: Draft, given: Mapping[str, Sequence[Any]]) -> None:
    for name, (day, code) in given.items():
        cell = draft.main.at(name)
        cell.value, cell.code = day, code


def _strike(draft: Draft, names: Sequence[str]) -> None:
    for name in names:
        draft.main.at(name).is_struck = True


def _white(draft: Draft, names: Sequence[str]) -> None:
    for name in names:
        draft.main.at(name).is_white = True


def _parts(draft: Draft, given: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    for name, parts in given.items():
        draft.main.at(name).parts = [(text, bool(struck)) for text, struck in parts]


def _comment(draft: Draft, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        draft.main.at(name).comment = text


def _formula(draft: Draft, given: Mapping[str, Sequence[Any]]) -> None:
    for name, (formula, result) in given.items():
        cell = draft.main.at(name)
        cell.formula, cell.value = formula, result


def _merge(draft: Draft, names: Sequence[str]) -> None:
    for name in names:
        first, last = map(place, name.split(":"))
        draft.main.merged.append((*first, *last))
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                if (row, column) != first:
                    draft.main.cell(row, column).value = None


def _add_sheet(draft: Draft, given: Mapping[str, Any]) -> None:
    sheet = _sheet(given["name"], given["rows"])
    sheet.is_hidden = given.get("hidden", False)
    draft.sheets.insert(0 if given.get("first") else len(draft.sheets), sheet)


def _hide_sheet(draft: Draft, name: str) -> None:
    next(sheet for sheet in draft.sheets if sheet.name == name).is_hidden = True


_CHANGES: dict[str, Callable[[Draft, Any], None]] = {
    "set": _set,
    "repeat": _repeat,
    "insert_row": _insert_row,
    "delete_row": _delete_row,
    "delete_column": _delete_column,
    "add_rows": _add_rows,
    "swap": _swap,
    "format": _format,
    "day": _day,
    "strike": _strike,
    "parts": _parts,
    "white": _white,
    "comment": _comment,
    "formula": _formula,
    "merge": _merge,
    "add_sheet": _add_sheet,
    "hide_sheet": _hide_sheet,
    "hide_rows": lambda draft, rows: draft.main.hidden_rows.update(rows),
    "hide_columns": lambda draft, letters: draft.main.hidden_columns.update(
        map(column_number, letters)
    ),
    "text_box": lambda draft, text: draft.main.text_boxes.append(text),
    "properties": lambda draft, given: draft.properties.update(given),
    "formatted_rows": lambda draft, last: setattr(draft.main, "formatted_rows", last),
}
