"""Cities' own sheets of results, in whatever layout, to records.

::

    Workbook -> sheets to read -> headers (by words) -> structure and plan of every table
             -> walk over the rows -> SheetReading

Every row of every sheet is accounted for once: it gives a record, is set aside, or is quarantined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set

from pipelines.collector import collector_paused
from pipelines.messages import At
from pipelines.results.model import AsideReason, SheetReading
from pipelines.results.reading.blocks import BlockReader
from pipelines.results.reading.choice import chosen_sheets
from pipelines.results.reading.columns import TablePlan, table_plan
from pipelines.results.reading.forms_with_tables import form_around
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.header_rows import HeaderFinder
from pipelines.results.reading.headings import HeadingReader, Meaning
from pipelines.results.reading.keys_beside import key_beside_left_out, keys_beside, without_keys
from pipelines.results.reading.messages import told
from pipelines.results.reading.outcome import SheetOutcome
from pipelines.results.reading.page_titles import page_title_rows
from pipelines.results.reading.sheet_departments import with_department_of_sheet
from pipelines.results.reading.sheet_faults import merged_values
from pipelines.results.reading.structure import structure_of
from pipelines.results.reading.summaries import set_aside_summaries
from pipelines.results.reading.tell import conflicting_years, findings_of_tables
from pipelines.results.reading.walk import SheetWalk
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding, Sheet, Workbook, column_letters

Plans = dict[tuple[str, ...], TablePlan]
#: Rows of a table looked at to decide what its columns hold.
_SAMPLE = 300


def read_sheets(
    workbook: Workbook, profile: SheetProfile, years: tuple[int, int] | None = None
) -> SheetReading:
    """Read a workbook that is not one of our own forms.

    Args:
        workbook: as a person sees it.
        profile: how to read it; the default profile where none is kept.
        years: first and last year of the survey round; None where it is not known.

    Returns:
        Records, stated totals, rows set aside and quarantined, and everything to tell, the
        workbook's own findings included.
    """
    with collector_paused():
        return _read(workbook, profile, years)


def _read(workbook: Workbook, profile: SheetProfile, years: tuple[int, int] | None) -> SheetReading:
    reading = SheetReading(findings=list(workbook.findings))
    reading.rows_read = sum(len(sheet.rows) for sheet in workbook.sheets)
    choice = chosen_sheets(workbook.sheets, profile)
    reading.findings += choice.findings
    for sheet in choice.left_out:
        _leave_out(sheet, reading)
    reader = HeadingReader(profile)
    grids = [_without_keys(Grid.of(sheet), reading) for sheet in choice.read]
    found = [(grid, _headers(grid, reader, profile, years)) for grid in grids]
    plans = _plans(found, profile)
    for grid, headers in found:
        _read_sheet(grid, headers, plans, reader, profile, reading)
    set_aside_summaries(reading)
    has_content = any(grid.width for grid, _ in found)
    if has_content and not plans and not reading.quarantined and not reading.records:
        shown = next(grid for grid, _ in found if grid.width)
        reading.findings.append(told("no_table_found", At(shown.sheet.name)))
    return reading


def _without_keys(grid: Grid, reading: SheetReading) -> Grid:
    """The grid without keys of ratings beside its tables; rows of nothing else are notes."""
    keys = keys_beside(grid)
    if not keys:
        return grid
    reading.findings += [key_beside_left_out(grid, key) for key in keys]
    without = without_keys(grid, keys)
    for row in (row for key in keys for row in key.rows if not without.filled(row)):
        reading.aside[grid.sheet.name, row] = "note"
    return without


def _leave_out(sheet: Sheet, reading: SheetReading) -> None:
    for row, cells in enumerate(sheet.rows, 1):
        is_blank = not any(cell.strip() for cell in cells)
        reason: AsideReason = "hidden" if sheet.is_hidden else "skipped"
        reading.aside[sheet.name, row] = "blank" if is_blank else reason


def _headers(
    grid: Grid, reader: HeadingReader, profile: SheetProfile, years: tuple[int, int] | None
) -> list[list[Header]]:
    if profile.no_header:
        columns = tuple(
            HeadColumn(at, (), Meaning(name or None, by_profile=True))
            for at, name in enumerate(profile.no_header, 1)
        )
        return [[Header(0, 0, columns)]]
    return HeaderFinder(grid, reader, profile, years).find()


def _plans(found: Sequence[tuple[Grid, list[list[Header]]]], profile: SheetProfile) -> Plans:
    """One plan for all tables with the same headings, from how all of them are filled in."""
    by_signature: dict[tuple[str, ...], list[tuple[Header, list[list[str]]]]] = defaultdict(list)
    for grid, groups in found:
        ends = [*(group[0].first_row for group in groups[1:]), len(grid.rows) + 1]
        titles = page_title_rows(grid, groups[0][0].first_row if groups else 0)
        for group, end in zip(groups, ends, strict=False):
            for header in group:
                body = _body(grid, header, end, titles)
                by_signature[header.signature].append((header, body))
    return {
        signature: table_plan(
            tables[0][0], structure_of(tables[0][0], [body for _, body in tables]), profile
        )
        for signature, tables in by_signature.items()
    }


def _body(grid: Grid, header: Header, end: int, titles: Set[int]) -> list[list[str]]:
    """Rows of data as far as one can tell before they are read: more than one cell is filled."""
    body = []
    for row in range(header.last_row + 1, min(end, header.last_row + 1 + _SAMPLE)):
        cells = [grid.cell(row, column.column) for column in header.columns]
        if row not in titles and sum(map(bool, cells)) > 1 and not cells[0].endswith("計"):
            body.append(cells)
    return body


def _read_sheet(
    grid: Grid,
    groups: list[list[Header]],
    plans: Plans,
    reader: HeadingReader,
    profile: SheetProfile,
    reading: SheetReading,
) -> None:
    if not groups:
        blocks = BlockReader(grid, reader, profile).read()
        if blocks is None:
            _without_table(grid, reading)
            return
        _take_department_of_sheet(grid, [blocks], reading)
        _merge(grid, [blocks], reading)
        _tell_hidden(grid, reading)
        return
    around = form_around(grid, groups, reader, profile)
    outcomes = [
        SheetWalk(strip, headers, plans, reader, profile).walk()
        for strip, headers in _strips(around.inside if around else grid, groups)
    ]
    if around:
        outcomes[0].records = around.of_item(outcomes[0].records)
    _take_department_of_sheet(grid, outcomes, reading)
    _merge(grid, [*outcomes, around.outcome] if around else outcomes, reading)
    headers = [header for group in groups for header in group]
    records = [record for outcome in outcomes for record in outcome.records]
    reading.findings += findings_of_tables(grid, headers, plans, records)
    reading.findings += conflicting_years(records, profile)
    reading.findings += merged_values(grid, records)
    if not records and _is_empty(outcomes):
        reading.findings.append(_no_rows(grid.sheet.name))
    _tell_hidden(grid, reading)


def _take_department_of_sheet(
    grid: Grid, outcomes: Sequence[SheetOutcome], reading: SheetReading
) -> None:
    told_of: list[CellFinding] = []
    for outcome in outcomes:
        outcome.records, found = with_department_of_sheet(grid.sheet.name, outcome.records)
        told_of += found
    reading.findings += told_of[:1]


def _is_empty(outcomes: Sequence[SheetOutcome]) -> bool:
    """Whether nothing stands below the headings of a sheet but notes."""
    reasons = {reason for outcome in outcomes for reason in outcome.aside.values()}
    is_held_back = any(outcome.quarantined for outcome in outcomes)
    return not is_held_back and reasons <= {"blank", "note", "header", "title", "heading"}


def _strips(grid: Grid, groups: list[list[Header]]) -> list[tuple[Grid, list[Header]]]:
    """The sheet, or where tables stand side by side, its columns from table to table."""
    widest = max(groups, key=len)
    if len(widest) == 1:
        return [(grid, [group[0] for group in groups])]
    starts = [header.columns[0].column for header in widest]
    starts[0] = 1
    ends = [*(start - 1 for start in starts[1:]), grid.width]
    top = widest[0].first_row
    top -= _has_own_lines(grid, widest, top - 1)
    strips = []
    for first, last in zip(starts, ends, strict=True):
        headers = [
            header
            for group in groups
            for header in group
            if first <= header.columns[-1].column and header.columns[0].column <= last
        ]
        strips.append((grid.strip(first, last, top), headers))
    return strips


def _has_own_lines(grid: Grid, headers: Sequence[Header], row: int) -> bool:
    """Whether the row above tables side by side holds one heading for each: 歳入 and 歳出."""
    starts = [next(one.column for one in each.columns if one.text) for each in headers]
    filled = grid.filled(row) if row > 0 else []
    return [at for at, _ in filled] == starts


def _merge(grid: Grid, outcomes: list[SheetOutcome], reading: SheetReading) -> None:
    """Where the rows went; with tables side by side a record counts before anything else."""
    name = grid.sheet.name
    for outcome in outcomes:
        reading.records += outcome.records
        reading.totals += outcome.totals
        reading.findings += outcome.findings
    recorded = {record.row for outcome in outcomes for record in outcome.records}
    for row, finding in ((row, one) for each in outcomes for row, one in each.quarantined.items()):
        if row in recorded:
            reading.findings.append(finding)
        else:
            reading.quarantined[name, row] = finding
    for outcome in outcomes:
        for row, reason in outcome.aside.items():
            place = (name, row)
            is_free = row not in recorded and place not in reading.quarantined
            if is_free and reading.aside.get(place, "blank") == "blank":
                reading.aside[place] = reason


def _without_table(grid: Grid, reading: SheetReading) -> None:
    """A sheet without any table: a title page is set aside, anything else cannot be published."""
    name = grid.sheet.name
    filled = {row: grid.filled(row) for row in range(1, len(grid.rows) + 1)}
    widest = max(filled.values(), key=len, default=[])
    garbled = _garbled_file(reading)
    finding = garbled or _no_table(name, [text for _, text in widest])
    for row, cells in filled.items():
        if row in grid.sheet.hidden_rows:
            reading.aside[name, row] = "hidden"
        elif not cells:
            reading.aside[name, row] = "blank"
        elif len(widest) < 2:
            reading.aside[name, row] = "title"
        else:
            reading.quarantined[name, row] = finding
    if len(widest) > 1 and garbled is None:
        reading.findings.append(finding)


def _no_table(name: str | None, seen: Sequence[str]) -> CellFinding:
    if not seen:
        return told("no_table_found", At(name))
    shown = "、".join(f"「{text}」" for text in seen[:12])
    return told("no_table_found_seen", At(name), " | ".join(seen), shown=shown)


def _garbled_file(reading: SheetReading) -> CellFinding | None:
    """What was told of a file that is garbled as a whole: why no table was found."""
    of_file = (one for one in reading.findings if one.rule == "text_garbled" and one.row is None)
    return next(of_file, None)


def _no_rows(name: str | None) -> CellFinding:
    return told("no_rows", At(name), shown=f"シート「{name}」" if name else "この表")


def _first_rows(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:5]))
    return f"{shown}ほか" if len(rows) > 5 else shown


def _tell_hidden(grid: Grid, reading: SheetReading) -> None:
    sheet = grid.sheet
    rows = [
        row
        for row in sorted(sheet.hidden_rows)
        if row <= len(sheet.rows) and any(cell.strip() for cell in sheet.rows[row - 1])
    ]
    columns = [
        column
        for column in sorted(sheet.hidden_columns)
        if any(len(cells) >= column and cells[column - 1].strip() for cells in sheet.rows)
    ]
    if rows:
        reading.findings.append(
            told(
                "hidden_rows_not_read",
                At(sheet.name, rows[0]),
                count=len(rows),
                rows=_first_rows(rows),
            )
        )
    if columns:
        reading.findings.append(
            told(
                "hidden_columns_not_read",
                At(sheet.name, 1, columns[0]),
                letters="、".join(map(column_letters, columns)),
            )
        )
