"""Rows of one file with equal keys: the same is taken once, different ones are refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipelines.results.model import Row
from pipelines.results.rows import faults
from pipelines.results.rows.model import (
    BARE,
    KEY_COLUMNS,
    MARKS,
    ORDER,
    Place,
    ResultRows,
)
from pipelines.sources.workbooks.model import CellFinding

_NO_CONTENT = frozenset({"sheet", "row", "source_id", "round", "submitted_on", *MARKS})


def settle_repeats(result: ResultRows) -> None:
    """Take rows that say the same once, and quarantine rows that contradict each other.

    A record that only repeats an item's name, for one more indicator, contradicts nothing.
    """
    groups = {name: _repeated(result.rows[name], key) for name, key in KEY_COLUMNS.items()}
    if not any(groups.values()):
        return
    before = result.published()
    contradicting = _contradicting(groups.values())
    _quarantine(result, contradicting)
    for name, key in KEY_COLUMNS.items():
        kept = [row for row in result.rows[name] if place_of(row) not in contradicting]
        result.rows[name] = _once(result, kept, key) if groups[name] else kept
    for place in before - result.published() - contradicting.keys():
        result.aside[place] = "repost"


def place_of(row: Row) -> Place:
    """Sheet and row that a row comes from."""
    return row["sheet"], row["row"]


def content(row: Row) -> list[tuple[str, object]]:
    """What a row says, apart from where it stands."""
    return [(name, value) for name, value in row.items() if name not in _NO_CONTENT]


def _repeated(rows: list[Row], key: str) -> list[list[Row]]:
    """Rows of equal key and edition, where there is more than one."""
    first: dict[tuple[object, ...], Row] = {}
    more: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        identity = (row[key], row[ORDER])
        if first.setdefault(identity, row) is not row:
            more[identity].append(row)
    return [[first[identity], *others] for identity, others in more.items()]


def _contradicting(tables: Iterable[list[list[Row]]]) -> dict[Place, list[Place]]:
    """Place -> the places that contradict each other, it included."""
    found: dict[Place, list[Place]] = {}
    for groups in tables:
        for group in groups:
            rows = [row for row in group if not row.get(BARE)]
            if any(content(row) != content(rows[0]) for row in rows[1:]):
                places = sorted({place_of(row) for row in rows}, key=str)
                found.update(dict.fromkeys(places, places))
    return found


def _quarantine(result: ResultRows, contradicting: dict[Place, list[Place]]) -> None:
    for (sheet, row), places in contradicting.items():
        shown = "、".join(CellFinding("info", "", "", sheet=s, row=r).cell for s, r in places)
        fault = faults.repeated_differently(shown)
        placed = CellFinding(fault.severity, fault.rule, fault.message_ja, fault.fix_ja, sheet, row)
        result.quarantined[(sheet, row)] = placed
        result.findings.append(placed)


def _once(result: ResultRows, rows: list[Row], key: str) -> list[Row]:
    """The first row of each key; one that reports something goes before a bare one."""
    kept: dict[tuple[object, ...], Row] = {}
    for row in sorted(rows, key=lambda row: bool(row.get(BARE))):
        first = kept.setdefault((row[key], row[ORDER]), row)
        if first is not row and not row.get(BARE):
            _tell_same(result, row, first)
    return [row for row in rows if kept[(row[key], row[ORDER])] is row]


def _tell_same(result: ResultRows, row: Row, first: Row) -> None:
    sheet, at = place_of(first)
    fault = faults.repeated_alike(CellFinding("info", "", "", sheet=sheet, row=at).cell)
    result.findings.append(
        CellFinding(
            fault.severity, fault.rule, fault.message_ja, fault.fix_ja, row["sheet"], row["row"]
        )
    )
