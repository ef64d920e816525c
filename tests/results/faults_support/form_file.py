"""Our own form, filled in with openpyxl by a clerk who then does something to it."""

from __future__ import annotations

import copy
import csv
import datetime
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from openpyxl.comments import Comment

from pipelines.results.forms.writing import write_form
from tests.results.faults_support.cases import Change
from tests.results.faults_support.world import SLUG, YEAR, form_content

#: Short names of the form's sheets in faults.yaml.
TABS = {"取組": "1 取組の実績", "指標": "2 指標の実績", "効果": "3 効果額"}
#: What is filled in before a fault is put in; rows 6 to 8 are the items 1-1, 1-2 and 2-2.
FILLED = {
    "取組!D6": "案内係を置いた。",
    "取組!E6": "A",
    "取組!D7": "2台を減らした。",
    "取組!E7": "B",
    "取組!F7": "入替が遅れた。",
    "取組!D8": "電話催告をした。",
    "取組!E8": "A",
    "指標!G6": 9,
    "指標!G7": 50,
    "指標!G8": 98.7,
    "効果!F10": 1_200_000,
}


def form_file(changes: Sequence[Change], round_name: str) -> bytes:
    """The form's bytes after all changes."""
    of: Mapping[str, Any] = next((one["form"] for one in changes if "form" in one), {})
    content = form_content(
        of.get("department", "財政課"),
        of.get("year", YEAR),
        of.get("slug", SLUG),
        of.get("round", round_name),
    )
    book = openpyxl.load_workbook(BytesIO(write_form(content)))
    _set(book, FILLED)
    for change in changes:
        ((name, given),) = change.items()
        if name == "as_csv":
            return _as_csv(book[TABS[given]])
        if name != "form":
            _CHANGES[name](book, given)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_csv(sheet: Any) -> bytes:
    """One sheet as Excel saves it in Japan."""
    stream = StringIO()
    rows = [["" if value is None else value for value in row] for row in sheet.values]
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("cp932")


def full_place(place: str) -> str:
    """取組!E6 -> 1 取組の実績!H6; any other place as it is."""
    short, mark, cell = place.partition("!")
    return f"{TABS.get(short, short)}{mark}{cell}"


def _cell(book: Any, name: str) -> Any:
    short, _, cell = name.partition("!")
    return book[TABS.get(short, short)][cell]


def _set(book: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        _cell(book, name).value = value


def _swap(book: Any, names: Sequence[str]) -> None:
    one, other = (_cell(book, name) for name in names)
    one.value, other.value = other.value, one.value


def _strike(book: Any, names: Sequence[str]) -> None:
    for name in names:
        cell = _cell(book, name)
        font = copy.copy(cell.font)
        font.strike = True
        cell.font = font


def _comment(book: Any, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        _cell(book, name).comment = Comment(text, "見本 花子")


def _format(book: Any, codes: Mapping[str, str]) -> None:
    for name, code in codes.items():
        _cell(book, name).number_format = code


def _day(book: Any, given: Mapping[str, Sequence[Any]]) -> None:
    for name, (day, code) in given.items():
        cell = _cell(book, name)
        cell.value = datetime.datetime.combine(day, datetime.time())
        cell.number_format = code


def _hide(book: Any, given: Mapping[str, Sequence[Any]]) -> None:
    """Rows by number, columns by letter, of a sheet."""
    for short, names in given.items():
        sheet = book[TABS[short]]
        for name in names:
            parts = sheet.row_dimensions if isinstance(name, int) else sheet.column_dimensions
            parts[name].hidden = True


def _delete_rows(book: Any, given: Mapping[str, int]) -> None:
    for short, row in given.items():
        book[TABS[short]].delete_rows(row)


def _delete_columns(book: Any, given: Mapping[str, int]) -> None:
    for short, column in given.items():
        book[TABS[short]].delete_cols(column)


def _merge(book: Any, given: Mapping[str, str]) -> None:
    for short, cells in given.items():
        book[TABS[short]].merge_cells(cells)


def _hide_sheet(book: Any, short: str) -> None:
    book[TABS[short]].sheet_state = "hidden"


def _copy_row(book: Any, given: Mapping[str, Any]) -> None:
    sheet = book[TABS[given["sheet"]]]
    for cell in sheet[given["from"]]:
        sheet.cell(given["to"], cell.column).value = cell.value


_CHANGES: dict[str, Callable[[Any, Any], None]] = {
    "set": _set,
    "swap": _swap,
    "strike": _strike,
    "comment": _comment,
    "format": _format,
    "day": _day,
    "hide": _hide,
    "hide_sheet": _hide_sheet,
    "delete_rows": _delete_rows,
    "delete_columns": _delete_columns,
    "delete_sheet": lambda book, short: book.remove(book[TABS[short]]),
    "merge": _merge,
    "copy_row": _copy_row,
    "add_sheet": lambda book, name: book.create_sheet(name).append(["計算", 1]),
}
