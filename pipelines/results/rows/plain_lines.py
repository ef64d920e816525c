"""Records that hold one indicator's plain numbers for one year: nearly all of a large table.

They give the row that ``IndicatorRows`` gives, without looking at everything that a record might
hold besides. What is not quite so plain is left to it.
"""

from __future__ import annotations

from pipelines.results.model import Record, Row
from pipelines.results.rows.facts import FactReader, Facts, marked
from pipelines.results.rows.indicator_rows import (
    INDICATOR_FIELDS,
    VALUE_COLUMNS,
    IndicatorRows,
    Series,
)

#: Texts that a plain record may have; all but the year are the same for all years of a series.
_SHARED = frozenset(
    {
        "item_id",
        "item_number",
        "item",
        "category",
        "department",
        "bureau",
        "edition",
        "indicator_id",
        "indicator",
        "unit",
        "due_fy",
    }
)
_YEAR = "fiscal_year"
_NO_YEAR = (None, None)


class _Line:
    """What the rows of one series and edition share; no ``series`` where they are not plain."""

    __slots__ = ("facts", "series")

    def __init__(self, facts: Facts, indicators: IndicatorRows) -> None:
        self.facts = facts
        self.series: Series | None = None
        if not facts.context.findings:
            series, stated = indicators.series_of_numbers(facts)
            if not series.findings and series.unit in (None, stated):
                self.series = series


class _Table:
    """A table of a sheet, as its records show it."""

    def __init__(self, record: Record, reader: FactReader) -> None:
        self.roles, self.asked, self.section = record.roles, record.asked, record.section
        self.sheet = record.sheet
        plain = [role for role in record.roles if not (role.indicator or role.pair)]
        fields = {role.field for role in plain if role.fiscal_year is None}
        units = {
            role.unit or record.section.unit or reader.profile.units.get(role.field)
            for role in plain
        }
        is_plain = len(fields) == len(record.roles) and fields <= INDICATOR_FIELDS
        is_plain = is_plain and len(units) == 1
        self.allowed = (_SHARED | {_YEAR}) & record.asked
        self.is_plain = is_plain and self.allowed == record.asked
        self.columns = {id(role): VALUE_COLUMNS[role.field] for role in plain if is_plain}
        # With a register, the year decides which department a name means.
        varying = set() if reader.plan.departments else {_YEAR}
        self.fields = tuple(sorted(self.allowed - varying))
        self.lines: dict[tuple[str | None, ...], _Line] = {}
        # Rows of one series follow each other: comparing is cheaper than looking up.
        self.last_key: tuple[str | None, ...] | None = None
        self.last_line: _Line | None = None

    def holds(self, record: Record) -> bool:
        """Whether a record is of this table."""
        return (
            record.roles is self.roles
            and record.asked is self.asked
            and record.section is self.section
            and record.sheet is self.sheet
        )


class PlainLines:
    """Makes the rows of plain records of one file."""

    def __init__(self, reader: FactReader, indicators: IndicatorRows) -> None:
        self._reader, self._indicators = reader, indicators
        self._table: _Table | None = None
        self._numbers: dict[str, float | None] = {}

    def row(self, record: Record) -> Row | None:
        """The row of ``indicator_results``; None for a record that is not plain.

        Raises:
            Refused: for a record of which nothing can be published.
        """
        table = self._table
        if table is None or not table.holds(record):
            table = self._table = _Table(record, self._reader)
        texts = record.texts
        if not table.is_plain or not table.allowed.issuperset(texts):
            return None
        year = self._reader.years.get(texts.get(_YEAR, ""), _NO_YEAR)[0]
        if year is None or not record.values:
            return None
        line = self._line(table, record)
        if line is None or line.series is None:
            return None
        return self._row(table, line.facts, line.series, record, year)

    def _line(self, table: _Table, record: Record) -> _Line | None:
        """What a record shares with others; None for one of which nothing is known yet."""
        key = tuple(map(record.texts.get, table.fields))
        if key == table.last_key:
            return table.last_line
        line = table.lines.get(key)
        if line is None:
            if not self._is_filled(record):
                return None
            line = table.lines[key] = _Line(self._reader.untold(record), self._indicators)
        table.last_key, table.last_line = key, line
        return line

    def _is_filled(self, record: Record) -> bool:
        """Whether a record surely gives a row, so that its indicator is one of the file's."""
        return all(self._number(cell.text) is not None for cell in record.values)

    def _number(self, text: str) -> float | None:
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = self._reader.values.plain_number(text)
        return number

    def _row(
        self, table: _Table, facts: Facts, series: Series, record: Record, year: int
    ) -> Row | None:
        """The row; None where a cell is blank or no plain number."""
        row = series.row.copy()
        numbers = self._numbers
        for cell in record.values:
            text = cell.text
            number = numbers.get(text)
            columns = table.columns.get(id(cell.role))
            if number is None:
                number = self._number(text)
            if number is None or columns is None or (series.is_percent and 0 < number < 1):
                return None  # A fraction in percent wants a thorough look.
            row[columns[0]] = number
            row[columns[1]] = text
        year_text = str(year)
        row["indicator_result_id"] = series.stem(year_text)
        row["fiscal_year"] = year
        row["row"] = record.row
        return marked(row, facts, series.indicator_id, year_text)
