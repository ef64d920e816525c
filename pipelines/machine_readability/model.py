"""A table as the rules see it, and what breaks a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipelines.machine_readability.rules import rule_list
from pipelines.problems import Severity
from pipelines.sources.workbooks.model import Sheet, column_letters
from pipelines.tables.schema import Field

#: Places that are named one by one.
PLACES_NAMED = 5

#: Row and column of a sheet, from 1; None for all of it.
Place = tuple[int | None, int | None]


@dataclass(frozen=True)
class Breach:
    """A rule that a file breaks, at one or more places of one column, sheet or file.

    Attributes:
        message: name of the text in ``rules.yaml``; it tells the rule.
        sheet: name of the sheet; None for CSV.
        places: the first places; empty for the sheet or file as a whole.
        count: how many places there are in all.
        value: what stands at the first place.
        column_name: header of the column.
        words: what braces of the text are filled with, besides ``cell``.
        declared: the column's declaration, where a schema has one.
        has_schema: whether the file's columns are declared.
    """

    message: str
    places: tuple[Place, ...] = ()
    count: int = 1
    value: str | None = None
    column_name: str | None = None
    words: Mapping[str, Any] = field(default_factory=dict)
    sheet: str | None = None
    declared: Field | None = None
    has_schema: bool = False

    @property
    def rule(self) -> str:
        """Id of the rule, such as ``L1-06``."""
        return rule_list().rule_of(self.message).id

    @property
    def severity(self) -> Severity:
        """How bad it is; ``rules.yaml`` says how a schema changes it."""
        stated: Severity = self._text.severity
        if self.declared is not None and self.declared.verbatim:
            return "info"
        if stated == "info" or not self.has_schema:
            return stated
        return "warning" if self.declared is not None and _is_free(self.declared) else "error"

    @property
    def message_ja(self) -> str:
        """What is wrong."""
        return self._filled(self._text.message)

    @property
    def fix_ja(self) -> str:
        """What to do."""
        return self._filled(self._text.fix)

    @property
    def place_ja(self) -> str:
        """Where, as a spreadsheet names it: ``実績!C3、C5 ほか2か所``; blank for all of a CSV."""
        named = "、".join(cell_name(row, column) for row, column in self.places[:PLACES_NAMED])
        more = self.count - len(self.places[:PLACES_NAMED])
        rest = f" ほか{more:,}か所" if named and more > 0 else ""
        return "!".join(part for part in (self.sheet, named) if part) + rest

    @property
    def _text(self) -> Any:
        return rule_list().rule_of(self.message).messages[self.message]

    def _filled(self, text: str) -> str:
        return text.format(cell=self.value or "", count=self.count, **self.words)


def _is_free(declared: Field) -> bool:
    """Whether a column may hold any text: names of sheets and files, reasons, terms."""
    return declared.type == "string" and not declared.constraints.keys() & {"enum", "pattern"}


def cell_name(row: int | None, column: int | None) -> str:
    """C3, 3行, C列, or blank."""
    if column is None:
        return f"{row}行" if row is not None else ""
    return f"{column_letters(column)}{row}" if row is not None else f"{column_letters(column)}列"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        number: of the sheet, from 1.
        name: its header; blank where there is none.
        cells: row -> text of every data row, blank cells included.
        declared: what a schema says of it.
    """

    number: int
    name: str
    cells: Mapping[int, str]
    declared: Field | None = None

    @cached_property
    def rows_of(self) -> dict[str, list[int]]:
        """Text -> rows in which it stands, as it stands; blank cells left out.

        Texts repeat: looking through the different ones is quicker than through every cell.
        """
        found: dict[str, list[int]] = {}
        for row, text in self.cells.items():
            if text and not text.isspace():
                found.setdefault(text, []).append(row)
        return found

    @cached_property
    def blank_rows(self) -> list[int]:
        """Rows whose cell is blank."""
        return [row for row, text in self.cells.items() if not text or text.isspace()]

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return len(self.cells) - len(self.blank_rows)

    def breach(self, message: str, texts: Iterable[str], **given: Any) -> Breach | None:
        """A breach at every cell with one of these texts; None where there is none."""
        rows = sorted(row for text in texts for row in self.rows_of[text])
        return self.breach_at(message, rows, **given) if rows else None

    def breach_at(self, message: str, rows: list[int], **given: Any) -> Breach:
        """A breach at these rows."""
        places = tuple((row, self.number) for row in rows[:PLACES_NAMED])
        value = self.cells[rows[0]]
        return Breach(message, places, len(rows), value, self.name, given, declared=self.declared)

    def header_breach(self, message: str, header_row: int, **given: Any) -> Breach:
        """A breach in the header, which is never a quotation."""
        place = ((header_row, self.number),)
        return Breach(message, place, 1, self.name, self.name, given)


@dataclass(frozen=True)
class Table:
    """The table of a sheet.

    Attributes:
        kind: ``csv`` or ``workbook``.
        sheet: the sheet it stands in.
        header_row: row of its header, from 1.
        columns: those with a header or a value.
        data_rows: rows of the table's data; notes below it and repeated headers left out.
        has_schema: whether its columns are declared.
    """

    kind: str
    sheet: Sheet
    header_row: int
    columns: tuple[Column, ...]
    data_rows: tuple[int, ...]
    has_schema: bool = False

    @cached_property
    def outside_text(self) -> str:
        """Everything above the header and below the data: titles, units, notes."""
        inside = {self.header_row, *self.data_rows}
        return "\n".join(
            " ".join(cells)
            for row, cells in enumerate(self.sheet.rows, start=1)
            if row not in inside
        )
