"""Rows of one file with equal keys: the same is taken once, different ones are refused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import compress
from operator import itemgetter

from pipelines.results.findings import finding
from pipelines.results.model import Row
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
    contradicting = _contradicting(groups.values())
    _quarantine(result, contradicting)
    dropped: dict[int, Row] = {}
    for some in groups.values():
        for group in some:
            dropped.update(_dropped(result, group, contradicting))
    places = set(map(place_of, dropped.values()))
    near = _rows_at(result, places | contradicting.keys())
    left_out = dropped.keys() | {id(row) for row in near if place_of(row) in contradicting}
    for name in KEY_COLUMNS if left_out else ():
        result.rows[name] = [row for row in result.rows[name] if id(row) not in left_out]
    for place in places - {place_of(row) for row in near if id(row) not in left_out}:
        result.aside[place] = "repost"


def _rows_at(result: ResultRows, places: Collection[Place]) -> list[Row]:
    """The rows of some places, of every table."""
    numbers = {row for _, row in places}
    near = [row for name in KEY_COLUMNS for row in result.rows[name] if row["row"] in numbers]
    return [row for row in near if place_of(row) in places]


def place_of(row: Row) -> Place:
    """Sheet and row that a row comes from."""
    return row["sheet"], row["row"]


def content(row: Row) -> list[tuple[str, object]]:
    """What a row says, apart from where it stands."""
    return [(name, value) for name, value in row.items() if name not in _NO_CONTENT]


def _repeated(rows: list[Row], key: str) -> list[list[Row]]:
    """Rows of equal key and edition, where there is more than one."""
    keys = list(map(itemgetter(key), rows))
    counted = Counter(keys)
    if len(counted) == len(rows):
        return []
    repeated = {one for one, count in counted.items() if count > 1}
    found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in compress(rows, map(repeated.__contains__, keys)):
        found[row[key], row[ORDER]].append(row)
    return [group for group in found.values() if len(group) > 1]


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
        placed = replace(finding("duplicate_row", places=shown), sheet=sheet, row=row)
        result.quarantined[(sheet, row)] = placed
        result.findings.append(placed)


def _dropped(
    result: ResultRows, group: list[Row], contradicting: Collection[Place]
) -> dict[int, Row]:
    """All but the first row of a key; one that reports something goes before a bare one."""
    left = [row for row in group if place_of(row) not in contradicting]
    ordered = sorted(left, key=lambda row: bool(row.get(BARE)))
    for row in ordered[1:]:
        if not row.get(BARE):
            _tell_same(result, row, ordered[0])
    return {id(row): row for row in ordered[1:]}


def _tell_same(result: ResultRows, row: Row, first: Row) -> None:
    sheet, at = place_of(first)
    told = finding("duplicate_row_same", place=CellFinding("info", "", "", "", sheet, at).cell)
    result.findings.append(replace(told, sheet=row["sheet"], row=row["row"]))
