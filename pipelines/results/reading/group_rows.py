"""Rows of groups that state what the rows below them add up to: 歳入の確保 | 6,150.

Such a row looks like one of an item, and would count its amounts twice. It is taken for a subtotal
only where all rows of a table fall into groups of one row and those below it whose amounts add up
to it exactly in every column, and something else says so as well:

- the rows below name a department or a number, and the group's row does not; or
- the group's row is numbered in another style than those below (１ above （１）); or
- the total of the table is the sum of the groups' rows alone.

What it says of the amounts (歳入, 歳出) holds for the rows below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise

from pipelines.messages import At
from pipelines.quantities.exact import read_exact
from pipelines.results.cell_words import is_dash
from pipelines.results.model import ColumnRole, Record, StatedTotal
from pipelines.results.reading.lines import number_style, read_line
from pipelines.results.reading.messages import told
from pipelines.results.reading.outcome import SheetOutcome

AMOUNTS = frozenset({"amount", "planned_amount"})
#: What a group's row may hold beside amounts, in the order in which it is its name.
_NAMES = ("item", "category", "measure", "item_number")
_TELLING = ("department", "bureau", "item_number")
_MOST_ROWS = 300

Sums = dict[ColumnRole, Decimal]


@dataclass(frozen=True)
class Group:
    """A group's row and the rows below it."""

    head: Record
    parts: Sequence[Record]


def set_aside_group_rows(outcome: SheetOutcome) -> None:
    """Take the rows of groups out of the records, and state them as totals."""
    tables = [list(table) for _, table in groupby(outcome.records, lambda one: id(one.roles))]
    found = {id(table[0]): groups for table in tables if (groups := _groups(table, outcome.totals))}
    if not found:
        return
    outcome.records = []
    for table in tables:
        groups = found.get(id(table[0]), [])
        for group in groups:
            _set_aside(group, outcome)
        if groups:
            leave_out_of_totals(groups, outcome)
        else:
            outcome.records += table
    outcome.totals.sort(key=lambda total: total.row)


def _set_aside(group: Group, outcome: SheetOutcome) -> None:
    """One group: its row becomes totals, those below it know their group."""
    head, label = group.head, _label(group.head)
    kind = read_line(head.row, [label]).effect_kind
    roles = {role: _with_kind(role, kind) for role in head.roles}
    new_roles = tuple(roles.values())
    outcome.records += [
        replace(
            part,
            texts={"category": label, **part.texts},
            values=tuple(replace(cell, role=roles[cell.role]) for cell in part.values),
            roles=new_roles,
            head=None,
        )
        for part in group.parts
    ]
    outcome.aside[head.row] = "total"
    outcome.findings.append(
        told(
            "group_row_is_total",
            At(head.sheet, head.row),
            label,
            first=group.parts[0].row,
            last=group.parts[-1].row,
        )
    )
    rows = tuple(part.row for part in group.parts)
    outcome.totals += [
        StatedTotal(
            head.sheet, head.row, label, roles[cell.role], cell.text, rows, section=head.section
        )
        for cell in head.values
        if not is_dash(cell.text)
    ]


def _with_kind(role: ColumnRole, kind: str | None) -> ColumnRole:
    """A column of amounts of the group's kind, where nothing nearer says of which it is."""
    is_open = role.field in AMOUNTS and role.effect_kind in (None, "other")
    if kind is None or not is_open:
        return role
    return replace(
        role, effect_kind="cost_reduction" if kind == "cost_reduction" else "revenue_increase"
    )


def leave_out_of_totals(groups: Sequence[Group], outcome: SheetOutcome) -> None:
    """What sums up the table sums up the rows below the groups' rows, of whatever kind."""
    heads = {group.head.row for group in groups}
    for at, total in enumerate(outcome.totals):
        if heads.intersection(total.rows):
            is_of_any = total.role.effect_kind == "other"
            role = replace(total.role, effect_kind=None) if is_of_any else total.role
            rows = tuple(row for row in total.rows if row not in heads)
            outcome.totals[at] = replace(total, role=role, rows=rows)


