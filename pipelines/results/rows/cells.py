"""Value cells of a record, two values in one cell told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipelines.results.model import OTHER_YEAR, ColumnRole, Record, ValueCell
from pipelines.results.rows.said_in_cells import said_apart
from pipelines.results.values import split_pair
from pipelines.sources.sheet_profile import SheetProfile

AMOUNTS = {"planned": "planned_amount", "actual": "amount"}
_AMOUNT_FIELDS = frozenset(AMOUNTS.values())
#: ``ColumnRole.pair`` of a cell with two values of which nobody says which is which.
UNDECIDED = "undecided"


def cells_of(record: Record, profile: SheetProfile) -> Sequence[ValueCell]:
    """The values of a record, left to right; a cell of plan and actual gives two."""
    for cell in record.values:
        if cell.role.pair is not None or _may_hold_several(cell.text):
            return [one for cell in record.values for one in _told_apart(cell, record, profile)]
    return record.values


def is_undecided(cell: ValueCell) -> bool:
    """Whether a cell holds two values of which nobody says which is which."""
    return cell.role.pair == UNDECIDED


def _may_hold_several(text: str) -> bool:
    return "\n" in text or "(" in text or "（" in text


def _told_apart(cell: ValueCell, record: Record, profile: SheetProfile) -> list[ValueCell]:
    role = cell.role
    if role.field in _AMOUNT_FIELDS and _may_hold_several(cell.text):
        said = said_apart(cell, record.texts)
        if said is not None:
            return said
    if role.pair == OTHER_YEAR:
        return _of_this_year(cell)
    pair = split_pair(cell.text) if _may_hold_several(cell.text) else None
    if pair is None:
        return [replace(cell, role=_of_field(role, role.field, None)) if role.pair else cell]
    fields = _fields(role.field, role.pair, profile)
    if fields is None:
        return [replace(cell, role=_of_field(role, role.field, UNDECIDED))]
    return [
        replace(cell, role=_of_field(role, field, None), text=text)
        for field, text in zip(fields, pair, strict=True)
    ]


def _of_this_year(cell: ValueCell) -> list[ValueCell]:
    """The first of two values, without the one in brackets behind it, which may stand alone."""
    pair = split_pair(cell.text)
    text = pair[0] if pair else cell.text
    if pair is None and text[0] in "(（" and text[-1] in ")）":
        return []
    return [replace(cell, role=_of_field(cell.role, cell.role.field, None), text=text)]


@lru_cache(maxsize=1_024)
def _of_field(role: ColumnRole, field: str, pair: str | None) -> ColumnRole:
    return replace(role, field=field, pair=pair)


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
