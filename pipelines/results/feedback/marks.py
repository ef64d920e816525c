"""Cells of a copy, coloured and commented by what was found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from math import ceil

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.problems import Severity
from pipelines.results.feedback.model import Entry
from pipelines.results.feedback.texts import shown
from pipelines.results.feedback.workbook_copy import LAST_COLUMN, LAST_ROW, WorkbookCopy
from pipelines.sources.workbooks.model import CellFinding

#: Light enough for black text (more than 12:1) and told apart without colour by the word in the
#: comment.
FILLS: dict[Severity, str] = {"error": "FFC7CE", "warning": "FFEB9C", "info": "DDEBF7"}
AUTHOR = "gyokaku"
#: Stands for the clerks who wrote the other comments; a copy bears no names of persons.
SUBMITTER = "提出者"
COMMENT_HEADING = "【確認結果】"
COMMENTS_LIMIT = 1_000
_OURS = re.compile(rf"(?:\n\n)?{COMMENT_HEADING}\n.*", re.DOTALL)
_TEXT_LIMIT = 2_000
_WIDTH, _LINE_HEIGHT, _HIGHEST = 360, 20, 600
_CHARACTERS_A_LINE = 26
_BLACK = "FF000000"


@dataclass(frozen=True)
class Mark:
    """What is told at one cell: sheet, row, column, and the findings with their numbers."""

    sheet: Worksheet
    row: int
    column: int
    findings: list[tuple[str, str, CellFinding]]


def marks_of(entries: Iterable[Entry], target: WorkbookCopy) -> list[Mark]:
    """The cells to mark, worst first; findings of one cell stand together.

    A finding of a row stands at the first column that is shown, one in a merged range at its first
    cell. What has no place in the copy's sheets is left to the list.
    """
    marks: dict[tuple[str, int, int], Mark] = {}
    for entry in entries:
        for number, finding in entry.numbered():
            place = place_in(target, finding)
            if place is not None:
                sheet, row, column = place
                mark = marks.setdefault((sheet.title, row, column), Mark(*place, []))
                mark.findings.append((number, entry.label, finding))
    return list(marks.values())


def place_in(target: WorkbookCopy, finding: CellFinding) -> tuple[Worksheet, int, int] | None:
    """Where a finding stands in the copy: sheet, row and column; None where it has no place."""
    sheet = sheet_of(target, finding)
    if sheet is None or finding.row is None:
        return None
    column = _first_shown_column(sheet) if finding.column is None else finding.column
    if not (0 < finding.row <= LAST_ROW and 0 < column <= LAST_COLUMN):
        return None
    return (sheet, *_first_of_merged(sheet, finding.row, column))


def sheet_of(target: WorkbookCopy, finding: CellFinding) -> Worksheet | None:
    """The copy's sheet that a finding is about; the only one where the finding names none."""
    if finding.sheet is None and finding.row is not None and len(target.sheets) == 1:
        return next(iter(target.sheets.values()))
    return target.sheets.get(finding.sheet)


def _first_shown_column(sheet: Worksheet) -> int:
    hidden = {
        column
        for one in sheet.column_dimensions.values()
        if one.hidden
        for column in range(one.min or 0, (one.max or 0) + 1)
    }
    return next((column for column in range(1, sheet.max_column + 1) if column not in hidden), 1)


def _first_of_merged(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    if isinstance(sheet.cell(row, column), MergedCell):
        for merged in sheet.merged_cells.ranges:
            if merged.min_row <= row <= merged.max_row and (
                merged.min_col <= column <= merged.max_col
            ):
                return merged.min_row, merged.min_col
    return row, column


def set_marks(marks: Iterable[Mark]) -> None:
    """Colour the cells by the worst finding and write what was found into their comments."""
    for mark in marks:
        cell = mark.sheet.cell(mark.row, mark.column)
        if isinstance(cell, Cell):
            cell.fill = PatternFill("solid", fgColor=FILLS[mark.findings[0][2].severity])
            _darken(cell)
            _append_comment(cell, comment_text(mark))


def comment_text(mark: Mark) -> str:
    """What the comment of a cell says: each finding, its severity as a word, and its mending."""
    parts = [COMMENT_HEADING]
    for number, label, finding in mark.findings:
        parts.append(f"{label}（{number}） {shown(finding.message_ja, _TEXT_LIMIT)}")
        if finding.fix_ja:
            parts.append(f"→ {shown(finding.fix_ja, _TEXT_LIMIT)}")
    return "\n".join(parts)


def _append_comment(cell: Cell, text: str) -> None:
    before = cell.comment.text.rstrip() if cell.comment else ""
    text = f"{before}\n\n{text}" if before else text
    lines = sum(max(1, ceil(len(line) / _CHARACTERS_A_LINE)) for line in text.split("\n"))
    height = min(_HIGHEST, (lines + 1) * _LINE_HEIGHT)
    cell.comment = Comment(text, AUTHOR, height, _WIDTH)


def _darken(cell: Cell) -> None:
    """Black text where it is light: white headings would vanish on our fill."""
    if _is_light(cell.font.color):
        cell.font = Font(color=Color(rgb=_BLACK)) + copy(cell.font)


def _is_light(color: Color | None) -> bool:
    if color is None:
        return False
    if color.type == "theme":
        # The theme's first colour is the paper's; the others are meant for text on it.
        return color.theme == 0
    if color.type != "rgb" or not re.fullmatch("[0-9A-Fa-f]{8}", str(color.rgb)):
        return False
    red, green, blue = (int(str(color.rgb)[at : at + 2], 16) for at in (2, 4, 6))
    return 0.299 * red + 0.587 * green + 0.114 * blue > 140


def prepare_comments(sheet: Worksheet) -> None:
    """Keep what clerks wrote, without their names; take away what an earlier copy said.

    A marked copy that is filled in further and sent in again is marked anew.
    """
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.comment is not None:
                _prepare(cell)


def _prepare(cell: Cell) -> None:
    assert cell.comment is not None
    text, is_ours = cell.comment.text, cell.comment.author == AUTHOR
    if is_ours and COMMENT_HEADING in text:
        text = _OURS.sub("", text)
        if cell.fill.fgColor.rgb in {f"00{fill}" for fill in FILLS.values()}:
            cell.fill = PatternFill()
    comment = Comment(text, SUBMITTER, cell.comment.height, cell.comment.width)
    cell.comment = comment if text else None
