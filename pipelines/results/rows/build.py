"""Records of one submission to rows; every record is published, set aside or quarantined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipelines.results.cell_words import is_dash
from pipelines.results.findings import finding
from pipelines.results.model import ColumnRole, PlanContext, Record, Row, SheetReading, ValueCell
from pipelines.results.rows.assessments import assessment_rows
from pipelines.results.rows.cells import cells_of
from pipelines.results.rows.effects import AMOUNT_FIELDS, EffectRows
from pipelines.results.rows.facts import FactReader, Facts
from pipelines.results.rows.indicator_rows import INDICATOR_FIELDS, IndicatorRows
from pipelines.results.rows.model import ResultRows, SubmissionSource
from pipelines.results.rows.plain_lines import PlainLines
from pipelines.results.rows.repeats import settle_repeats
from pipelines.results.rows.told import Refused, Told
from pipelines.results.rows.yearly import REPORTED, yearly_row
from pipelines.sources.sheet_profile import SheetProfile

_EVERY_TABLE = frozenset(
    {"yearly_results", "item_assessments", "indicator_results", "financial_effects"}
)
_OF_DEPARTMENTS = _EVERY_TABLE - {"item_assessments"}


def result_rows(
    reading: SheetReading, source: SubmissionSource, plan: PlanContext, profile: SheetProfile
) -> ResultRows:
    """Rows of every table that the records of one file give.

    Args:
        reading: the records of the file.
        source: where the file comes from.
        plan: what is known of the plan.
        profile: how the file is read.
    """
    told = Told()
    maker = _RowMaker(FactReader(source, plan, profile, told, _titles(reading)), reading, profile)
    result = ResultRows(source)
    at = 0
    while at < len(reading.records):
        at = maker.add_plain(reading.records, at, result)
        if at < len(reading.records):
            maker.add(reading.records[at], result)
        at += 1
    maker.reader.in_charge.tell(told)
    result.rows["indicators"] = list(maker.indicators.indicators.values())
    result.findings = told.findings
    settle_repeats(result)
    return result


def _titles(reading: SheetReading) -> dict[str | None, list[int]]:
    """Rows of each sheet that hold titles and headings, in order."""
    found: dict[str | None, list[int]] = defaultdict(list)
    for (sheet, row), reason in sorted(reading.aside.items(), key=lambda one: one[0][1]):
        if reason in ("title", "heading"):
            found[sheet].append(row)
    return found


#: Values of indicators, and amounts.
_Cells = tuple[Sequence[ValueCell], Sequence[ValueCell]]


def _by_use(record: Record, profile: SheetProfile) -> _Cells:
    cells = cells_of(record, profile)
    values = [cell for cell in cells if cell.role.field in INDICATOR_FIELDS]
    if len(values) == len(cells):
        return values, ()
    return values, [cell for cell in cells if cell.role.field in AMOUNT_FIELDS]


def _with_amounts(records: Iterable[Record]) -> Iterator[Record]:
    """Records of tables that have a column of amounts, or whose rows say that they hold some."""
    roles: Sequence[ColumnRole] = ()
    has_amounts = False
    for record in records:
        if record.roles is not roles:
            roles = record.roles
            has_amounts = not AMOUNT_FIELDS.isdisjoint(role.field for role in roles)
        if has_amounts or not roles or (record.values and record.values[0].role not in roles):
            yield record


class _RowMaker:
    """Makes the rows of one file, record by record."""

    def __init__(self, reader: FactReader, reading: SheetReading, profile: SheetProfile) -> None:
        self.reader = reader
        self._profile = profile
        self.effects = EffectRows(
            reader,
            [
                (record, amounts)
                for record in _with_amounts(reading.records)
                if (amounts := _by_use(record, profile)[1])
            ],
        )
        self.indicators = IndicatorRows(reader)
        self._plain_lines = PlainLines(reader, self.indicators)
        self._tables = frozenset(profile.publish) or _EVERY_TABLE
        self._is_department = reader.source.assessor == "department"
        if not self._is_department:
            self._tables -= _OF_DEPARTMENTS
        self._has_indicators = "indicator_results" in self._tables

    def add_plain(self, records: Sequence[Record], first: int, result: ResultRows) -> int:
        """Add the rows of plain records as long as they come; where the first other one is."""
        rows = self._plain_lines.rows(records, first) if self._has_indicators else ()
        result.rows["indicator_results"] += rows
        return first + len(rows)

    def add(self, record: Record, result: ResultRows) -> None:
        """Add the rows of one record, or say why it gives none."""
        told = self.reader.told
        before = len(told.findings)
        try:
            rows = self._rows(self.reader.facts(record), _by_use(record, self._profile))
        except Refused as refused:
            result.quarantined[record.sheet, record.row] = refused.finding
            return
        for table, row in rows:
            result.rows[table].append(row)
        if rows:
            return
        place = (record.sheet, record.row)
        faults_told = [one for one in told.findings[before:] if one.severity == "error"]
        if faults_told:
            result.quarantined[place] = faults_told[0]
        elif self._tables != _EVERY_TABLE and _reports(record):
            result.aside[place] = "skipped"
        else:
            result.aside[place] = "unfilled"
            told.tell(finding("nothing_reported"), record, None)

    def _rows(self, facts: Facts, cells: _Cells) -> list[tuple[str, Row]]:
        rows: list[tuple[str, Row]] = []
        values, amounts = cells
        has_effects = amounts or "not_computable_reason" in facts.record.texts
        if has_effects and "financial_effects" in self._tables:
            rows += [("financial_effects", row) for row in self.effects.rows(facts, amounts)]
        if "yearly_results" in self._tables:
            row = yearly_row(facts, self.reader, bool(rows))
            rows += [("yearly_results", row)] if row else []
        has_values = values or "missing_reason" in facts.record.texts
        if has_values and "indicator_results" in self._tables:
            rows += [("indicator_results", row) for row in self.indicators.rows(facts, values)]
        if "item_assessments" in self._tables:
            rows += [
                ("item_assessments", row) for row in assessment_rows(facts, self.reader, bool(rows))
            ]
        if not self._is_department:
            self._tell_copies(facts.record)
        return rows

    def _tell_copies(self, record: Record) -> None:
        """Tell once what a council's sheet holds beside ratings and opinions."""
        if record.values or any(name in record.texts for name in REPORTED if name != "rating"):
            told = finding("not_from_department", self.reader.source.assessor)
            self.reader.told.once(("copies", record.sheet), told, record, None)


def _reports(record: Record) -> bool:
    """Whether a record holds more than names, for tables that are not made of this file."""
    texts = any(name in record.texts for name in REPORTED)
    return texts or any(not is_dash(cell.text) for cell in record.values)
