"""Rows of ``indicator_results`` and of indicators that no plan states."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipelines.results.cell_words import is_dash
from pipelines.results.findings import finding
from pipelines.results.model import Row, ValueCell
from pipelines.results.name_units import unit_behind
from pipelines.results.rows.cells import is_undecided
from pipelines.results.rows.facts import FactReader, Facts, clean, marked, year_fault
from pipelines.results.rows.series import Series, SeriesReader
from pipelines.results.rows.told import Refused
from pipelines.results.rows.value_groups import (
    FIELDS,
    Group,
    grouped,
    named_apart,
    single_group,
)
from pipelines.results.values import (
    ValueReading,
    clean_unit,
    converted,
    pair_undecided,
)

INDICATOR_FIELDS = frozenset(FIELDS)
_BLANK = ValueReading(None, is_blank=True)
#: Field -> its column of values and its column of texts.
VALUE_COLUMNS = {field: (f"{field}_value", f"{field}_text") for field in FIELDS}


class IndicatorRows:
    """Makes rows of one file; indicators of its own are collected in ``indicators``."""

    def __init__(self, reader: FactReader) -> None:
        self._reader = reader
        self._series = SeriesReader(reader)
        self.indicators = self._series.indicators

    def rows(self, facts: Facts, cells: Sequence[ValueCell]) -> list[Row]:
        """Rows of one record's value cells, one for each indicator and year.

        Raises:
            Refused: for values without a year or a name, and two cells for one value.
        """
        group = single_group(cells)
        if group and "missing_reason" not in facts.record.texts:
            row = self._row(facts, None, None, group, None)
            return [row] if row else []
        groups = [
            (name, year, group)
            for (given, year), cells_of_year in grouped(facts, cells, self._reader.told).items()
            for name, group in named_apart(facts, given, cells_of_year, self._reader.told)
        ]
        reason = self._missing_reason(facts, len(groups))
        if not groups and reason:
            groups = [(None, None, {})]
        rows = (self._row(facts, name, year, group, reason) for name, year, group in groups)
        return [row for row in rows if row]

    def _missing_reason(self, facts: Facts, groups: int) -> str | None:
        """Why the record has no actual value, where a column of its own says so."""
        text = facts.record.texts.get("missing_reason")
        if not text or is_dash(text):
            return None
        reason = self._reader.values.missing_reason(text)
        told = None
        if groups > 1:
            reason, told = None, finding("missing_reason_of_several", text)
        elif reason is None:
            told = finding("missing_reason_unknown", text)
        if told:
            self._reader.told.tell_field(told, facts.record, "missing_reason")
        return reason

    def _row(
        self, facts: Facts, name: str | None, year: int | None, group: Group, reason: str | None
    ) -> Row | None:
        record = facts.record
        stated = self._unit(facts, group)
        read = self._read_all(group, stated)
        if reason is None and all(reading.is_blank for reading in read.values()):
            return None
        fiscal_year = self._year(facts, year, group)
        series = self._series.of(facts, name, stated, read)
        if series.unit is not None and series.unit != stated:
            read = self._in_unit(group, read, stated, series.unit)
        self._tell(facts, group, read, series)
        row = series.row.copy()
        year_text = str(fiscal_year)
        row["indicator_result_id"] = f"{series.stem}-{year_text}"
        row["fiscal_year"] = fiscal_year
        row["row"] = record.row
        for field, reading in read.items():
            column, text_column = VALUE_COLUMNS[field]
            row[column] = reading.value
            row[text_column] = None if reading.is_error else clean(group[field].text)
            if reading.is_approximate:
                row["is_approximate"] = True
        row["missing_reason"] = self._reason(facts, read.get("actual", _BLANK), reason)
        return marked(row, facts, series.indicator_id, year_text)

    def _unit(self, facts: Facts, group: Group) -> str | None:
        """Unit of the row, the heading, the line above the table, the profile, or the name."""
        record = facts.record
        stated = record.texts.get("unit")
        if stated is not None:
            return _unit_of(stated)
        units = self._reader.profile.units
        for field, cell in group.items():
            unit = _unit_of(cell.role.unit or record.section.unit or units.get(field) or "")
            if unit:
                return unit
        return unit_behind(record.texts.get("indicator", ""))[1]

    def _read_all(self, group: Group, unit: str | None) -> dict[str, ValueReading]:
        known = self._reader.values.known(unit)
        return {
            field: known.get(cell.text) or self._read(cell, unit)
            if cell.role.pair is None
            else self._read(cell, unit)
            for field, cell in group.items()
        }

    def _read(self, cell: ValueCell, unit: str | None) -> ValueReading:
        if is_undecided(cell):
            return ValueReading(None, findings=(pair_undecided(cell.text),))
        return self._reader.values.read(cell.text, unit)

    def _in_unit(
        self, group: Group, read: dict[str, ValueReading], stated: str | None, unit: str
    ) -> dict[str, ValueReading]:
        """Values in their indicator's unit, from the unit of each cell or of the heading."""
        return {
            field: self._one_in_unit(group[field], reading, stated, unit)
            for field, reading in read.items()
        }

    def _one_in_unit(
        self, cell: ValueCell, reading: ValueReading, stated: str | None, unit: str
    ) -> ValueReading:
        if is_undecided(cell):
            return reading
        if reading.value is None:
            # A unit that nobody knows, such as 食, is known once the indicator is.
            return self._read(cell, unit) if stated is None else reading
        own = reading.unit or stated
        return converted(reading, cell.text, own, unit) if own else reading

    def _tell(
        self, facts: Facts, group: Group, read: dict[str, ValueReading], series: Series
    ) -> None:
        told, record = self._reader.told, facts.record
        for one, field in series.findings:
            told.tell_field(one, record, field)
        for field, reading in read.items():
            for one in reading.findings:
                told.tell_cell(one, record, group[field], field)
            if series.is_percent and _may_be_a_fraction(reading, [*read.values()], series.target):
                cell = group[field]
                doubt = finding(
                    "fraction_for_percent", cell.text, percent=(reading.value or 0.0) * 100
                )
                told.tell_cell(doubt, record, cell, field)

    def _reason(self, facts: Facts, actual: ValueReading, reason: str | None) -> str | None:
        """Why there is no actual value: in the cell's own words, else in those beside it."""
        if reason is None or actual.missing_reason:
            return actual.missing_reason
        if actual.is_blank:
            return reason
        told = finding("missing_reason_beside_value", facts.record.texts["missing_reason"])
        self._reader.told.tell_field(told, facts.record, "missing_reason")
        return None

    def _year(self, facts: Facts, year: int | None, group: Group) -> int:
        record, told = facts.record, self._reader.told
        if year is not None:
            column = next(iter(group.values())).column
            self._reader.calendar.require_possible(record, year, column)
            return year
        if facts.fiscal_year is None:
            raise Refused(told.tell_field(year_fault(facts), record, "fiscal_year"))
        return facts.fiscal_year

    def series_of_numbers(self, facts: Facts) -> tuple[Series, str | None]:
        """The series of a record whose cells are plain numbers, and the unit that it states."""
        stated = self._unit(facts, {cell.role.field: cell for cell in facts.record.values})
        return self._series.of(facts, None, stated, {}), stated


_unit_of = lru_cache(maxsize=8_192)(clean_unit)


def _may_be_a_fraction(
    reading: ValueReading, all_read: Sequence[ValueReading], target: float | None
) -> bool:
    """0.987 beside a target of 98.5 percent; beside 0.5 it is what it says."""
    if reading.value is None or not 0 < reading.value < 1:
        return False
    others = [one.value for one in all_read if one is not reading] + [target]
    return any(other is not None and other > 1 for other in others)
