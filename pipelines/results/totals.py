"""Totals that a sheet states about its own rows, compared with them; nothing is dropped for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipelines.messages import At
from pipelines.quantities.exact import read_exact
from pipelines.quantities.numbers import flat
from pipelines.results.amounts import read_amount
from pipelines.results.findings import finding
from pipelines.results.model import (
    ColumnRole,
    PlanContext,
    Record,
    Row,
    SheetReading,
    StatedTotal,
    ValueCell,
)
from pipelines.results.rows.cells import cells_of
from pipelines.results.rows.effects import AMOUNT_FIELDS, unit_of_amount
from pipelines.results.rows.keys import bare, stem
from pipelines.results.rows.model import SubmissionSource
from pipelines.results.values import clean_unit
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding

_PARTIAL = "シートには主な取組だけが載っているため、行の合計は記載された合計に届きません。"
_SKIPPED = "読み取れない行が {count} 行あるため、合計は一致しないことがあります。"


class Figure(NamedTuple):
    """A number, what one unit of its last digit is worth, and whether it has no decimals."""

    value: Decimal
    step: Decimal
    is_whole: bool


def total_checks(
    reading: SheetReading, source: SubmissionSource, plan: PlanContext, profile: SheetProfile
) -> tuple[list[Row], list[CellFinding]]:
    """Compare every stated total with the rows, or the totals, that it sums up.

    A total of all its rows is a check of kind ``sum``; one of a sheet that lists only its main
    rows is ``against_results``. Amounts are compared in yen, other values in their unit. Signs are
    as typed: only where all rows have one sign, a total without its sign counts as the same.

    Returns:
        Rows of ``figure_checks``, and a finding for each total that disagrees or cannot be read.
    """
    comparison = _Comparison(reading, source, plan, profile)
    for total in reading.totals:
        comparison.compare(total)
    return comparison.rows, comparison.findings


class _Comparison:
    def __init__(
        self,
        reading: SheetReading,
        source: SubmissionSource,
        plan: PlanContext,
        profile: SheetProfile,
    ) -> None:
        self.rows: list[Row] = []
        self.findings: list[CellFinding] = []
        self._source, self._plan, self._profile = source, plan, profile
        self._totals: dict[tuple[str | None, int], list[StatedTotal]] = defaultdict(list)
        for total in reading.totals:
            self._totals[(total.sheet, total.row)].append(total)
        places = {(total.sheet, row) for total in reading.totals for row in total.rows}
        #: A row that reports on several years gives several records.
        self._records: dict[tuple[str | None, int], list[Record]] = defaultdict(list)
        for record in reading.records if places else ():
            if (record.sheet, record.row) in places:
                self._records[record.sheet, record.row].append(record)

    def compare(self, total: StatedTotal) -> None:
        unit = self._unit(total)
        stated = _figure(total.text, unit, total.role.field)
        if stated is None:
            self.findings.append(_told(total, "total_unreadable"))
            return
        parts, skipped = self._parts(total)
        if not parts:
            self.findings.append(_told(total, "total_without_rows"))
            return
        self._add(total, stated, parts, skipped, unit)

    def _unit(self, total: StatedTotal) -> str | None:
        return total.role.unit or total.section.unit or self._profile.units.get(total.role.field)

    def _parts(self, total: StatedTotal) -> tuple[list[Figure], int]:
        """What the total sums up, and how many of its rows hold something that is no number."""
        found: list[Figure | None] = []
        for row in total.rows:
            place = (total.sheet, row)
            if total.sums_totals:
                found += self._of_totals(total, place)
                continue
            for record in self._records.get(place, ()):
                found += self._of_record(total, record)
        return [one for one in found if one is not None], found.count(None)

    def _of_totals(
        self, total: StatedTotal, place: tuple[str | None, int]
    ) -> Iterable[Figure | None]:
        others = [one for one in self._totals[place] if one is not total]
        same = [one for one in others if _column(one) == _column(total)] or others[:1]
        return [_figure(one.text, self._unit(one), one.role.field) for one in same]

    def _of_record(self, total: StatedTotal, record: Record) -> Iterable[Figure | None]:
        same = _cells_of_column(cells_of(record, self._profile), record, total.role)
        for cell in same:
            unit = (
                unit_of_amount(record, cell.role, self._profile)
                if total.role.field in AMOUNT_FIELDS
                else cell.role.unit or self._unit(total)
            )
            reading = read_amount(cell.text, unit)
            if total.role.field not in AMOUNT_FIELDS or not reading.is_blank:
                yield _figure(cell.text, unit, total.role.field)

    def _add(
        self,
        total: StatedTotal,
        stated: Figure,
        parts: Sequence[Figure],
        skipped: int,
        unit: str | None,
    ) -> None:
        expected, found = _same_sign(stated.value, [part.value for part in parts])
        outcome = _outcome(expected, found, stated, parts)
        source, section = self._source, total.section
        is_money = total.role.field in AMOUNT_FIELDS
        explanation = [_PARTIAL] if total.is_partial and outcome == "disagrees" else []
        explanation += [_SKIPPED.format(count=skipped)] if skipped else []
        identity = (source.source_id, total.sheet or "", str(total.row), *_column(total))
        year = total.role.fiscal_year or section.fiscal_year or self._year(total)
        self.rows.append(
            {
                "check_id": stem(source.municipality_code, "c", bare(identity)),
                "municipality_code": source.municipality_code,
                "check_kind": "against_results" if total.is_partial else "sum",
                "label": total.label,
                "figure_ids": None,
                "plan_id": source.plan_id,
                "fiscal_year": year,
                "unit": "円" if is_money else clean_unit(unit) or "（記載なし）",
                "expected": float(expected),
                "found": float(found),
                "difference": float(found - expected),
                "outcome": outcome,
                "explanation": "".join(explanation) or None,
                "source_id": source.source_id,
                "sheet": total.sheet,
                "row": total.row,
            }
        )
        if outcome == "disagrees" and not total.is_partial:
            self.findings.append(_disagrees(total, found, expected, is_money))

    def _year(self, total: StatedTotal) -> int | None:
        """The year of the profile or the round, unless the total is of several years."""
        if total.section.period is not None:
            return None
        return self._profile.fiscal_year or self._source.fiscal_year


def _cells_of_column(
    cells: Sequence[ValueCell], record: Record, role: ColumnRole
) -> Sequence[ValueCell]:
    """The cells of a record that the total of a column sums up.

    A cell that says its own kind or basis (（歳入）1,350) is known by its column.
    """
    same = [cell for cell in cells if cell.role == role]
    if same:
        return same
    columns = {cell.column for cell in record.values if cell.role == role}
    in_column = [cell for cell in cells if cell.column in columns and cell.role.field == role.field]
    return in_column or [cell for cell in cells if _go_together(cell.role, role)]


def _go_together(one: ColumnRole, other: ColumnRole) -> bool:
    """Whether two roles mean the same values, as far as both say (a year may be the section's)."""
    if one.field != other.field:
        return False
    pairs = (
        (one.fiscal_year, other.fiscal_year),
        (one.effect_kind, other.effect_kind),
        (one.effect_basis, other.effect_basis),
        (one.indicator, other.indicator),
        (one.period, other.period),
    )
    return all(first is None or second is None or first == second for first, second in pairs)


def _column(total: StatedTotal) -> tuple[str, ...]:
    role = total.role
    parts = (role.field, role.effect_kind, role.effect_basis, role.indicator, role.fiscal_year)
    return tuple(str(part or "") for part in parts)


def _figure(text: str, unit: str | None, field: str) -> Figure | None:
    """A cell as a number: an amount in yen, another value as it stands."""
    is_whole = "." not in flat(text)
    if field in AMOUNT_FIELDS:
        amount = read_amount(text, unit)
        if amount.yen is None:
            return None
        return Figure(Decimal(amount.yen), Decimal(amount.step), is_whole or amount.step == 1)
    exact = read_exact(text)
    if exact is None or exact.rest:
        return None
    exponent = exact.value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return Figure(exact.value, step, is_whole)


def _same_sign(stated: Decimal, parts: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Total and sum, both positive where every row has one sign: △ may be left out of a total."""
    signs = {part > 0 for part in parts if part}
    found = sum(parts, Decimal(0))
    return (abs(stated), abs(found)) if len(signs) < 2 else (stated, found)


def _outcome(expected: Decimal, found: Decimal, stated: Figure, parts: Sequence[Figure]) -> str:
    """Equal, or no further apart than rounding explains."""
    if expected == found:
        return "agrees"
    is_explained = abs(expected - found) <= _slack(stated, parts)
    return "rounding" if is_explained else "disagrees"


def _slack(stated: Figure, parts: Sequence[Figure]) -> Decimal:
    """How far rounding can take a total from its rows: half of each rounded figure's last digit.

    Whole numbers in the total's own unit are exact, so that their sum is, too. A total is rounded
    where it is printed in a coarser unit than one of its rows.
    """
    rounded = [part.step for part in parts if not part.is_whole or part.step != stated.step]
    if any(part.step < stated.step for part in parts):
        rounded.append(stated.step)
    return sum(rounded, Decimal(0)) / 2


def _shown(value: Decimal, is_money: bool) -> str:
    return f"{value:,f} 円" if is_money else f"{value:,f}"


def _told(total: StatedTotal, name: str, **words: str) -> CellFinding:
    """A finding at the place of a total."""
    at = At(total.sheet, total.row)
    return finding(name, total.text, total.role.field, at, label=total.label, **words)


def _disagrees(
    total: StatedTotal, found: Decimal, expected: Decimal, is_money: bool
) -> CellFinding:
    shown = {"expected": _shown(expected, is_money), "found": _shown(found, is_money)}
    return _told(total, "subtotal_disagrees", **shown)
