"""A workbook as a person sees it: texts as displayed, and marks for what a bare value hides.

Rows and columns are counted from 1, as a spreadsheet shows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pipelines.problems import Problem, Severity

WorkbookFormat = Literal["xlsx", "xls", "ods", "csv"]

#: What a cell bears beyond its text.
#: ``struck``: all of its text is struck through (the text is then blank), or a part of it (only the
#: rest is its text); ``comment``: a note is attached; ``formula``: the text is a formula's result;
#: ``formula_error``: #REF! and the like (the text is then blank); ``not_computed``: a formula
#: without a stored result (the text is then blank); ``percent``: the text was made from a fraction
#: by a percent format; ``date``: the text was made from a date (ISO form); ``date_suspect``: a date
#: that may have been a number label such as 1-1 before the program turned it into one;
#: ``rounded``: the format shows fewer digits than the cell holds; ``unseen``: the format shows
#: nothing of what the cell holds, or its font has the colour of its ground (the text is then
#: blank).
MarkKind = Literal[
    "struck",
    "comment",
    "formula",
    "formula_error",
    "not_computed",
    "percent",
    "date",
    "date_suspect",
    "rounded",
    "unseen",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a cell; ``detail`` (struck text, comment, formula, exact value) is internal."""

    kind: MarkKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A merged rectangle; its text stands in the first row and column, the rest is blank."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        name: as on its tab; None for a CSV file.
        rows: texts as displayed, row 1 first; ``""`` is blank. Rows may be of different lengths.
            Line breaks inside a cell are ``\\n``.
        marks: (row, column) -> marks; only cells that have some.
        hidden_rows: rows that are not shown (hidden by hand or by a filter).
        hidden_columns: columns that are not shown.
        merged: merged rectangles.
        text_boxes: texts of shapes on the sheet, in no particular place; never published.
        is_hidden: whether the sheet is not shown.
    """

    name: str | None
    rows: list[list[str]]
    marks: dict[tuple[int, int], tuple[Mark, ...]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[MergedRange, ...] = ()
    text_boxes: tuple[str, ...] = ()
    is_hidden: bool = False

    def text(self, row: int, column: int) -> str:
        """The text of a cell; blank outside of the sheet."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else []
        return cells[column - 1] if 0 < column <= len(cells) else ""

    def has_mark(self, row: int, column: int, *kinds: MarkKind) -> bool:
        """Whether a cell bears a mark of one of these kinds."""
        return any(mark.kind in kinds for mark in self.marks.get((row, column), ()))


@dataclass(frozen=True)
class CellFinding:
    """A problem in a sheet, told so that the clerk who filled it in can mend it.

    Attributes:
        severity: ``error`` (something is not published), ``warning`` (published, look at it) or
            ``info``.
        rule: stable name in lower-case words.
        message_ja: what is wrong, in Japanese, one or two sentences.
        fix_ja: what to do about it, in Japanese, one sentence.
        sheet: name of the sheet; None for the file as a whole, or CSV.
        row: row of the sheet; None for a sheet as a whole.
        column: column of the sheet, from 1; None for a row as a whole.
        value: what stands there; internal.
        column_name: the field or column of a table concerned.
    """

    severity: Severity
    rule: str
    message_ja: str
    fix_ja: str = ""
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    value: str | None = None
    column_name: str | None = None

    @property
    def cell(self) -> str:
        """The place inside the file as a spreadsheet names it: ``実績!C12``, ``12行``, or blank."""
        if self.row is None:
            return self.sheet or ""
        at = f"{self.row}行" if self.column is None else f"{column_letters(self.column)}{self.row}"
        return f"{self.sheet}!{at}" if self.sheet else at

    def problem(
        self,
        file_place: str,
        source_id: str | None = None,
        plan_id: str | None = None,
        municipality_code: str | None = None,
    ) -> Problem:
        """The finding as a problem of a build; ``file_place`` is where the file lies in raw/."""
        place = f"{file_place}: {self.cell}" if self.cell else file_place
        return Problem(
            self.severity,
            self.rule,
            place,
            self.message_ja + self.fix_ja,
            self.column_name,
            self.value,
            source_id,
            plan_id,
            municipality_code,
        )


@dataclass(frozen=True)
class Workbook:
    """A file as read: its sheets, and what reading it found.

    Attributes:
        format: by content, not by the name's ending.
        media_type: IANA media type.
        encoding: Python's codec name for CSV, else None.
        sheets: in the order of their tabs; a CSV file is one sheet.
        findings: what was respected or left out while reading (struck text, comments, hidden rows
            and columns, text boxes, formula errors, personal document properties ...).
    """

    format: WorkbookFormat
    media_type: str
    encoding: str | None
    sheets: tuple[Sheet, ...]
    findings: tuple[CellFinding, ...] = ()


class WorkbookError(ValueError):
    """A file that cannot be read at all; ``finding`` says why and what to do, in Japanese."""

    def __init__(self, rule: str, message_ja: str, fix_ja: str) -> None:
        super().__init__(message_ja)
        self.finding = CellFinding("error", rule, message_ja, fix_ja)


def column_letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank_row(cells: Iterable[str]) -> bool:
    """Whether no cell of a row holds anything but white space."""
    return not any(cell.strip() for cell in cells)
