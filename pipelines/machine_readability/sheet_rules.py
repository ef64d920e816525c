"""Rules about spreadsheets: L1-10 to L1-13 and L2-06."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.machine_readability.looks import SheetLooks
from pipelines.machine_readability.model import PLACES_NAMED, Breach, Place, Table
from pipelines.sources.workbooks.model import MarkKind, Sheet

_FORMULAS: tuple[MarkKind, ...] = ("formula", "not_computed", "formula_error")


def sheet_breaches(sheet: Sheet, looks: SheetLooks) -> Iterator[Breach]:
    """What of a sheet no program sees, or sees otherwise than people do."""
    objects = max(looks.objects, len(sheet.text_boxes))
    if objects:
        yield Breach("object_found", count=objects)
    if sheet.merged:
        places = [(one.first_row, one.first_column) for one in sheet.merged]
        yield _at("merged_cells", sorted(places))
    if sheet.hidden_rows:
        yield _at("hidden_rows", [(row, None) for row in sorted(sheet.hidden_rows)])
    if sheet.hidden_columns:
        yield _at("hidden_columns", [(None, column) for column in sorted(sheet.hidden_columns)])
    if sheet.is_hidden:
        yield Breach("hidden_sheet")
    formulas = sorted(at for at in sheet.marks if sheet.has_mark(*at, *_FORMULAS))
    if formulas:
        yield _at("formula_found", formulas)


def colour_breaches(table: Table, looks: SheetLooks) -> Iterator[Breach]:
    """L1-11: cells of one column whose colour sets them apart from the others.

    Not so where every second row is coloured, or all filled cells of the column are; the colour
    that most cells have is that of the column.
    """
    if not looks.colours or _is_striped(table, looks):
        return
    for column in table.columns:
        filled = [row for row, text in column.cells.items() if text.strip()]
        colours = [looks.colours.get((row, column.number), "") for row in filled]
        usual = max(colours, key=colours.count, default="")
        others = [row for row, colour in zip(filled, colours, strict=True) if colour != usual]
        if others:
            yield column.breach_at("colour_meaning", others)


def _is_striped(table: Table, looks: SheetLooks) -> bool:
    """Whether colours follow the number of the row alone, so that lines are easier to read."""
    by_parity: tuple[set[str], set[str]] = (set(), set())
    for place, row in enumerate(table.data_rows):
        for column in table.columns:
            if table.sheet.text(row, column.number).strip():
                by_parity[place % 2].add(looks.colours.get((row, column.number), ""))
    return all(len(colours) <= 1 for colours in by_parity) and len(table.data_rows) > 2


def _at(message: str, places: Sequence[Place]) -> Breach:
    return Breach(message, tuple(places[:PLACES_NAMED]), len(places))
