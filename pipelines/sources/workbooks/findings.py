"""What reading a workbook found, told to the clerk who filled it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from pipelines.messages import At
from pipelines.sources.workbooks.messages import told
from pipelines.sources.workbooks.model import (
    CellFinding,
    Mark,
    MarkKind,
    Sheet,
    Workbook,
    column_letters,
)

#: What programs write where a person's name belongs.
_PROGRAMS = frozenset(
    {"openpyxl", "xlsxwriter", "apache poi", "microsoft office user", "phpspreadsheet", "sheetjs"}
)

#: What a mark of a cell is told by; a struck text's depends on what is left of it.
_TEXTS_OF_MARKS: dict[MarkKind, str] = {
    "comment": "comment_found",
    "formula_error": "formula_error",
    "not_computed": "formula_not_computed",
    "date_suspect": "date_suspect",
}
#: Likewise, once for each column.
_TEXTS_OF_COLUMNS = {"rounded": "rounded", "unseen": "value_unseen"}


def with_findings(workbook: Workbook) -> Workbook:
    """The workbook with what its marks, hidden parts and text boxes mean for the clerk."""
    found = tuple(finding for sheet in workbook.sheets for finding in sheet_findings(sheet))
    return replace(workbook, findings=workbook.findings + found)


def sheet_findings(sheet: Sheet) -> Iterator[CellFinding]:
    """Findings of one sheet: the sheet as a whole, hidden parts, then its cells in order."""
    if sheet.is_hidden:
        yield told("hidden_sheet", At(sheet.name))
    yield from _hidden_parts(sheet)
    for text in sheet.text_boxes:
        yield told("text_box_found", At(sheet.name), text)
    for (row, column), marks in sorted(sheet.marks.items()):
        for mark in marks:
            finding = _cell_finding(sheet, row, column, mark)
            if finding is not None:
                yield finding
    for kind in _TEXTS_OF_COLUMNS:
        yield from _by_column(sheet, kind)


def external_link(books: list[str]) -> CellFinding:
    """Formulas that take their values from other workbooks."""
    return told("external_link", cell="\n".join(books), count=len(books))


def personal_properties(named: dict[str, str]) -> list[CellFinding]:
    """Properties of the document that hold a person's name: title in Japanese -> name."""
    kept = {
        title: name.strip()
        for title, name in named.items()
        if name.strip() and name.strip().lower() not in _PROGRAMS
    }
    if not kept:
        return []
    names = "、".join(f"{title}: {name}" for title, name in kept.items())
    return [told("personal_properties", cell=names, titles="、".join(kept))]


def _hidden_parts(sheet: Sheet) -> Iterator[CellFinding]:
    for first, last in _runs(sheet.hidden_rows):
        yield told("hidden_rows", At(sheet.name, first), rows=_span(str(first), str(last)))
    for first, last in _runs(sheet.hidden_columns):
        letters = _span(column_letters(first), column_letters(last))
        yield told("hidden_columns", At(sheet.name, 1, first), letters=letters)


def _cell_finding(sheet: Sheet, row: int, column: int, mark: Mark) -> CellFinding | None:
    name = _TEXTS_OF_MARKS.get(mark.kind)
    if mark.kind == "struck":
        name = "struck_in_part" if sheet.text(row, column) else "struck_wholly"
    return told(name, At(sheet.name, row, column), mark.detail) if name else None


def _by_column(sheet: Sheet, kind: str) -> Iterator[CellFinding]:
    """One finding for each column: whole columns bear the same format."""
    cells = sorted(
        (column, row, mark.detail)
        for (row, column), marks in sheet.marks.items()
        for mark in marks
        if mark.kind == kind
    )
    for column, group in groupby(cells, key=lambda cell: cell[0]):
        found = list(group)
        _, row, detail = found[0]
        at, letters = At(sheet.name, row, column), column_letters(column)
        yield told(_TEXTS_OF_COLUMNS[kind], at, detail, letters=letters, count=len(found))


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers: first and last of each."""
    ordered = enumerate(sorted(numbers))
    for _, group in groupby(ordered, key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1]


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}〜{last}"
