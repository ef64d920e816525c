"""What is told of the tables of a sheet once their rows are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipelines.results.model import Record
from pipelines.results.reading import heading_messages, messages
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.heading_years import year_of_heading
from pipelines.results.reading.headings import has_no_place, is_left_out
from pipelines.results.vocabulary import bare
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding

Plans = Mapping[tuple[str, ...], TablePlan]


def findings_of_tables(
    grid: Grid, headers: Sequence[Header], plans: Plans, records: Sequence[Record]
) -> Iterator[CellFinding]:
    """Headings that mean nothing known, claim the same, were decided, or are missing.

    Args:
        grid: the sheet.
        headers: its tables; of those with the same headings only the first is spoken of.
        plans: signature -> plan.
        records: of this sheet.
    """
    firsts: dict[tuple[str, ...], Header] = {}
    for header in headers:
        firsts.setdefault(header.signature, header)
    for signature, header in firsts.items():
        yield from _of_plan(grid.sheet.name, header, plans[signature])
    yield from _unnamed_columns(grid, headers, records)


def _of_plan(name: str | None, header: Header, plan: TablePlan) -> Iterator[CellFinding]:
    row = header.last_row
    for column in plan.unknown:
        yield _unread(column, plan)(name, row, column)
    for column in plan.left_out:
        yield messages.plan_left_out(name, row, column)
    for column in plan.spent:
        yield messages.spending_left_out(name, row, column)
    yield from _of_header(name, header)
    for first, second in plan.repeated:
        yield messages.duplicate_column(name, row, first, second, second.meaning.field)
    for column, field in plan.decided:
        if field is not None:
            yield messages.column_decided(name, row, column, field)


def _unread(
    column: HeadColumn, plan: TablePlan
) -> Callable[[str | None, int, HeadColumn], CellFinding]:
    """How to tell of a column that no field is known for."""
    if has_no_place(column.parts):
        return heading_messages.column_without_place
    is_known = is_left_out(column.parts) or _sums_up_years(column, plan)
    return messages.column_left_out if is_known else messages.unknown_column


def _sums_up_years(column: HeadColumn, plan: TablePlan) -> bool:
    """累計 alone beside columns of years."""
    is_basis = column.meaning.effect_basis is not None and column.meaning.field is None
    return is_basis and any(role.fiscal_year for role in plan.roles)


def _of_header(name: str | None, header: Header) -> Iterator[CellFinding]:
    """What the lines above or below the headings say of their columns."""
    titled = [column for column in header.columns if column.from_title]
    if titled:
        yield messages.values_named_above(name, header.last_row, titled)
    inferred = [column for column in header.columns if column.era_inferred]
    if inferred:
        yield heading_messages.era_inferred(name, header.last_row, inferred)
    dated = [column for column in header.columns if column.from_day]
    if dated:
        yield heading_messages.years_of_days(name, header.last_row, dated)
    if header.stacked_words:
        yield messages.stacked_values(name, header.last_row, header.stacked_words)
    if header.bracket_words:
        yield messages.bracketed_values(name, header.last_row, header.bracket_words)
    shared = [column for column in header.columns if column.shares_unit]
    if shared:
        yield messages.unit_of_all_amounts(name, header.last_row, shared)


def _unnamed_columns(
    grid: Grid, headers: Sequence[Header], records: Sequence[Record]
) -> Iterator[CellFinding]:
    """Columns with content in rows of data and without a heading."""
    if not headers or not headers[0].first_row:
        return
    named = {one.column for header in headers for one in header.columns if one.text}
    for column in sorted(set(range(1, grid.width + 1)) - named):
        row = next((one.row for one in records if grid.cell(one.row, column)), None)
        if row is not None:
            yield messages.column_without_heading(grid.sheet.name, row, column)


def conflicting_years(records: Sequence[Record], profile: SheetProfile) -> Iterator[CellFinding]:
    """Rows and columns of another year than the lines above them name; each told once."""
    told: set[tuple[object, ...]] = set()
    for record in records:
        above = record.section.fiscal_year
        if above is None or above == profile.fiscal_year:
            continue
        key = (record.texts.get("fiscal_year"), above, id(record.roles))
        if key in told:
            continue
        told.add(key)
        yield from _conflict(record, above)


def _conflict(record: Record, above: int) -> Iterator[CellFinding]:
    text = record.texts.get("fiscal_year")
    column = record.columns.get("fiscal_year")
    if text is not None and column is None:
        return  # of columns for several years
    if text is not None:
        year = year_of_heading(bare(text), None)
        if year and year.fiscal_year != above:
            yield messages.year_conflict(record.sheet, record.row, column, year.fiscal_year, above)
        return
    years = sorted({role.fiscal_year for role in record.roles if role.fiscal_year})
    if years and above not in years:
        yield messages.year_conflict(record.sheet, record.row, None, years[-1], above)
