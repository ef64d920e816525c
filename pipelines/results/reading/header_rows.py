"""Where the tables of a sheet begin: rows of headings, found by words.

A table needs a heading that says what a row is about (item, measure, indicator, category) and one
that holds a result. Lines of headings further down open further tables; two tables side by side are
two if a blank column parts them and each has both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, groupby

from pipelines.results.reading.bare_money import without_spending
from pipelines.results.reading.bracketed_values import with_bracketed_values
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import KEY_FIELDS, RESULT_FIELDS, HeadColumn, Header
from pipelines.results.reading.heading_days import are_days, with_days
from pipelines.results.reading.heading_eras import era_before, has_no_era
from pipelines.results.reading.heading_years import (
    HeadingYear,
    year_of_heading,
    years_of_line,
)
from pipelines.results.reading.headings import (
    IGNORED,
    HeadingReader,
    is_left_out,
    says_something,
)
from pipelines.results.reading.item_lines import item_of
from pipelines.results.reading.lines import read_line
from pipelines.results.reading.marked_ratings import with_marked_ratings
from pipelines.results.reading.middle_targets import with_middle_targets
from pipelines.results.reading.row_kinds import with_row_kinds
from pipelines.results.reading.shared_units import with_shared_unit
from pipelines.results.reading.stacked_rows import with_stacked_rows
from pipelines.results.reading.subjects import with_subject
from pipelines.results.reading.titled_years import with_titled_years
from pipelines.results.reading.years_between import with_years_between
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_fields import VALUE_FIELDS
from pipelines.sources.sheet_profile import SheetProfile

MOST_HEADER_ROWS = 3
#: How far above a table the line may stand that names its item.
_LINES_ABOVE = 8
_NAMES_OF_ROWS = frozenset({*KEY_FIELDS, "department", "bureau", "fiscal_year", "unit"})
# Headers of a long list stand in its first columns; a wide search would cost more than reading.
_COLUMNS_SEARCHED = 8


@dataclass(frozen=True)
class HeaderFinder:
    """Finds the headers of one sheet; ``years``: first and last of the round, where it is known."""

    grid: Grid
    reader: HeadingReader
    profile: SheetProfile
    years: tuple[int, int] | None = None

    def find(self) -> list[list[Header]]:
        """Headers from top to bottom; those that stand side by side in one list."""
        found: list[list[Header]] = []
        for row in self._candidates():
            above = found[-1][0].last_row if found else 0
            if row <= above:
                continue
            headers = self._at(row)
            if headers:
                found.append(self._with_groups_above(headers, above))
        return found

    def _candidates(self) -> list[int]:
        """Rows with a known word (or a year) in one of the first columns."""
        wanted: set[int] = set()
        for column in range(min(self.grid.width, _COLUMNS_SEARCHED)):
            words = self.reader.words_among(self.grid.texts_of(column))
            if words:
                wanted.update(_rows_with(words, self.grid.column(column)))
        return sorted(wanted)

    def _at(self, row: int) -> list[Header]:
        """The headers that begin in a row, with as many rows as they need."""
        for height in self._heights(row):
            last = row + height - 1
            if last > len(self.grid.rows) or not self._are_headings(row, last):
                break
            headers = self._of_rows(row, last)
            if headers and not self._is_one_without(row, last):
                return self._extended(row, last, headers)
        return []

    def _is_one_without(self, first: int, last: int) -> bool:
        """Whether the rows are headings without their first one, which is then a line above them.

        担当課 | 総務課 above 取組項目 | 評価.
        """
        is_tall = self.grid.height_of_merged_cells(first, MOST_HEADER_ROWS) > 1
        is_free = self.profile.header_rows is None and not is_tall
        return is_free and last > first and bool(self._of_rows(first + 1, last))

    def _with_groups_above(self, headers: list[Header], after: int) -> list[Header]:
        """With a row above that groups the columns: 平成18年度, 実績, 外部評価."""
        first, last = headers[0].first_row, headers[0].last_row
        is_free = self.profile.header_rows is None and last - first + 1 < MOST_HEADER_ROWS
        if not is_free or first - 1 <= after or not self._groups(headers, first - 1):
            return headers
        return self._of_rows(first - 1, last) or headers

    def _groups(self, headers: list[Header], row: int) -> bool:
        """Whether a row above headings groups them; a title or 担当課 | 総務課 does not."""
        filled = self.grid.filled(row)
        columns = {column.column for header in headers for column in header.columns if column.text}
        start = min(columns)
        groups = [(at, text) for at, text in filled if at != start]
        if not groups or any(at not in columns for at, _ in filled):
            return False
        if len(filled) > len(groups) and groups[0][0] == start + 1:
            return False
        return all(self._says_something(text, row) for _, text in groups)

    def _says_something(self, text: str, row: int) -> bool:
        is_assessor = bare(text) in sheet_vocabulary().assessors
        meaning = replace(self.reader.one(text), unit=None)
        return is_assessor or says_something(meaning) or self._is_year_in(text, row)

    def _heights(self, row: int) -> Sequence[int]:
        if self.profile.header_rows is not None:
            return (self.profile.header_rows,)
        least = self.grid.height_of_merged_cells(row, MOST_HEADER_ROWS)
        return range(least, MOST_HEADER_ROWS + 1)

    def _extended(self, row: int, last: int, headers: list[Header]) -> list[Header]:
        """With the rows below that go on the headings: years, units, 計画 and 実績."""
        if self.profile.header_rows is not None:
            return headers
        while last - row + 1 < MOST_HEADER_ROWS and self._goes_on(headers, last + 1):
            longer = self._of_rows(row, last + 1)
            if not longer:
                # Headings that split 効果額 in unknown parts: the whole would be misread as one.
                return [] if self._is_divided(headers, last + 1) else headers
            last, headers = last + 1, longer
        return headers

    def _are_headings(self, first: int, last: int) -> bool:
        """Whether the rows hold texts, and the top one enough of them."""
        top = [cell for cell in self.grid.cells(first) if cell]
        if len(top) < 2 and first == last:
            return False
        return all(
            self._is_no_number(cell, row)
            for row in range(first, last + 1)
            for cell in self.grid.cells(row)
        )

    def _is_no_number(self, cell: str, row: int) -> bool:
        return not _is_number(cell) or self._is_year_in(cell, row)

    def _is_year_in(self, cell: str, row: int) -> bool:
        before = era_before(self.grid.cells(row), self.years)
        for other in self.grid.cells(row):
            year = year_of_heading(bare(other), before)
            if other == cell and year:
                return True
            before = year or before
        return False

    def _goes_on(self, headers: list[Header], row: int) -> bool:
        """Whether a row below continues the headings: years and units, no text of its own."""
        if row > len(self.grid.rows):
            return False
        filled = {at: cell for at, cell in enumerate(self.grid.cells(row), 1) if cell}
        if self._is_year_of_rows(headers, row) or self._is_row_of_year(headers, row):
            return False
        if self._is_divided(headers, row) or are_days(filled.values()):
            return True
        columns = {column.column: column for header in headers for column in header.columns}
        return bool(filled) and all(
            self._continues(columns.get(at), cell, row) for at, cell in filled.items()
        )

    def _is_year_of_rows(self, headers: list[Header], row: int) -> bool:
        """Whether a row below headings says of which year the rows below it are: 平成18年度.

        It stands alone, below a heading that names no values, or merged over the table.
        """
        filled = self.grid.filled(row)
        if len(filled) != 1 or read_line(row, [filled[0][1]]).fiscal_year is None:
            return False
        column = filled[0][0]
        above = [one for header in headers for one in header.columns if one.column == column]
        return any(one.meaning.field in _NAMES_OF_ROWS for one in above)

    def _is_row_of_year(self, headers: list[Header], row: int) -> bool:
        """Whether a row below a column 年度 begins with a year, so that 80 beside it is no year."""
        above = [one for header in headers for one in header.columns]
        years = [one for one in above if one.meaning.field == "fiscal_year"]
        is_year = len(years) == 1 and years_of_line(self.grid.cell(row, years[0].column))
        return bool(is_year and is_year.fiscal_year)

    def _is_divided(self, headers: list[Header], row: int) -> bool:
        """Whether texts below a heading divide it: 人件費 and 物件費 below 効果額."""
        filled = dict(self.grid.filled(row))
        columns = {column.column: column for header in headers for column in header.columns}
        names = [columns.get(at) for at in filled]
        if any(one is not None and one.meaning.field in KEY_FIELDS for one in names):
            return False
        has_new = any(one is not None and not one.text for one in names)
        return has_new and not any(map(_is_number, filled.values()))

    def _continues(self, column: HeadColumn | None, cell: str, row: int) -> bool:
        meaning = self.reader.one(cell)
        is_key = column is not None and column.meaning.field in KEY_FIELDS
        says_part = says_something(meaning)
        if is_key and meaning.field is not None:
            return False
        return says_part or (not is_key and self._is_year_in(cell, row))

    def _of_rows(self, first: int, last: int) -> list[Header]:
        columns = self._columns(first, last)
        header = with_subject(Header(first, last, tuple(columns)))
        header = with_middle_targets(with_days(header, self.reader))
        header = with_row_kinds(header, self.grid)
        header = with_marked_ratings(header, self.grid, self.reader)
        header = with_stacked_rows(header, self.grid, self.reader)
        header = with_titled_years(header, self.grid, self.reader)
        header = with_years_between(header, self.grid, self.years)
        is_found = is_table(header) or is_of_departments(header, self.grid)
        if not is_found and not is_of_years(header, self.grid):
            return []
        header = with_shared_unit(header, self.grid)
        header = without_spending(header, self.grid, self.profile)
        if self.profile.paired_cells is None:
            header = with_bracketed_values(header, self.grid)
        return self._side_by_side(header) or [header]

    def _columns(self, first: int, last: int) -> list[HeadColumn]:
        grid = [self.grid.heading_cells(row, first, last) for row in range(first, last + 1)]
        era = before = era_before((cell for row in grid for cell in row), self.years)
        columns = []
        for column in range(1, self.grid.width + 1):
            parts = _without_repeats([row[column - 1] for row in grid])
            meaning = self.reader.column(parts, before)
            before = _year_at(parts, before)
            is_inferred = bool(era and meaning.fiscal_year) and has_no_era(parts)
            columns.append(HeadColumn(column, parts, meaning, era_inferred=is_inferred))
        return columns

    def _side_by_side(self, header: Header) -> list[Header]:
        """The tables that blank columns part, if each is one by itself and repeats a field."""
        groups = [
            tuple(columns)
            for is_filled, columns in groupby(header.columns, lambda one: bool(one.text))
            if is_filled
        ]
        headers = [Header(header.first_row, header.last_row, group) for group in groups]
        if len(headers) < 2 or not all(map(is_table, headers)):
            return []
        return headers if _repeats_a_field(header) else []


def _rows_with(words: set[str], cells: list[str]) -> Iterator[int]:
    """Rows (from 1) of a column that hold one of some words; few words are searched one by one."""
    if len(words) > 2:
        yield from compress(range(1, len(cells) + 1), map(words.__contains__, cells))
        return
    for word in words:
        at = -1
        for _ in range(cells.count(word)):
            at = cells.index(word, at + 1)
            yield at + 1


_WORDS = HeadingReader(SheetProfile())


def is_table(header: Header) -> bool:
    """Whether the headings name what a row is about and, in another column, a result."""
    fields = [(at, column.meaning) for at, column in enumerate(header.columns)]
    keys = [at for at, meaning in fields if meaning.field in KEY_FIELDS]
    results = [at for at, meaning in fields if meaning.field in RESULT_FIELDS]
    if not keys or not results or set(keys) == set(results) == {keys[0]}:
        return False
    known = [one for one in header.columns if is_known(one)]
    filled = [column for column in header.columns if column.text]
    return any(at not in keys[:1] for at in results) and len(known) * 2 >= len(filled)


def is_of_departments(header: Header, grid: Grid) -> bool:
    """Whether a table has departments and values only; a heading above names what it is about.

    Labels of a form (担当課 beside its value) are told by what stands in the next row.
    """
    filled = [column for column in header.columns if column.text]
    departments = [one for one in filled if one.meaning.field in ("department", "bureau")]
    results = [one for one in filled if one.meaning.field in (*VALUE_FIELDS, "outcome")]
    if not departments or not results or not all(map(is_known, filled)):
        return False
    below = next((row for row in _rows_below(header, grid) if grid.filled(row)), 0)
    has_name = any(_is_name(grid.cell(below, one.column)) for one in departments)
    return has_name and any(_is_number(grid.cell(below, one.column)) for one in results)


def is_of_years(header: Header, grid: Grid) -> bool:
    """Whether a table has years and results only, and a line above names the item they are of."""
    filled = [column for column in header.columns if column.text]
    fields = [one.meaning.field for one in filled]
    has_results = any(name in RESULT_FIELDS for name in fields)
    if fields[:1] != ["fiscal_year"] or not has_results or not all(map(is_known, filled)):
        return False
    below = next((row for row in _rows_below(header, grid) if grid.filled(row)), 0)
    is_year = years_of_line(grid.cell(below, filled[0].column)).fiscal_year is not None
    above = range(max(header.first_row - _LINES_ABOVE, 1), header.first_row)
    return is_year and any(item_of([text for _, text in grid.filled(row)]) for row in above)


def _rows_below(header: Header, grid: Grid) -> range:
    return range(header.last_row + 1, min(header.last_row + 3, len(grid.rows)) + 1)


def _is_name(text: str) -> bool:
    return bool(text) and not _is_number(text) and _WORDS.one(text).field is None


def is_known(column: HeadColumn) -> bool:
    """Whether a heading means something known, be it nothing that is read."""
    meaning = column.meaning
    return bool(meaning.field or meaning.fiscal_year) or is_left_out(column.parts)


def _repeats_a_field(header: Header) -> bool:
    named = [
        column.meaning.field
        for column in header.columns
        if column.meaning.field not in (None, IGNORED)
    ]
    return len(named) > len(set(named))


def _without_repeats(parts: list[str]) -> tuple[str, ...]:
    """A text that a merged cell spreads over several rows stands once."""
    kept: list[str] = []
    for part in parts:
        if part and (not kept or part != kept[-1]):
            kept.append(part)
    return tuple(kept)


def _year_at(parts: tuple[str, ...], before: HeadingYear | None) -> HeadingYear | None:
    for part in parts:
        year = year_of_heading(bare(part), before)
        if year:
            return year
    return before


def _is_number(cell: str) -> bool:
    """Whether a cell is nothing but a number, perhaps with a sign and a unit of one character."""
    plain = cell.translate(_SIGNS)
    return bool(plain) and not plain.strip(_DIGITS) and any(map(str.isdigit, plain))


_DIGITS = "0123456789０１２３４５６７８９"
_SIGNS = str.maketrans("", "", " ,.．，△▲-－−%％円千百万")
