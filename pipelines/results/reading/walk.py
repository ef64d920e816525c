"""One sheet from top to bottom: every row becomes a record, is set aside, or goes to quarantine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.results.model import AsideReason, Record, StatedTotal
from pipelines.results.reading import messages, row_messages
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.departments_named import is_department_name
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import RESULT_FIELDS, Header
from pipelines.results.reading.headings import HeadingReader
from pipelines.results.reading.lines import (
    Line,
    is_note,
    is_unit_line,
    number_style,
    read_line,
    stated_amount,
)
from pipelines.results.reading.not_results import example_rows, is_part, speaks_of_a_total
from pipelines.results.reading.outline import Outline
from pipelines.results.reading.patterns import RowPatterns
from pipelines.results.reading.rows import RowReader, Unclear
from pipelines.results.reading.sheet_faults import (
    row_longer_than_headings,
    rows_too_long,
    unit_conflict,
)
from pipelines.results.reading.stamps import is_below_stamps, is_date, is_stamp_row, without_stamps
from pipelines.results.reading.stated_totals import StatedTotals
from pipelines.results.reading.totals import OF_THE_TABLE, SUBTOTAL, RowWords, TotalCover
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding

#: Labels of which a form holds one line each; a row that begins so is no row of a list.
LABELS_OF_FORMS = (RESULT_FIELDS - {"content", "city_response"}) | {"item", "indicator"}
Filled = list[tuple[int, str]]


@dataclass
class SheetOutcome:
    """Where the rows of one sheet (or of a strip of its columns) went."""

    records: list[Record] = field(default_factory=list)
    totals: list[StatedTotal] = field(default_factory=list)
    aside: dict[int, AsideReason] = field(default_factory=dict)
    quarantined: dict[int, CellFinding] = field(default_factory=dict)
    findings: list[CellFinding] = field(default_factory=list)


class SheetWalk:
    """Walks one sheet, or the strip of one of several tables side by side.

    Args of the constructor:
        grid: the sheet.
        headers: its tables, top to bottom.
        plans: signature of a header -> plan of its tables.
        reader: reads headings.
        profile: of the round.
    """

    def __init__(
        self,
        grid: Grid,
        headers: list[Header],
        plans: Mapping[tuple[str, ...], TablePlan],
        reader: HeadingReader,
        profile: SheetProfile,
    ) -> None:
        self._grid = grid
        self._name = grid.sheet.name
        self._headers = headers
        self._plans = plans
        self._reader = reader
        self._profile = profile
        self._words = RowWords(profile)
        self._patterns = RowPatterns(profile)
        self._outline = Outline(profile, self._name)
        self._cover = TotalCover()
        self._totals = StatedTotals(self._name, profile, self._cover)
        self._header_end = 0
        self._table: RowReader | None = None
        self._signature: tuple[str, ...] = ()
        self._is_fresh = True
        self._has_heading = False
        self._is_closed = False
        self._is_behind_total = False
        self._examples = example_rows(grid.rows)
        self._too_long: frozenset[int] = frozenset()
        self._stamps: Filled = []
        self.outcome = SheetOutcome()

    def walk(self) -> SheetOutcome:
        """Read every row."""
        starts = [header.first_row for header in self._headers if header.first_row]
        ends = [*starts, len(self._grid.rows) + 1]
        self._rows(1, ends[0] - 1, has_table=not starts and bool(self._headers))
        for header, end in zip(self._headers, ends[1:], strict=False):
            for row in range(header.first_row, header.last_row + 1):
                self._set_aside(row, "header")
            self._begin(header)
            self._rows(header.last_row + 1, end - 1, has_table=True)
        self.outcome.totals = self._totals.add_headings(self._outline.stating)
        return self.outcome

    def _rows(self, first: int, last: int, has_table: bool) -> None:
        if has_table and self._table is None:
            self._begin(self._headers[0])
        row = first
        while row <= last:
            row = self._quick(row, last)
            if row <= last:
                self._slow(row, self._grid.rows[row - 1])
            row += 1

    def _quick(self, first: int, last: int) -> int:
        """Read plain rows as long as they come; returns the row behind them."""
        table, hidden = self._table, self._grid.sheet.hidden_rows | self._examples | self._too_long
        needs_look = self._is_fresh or self._stamps or self._outline.is_skipped
        needs_look = needs_look or self._is_behind_total
        if table is None or needs_look or not self._patterns.is_quick or first in hidden:
            return first
        end = min((row - 1 for row in hidden if row > first), default=last)
        records = table.quick(self._grid.rows, first, min(end, last))
        self.outcome.records += records
        self._count(range(first, first + len(records)))
        return first + len(records)

    def _count(self, rows: Sequence[int]) -> None:
        self._cover.add(rows)
        self._outline.saw_records(rows)

    def _begin(self, header: Header) -> None:
        """A table begins; the same headings again without a heading between go on the last one."""
        goes_on = self._signature == header.signature and not self._has_heading
        if self._table is not None and goes_on:
            return
        plan = self._plans[header.signature]
        self._signature = header.signature
        self._table = RowReader(
            self._grid,
            plan,
            self._profile,
            self._outline.section,
            self._words,
            self.outcome.findings,
        )
        self._outline.saw_table()
        self._too_long = rows_too_long(self._grid, header)
        conflict = unit_conflict(self._name, header, self._outline.section)
        self.outcome.findings += [conflict] if conflict else []
        self._header_end = header.last_row
        self._totals.end_table()
        self._cover.begin_table()
        self._is_fresh = self._has_heading = self._is_closed = self._is_behind_total = False

    # --- rows that need a look -------------------------------------------------------------------

    def _slow(self, row: int, cells: list[str]) -> None:
        filled = [(at, cell) for at, cell in enumerate(cells, 1) if cell]
        if row in self._grid.sheet.hidden_rows:
            self._set_aside(row, "hidden")
        elif not filled:
            self._set_aside(row, "blank")
            self._is_fresh = True
            self._stamps = []
        elif self._is_stamp(filled):
            self._set_aside(row, "title" if self._table is None else "heading")
        elif self._patterns.skips(filled):
            self._set_aside(row, "skipped")
        elif self._table is None:
            self._outside(row, filled)
        elif row in self._too_long:
            seen = " | ".join(text for _, text in filled)
            self._quarantine(row, row_longer_than_headings(self._name, row, seen))
        elif row in self._examples:
            self._set_aside(row, "skipped")
            texts = [text for _, text in filled]
            self.outcome.findings.append(row_messages.example_row(self._name, row, texts))
        else:
            self._inside(row, cells, filled, self._table)

    def _is_stamp(self, filled: Filled) -> bool:
        """Whether a row is one of a box for seals, or holds the names below its labels."""
        if is_stamp_row(filled):
            self._stamps = filled
            return True
        below, self._stamps = self._stamps, []
        return bool(below) and is_below_stamps(filled, below)

    def _outside(self, row: int, filled: Filled) -> None:
        """A row above the first table."""
        texts = without_stamps(filled)
        if self._looks_like_data(texts) or self._is_labelled(texts):
            self._quarantine(
                row, row_messages.row_outside_table(self._name, row, " | ".join(texts))
            )
        elif is_note(texts):
            self._set_aside(row, "note")
        elif len(texts) == 1 and is_date(texts[0]):
            self._set_aside(row, "title")
        else:
            line = self._line(row, texts)
            self._set_aside(row, "total" if line.amount is not None else "title")

    def _is_labelled(self, texts: list[str]) -> bool:
        """取組実績 | 研修を行った: a line of a form beside a table, which nothing reads."""
        if len(texts) < 2 or len(texts) > 4:
            return False
        field_name = sheet_vocabulary().headings.get(bare(texts[0]))
        return field_name in LABELS_OF_FORMS

    def _looks_like_data(self, texts: list[str]) -> bool:
        """Whether a row outside of every table looks like a row of one."""
        if len(texts) < 2 or stated_amount(texts) or is_note(texts):
            return False
        line = read_line(0, texts, self._profile.sections)
        if line.by_rule or line.department or (line.unit and len(texts) == 2):
            return False
        numbers = sum(_is_amount(text) for text in texts)
        return numbers > 0 or len(texts) > 3

    def _inside(self, row: int, cells: list[str], filled: Filled, table: RowReader) -> None:
        """A row below the headings of a table."""
        texts = [text for _, text in filled]
        is_fresh, self._is_fresh = self._is_fresh, self._is_closed
        if self._is_line(row, filled, table):
            self._heading(row, filled)
        elif self._outline.is_skipped:
            self._set_aside(row, "skipped")
        elif self._total(row, cells, filled, table):
            self._set_aside(row, "total")
        elif is_note(texts):
            self._set_aside(row, "note")
        elif self._words.is_repost(self._names(cells, table)):
            self._set_aside(row, "repost")
        elif self._is_no_result(row, cells, filled, table):
            pass  # said there
        elif (is_fresh and not self._fits(filled, table)) or (
            table.plan.row_kind is None and self._is_labelled(texts)
        ):
            self._quarantine(
                row, row_messages.row_outside_table(self._name, row, " | ".join(texts))
            )
        else:
            self._record(row, cells, texts, table)

    def _is_no_result(self, row: int, cells: list[str], filled: Filled, table: RowReader) -> bool:
        """Whether a row is counted in the one above it, or says something of the total above it."""
        names = self._names(cells, table)
        read = self._text_columns(table)
        texts = [text for at, text in filled if at in read]
        if not names:
            return False
        name, is_alone = names[0], len(texts) == 1
        if is_part(name, has_nothing_else=is_alone):
            self._set_aside(row, "repost")
            self.outcome.findings.append(row_messages.part_of_row_above(self._name, row, name))
        elif not (self._is_behind_total and is_alone):
            return False
        elif speaks_of_a_total(name):
            self._set_aside(row, "total")
            self.outcome.findings.append(row_messages.row_beside_total(self._name, row, name))
        elif self._has_departments(table):
            self._quarantine(row, row_messages.row_behind_total(self._name, row, name))
        else:
            return False
        return True

    def _has_departments(self, table: RowReader) -> bool:
        return any(name in ("department", "item_number") for name, _ in table.plan.texts)

    def _record(self, row: int, cells: list[str], texts: list[str], table: RowReader) -> None:
        seen = " | ".join(texts)
        if table.plan.repeated:
            self._quarantine(row, row_messages.row_of_unclear_table(self._name, row, seen))
            return
        if table.is_of_left_out_kind(cells):
            self._set_aside(row, "skipped")
            return
        if table.is_of_unknown_kind(cells):
            self._quarantine(row, row_messages.row_of_unknown_kind(self._name, row, seen))
            return
        try:
            records = table.careful(row, cells)
        except Unclear as unclear:
            self._quarantine(row, unclear.message(self._name, row, seen))
            return
        self.outcome.records += records
        self._is_behind_total = False
        self._count((row,))

    def _names(self, cells: list[str], table: RowReader) -> list[str]:
        """The cells of a row that say what it is about."""
        padded = table.padded(cells)
        named = (*table.plan.keys, "category", "internal_note")
        return [padded[at] for name, at in table.plan.texts if name in named and padded[at]]

    # --- headings --------------------------------------------------------------------------------

    def _is_line(self, row: int, filled: Filled, table: RowReader) -> bool:
        """Whether a row inside a table is a heading: alone, and not a blank department's row."""
        filled, has_unit = self._without_asides(filled, table)
        if not filled:
            return has_unit
        texts = [text for _, text in filled]
        values = {at for _, at in table.plan.values}
        if any(at in values for at, _ in filled):
            return False
        if len(filled) == 2:
            return stated_amount(texts) is not None
        if len(filled) > 1 or is_note(texts):
            return False
        if self._words.level(texts[0], is_alone=False) is not None:
            return False
        column = filled[0][0]
        return column <= self._last_name_column(table) or self._is_marked(texts)

    def _without_asides(self, filled: Filled, table: RowReader) -> tuple[Filled, bool]:
        """A row without units and, right of a numbered heading, days; whether there was a unit."""
        rest = [(at, text) for at, text in filled if not is_unit_line(text)]
        has_unit = len(rest) < len(filled)
        if rest and number_style(rest[0][1])[0] != "plain":
            texts = {at + 1 for _, at in table.plan.texts}
            rest = rest[:1] + [one for one in rest[1:] if one[0] in texts or not is_date(one[1])]
        return rest, has_unit

    def _last_name_column(self, table: RowReader) -> int:
        columns = [table.plan.columns[key] for key in table.plan.keys[:1]]
        return max(columns, default=table.plan.first_column)

    def _is_marked(self, texts: list[str]) -> bool:
        line = read_line(0, texts, self._profile.sections)
        return line.style != "plain" or line.by_rule or line.is_unit_only or line.amount is not None

    def _heading(self, row: int, filled: Filled) -> None:
        line = self._line(row, [text for _, text in filled])
        is_sure = (
            line.style != "plain" or line.by_rule or line.amount or line.unit or line.department
        )
        if not is_sure and not self._is_spread(row, filled[0][0]):
            at, text = filled[0]
            self.outcome.findings.append(messages.lone_text(self._name, row, at, text))
        self._set_aside(row, "total" if line.amount is not None else "heading")
        if self._table is not None:
            self._table.forget_above()

    def _is_spread(self, row: int, column: int) -> bool:
        """Whether a cell is merged over several columns, as headings are."""
        return any(
            one.first_column == column and one.last_column > column
            for one in self._grid.merged_tops.get(row, ())
        )

    def _line(self, row: int, texts: list[str]) -> Line:
        line = read_line(row, texts, self._profile.sections)
        self._outline.add(line)
        self._cover.begin_group()
        self._has_heading = True
        self._is_behind_total = False
        self._is_fresh = self._is_closed
        if self._table is not None:
            self._table.under(self._outline.section)
        return line

    def _fits(self, filled: Filled, table: RowReader) -> bool:
        """Whether a row behind a blank one still belongs to the table above."""
        if self._is_closed:
            return False
        named = {column.column for column in table.plan.header.columns if column.text}
        is_strange = bool(named) and any(at not in named for at, _ in filled)
        words = [text for _, text in filled if self._reader.is_word(text)]
        if not is_strange and len(words) < 2:
            return True
        # Texts without any number are headings that nobody knows: what follows is theirs.
        self._is_closed = not any(_is_amount(text) for _, text in filled)
        self._is_fresh = self._is_closed
        return False

    # --- totals ----------------------------------------------------------------------------------

    def _total(self, row: int, cells: list[str], filled: Filled, table: RowReader) -> bool:
        """State the totals of a row, if it is one of totals."""
        plan = table.plan
        others = {at for _, at in plan.values} | {at + 1 for at, _ in plan.marks}
        others |= {at + 1 for name, at in plan.texts if name == "unit"}  # 平均値 is one
        read = self._text_columns(table)
        texts = [
            (at, text)
            for at, text in filled
            if at not in others and (at in read or not _is_amount(text))
        ]
        first = min(read, default=0)
        left_out = {one.column for one in plan.header.columns if one.text and one.column > first}
        left_out -= read
        for text in [text for at, text in texts if at not in left_out]:
            level = self._words.level(text, is_alone=len(texts) == 1)
            if level is not None and self._may_be_total(texts, text):
                self._state(row, text, level, cells, table)
                return True
        return False

    def _text_columns(self, table: RowReader) -> set[int]:
        """Columns (from 1) of a table's texts."""
        joined = {at + 1 for _, columns in table.plan.joined for at in columns}
        return joined | {at + 1 for _, at in table.plan.texts}

    def _may_be_total(self, texts: Filled, label: str) -> bool:
        """A total names no department and no contents of its own, only groups left of its label."""
        behind = [text for _, text in texts[[text for _, text in texts].index(label) + 1 :]]
        return all(len(text) <= 12 for text in behind) and len(behind) <= 2

    def _state(self, row: int, label: str, level: int, cells: list[str], table: RowReader) -> None:
        padded = table.padded(cells)
        stated = [(role, padded[at - 1]) for role, at in table.plan.values if padded[at - 1]]
        section, is_first = self._outline.section, self._is_first_row(row)
        own = self._rows_of_department(label, table)
        self._is_behind_total = level >= OF_THE_TABLE
        if self._totals.state((row, label), level, stated, section, is_first, own):
            self._is_behind_total = False
            table.remember_labels(padded)  # its group's label stands above the rows of the group
        elif level == SUBTOTAL:
            table.forget_above()

    def _rows_of_department(self, label: str, table: RowReader) -> tuple[int, ...] | None:
        """The rows of the open table that 財政課 計 sums up; None where it names no department."""
        name = bare(label).removesuffix("計").removesuffix("小").removesuffix("合")
        if not is_department_name(name):
            return None
        rows = set(self._cover.table_rows)
        return tuple(
            one.row
            for one in self.outcome.records
            if one.row in rows and bare(one.texts.get("department", "")) == name
        )

    def _is_first_row(self, row: int) -> bool:
        """Whether nothing but headings and blank rows stands between a table's head and a row."""
        between = range(self._header_end + 1, row)
        return all(
            self.outcome.aside.get(one) in ("blank", "heading", "total", "title") for one in between
        )

    # --- where rows go ---------------------------------------------------------------------------

    def _set_aside(self, row: int, reason: AsideReason) -> None:
        self.outcome.aside[row] = reason

    def _quarantine_outside(self, row: int, texts: list[str]) -> None:
        seen = " | ".join(texts)
        self._quarantine(row, row_messages.row_outside_table(self._name, row, seen))

    def _quarantine(self, row: int, finding: CellFinding) -> None:
        self.outcome.quarantined[row] = finding


def _is_amount(text: str) -> bool:
    """Whether a cell is a number, with a sign or a unit perhaps."""
    plain = bare(text).strip("△▲-+()約")
    head = plain.rstrip("円千百万億%件人")
    return bool(head) and head.replace(",", "").replace(".", "", 1).isdigit()
