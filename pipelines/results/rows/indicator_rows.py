"""Rows of ``indicator_results`` and of indicators that no plan states."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipelines.quantities.exact import read_exact
from pipelines.results.cell_words import NO_UNIT, is_dash, unit_form
from pipelines.results.findings import finding
from pipelines.results.model import IndicatorContext, Row, ValueCell
from pipelines.results.rows.cells import is_undecided
from pipelines.results.rows.dates import is_possible, read_day, read_fiscal_year
from pipelines.results.rows.facts import FactReader, Facts, clean, marked, year_fault
from pipelines.results.rows.keys import bare, stem
from pipelines.results.rows.model import ORDER, SubmissionSource
from pipelines.results.rows.told import Refused
from pipelines.results.values import (
    ValueReading,
    clean_unit,
    converted,
    named_values,
    pair_undecided,
)
from pipelines.sources.workbooks.model import CellFinding

_FIELDS = ("planned", "actual", "final_target")
INDICATOR_FIELDS = frozenset(_FIELDS)
#: Values of one indicator and year: field -> cell.
Group = dict[str, ValueCell]
#: (indicator that a heading names, year that it names) -> values.
Groups = dict[tuple[str | None, int | None], Group]
_BLANK = ValueReading(None, is_blank=True)
#: Field -> its column of values and its column of texts.
VALUE_COLUMNS = {field: (f"{field}_value", f"{field}_text") for field in _FIELDS}
#: Texts of a record, besides the context's, that decide what its row shares with other years.
_OF_SERIES = ("indicator_id", "due_fy", "as_of_on")


class Series:
    """What the rows of one indicator and department share over the years.

    Attributes:
        indicator_id: of the plan's indicator, or of one of the sheet's own.
        unit: of the indicator; None where nobody says.
        target: the number of the plan's target; None where it names none.
        row: the columns that all years share.
        findings: what to tell of each record, with the field.
        stem: of the ids of its rows, which go on with the year.
    """

    __slots__ = ("findings", "indicator_id", "row", "stem", "target", "unit")

    def __init__(self) -> None:
        self.indicator_id = ""
        self.unit: str | None = None
        self.target: float | None = None
        self.row: Row = {}
        self.findings: list[tuple[CellFinding, str]] = []
        self.stem = ""

    @property
    def is_percent(self) -> bool:
        """Whether values are percentages."""
        return self.unit is not None and unit_form(self.unit) == unit_form("%")


class IndicatorRows:
    """Makes rows of one file; indicators of its own are collected in ``indicators``."""

    def __init__(self, reader: FactReader) -> None:
        self._reader = reader
        self.indicators: dict[str, Row] = {}
        self._ids: dict[tuple[str, ...], str] = {}
        self._empty = _empty_row(reader.source)

    def rows(self, facts: Facts, cells: Sequence[ValueCell]) -> list[Row]:
        """Rows of one record's value cells, one for each indicator and year.

        Raises:
            Refused: for values without a year or a name, and two cells for one value.
        """
        group = _single(cells)
        if group and "missing_reason" not in facts.record.texts:
            row = self._row(facts, None, None, group, None)
            return [row] if row else []
        groups = [
            (name, year, group)
            for (given, year), cells_of_year in self._groups(facts, cells).items()
            for name, group in self._named_apart(facts, given, cells_of_year)
        ]
        reason = self._missing_reason(facts, len(groups))
        if not groups and reason:
            groups = [(None, None, {})]
        rows = (self._row(facts, name, year, group, reason) for name, year, group in groups)
        return [row for row in rows if row]

    def _named_apart(
        self, facts: Facts, given: str | None, group: Group
    ) -> list[tuple[str | None, Group]]:
        """Values of several names in one cell; told, for they are no values of the row's own."""
        apart = _named_apart(given, group)
        for cell in group.values() if apart != [(given, group)] else ():
            names = [name for name, _ in named_values(cell.text) or ()]
            if names:
                named = "、".join(f"「{name}」" for name in names)
                told = finding("values_named_apart", cell.text, named=named)
                self._reader.told.tell(told, facts.record, cell.column, cell.role.field)
        return apart

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

    def _groups(self, facts: Facts, cells: Sequence[ValueCell]) -> Groups:
        groups: Groups = {}
        for cell in cells:
            role = cell.role
            group = groups.setdefault((role.indicator, role.fiscal_year), {})
            if role.field in group:
                told = finding("cells_repeated", column_name=role.field)
                raise Refused(self._reader.told.tell(told, facts.record, cell.column))
            group[role.field] = cell
        return self._joined(facts, _with_final_targets(groups)) if len(groups) > 1 else groups

    def _joined(self, facts: Facts, groups: Groups) -> Groups:
        """Values without a year, with those whose headings name the record's own year."""
        for name, year in [*groups]:
            if year is None or year != facts.fiscal_year or (name, None) not in groups:
                continue
            dated, group = groups.pop((name, year)), groups[name, None]
            for field, cell in dated.items():
                if field in group:
                    told = finding("cells_repeated", column_name=field)
                    raise Refused(self._reader.told.tell(told, facts.record, cell.column))
                group[field] = cell
        return groups

    def _row(
        self, facts: Facts, name: str | None, year: int | None, group: Group, reason: str | None
    ) -> Row | None:
        record = facts.record
        stated = self._unit(facts, group)
        read = self._read_all(group, stated)
        if reason is None and all(reading.is_blank for reading in read.values()):
            return None
        fiscal_year = self._year(facts, year, group)
        series = self._series(facts, name, stated, read)
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
        """Unit of the row, the heading, the line above the table, or the profile."""
        record = facts.record
        stated = record.texts.get("unit")
        if stated is not None:
            return _unit_of(stated)
        units = self._reader.profile.units
        for field, cell in group.items():
            unit = _unit_of(cell.role.unit or record.section.unit or units.get(field) or "")
            if unit:
                return unit
        return None

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
                told.tell(one, record, group[field].column, field)
            if series.is_percent and _may_be_a_fraction(reading, [*read.values()], series.target):
                cell = group[field]
                doubt = finding(
                    "fraction_for_percent", cell.text, percent=(reading.value or 0.0) * 100
                )
                told.tell(doubt, record, cell.column, field)

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
        return self._series(facts, None, stated, {}), stated

    def _series(
        self, facts: Facts, name: str | None, stated: str | None, read: dict[str, ValueReading]
    ) -> Series:
        """What all years of the indicator share: the plan's own, else one of the sheet's."""
        unit = stated or next((reading.unit for reading in read.values() if reading.unit), None)
        record = facts.record
        texts = record.texts
        name = name or texts.get("indicator")
        key = (name, unit, stated, record.sheet, *map(texts.get, _OF_SERIES))
        found: Series | None = facts.context.series.get(key)
        if found is None:
            found = facts.context.series[key] = self._new_series(facts, name, unit)
        return found

    def _new_series(self, facts: Facts, name: str | None, unit: str | None) -> Series:
        series = Series()
        known = self._known(facts, name, unit, series)
        if known is not None:
            series.indicator_id, series.unit = known.indicator_id, known.unit
            target = read_exact(known.target_text) if known.target_text else None
            series.target = float(target.value) if target else None
        else:
            name = name or self._name_of_subject(facts)
            series.indicator_id, series.unit = self._own(facts, name, unit or NO_UNIT), unit
        source = self._reader.source
        series.stem = stem(source.plan_id, "v", series.indicator_id, facts.department_key)
        series.row = row = self._empty.copy()
        row["item_id"] = facts.item_id
        row["indicator_id"] = series.indicator_id
        row["as_of_on"] = self._as_of(facts, series)
        row["department_name"] = facts.department
        row["due_fy"], row["due_text"] = self._due(facts, series)
        row["sheet"] = facts.record.sheet
        return series

    def _due(self, facts: Facts, series: Series) -> tuple[int | None, str | None]:
        text = facts.record.texts.get("due_fy")
        if text is None:
            return None, None
        year = read_fiscal_year(text)
        if year is not None and is_possible(year):
            return year, clean(text)
        told = finding("due_year_impossible" if year else "due_year_unreadable", text)
        series.findings.append((told, "due_fy"))
        return None, clean(text)

    def _as_of(self, facts: Facts, series: Series) -> datetime.date | None:
        text, usual = facts.record.texts.get("as_of_on"), self._reader.source.as_of_on
        day = read_day(text) if text else usual
        if text and day is None:
            series.findings.append((finding("date_unreadable", text), "as_of_on"))
        return day or usual

    def _known(
        self, facts: Facts, name: str | None, unit: str | None, series: Series
    ) -> IndicatorContext | None:
        """The plan's indicator that the values belong to."""
        reader, texts = self._reader, facts.record.texts
        if not reader.plan.indicators and "indicator_id" not in texts:
            return None
        match = reader.indicators.match(texts.get("indicator_id"), facts.item_id, name, unit)
        series.findings += [(one, one.column_name or "indicator") for one in match.findings]
        return match.indicator

    def _name_of_subject(self, facts: Facts) -> str:
        name, record = facts.measure_text, facts.record
        if name is None:
            told = finding("indicator_missing")
            raise Refused(self._reader.told.tell_field(told, record, "indicator"))
        column = record.values[0].column if record.values else None
        told = finding("indicator_name_inferred")
        self._reader.told.once(("indicator", record.sheet), told, record, column)
        return name

    def _own(self, facts: Facts, name: str, unit: str) -> str:
        key = (*facts.subject[:2], name, unit)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = self._new(facts, key, clean(name), unit)
        return found

    def _new(self, facts: Facts, key: tuple[str, ...], name: str, unit: str) -> str:
        source = self._reader.source
        indicator_id = stem(source.plan_id, "k", bare(key))
        self.indicators.setdefault(
            indicator_id,
            {
                "indicator_id": indicator_id,
                "plan_id": source.plan_id,
                "item_id": facts.item_id,
                "name": name,
                "unit": unit,
                "direction": None,
                "source_id": source.source_id,
                "source_lines": None,
                "page": None,
                "sheet": facts.record.sheet,
                "row": facts.record.row,
                ORDER: facts.order,
            },
        )
        return indicator_id


