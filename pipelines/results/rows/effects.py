"""Rows of ``financial_effects``: each of one kind and one basis, in yen, a saving positive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.results.amounts import (
    AmountReading,
    AmountSign,
    SignVerdict,
    is_money_unit,
    is_out_of_scale,
    read_amount,
    sign_verdict,
)
from pipelines.results.cell_words import (
    NO_UNIT,
    effect_basis_of,
    effect_kind_of,
    is_not_computable,
)
from pipelines.results.findings import finding
from pipelines.results.model import ColumnRole, Record, Row, ValueCell
from pipelines.results.rows.assessments import ASSESSED
from pipelines.results.rows.cells import is_undecided
from pipelines.results.rows.dates import is_possible, read_fiscal_year
from pipelines.results.rows.facts import FactReader, Facts, clean, marked
from pipelines.results.rows.keys import bare, stem
from pipelines.results.rows.model import AMOUNT_OF
from pipelines.results.rows.told import Refused
from pipelines.results.rows.yearly import REPORTED
from pipelines.results.values import pair_undecided
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding

_BESIDE_AMOUNTS = ASSESSED | {*REPORTED, "missing_reason", "not_computable_reason"}
AMOUNT_FIELDS = frozenset({"amount", "planned_amount"})
#: Kind, basis and the column's own year or period of amounts that stand in one row.
EffectKey = tuple[str, str, int | tuple[int, int] | None]
#: Field -> cell.
Group = dict[str, ValueCell]
_Column = tuple[str | None, ColumnRole, str, str]


def _said_sign(role: ColumnRole) -> AmountSign | None:
    """What the heading of amounts says of their sign."""
    return "positive_is_saving" if role.is_saving else None


class EffectRows:
    """Makes rows of one file; the meaning of signs is found over whole columns first."""

    def __init__(
        self, reader: FactReader, records: Iterable[tuple[Record, Sequence[ValueCell]]]
    ) -> None:
        self._reader = reader
        self._verdicts = self._read_signs(records)
        self._has_doubts = any(
            one.factor is None or one.refuses_negative for one in self._verdicts.values()
        )

    def _read_signs(
        self, records: Iterable[tuple[Record, Sequence[ValueCell]]]
    ) -> dict[_Column, SignVerdict]:
        amounts: dict[_Column, list[int]] = defaultdict(list)
        for record, cells in records:
            for cell in cells:
                if cell.role.field in AMOUNT_FIELDS:
                    yen = self._amount(record, cell).yen
                    amounts[self._column(record, cell)] += [yen] if yen else []
        sign = self._reader.profile.amount_sign
        self._amounts = amounts
        if self._reader.source.kind == "form":
            return dict.fromkeys(amounts, SignVerdict(1))
        return {
            column: sign_verdict(found, column[3], _said_sign(column[1]) or sign)
            for column, found in amounts.items()
        }

    def _column(self, record: Record, cell: ValueCell) -> _Column:
        return (record.sheet, cell.role, cell.role.field, self._kind(record, cell.role))

    def _kind(self, record: Record, role: ColumnRole | None) -> str:
        """Kind of an amount: its row's own words, its heading's, its section's, the profile's."""
        text = record.texts.get("effect_kind")
        stated = effect_kind_of(text) if text else None
        heading = role.effect_kind if role else None
        declared = self._reader.profile.effect_kind
        return stated or heading or record.section.effect_kind or declared or "other"

    def _basis(self, record: Record, role: ColumnRole | None) -> str:
        text = record.texts.get("effect_basis")
        stated = effect_basis_of(text) if text else None
        heading = role.effect_basis if role else None
        declared = self._reader.profile.effect_basis
        return stated or heading or record.section.effect_basis or declared or "not_stated"

    def _amount(self, record: Record, cell: ValueCell) -> AmountReading:
        return read_amount(cell.text, unit_of_amount(record, cell.role, self._reader.profile))

    def rows(self, facts: Facts, cells: Sequence[ValueCell]) -> list[Row]:
        """Rows of one record's amounts.

        Raises:
            Refused: for amounts of nothing, two cells for one amount, and a record that holds
                nothing beside amounts whose sign nobody can read.
        """
        if not cells and "not_computable_reason" not in facts.record.texts:
            return []
        self._require_subject(facts)
        held_back: list[CellFinding] = []
        rows = [
            row
            for key, group in self._groups(facts, cells).items()
            if (row := self._row(facts, key, group, held_back))
        ]
        if not rows and held_back and not _says_more(facts.record):
            raise Refused(held_back[0])
        if not rows and "not_computable_reason" in facts.record.texts:
            rows = [self._not_computable(facts)]
        if rows:
            self._tell_unknown_words(facts.record)
        return rows

    def _groups(self, facts: Facts, cells: Sequence[ValueCell]) -> dict[EffectKey, Group]:
        """Planned and actual amount of one kind, basis and year; a heading may name the year."""
        groups: dict[EffectKey, Group] = defaultdict(dict)
        for cell in cells:
            role = cell.role
            year = None if role.fiscal_year == facts.fiscal_year else role.fiscal_year
            kind, basis = self._kind(facts.record, role), self._basis(facts.record, role)
            group = groups[kind, basis, role.period or year]
            if role.field in group:
                told = finding("cells_repeated", column_name=role.field)
                raise Refused(self._reader.told.tell_cell(told, facts.record, cell))
            group[role.field] = cell
        return groups

    def _require_subject(self, facts: Facts) -> None:
        """An effect of which nothing at all is named is not published.

        Raises:
            Refused: where neither item, measure, indicator, group nor heading says of what it is.
        """
        is_named = facts.measure_text or facts.category or facts.section
        if not is_named and "indicator" not in facts.record.texts:
            told = self._reader.told
            raise Refused(told.tell_field(finding("item_missing"), facts.record, "item"))

    def _row(
        self, facts: Facts, key: EffectKey, group: Group, held_back: list[CellFinding]
    ) -> Row | None:
        """The row of one kind, basis and year; amounts without a sign are told and held back."""
        read = {field: self._told(facts.record, cell) for field, cell in group.items()}
        reason = self._reader.text(facts.record, "not_computable_reason")
        refused = self._without_sign(facts.record, group, read)
        held_back += refused.values()
        read = {field: one for field, one in read.items() if field not in refused}
        if all(reading.is_blank for reading in read.values()) and reason is None:
            return None
        yen = {field: self._saved(facts.record, group[field], one) for field, one in read.items()}
        texts = {field: clean(cell.text) for field, cell in group.items()}
        row = self._shared(facts, key)
        row["planned_yen"] = yen.get("planned_amount")
        row["actual_yen"] = yen.get("amount")
        row["amount_text"] = texts.get("amount") or texts["planned_amount"]
        row["planned_text"] = texts.get("planned_amount")
        row["not_computable_reason"] = reason or _reason_in(group.values())
        if reason and any(amount is not None for amount in yen.values()):
            told = finding("amount_and_reason", reason)
            self._reader.told.tell_field(told, facts.record, "not_computable_reason")
        return row

    def _not_computable(self, facts: Facts) -> Row:
        """An effect of which only is said why it cannot be computed."""
        roles = [role for role in facts.record.roles if role.field in AMOUNT_FIELDS]
        keys = {(self._kind(facts.record, role), self._basis(facts.record, role)) for role in roles}
        kind, basis = keys.pop() if len(keys) == 1 else ("other", "not_stated")
        row = self._shared(facts, (kind, basis, None))
        reason = self._reader.text(facts.record, "not_computable_reason")
        return row | {"amount_text": NO_UNIT, "not_computable_reason": reason}

    def _told(self, record: Record, cell: ValueCell) -> AmountReading:
        if is_undecided(cell):
            undecided = pair_undecided(cell.text)
            self._reader.told.tell_cell(undecided, record, cell, cell.role.field)
            return AmountReading(None)
        reading = self._amount(record, cell)
        for one in (*reading.findings, *self._doubts(record, cell, reading)):
            self._reader.told.tell_cell(one, record, cell, cell.role.field)
        return reading

    def _doubts(
        self, record: Record, cell: ValueCell, reading: AmountReading
    ) -> Iterator[CellFinding]:
        """What is published as it stands, and may be a slip."""
        if reading.yen is None:
            return
        if reading.yen < 0 and self._reader.source.kind == "form":
            yield finding("amount_negative", cell.text)
        unit = unit_of_amount(record, cell.role, self._reader.profile)
        if is_out_of_scale(reading, unit, self._amounts[self._column(record, cell)]):
            yield finding("amount_out_of_scale", cell.text, unit=unit or "")

    def _without_sign(
        self, record: Record, group: Group, read: Mapping[str, AmountReading]
    ) -> dict[str, CellFinding]:
        """Fields whose columns do not say which sign is a saving, and what was told of them."""
        found: dict[str, CellFinding] = {}
        for field, cell in group.items() if self._has_doubts else ():
            doubt = self._doubtful_sign(record, cell, read[field].yen)
            if doubt is not None:
                doubt = replace(doubt, value=cell.text)
                found[field] = self._reader.told.tell_cell(doubt, record, cell, field)
        return found

    def _doubtful_sign(
        self, record: Record, cell: ValueCell, yen: int | None
    ) -> CellFinding | None:
        if not yen:
            return None  # 0 is 0 with every sign.
        verdict = self._verdicts[self._column(record, cell)]
        is_refused = verdict.factor is None or (verdict.refuses_negative and yen < 0)
        return verdict.finding if is_refused else None

    def _saved(self, record: Record, cell: ValueCell, reading: AmountReading) -> int | None:
        """The amount with a saving positive."""
        if reading.yen is None:
            return None
        column = self._column(record, cell)
        verdict = self._verdicts[column]
        told = verdict.finding
        if told is not None and told.severity == "info":
            self._reader.told.once_of_cell(("sign", column), told, record, cell)
        return reading.yen * (verdict.factor or 1)

    def _shared(self, facts: Facts, key: EffectKey) -> Row:
        source, record = self._reader.source, facts.record
        kind, basis, _ = key
        fiscal_year, period = self._when(facts, key)
        when = f"{fiscal_year or ''} {period[0] or ''}-{period[1] or ''}"
        subject = (*facts.subject, facts.department_key)
        row: Row = {
            "effect_id": stem(source.plan_id, "e", bare(subject), when, kind, basis),
            "plan_id": source.plan_id,
            "item_id": facts.item_id,
            "category_label": facts.category,
            "section_label": facts.section,
            "measure_text": facts.measure_text,
            "fiscal_year": fiscal_year,
            "period_start_fy": period[0],
            "period_end_fy": period[1],
            "department_id": facts.department_id,
            "department_name": facts.department,
            "effect_kind": kind,
            "effect_basis": basis,
            "planned_yen": None,
            "actual_yen": None,
            "amount_text": None,
            "planned_text": None,
            "not_computable_reason": None,
            "baseline_fy": self._baseline(record),
            "result_status": source.result_status,
            "round": source.round,
            "source_id": source.source_id,
            "sheet": record.sheet,
            "row": record.row,
        }
        row[AMOUNT_OF] = (bare(facts.subject), when, kind)
        return marked(row, facts, when, kind, basis)

    def _when(
        self, facts: Facts, key: EffectKey
    ) -> tuple[int | None, tuple[int, int] | tuple[None, None]]:
        """The year or the period of an amount: its column's own, else its record's.

        Raises:
            Refused: for a year that cannot be, or where nobody says one.
        """
        reader, record, own = self._reader, facts.record, key[2]
        years = own if isinstance(own, tuple) else (own,)
        for year in years:
            if year is not None:
                reader.calendar.require_possible(record, year, None)
        if isinstance(own, tuple):
            return None, own
        fiscal_year = own if own is not None else facts.fiscal_year
        if fiscal_year is None and facts.period is None:
            raise Refused(reader.told.tell_field(finding("year_missing"), record, "fiscal_year"))
        return fiscal_year, (facts.period if fiscal_year is None else None) or (None, None)

    def _baseline(self, record: Record) -> int | None:
        text = record.texts.get("baseline_fy")
        year = read_fiscal_year(text) if text else None
        if text and (year is None or not is_possible(year)):
            told = finding("baseline_year_unreadable", text)
            self._reader.told.tell_field(told, record, "baseline_fy")
            return None
        return year

    def _tell_unknown_words(self, record: Record) -> None:
        kind, basis = record.texts.get("effect_kind"), record.texts.get("effect_basis")
        told: list[CellFinding] = []
        if kind and effect_kind_of(kind) is None:
            told.append(finding("effect_kind_unknown", kind))
        if basis and effect_basis_of(basis) is None:
            told.append(finding("effect_basis_unknown", basis))
        for one in told:
            self._reader.told.tell_field(one, record, one.column_name or "")


def _says_more(record: Record) -> bool:
    """Whether a record reports something beside its amounts."""
    texts = not _BESIDE_AMOUNTS.isdisjoint(record.texts)
    return texts or any(cell.role.field not in AMOUNT_FIELDS for cell in record.values)


def _reason_in(cells: Iterable[ValueCell]) -> str | None:
    """算定不能 in the cell of an amount itself."""
    return next((clean(cell.text) for cell in cells if is_not_computable(cell.text)), None)


def unit_of_amount(record: Record, role: ColumnRole, profile: SheetProfile) -> str | None:
    """Unit of an amount: of the heading, the row, the line above the table, or the profile.

    A unit of the row or of the section counts only where it is one of money: it may be meant for
    an indicator beside the amount. Without one beside it, 時間 is what the row's amount is in.
    """
    if role.unit:
        return role.unit
    for unit in (record.texts.get("unit"), record.section.unit):
        if unit and is_money_unit(unit):
            return unit
    stated = profile.units.get(role.field)
    is_alone = all(cell.role.field in AMOUNT_FIELDS for cell in record.values)
    return stated or (record.texts.get("unit") if is_alone else None)
