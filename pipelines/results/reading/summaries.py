"""Tables that only sum up the items of other tables of the same file: 総括表 above 内訳.

A table whose rows name no item (歳入確保 | 120) is published where a city reports no more than
that. Beside a table of items with exactly the same sums in every column it would count all amounts
twice; it is set aside then, and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from pipelines.messages import At
from pipelines.quantities.exact import read_exact
from pipelines.results.cell_words import is_dash
from pipelines.results.model import Record, SheetReading
from pipelines.results.reading.messages import told

_AMOUNTS = frozenset({"amount", "planned_amount"})
_OF_SUMMARIES = frozenset(
    {"category", "effect_kind", "item_number", "bureau", "department", "internal_note"}
)
_OF_ITEMS = frozenset({"item", "measure", "item_id"})

#: Field, year, basis and unit of a column -> its sum, whatever the kind of its amounts.
_Sums = dict[tuple[object, ...], Decimal]


def set_aside_summaries(reading: SheetReading) -> None:
    """Take tables that sum up others out of the records of a file."""
    tables = [
        list(table) for _, table in groupby(reading.records, lambda one: (one.sheet, id(one.roles)))
    ]
    found = [table for table in tables if _is_summary(table)]
    if not found:
        return
    details = [table for table in tables if all(_OF_ITEMS & one.texts.keys() for one in table)]
    known = [_sums(table) for table in details]
    known.append(_sums([record for table in details for record in table]))
    for table in found:
        sums = _sums(table)
        if sums and any(sums == one for one in known):
            _set_aside(table, reading)


def _is_summary(table: Sequence[Record]) -> bool:
    """Whether rows name groups, and hold nothing but amounts."""
    return all(
        record.texts.keys() <= _OF_SUMMARIES
        and bool(record.values)
        and all(cell.role.field in _AMOUNTS for cell in record.values)
        for record in table
    )


def _sums(table: Iterable[Record]) -> _Sums | None:
    """The sums of a table's columns of amounts; None where a cell is no plain number."""
    sums: _Sums = defaultdict(Decimal)
    for record in table:
        for cell in record.values:
            role, section = cell.role, record.section
            if role.field not in _AMOUNTS or is_dash(cell.text):
                continue
            exact = read_exact(cell.text)
            if exact is None or exact.rest:
                return None
            year = role.fiscal_year or section.fiscal_year
            basis, unit = role.effect_basis or section.effect_basis, role.unit or section.unit
            sums[role.field, year, basis, unit] += exact.value
    return {key: value for key, value in sums.items() if value}


def _set_aside(table: Sequence[Record], reading: SheetReading) -> None:
    places = {(record.sheet, record.row) for record in table}
    reading.records = [one for one in reading.records if (one.sheet, one.row) not in places]
    reading.aside |= dict.fromkeys(places, "total")
    reading.totals = [
        total
        for total in reading.totals
        if not total.rows or not places >= {(total.sheet, row) for row in total.rows}
    ]
    reading.findings.append(
        told(
            "table_sums_up_another",
            At(table[0].sheet, table[0].row),
            first=table[0].row,
            last=table[-1].row,
        )
    )