def _empty_row(source: SubmissionSource) -> Row:
    """Every column in order, with what all rows of a file share."""
    return {
        "indicator_result_id": None,
        "plan_id": source.plan_id,
        "item_id": None,
        "indicator_id": None,
        "fiscal_year": None,
        "as_of_on": None,
        "department_name": None,
        "planned_value": None,
        "planned_text": None,
        "actual_value": None,
        "actual_text": None,
        "final_target_value": None,
        "final_target_text": None,
        "due_fy": None,
        "due_text": None,
        "is_approximate": False,
        "missing_reason": None,
        "result_status": source.result_status,
        "round": source.round,
        "source_id": source.source_id,
        "sheet": None,
        "row": None,
    }


_unit_of = lru_cache(maxsize=8_192)(clean_unit)


def _single(cells: Sequence[ValueCell]) -> Group | None:
    """The cells by field, where all are of one indicator that they do not name, and one year."""
    group: Group = {}
    for cell in cells:
        role, text = cell.role, cell.text
        is_plain = role.indicator is None and role.fiscal_year is None
        if not is_plain or ":" in text or "：" in text:
            return None
        group[role.field] = cell
    return group if len(group) == len(cells) else None


def _with_final_targets(groups: Groups) -> Groups:
    """A final target that stands beside columns of years belongs to each of them."""
    alone = [
        key for key, group in groups.items() if key[1] is None and [*group] == ["final_target"]
    ]
    for key in alone:
        years = [other for other in groups if other[1] is not None and other[0] == key[0]]
        if years:
            target = groups.pop(key)["final_target"]
            for other in years:
                groups[other].setdefault("final_target", target)
    return groups


def _may_be_a_fraction(
    reading: ValueReading, all_read: Sequence[ValueReading], target: float | None
) -> bool:
    """0.987 beside a target of 98.5 percent; beside 0.5 it is what it says."""
    if reading.value is None or not 0 < reading.value < 1:
        return False
    others = [one.value for one in all_read if one is not reading] + [target]
    return any(other is not None and other > 1 for other in others)


def _named_apart(name: str | None, group: Group) -> list[tuple[str | None, Group]]:
    """補助台数:103台、普及率:21.2% are values of two indicators, each with its own name."""
    if not any(":" in cell.text or "：" in cell.text for cell in group.values()):
        return [(name, group)]
    found: dict[str, Group] = {}
    rest: Group = {}
    for field, cell in group.items():
        pairs = named_values(cell.text)
        for own_name, text in pairs or ():
            found.setdefault(own_name, {})[field] = replace(cell, text=text)
        if not pairs:
            rest[field] = cell
    if not found:
        return [(name, group)]
    return [*found.items(), *([(name, rest)] if rest else [])]
