"""Our own form, come back in whatever shape: records where that is safe, the rest told.

Sheets are known by their head lines and headings, columns by their headings, rows by their ids, so
that forms can be copied into one workbook, reordered and widened. Every row of the file is a
record, set aside, or quarantined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from pipelines.results.forms import omissions, sheet_checks
from pipelines.results.forms.blocks import Block, find_blocks, sheet_head
from pipelines.results.forms.candidates import Candidates
from pipelines.results.forms.definition import form_definition
from pipelines.results.forms.messages import told
from pipelines.results.forms.outcomes import RowOutcome, read_row
from pipelines.results.forms.repeats import settle_repeats
from pipelines.results.model import AsideReason, PlanContext, SheetReading
from pipelines.sources.workbooks.model import CellFinding, Sheet, Workbook, is_blank_row

#: Our head line and headings stand at the top of a sheet; a long file is no form further down.
ROWS_LOOKED_AT = 200


def is_form(workbook: Workbook) -> bool:
    """Whether a file is (or holds) our own form: a head line, or our headings with ids."""
    return any(
        _is_form_sheet(replace(sheet, rows=sheet.rows[:ROWS_LOOKED_AT]))
        for sheet in workbook.sheets
    )


def _is_form_sheet(sheet: Sheet) -> bool:
    if sheet_head(sheet) is not None:
        return True
    return any(block.definition.id_column.key in block.columns for block in find_blocks(sheet))


def read_form(
    workbook: Workbook, context: PlanContext, fiscal_year: int, round_name: str | None = None
) -> SheetReading:
    """Read a file of which ``is_form`` holds.

    Args:
        workbook: the file.
        context: the plan of the folder in which it came.
        fiscal_year: the year of that folder.
        round_name: its round; a form of another one is told.
    """
    return _FormReader(context, fiscal_year, round_name).read(workbook)


class _FormReader:
    """Reads the sheets of one file."""

    def __init__(self, context: PlanContext, fiscal_year: int, round_name: str | None) -> None:
        self._context = context
        self._fiscal_year = fiscal_year
        self._round = round_name
        self._candidates = {name: Candidates(name, context) for name in form_definition().tables}
        self._reading = SheetReading()
        self._blocks: list[Block] = []
        self._outcomes: list[RowOutcome] = []

    def read(self, workbook: Workbook) -> SheetReading:
        reading = self._reading
        reading.findings.extend(workbook.findings)
        for sheet in workbook.sheets:
            self._read_sheet(sheet)
        self._hold_back_lost_inputs(workbook)
        settle_repeats(self._outcomes)
        for _, group in groupby(self._outcomes, key=_part_of_form):
            outcomes = list(group)
            reading.findings.extend(self._omitted(outcomes[0].block, outcomes))
        self._tell_missing_sheets()
        for outcome in self._outcomes:
            self._account(outcome)
        return reading

    def _hold_back_lost_inputs(self, workbook: Workbook) -> None:
        """A row that is blank only because a cell could not be read was filled in all the same."""
        lost = {
            (finding.sheet, finding.row): finding
            for finding in reversed(workbook.findings)
            if finding.severity == "error" and finding.row is not None
        }
        for outcome in self._outcomes:
            finding = lost.get((outcome.block.sheet.name, outcome.row))
            if outcome.aside == "unfilled" and finding is not None:
                outcome.aside = None
                outcome.refuse(finding)

    def _read_sheet(self, sheet: Sheet) -> None:
        self._reading.rows_read += len(sheet.rows)
        blocks = find_blocks(sheet)
        head = sheet_head(sheet)
        if head is not None:
            self._reading.form_heads[sheet.name] = head.head
        if not blocks:
            self._pass_over(sheet, is_table=head is not None and head.rows is not None)
            return
        for block in blocks:
            self._read_block(block)
        self._set_lines_aside(sheet, blocks)

    def _read_block(self, block: Block) -> None:
        self._blocks.append(block)
        refusal = sheet_checks.refusal(block, self._context.plan_id, self._fiscal_year)
        if refusal is not None:
            self._refuse_block(block, refusal)
            return
        findings = self._reading.findings
        findings.extend(sheet_checks.head_findings(block, self._round))
        findings.extend(sheet_checks.column_findings(block))
        findings.extend(sheet_checks.merged_findings(block))
        candidates = self._candidates[block.table]
        for row in block.rows:
            self._outcomes.append(read_row(block, row, candidates, self._fiscal_year))

    def _refuse_block(self, block: Block, refusal: CellFinding) -> None:
        """The finding is told once, for the sheet, and stands with every row that is lost."""
        self._reading.findings.append(refusal)
        self._quarantine_rows(block.sheet, block.rows, refusal)

    def _quarantine_rows(self, sheet: Sheet, rows: range, finding: CellFinding) -> None:
        for row in rows:
            if is_blank_row(sheet.rows[row - 1]):
                self._reading.aside[sheet.name, row] = "blank"
            else:
                self._reading.quarantined[sheet.name, row] = finding

    def _pass_over(self, sheet: Sheet, is_table: bool) -> None:
        """A sheet without our headings: the guide, a table that lost them, or the clerk's own."""
        rows = range(1, len(sheet.rows) + 1)
        if is_table:
            finding = told("headings_lost", sheet.name)
            self._reading.findings.append(finding)
            self._quarantine_rows(sheet, rows, finding)
            return
        is_guide = sheet.name in self._reading.form_heads
        has_content = not all(is_blank_row(cells) for cells in sheet.rows)
        if has_content and not is_guide and not sheet.is_hidden:
            self._reading.findings.append(told("sheet_not_read", sheet.name))
        reason: AsideReason = "guide" if is_guide else "hidden" if sheet.is_hidden else "skipped"
        for row in rows:
            is_blank = is_blank_row(sheet.rows[row - 1])
            self._reading.aside[sheet.name, row] = "blank" if is_blank else reason

    def _set_lines_aside(self, sheet: Sheet, blocks: list[Block]) -> None:
        """The lines above the tables, and their headings."""
        inside = {row for block in blocks for row in block.rows}
        heading_rows = {block.heading_row for block in blocks}
        for row, cells in enumerate(sheet.rows, start=1):
            if row in heading_rows:
                self._reading.aside[sheet.name, row] = "header"
            elif row not in inside:
                self._reading.aside[sheet.name, row] = "blank" if is_blank_row(cells) else "title"

    def _omitted(self, block: Block, outcomes: list[RowOutcome]) -> Iterator[CellFinding]:
        yield from omissions.missing_rows(block, outcomes, self._context)
        yield from omissions.blank_rows(block, outcomes)
        yield from omissions.unchanged_rows(block, outcomes)

    def _tell_missing_sheets(self) -> None:
        departments = [
            head.department
            for head in self._reading.form_heads.values()
            if (head.plan_id, head.fiscal_year) == (self._context.plan_id, self._fiscal_year)
        ]
        self._reading.findings.extend(
            omissions.missing_sheets(self._blocks, self._outcomes, departments, self._context)
        )

    def _account(self, outcome: RowOutcome) -> None:
        place = outcome.block.sheet.name, outcome.row
        self._reading.findings.extend(outcome.findings)
        if outcome.record is not None:
            self._reading.records.append(outcome.record)
        elif outcome.quarantined is not None:
            self._reading.quarantined[place] = outcome.quarantined
            self._reading.findings.append(outcome.quarantined)
        elif outcome.aside is not None:
            self._reading.aside[place] = outcome.aside


def _part_of_form(outcome: RowOutcome) -> tuple[object, ...]:
    """One department's table, also where its headings were repeated further down."""
    block = outcome.block
    return block.sheet.name, block.table, block.head
