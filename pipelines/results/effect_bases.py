"""Amounts of one effect that state their basis in one submission and none in another.

A city's own sheet often has one column of amounts and does not say whether they are new this year
or in total; our form asks. Both rows would be current, and summed up twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipelines.results.findings import finding
from pipelines.results.model import Row
from pipelines.results.rows.model import AMOUNT_OF, ORDER
from pipelines.sources.workbooks.model import CellFinding

NOT_STATED = "not_stated"
_IN_JAPANESE = {"single_year": "単年度", "continuing": "継続", "cumulative": "累計"}


class SettledBases(NamedTuple):
    """What follows: ids (without revision) of rows that give way, and (row, finding) to tell."""

    superseded: set[str]
    told: list[tuple[Row, CellFinding]]


def settle_bases(
    groups: Mapping[str, Sequence[Row]], successors: Mapping[str, Sequence[str]]
) -> SettledBases:
    """Amounts without basis against those of the only basis that other submissions state.

    The later one supersedes the earlier. Nothing is superseded where several bases are stated, or
    where one submission has both an amount with and one without basis: then they differ.

    Args:
        groups: id without revision -> its rows of ``financial_effects``, oldest first.
        successors: department_id -> the departments that took over its work.
    """
    settled = SettledBases(set(), [])
    by_amount: dict[object, dict[str, Sequence[Row]]] = defaultdict(dict)
    for stem, rows in groups.items():
        if rows:
            by_amount[rows[0][AMOUNT_OF]][stem] = rows
    for amounts in by_amount.values():
        if len({rows[0]["effect_basis"] for rows in amounts.values()}) > 1:
            for department in sorted({_department(rows[0]) for rows in amounts.values()}):
                _settle(department, _of(department, amounts, successors), settled)
    return settled


def _of(
    department: str, amounts: Mapping[str, Sequence[Row]], successors: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[Row]]:
    """The amounts of a department and of those whose work it took over."""
    return {
        stem: rows
        for stem, rows in amounts.items()
        if (one := _department(rows[0])) == department or department in successors.get(one, ())
    }


def _department(row: Row) -> str:
    return str(row["department_id"] or row["department_name"])


def _settle(department: str, groups: Mapping[str, Sequence[Row]], settled: SettledBases) -> None:
    stated = _rows(groups, lambda basis: basis != NOT_STATED)
    unstated = _rows(groups, lambda basis: basis == NOT_STATED)
    if not stated or not unstated or _sources(stated) & _sources(unstated):
        return
    newest = max(stated, key=_order), max(unstated, key=_order)
    earlier, later = sorted(newest, key=_order)
    if _department(later) != department:
        return
    bases = {row["effect_basis"] for row in stated}
    if len(bases) > 1 or earlier[ORDER] == later[ORDER]:
        settled.told.append((newest[1], finding("effect_basis_undecided")))
        return
    settled.told.append((later, finding("effect_basis_assumed", basis=_IN_JAPANESE[bases.pop()])))
    settled.superseded.update(
        stem
        for stem, rows in groups.items()
        if (rows[0]["effect_basis"] == NOT_STATED) == (earlier is newest[1])
    )


def _sources(rows: Iterable[Row]) -> set[str]:
    return {row["source_id"] for row in rows}


def _rows(groups: Mapping[str, Sequence[Row]], has: Callable[[str], bool]) -> list[Row]:
    some: Iterable[Sequence[Row]] = (
        rows for rows in groups.values() if has(rows[0]["effect_basis"])
    )
    return [row for rows in some for row in rows]


def _order(row: Row) -> tuple[object, ...]:
    order: tuple[object, ...] = row[ORDER]
    return order
