"""Value cells of a record with their field, two values in one cell told apart."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.results.model import Record, ValueCell
from pipelines.results.values import split_pair
from pipelines.sources.sheet_profile import SheetProfile

AMOUNTS = {"planned": "planned_amount", "actual": "amount"}
_AMOUNT_FIELDS = frozenset(AMOUNTS.values())
_OF_SEVERAL = frozenset("\n(（")


class Cell(NamedTuple):
    """A value with its field; ``is_pair`` for two of which nobody says which is which."""

    field: str
    text: str
    cell: ValueCell
    is_pair: bool = False


def cells_of(record: Record, profile: SheetProfile) -> list[Cell]:
    """The values of a record, left to right; a cell of plan and actual gives two."""
    cells: list[Cell] = []
    for cell in record.values:
        role = cell.role
        if role.pair is None and _OF_SEVERAL.isdisjoint(cell.text):
            cells.append(Cell(role.field, cell.text, cell))
        else:
            cells += _told_apart(cell, profile)
    return cells


def _told_apart(cell: ValueCell, profile: SheetProfile) -> list[Cell]:
    role = cell.role
    pair = split_pair(cell.text)
    if pair is None:
        return [Cell(role.field, cell.text, cell)]
    fields = _fields(role.field, role.pair, profile)
    if fields is None:
        return [Cell(role.field, cell.text, cell, is_pair=True)]
    return [Cell(field, text, cell) for field, text in zip(fields, pair, strict=True)]


def _fields(field: str, pair: str | None, profile: SheetProfile) -> tuple[str, str] | None:
    """Fields of the first and the second value, by the heading, else by the profile."""
    is_amount = field in _AMOUNT_FIELDS
    if pair:
        second = AMOUNTS.get(pair, pair) if is_amount else pair
        return (field, second) if second != field else None
    if profile.paired_cells is None:
        return None
    first, second = profile.paired_cells.split("_then_")
    return (AMOUNTS[first], AMOUNTS[second]) if is_amount else (first, second)
