"""What the rows of one indicator and department share over the years."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from pipelines.quantities.exact import read_exact
from pipelines.results.cell_words import NO_UNIT, unit_form
from pipelines.results.findings import finding
from pipelines.results.model import IndicatorContext, Row
from pipelines.results.name_units import unit_behind
from pipelines.results.rows.dates import is_possible, read_day, read_fiscal_year
from pipelines.results.rows.facts import FactReader, Facts, clean
from pipelines.results.rows.keys import bare, stem
from pipelines.results.rows.model import ORDER, SubmissionSource
from pipelines.results.rows.told import Refused
from pipelines.results.values import ValueReading
from pipelines.sources.workbooks.model import CellFinding

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


class SeriesReader:
    """Finds the series of each record of one file.

    Attributes:
        indicators: rows of the indicators that no plan states, by id.
    """

    def __init__(self, reader: FactReader) -> None:
        self._reader = reader
        self.indicators: dict[str, Row] = {}
        self._ids: dict[tuple[str, ...], str] = {}
        self._empty = _empty_row(reader.source)

    def of(
        self,
        facts: Facts,
        name: str | None,
        stated: str | None,
        read: Mapping[str, ValueReading],
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
            name = _without_unit(name, unit) if name else self._name_of_subject(facts)
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


def _without_unit(name: str, unit: str | None) -> str:
    """収納率 of 収納率（％) where its values are in %; another unit in the name stays."""
    pure, own = unit_behind(name)
    return pure if own and unit and unit_form(own) == unit_form(unit) else name


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
