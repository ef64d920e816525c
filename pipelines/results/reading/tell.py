"""What is told of the tables of a sheet once their rows are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipelines.messages import At
from pipelines.results.model import Record
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.heading_years import year_of_heading
from pipelines.results.reading.headings import has_no_place, is_left_out
from pipelines.results.reading.messages import field_name, told
from pipelines.results.vocabulary import bare
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding, column_letters

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
        yield _of_column(_unread(column, plan), name, row, column)
    for column in plan.left_out:
        yield _of_column("plan_left_out", name, row, column)
    for column in plan.spent:
        yield _of_column("spending_left_out", name, row, column)
    yield from _of_header(name, header)
    for first, second in plan.repeated:
        yield _repeated(name, row, first, second)
    for column, field in plan.decided:
        if field is not None:
            at = At(name, row, column.column)
            yield told("column_decided", at, column.text, field, field=field_name(field))


def _of_column(text: str, name: str | None, row: int, column: HeadColumn) -> CellFinding:
    return told(text, At(name, row, column.column), column.text)


def _repeated(name: str | None, row: int, first: HeadColumn, second: HeadColumn) -> CellFinding:
    field = second.meaning.field
    return told(
        "duplicate_column",
        At(name, row, second.column),
        second.text,
        field,
        first=first.text,
        first_letters=column_letters(first.column),
        letters=column_letters(second.column),
        field=field_name(field),
    )


def _unread(column: HeadColumn, plan: TablePlan) -> str:
    """Which text tells of a column that no field is known for."""
    if has_no_place(column.parts):
        return "column_without_place"
    is_known = is_left_out(column.parts) or _sums_up_years(column, plan)
    return "column_left_out" if is_known else "unknown_column"


def _sums_up_years(column: HeadColumn, plan: TablePlan) -> bool:
    """累計 alone beside columns of years."""
    is_basis = column.meaning.effect_basis is not None and column.meaning.field is None
    return is_basis and any(role.fiscal_year for role in plan.roles)


def _of_header(name: str | None, header: Header) -> Iterator[CellFinding]:
    """What the lines above or below the headings say of their columns."""
    row = header.last_row
    titled = [column for column in header.columns if column.from_title]
    if titled:
        yield _named_above(At(name, row, titled[0].column), titled)
    inferred = [column for column in header.columns if column.era_inferred]
    if inferred:
        yield _of_years("era_inferred", name, row, inferred)
    dated = [column for column in header.columns if column.from_day]
    if dated:
        yield _of_years("years_of_days", name, row, dated)
    between = [column for column in header.columns if column.is_between]
    if between:
        shown = "、".join(column.text for column in between)
        yield told("years_between", At(name, row, between[0].column), shown, "actual")
    if header.stacked_words:
        yield told("stacked_values", At(name, row), header.stacked_words)
    if header.bracket_words:
        yield told("bracketed_values", At(name, row), header.bracket_words)
    shared = [column for column in header.columns if column.shares_unit]
    if shared:
        first, shown = shared[0], "、".join(column.text for column in shared)
        meaning, at = first.meaning, At(name, row, first.column)
        yield told("unit_of_all_amounts", at, meaning.unit or "", meaning.field, shown=shown)


def _named_above(at: At, columns: Sequence[HeadColumn]) -> CellFinding:
    fields = dict.fromkeys(column.meaning.field for column in columns)
    shown = "、".join(column.text for column in columns)
    named = "」「".join(map(field_name, fields))
    return told("values_named_above", at, shown, next(iter(fields)), named=named)


def _of_years(text: str, name: str | None, row: int, columns: Sequence[HeadColumn]) -> CellFinding:
    shown = "、".join(f"{one.text}は{one.meaning.fiscal_year}年度" for one in columns)
    first = columns[0]
    return told(text, At(name, row, first.column), first.text, shown=shown)


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
            yield told(
                "column_without_heading",
                At(grid.sheet.name, row, column),
                letters=column_letters(column),
            )


def conflicting_years(records: Sequence[Record], profile: SheetProfile) -> Iterator[CellFinding]:
    """Rows and columns of another year than the lines above them name; each told once."""
    seen: set[tuple[object, ...]] = set()
    for record in records:
        above = record.section.fiscal_year
        if above is None or above == profile.fiscal_year:
            continue
        key = (record.texts.get("fiscal_year"), above, id(record.roles))
        if key in seen:
            continue
        seen.add(key)
        yield from _conflict(record, above)


def _conflict(record: Record, above: int) -> Iterator[CellFinding]:
    text = record.texts.get("fiscal_year")
    column = record.columns.get("fiscal_year")
    if text is not None and column is None:
        return  # of columns for several years
    if text is not None:
        year = year_of_heading(bare(text), None)
        if year and year.fiscal_year != above:
            yield _year_conflict(record, column, year.fiscal_year, above)
        return
    years = sorted({role.fiscal_year for role in record.roles if role.fiscal_year})
    if years and above not in years:
        yield _year_conflict(record, None, years[-1], above)


def _year_conflict(record: Record, column: int | None, own: int, above: int) -> CellFinding:
    return told("year_conflict", At(record.sheet, record.row, column), str(own), above=above)
