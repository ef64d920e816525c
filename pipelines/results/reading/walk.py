"""One sheet from top to bottom: every row becomes a record, is set aside, or goes to quarantine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.messages import At
from pipelines.results.model import AsideReason, Record
from pipelines.results.reading.collective_rows import set_aside_collective_rows
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.continued_rows import ContinuedRows
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.group_rows import set_aside_group_rows
from pipelines.results.reading.header_model import Header
from pipelines.results.reading.heading_years import year_that_ended
from pipelines.results.reading.headings import HeadingReader
from pipelines.results.reading.item_lines import item_of
from pipelines.results.reading.lines import Line, is_note, read_line
from pipelines.results.reading.messages import told
from pipelines.results.reading.not_results import (
    example_rows,
    is_part,
    is_side_of_comparison,
    speaks_of_a_total,
)
from pipelines.results.reading.opinion_lines import OPINIONS, join_opinions
from pipelines.results.reading.outcome import SheetOutcome
from pipelines.results.reading.outline import Outline
from pipelines.results.reading.page_titles import page_title_rows
from pipelines.results.reading.patterns import RowPatterns
from pipelines.results.reading.row_looks import (
    Filled,
    has_departments,
    is_amount,
    is_labelled,
    is_line,
    looks_like_data,
    names_of,
    text_columns,
)
from pipelines.results.reading.rows import RowReader, Unclear
from pipelines.results.reading.rows_in_turn import hold_back_halves, joined
from pipelines.results.reading.sheet_faults import (
    rows_too_long,
    unit_conflict,
)
from pipelines.results.reading.stamps import is_below_stamps, is_date, is_stamp_row, without_stamps
from pipelines.results.reading.texts_in_turn import join_above
from pipelines.results.reading.total_rows import TotalRows
from pipelines.results.reading.totals import RowWords
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding


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
        self.outcome = SheetOutcome()
        self._totals = TotalRows(self._name, profile, self._words, self.outcome)
        self._table: RowReader | None = None
        self._signature: tuple[str, ...] = ()
        self._is_fresh = True
        self._has_heading = False
        self._is_closed = False
        self._examples = example_rows(grid.rows)
        self._titles = page_title_rows(grid, headers[0].first_row if headers else 0)
        self._too_long: frozenset[int] = frozenset()
        self._stamps: Filled = []
        self._continued = ContinuedRows(grid, self.outcome)
        self._uppers: set[int] = set()

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
        hold_back_halves(self.outcome, self._grid, self._uppers)
        self.outcome.totals = self._totals.all(self._outline.stating)
        if any(name in OPINIONS for one in self._headers for name, _ in self._plan(one).texts):
            join_opinions(self.outcome)
        set_aside_collective_rows(self.outcome)
        set_aside_group_rows(self.outcome)
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
        table, hidden = self._table, self._grid.sheet.hidden_rows | self._looked_at
        needs_look = self._is_fresh or self._stamps or self._outline.is_skipped
        needs_look = needs_look or self._totals.is_behind
        if table is None or needs_look or not self._patterns.is_quick or first in hidden:
            return first
        end = min((row - 1 for row in hidden if row > first), default=last)
        records = table.quick(self._grid.rows, first, min(end, last))
        self.outcome.records += records
        self._count(range(first, first + len(records)))
        return first + len(records)

    @property
    def _looked_at(self) -> frozenset[int]:
        """Rows that are never read quickly."""
        return self._examples | self._too_long | self._titles

    def _count(self, rows: Sequence[int]) -> None:
        self._totals.saw_records(rows)
        self._outline.saw_records(rows)

    def _plan(self, header: Header) -> TablePlan:
        return self._plans[header.signature]

    def _begin(self, header: Header) -> None:
        """A table begins; the same headings again without a heading between go on the last one."""
        goes_on = self._signature == header.signature and not self._has_heading
        if self._table is not None and goes_on:
            return
        plan = self._plan(header)
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
        self._totals.begin_table(header.last_row)
        self._is_fresh = self._has_heading = self._is_closed = False

    # --- rows that need a look -------------------------------------------------------------------

    def _slow(self, row: int, cells: list[str]) -> None:
        filled = [(at, cell) for at, cell in enumerate(cells, 1) if cell]
        if row in self._grid.sheet.hidden_rows:
            self._set_aside(row, "hidden")
        elif not filled:
            self._set_aside(row, "blank")
            self._is_fresh = True
            self._stamps = []
        elif row in self._titles or self._is_stamp(filled):
            is_title = self._table is None or row in self._titles
            self._set_aside(row, "title" if is_title else "heading")
        elif self._patterns.skips(filled):
            self._set_aside(row, "skipped")
        elif self._table is None:
            self._outside(row, filled)
        elif row in self._too_long:
            seen = " | ".join(text for _, text in filled)
            self._quarantine(row, told("row_longer_than_headings", At(self._name, row), seen))
        elif row in self._examples:
            self._set_aside(row, "skipped")
            texts = [text for _, text in filled]
            self.outcome.findings.append(
                told("example_row", At(self._name, row), " | ".join(texts), first=texts[0])
            )
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
        is_item = item_of(texts) is not None
        is_data = looks_like_data(texts, self._profile.sections) or is_labelled(texts)
        if is_data and not is_item:
            self._quarantine_outside(row, texts)
        elif is_note(texts):
            self._set_aside(row, "note")
        elif len(texts) == 1 and is_date(texts[0]) and year_that_ended(texts[0]) is None:
            self._set_aside(row, "title")
        else:
            line = self._line(row, texts)
            self._set_aside(row, "total" if line.amount is not None else "title")

    def _inside(self, row: int, cells: list[str], filled: Filled, table: RowReader) -> None:
        """A row below the headings of a table."""
        texts = [text for _, text in filled]
        is_fresh, self._is_fresh = self._is_fresh, self._is_closed
        if self._continued.is_one(row, table.padded(cells), table.plan):
            pass  # held back there, with the row above
        elif is_line(filled, table.plan, self._words, self._profile.sections):
            self._heading(row, filled)
        elif self._outline.is_skipped:
            self._set_aside(row, "skipped")
        elif self._totals.read(row, cells, filled, table, self._outline.section):
            self._set_aside(row, "total")
        elif is_note(texts):
            self._set_aside(row, "note")
        elif self._is_no_result(row, cells, filled, table):
            pass  # said there
        elif (is_fresh and not self._fits(filled, table)) or (
            table.plan.row_kind is None and is_labelled(texts)
        ):
            self._quarantine_outside(row, texts)
        else:
            self._record(row, cells, texts, table)

    def _is_no_result(self, row: int, cells: list[str], filled: Filled, table: RowReader) -> bool:
        """Whether a row is counted in the one above it, or says something of the total above it."""
        names = names_of(table.padded(cells), table.plan)
        read = text_columns(table.plan)
        texts = [text for at, text in filled if at in read]
        if not names:
            return False
        name, is_alone = names[0], len(texts) == 1
        if self._words.is_repost(names):
            self._set_aside(row, "repost")
        elif is_part(name, has_nothing_else=is_alone):
            self._set_aside(row, "repost")
            self.outcome.findings.append(told("part_of_row_above", At(self._name, row), name))
        elif table.plan.roles and any(map(is_side_of_comparison, names)):
            self._set_aside(row, "skipped")
            side = next(filter(is_side_of_comparison, names))
            self.outcome.findings.append(told("side_of_comparison", At(self._name, row), side))
            table.remember_labels(table.padded(cells))
        elif not (self._totals.is_behind and is_alone):
            return False
        elif speaks_of_a_total(name):
            self._set_aside(row, "total")
            self.outcome.findings.append(told("row_beside_total", At(self._name, row), name))
        elif has_departments(table.plan):
            self._quarantine(row, told("row_behind_total", At(self._name, row), name))
        else:
            return False
        return True

    def _record(self, row: int, cells: list[str], texts: list[str], table: RowReader) -> None:
        seen = " | ".join(texts)
        if table.plan.repeated:
            self._quarantine(row, told("row_of_unclear_table", At(self._name, row), seen))
            return
        padded = table.padded(cells)
        if table.kinds.is_left_out(padded):
            self._set_aside(row, "skipped")
            return
        if table.kinds.is_unknown(padded):
            self._quarantine(row, told("row_of_unknown_kind", At(self._name, row), seen))
            return
        try:
            records = table.careful(row, cells)
        except Unclear as unclear:
            self._quarantine(row, told(unclear.name, At(self._name, row), seen))
            return
        self._totals.is_behind = False
        if table.plan.row_texts:
            self._texts_in_turn(row, records)
            return
        if self._is_joined(row, records, table):
            self._set_aside(row, "joined")
            return
        self.outcome.records += records
        self._uppers |= {row} if table.plan.header.stacked else set()
        self._count((row,))

    def _is_joined(self, row: int, records: Sequence[Record], table: RowReader) -> bool:
        """Whether a row is read together with the one above it, as 実績 below 目標."""
        last = self.outcome.records[-1] if self.outcome.records else None
        if not table.plan.has_rows_in_turn or last is None or len(records) != 1:
            return False
        between = range(last.row + 1, row)
        if any(self.outcome.aside.get(one) not in ("joined", "skipped") for one in between):
            return False
        both = joined(last, records[0])
        if both is not None:
            self.outcome.records[-1] = both
            self._uppers.discard(last.row)
        return both is not None

    def _texts_in_turn(self, row: int, records: list[Record]) -> None:
        """A row of plans is left out; one of texts joins those of its item, year by year."""
        if records and not join_above(self.outcome, row, records):
            self.outcome.records += records
            self._count((row,))
            return
        self._set_aside(row, "joined" if records else "skipped")

    # --- headings --------------------------------------------------------------------------------

    def _heading(self, row: int, filled: Filled) -> None:
        line = self._line(row, [text for _, text in filled])
        is_sure = (
            line.style != "plain"
            or line.by_rule
            or line.amount
            or line.unit
            or line.department
            or line.item
        )
        if not is_sure and not self._is_spread(row, filled[0][0]):
            at, text = filled[0]
            self.outcome.findings.append(told("heading_in_table", At(self._name, row, at), text))
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
        self._totals.begin_group()
        self._has_heading = True
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
        self._is_closed = not any(is_amount(text) for _, text in filled)
        self._is_fresh = self._is_closed
        return False

    # --- where rows go ---------------------------------------------------------------------------

    def _set_aside(self, row: int, reason: AsideReason) -> None:
        self.outcome.aside[row] = reason

    def _quarantine_outside(self, row: int, texts: list[str]) -> None:
        seen = " | ".join(texts)
        self._quarantine(row, told("row_outside_table", At(self._name, row), seen))

    def _quarantine(self, row: int, finding: CellFinding) -> None:
        self.outcome.quarantined[row] = finding
