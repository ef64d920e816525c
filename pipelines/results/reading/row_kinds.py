"""The column of a table that says of each row whether its values are 計画 or 実績."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.headings import HeadingReader, Meaning
from pipelines.results.reading.sentences import are_sentences
from pipelines.results.reading.texts_in_turn import with_text_rows
from pipelines.sources.sheet_fields import VALUE_FIELDS, EffectKind
from pipelines.sources.sheet_profile import SheetProfile

_WORDS = HeadingReader(SheetProfile())
_ROWS_SEEN = 12


def with_row_kinds(header: Header, grid: Grid) -> Header:
    """A header with its column that says 計画 or 実績 of each row, beside columns of years.

    The first two texts below must say so; the column itself has any heading, or none. Beside them a
    column may say itself what it holds (R7目標).
    """
    years = [one for one in header.columns if one.meaning.fiscal_year and not one.meaning.field]
    if years and not _hold_values(years, header, grid):
        return with_text_rows(header, grid)
    if not years:
        return header
    for at, column in enumerate(header.columns):
        if column.meaning.field in (None, "category") and not column.meaning.fiscal_year:
            below = range(header.last_row + 1, header.last_row + 6)
            filled = [cell for row in below if (cell := grid.cell(row, column.column))][:2]
            if len(filled) == 2 and all(map(kind_of_row, filled)):
                return _with_kinds(header, at, [_WORDS.one(text) for text in filled])
    return header


def _with_kinds(header: Header, at: int, kinds: Sequence[Meaning]) -> Header:
    """A header of which each row says what its years hold; 目標額 and 実績額 are amounts."""
    are_amounts = any(kind.field in ("amount", "planned_amount") for kind in kinds)
    effects = {kind.effect_kind for kind in kinds}
    effect = effects.pop() if len(effects) == 1 else None
    columns = [
        replace(
            one,
            is_by_row=True,
            meaning=_as_amount(one.meaning, effect) if are_amounts else one.meaning,
        )
        if one.meaning.fiscal_year and not one.meaning.field
        else one
        for one in header.columns
    ]
    columns[at] = replace(columns[at], meaning=Meaning("row_kind"))
    return replace(header, columns=tuple(columns))


def _as_amount(meaning: Meaning, effect: EffectKind | None) -> Meaning:
    return replace(meaning, field="amount", effect_kind=effect)


def _hold_values(years: Sequence[HeadColumn], header: Header, grid: Grid) -> bool:
    """Whether columns of years hold numbers; words (検討, 実施) are a schedule, and no indicator's.

    Where indicators are named, words are theirs.
    """
    if any(one.meaning.field in ("indicator", "indicator_id") for one in header.columns):
        return True
    last = header.last_row
    below = range(last + 1, min(last + _ROWS_SEEN, len(grid.rows)) + 1)
    return not are_sentences([grid.cell(row, one.column) for row in below for one in years])


def kind_of_row(text: str) -> str | None:
    """The field of a row's values that a cell names: 計画, 実績, 削減額(計画)."""
    meaning = _WORDS.one(text)
    name = "actual" if meaning.field == "outcome" else meaning.field
    return name if name in VALUE_FIELDS else None
