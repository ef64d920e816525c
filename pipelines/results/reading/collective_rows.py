"""Rows of all departments (全課, 関係各課) above those of each department, which they sum up.

    1 | 見本の取組       | 全課   | 1,000
      |                  | 総務課 |   600
      |                  | 市民課 |   400

Published beside them, the amounts would count twice. The row is a total only where its amounts are
exactly those of the rows below it, which are of the same item, and it holds nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from pipelines.messages import At
from pipelines.results.departments import is_collective
from pipelines.results.model import ColumnRole, Record, StatedTotal
from pipelines.results.reading.group_rows import AMOUNTS, Group, leave_out_of_totals, sums_of
from pipelines.results.reading.messages import told
from pipelines.results.reading.outcome import SheetOutcome

_OF_THE_ITEM = ("item_id", "item_number", "item", "measure")
_NAMES = frozenset({*_OF_THE_ITEM, "category", "department", "bureau"})


def set_aside_collective_rows(outcome: SheetOutcome) -> None:
    """Take the rows of all departments out of the records, and state them as totals."""
    groups = [
        group
        for at, head in enumerate(outcome.records)
        if _may_sum_up(head) and (group := _group(head, outcome.records[at + 1 :]))
    ]
    if not groups:
        return
    heads = {id(group.head) for group in groups}
    outcome.records = [one for one in outcome.records if id(one) not in heads]
    leave_out_of_totals(groups, outcome)
    for group in groups:
        _set_aside(group, outcome)
    outcome.totals.sort(key=lambda total: total.row)


def _may_sum_up(record: Record) -> bool:
    # Most rows of a long list hold values of indicators: their first value says so.
    if not record.values or record.values[0].role.field not in AMOUNTS:
        return False
    if any(cell.role.field not in AMOUNTS for cell in record.values):
        return False
    return record.texts.keys() <= _NAMES and is_collective(record.texts.get("department", ""))


def _group(head: Record, below: Sequence[Record]) -> Group | None:
    """The row and those of each department, where these add up to it exactly."""
    item = [head.texts.get(name) for name in _OF_THE_ITEM]
    parts = list(
        takewhile(
            lambda one: (
                [one.texts.get(name) for name in _OF_THE_ITEM] == item
                and not is_collective(one.texts.get("department", "各課"))
            ),
            below,
        )
    )
    whole = sums_of(head)
    of_parts = [sums_of(part) for part in parts]
    if len(parts) < 2 or not whole or any(one is None for one in of_parts):
        return None
    added: dict[ColumnRole, Decimal] = {}
    for one in of_parts:
        for role, value in (one or {}).items():
            added[role] = added.get(role, Decimal(0)) + value
    return Group(head, parts) if added == whole else None


def _set_aside(group: Group, outcome: SheetOutcome) -> None:
    head, rows = group.head, tuple(part.row for part in group.parts)
    label = head.texts["department"]
    outcome.aside[head.row] = "total"
    outcome.findings.append(
        told(
            "collective_row_is_total", At(head.sheet, head.row), label, first=rows[0], last=rows[-1]
        )
    )
    outcome.totals += [
        StatedTotal(head.sheet, head.row, label, cell.role, cell.text, rows, section=head.section)
        for cell in head.values
    ]