def _groups(table: Sequence[Record], totals: Sequence[StatedTotal]) -> list[Group]:
    """The groups of a table; none where it has no such rows, or nobody can be sure."""
    first = table[0]
    if len(table) < 3 or len(table) > _MOST_ROWS or not _may_be_head(first):
        return []
    sums = [sums_of(record) for record in table]
    rows = [record.row for record in table]
    if len(set(rows)) < len(rows) or any(one is None for one in sums):
        return []
    ends = _ends([one or {} for one in sums], [_may_be_head(record) for record in table])
    groups = [Group(table[at], table[at + 1 : end]) for at, end in pairwise(ends)]
    is_sure = _say_more(groups) or _differ_in_number(groups) or _are_the_total(groups, totals)
    return groups if any(len(group.parts) > 1 for group in groups) and is_sure else []


def _may_be_head(record: Record) -> bool:
    """Whether a row holds nothing but a name and amounts."""
    return (
        bool(record.values)
        and bool(record.texts)
        and record.texts.keys() <= {*_NAMES, "effect_kind"}
        and all(cell.role.field in AMOUNTS for cell in record.values)
    )


def sums_of(record: Record) -> Sums | None:
    """The amounts of a row; None where one of them is no plain number."""
    found: Sums = {}
    for cell in record.values:
        if cell.role.field not in AMOUNTS or is_dash(cell.text):
            continue
        exact = read_exact(cell.text)
        if exact is None or exact.rest:
            return None
        found[cell.role] = exact.value
    return found


def _ends(sums: Sequence[Sums], may_be_head: Sequence[bool]) -> list[int]:
    """Where each group begins, and the end of the last; fewer than two where they do not add up."""

    @cache
    def rest(start: int) -> tuple[int, ...] | None:
        if start == len(sums):
            return (start,)
        if not may_be_head[start] or not any(sums[start].values()):
            return None
        for end in _sum_ends(sums, start):
            below = rest(end)
            if below is not None:
                return (start, *below)
        return None

    return list(rest(0) or ())


def _sum_ends(sums: Sequence[Sums], start: int) -> Iterator[int]:
    """The ends of rows below a row that add up to it."""
    below: Sums = {}
    head = {role: value for role, value in sums[start].items() if value}
    for at in range(start + 1, len(sums)):
        for role, value in sums[at].items():
            below[role] = below.get(role, Decimal(0)) + value
        if {role: value for role, value in below.items() if value} == head:
            yield at + 1


def _say_more(groups: Sequence[Group]) -> bool:
    """Whether all rows below name a department or a number, which no group's row does."""
    return any(
        all(name not in group.head.texts for group in groups)
        and all(name in part.texts for group in groups for part in group.parts)
        for name in _TELLING
    )


def _differ_in_number(groups: Sequence[Group]) -> bool:
    """Whether the groups' rows are numbered in one style, in which none below them is."""
    heads = {number_style(_label(group.head))[0] for group in groups}
    parts = {number_style(_label(part))[0] for group in groups for part in group.parts}
    return len(heads) == 1 and heads.isdisjoint(parts)


def _are_the_total(groups: Sequence[Group], totals: Sequence[StatedTotal]) -> bool:
    """Whether the total of all these rows is the sum of the groups' rows alone."""
    rows = {record.row for group in groups for record in (group.head, *group.parts)}
    heads = [sums_of(group.head) or {} for group in groups]
    of_table = [total for total in totals if set(total.rows) == rows]
    return bool(of_table) and all(
        (stated := read_exact(total.text)) is not None
        and not stated.rest
        and stated.value == sum((one.get(total.role, Decimal(0)) for one in heads), Decimal(0))
        for total in of_table
    )


def _label(record: Record) -> str:
    return next((record.texts[name] for name in _NAMES if name in record.texts), "")
