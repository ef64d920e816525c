"""Records that hold one indicator's plain numbers for one year: nearly all of a large table.

They give the row that ``IndicatorRows`` gives, without looking at everything that a record might
hold besides. What is not quite so plain is left to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.results.model import Record, Row, ValueCell
from pipelines.results.rows.facts import FactReader, Facts, marked
from pipelines.results.rows.indicator_rows import (
    INDICATOR_FIELDS,
    VALUE_COLUMNS,
    IndicatorRows,
)
from pipelines.results.rows.model import ORDER
from pipelines.results.rows.series import Series
from pipelines.results.values import ValueReader

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
    """What the rows of one series and edition share.

    Attributes:
        facts: of its first record.
        row: the columns that all years share.
        stem: of the ids of its rows.
        size: how many texts its records have.
    """

    __slots__ = ("facts", "indicator_id", "is_percent", "row", "size", "stem")

    def __init__(self, record: Record, series: Series, facts: Facts) -> None:
        self.facts, self.size = facts, len(record.texts)
        self.indicator_id, self.stem = series.indicator_id, series.stem
        self.is_percent = series.is_percent
        self.row: Row = {**series.row, ORDER: facts.order}


class _Numbers(dict[str, float | None]):
    """Text of a cell -> its number; None where it is no plain one."""

    def __init__(self, reader: ValueReader) -> None:
        super().__init__()
        self._read = reader.plain_number

    def __missing__(self, text: str) -> float | None:
        number = self[text] = self._read(text)
        return number


class _Values:
    """The columns that a record's cells fill; ``is_plain`` only where all are plain numbers."""

    __slots__ = ("columns", "has_fraction", "is_plain")

    def __init__(self, cells: Sequence[ValueCell], table: _Table, numbers: _Numbers) -> None:
        self.columns: Row = {}
        self.has_fraction = False
        self.is_plain = bool(cells)
        for cell in cells:
            found, names = numbers[cell.text], table.columns.get(id(cell.role))
            if found is None or names is None:
                self.is_plain = False
                return
            self.columns[names[0]] = found
            self.columns[names[1]] = cell.text
            self.has_fraction |= 0 < found < 1


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
        self.lines: dict[tuple[str | None, ...], _Line | None] = {}
        #: ``id`` of a record's cells -> their columns: rows with equal texts share their cells.
        self.values: dict[int, _Values] = {}

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
        self._numbers = _Numbers(reader.values)

    def rows(self, records: Sequence[Record], first: int) -> list[Row]:
        """Rows of the records from ``first`` on, up to the first that is not plain.

        Args:
            records: of one file; they live on while its rows are made.
            first: where to begin, from 0.
        """
        table = self._table_of(records[first])
        found: list[Row] = []
        years, fields, lines = self._reader.years, table.fields, table.lines
        # Rows of one series follow each other: comparing is cheaper than looking up.
        last_head: Mapping[str, str] | None = None
        line: _Line | None = None
        for at in range(first, len(records) if table.is_plain else first):
            record = records[at]
            texts = record.texts
            year = years.get(texts.get(_YEAR, ""), _NO_YEAR)[0]
            values = table.values.get(id(record.values)) or self._values(table, record)
            if year is None or not values.is_plain or not table.holds(record):
                break
            head = record.head
            if head is None or head is not last_head or _YEAR in fields:
                last_head = head
                key = tuple(map(texts.get, fields))
                line = lines[key] if key in lines else self._new_line(table, key, record)
            if line is None or len(texts) != line.size or (line.is_percent and values.has_fraction):
                break
            row = line.row.copy()
            row.update(values.columns)
            row["indicator_result_id"] = f"{line.stem}-{year}"
            row["fiscal_year"] = year
            row["row"] = record.row
            if line.facts.department_id:
                marked(row, line.facts, line.indicator_id, str(year))
            found.append(row)
        return found

    def _table_of(self, record: Record) -> _Table:
        if self._table is None or not self._table.holds(record):
            self._table = _Table(record, self._reader)
        return self._table

    def _values(self, table: _Table, record: Record) -> _Values:
        """The columns of a record's cells, which may be those of a row of another table."""
        found = _Values(record.values, table, self._numbers)
        if table.holds(record):
            table.values[id(record.values)] = found
        return found

    def _new_line(self, table: _Table, key: tuple[str | None, ...], record: Record) -> _Line | None:
        """What a plain record shares with others of its series; None where they are not plain."""
        table.lines[key] = None
        texts = record.texts
        is_named = not texts.keys().isdisjoint(("indicator", "item", "measure"))
        if not is_named or not table.allowed.issuperset(texts):
            return None
        facts = self._reader.untold(record)
        if facts.context.findings or facts.measure_text is None:
            return None
        series, stated = self._indicators.series_of_numbers(facts)
        if not series.findings and series.unit in (None, stated):
            table.lines[key] = _Line(record, series, facts)
        return table.lines[key]
