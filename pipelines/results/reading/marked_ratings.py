"""Ratings given by a mark in one of several columns: ○ below 達成, 一部達成 or 未達成."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import RATING_MARK, HeadColumn, Header
from pipelines.results.reading.headings import HeadingReader, Meaning
from pipelines.results.vocabulary import bare, sheet_vocabulary

_ROWS_LOOKED_AT = 60
_PARENTS = ("rating", "progress")
_DASHES = frozenset("-－―−ー–—")


def with_marked_ratings(header: Header, grid: Grid, reader: HeadingReader) -> Header:
    """A header with its columns of marks; as it is where fewer than two are, or one has ratings.

    A column counts if its cells are marks or blank, and its heading is a word of ratings or stands
    below 進捗状況 or 評価.
    """
    if any(column.meaning.field == "rating" for column in header.columns):
        return header
    marked = [one for one in header.columns if _may_be_marked(one, reader)]
    if len(marked) < 2 or not all(_holds_marks(one, header, grid) for one in marked):
        return header
    if not any(is_mark(cell) for one in marked for cell in _cells(one, header, grid)):
        return header
    columns = tuple(_as_mark(one) if one in marked else one for one in header.columns)
    return replace(header, columns=columns)


def _as_mark(column: HeadColumn) -> HeadColumn:
    return replace(column, meaning=Meaning(RATING_MARK))


def _may_be_marked(column: HeadColumn, reader: HeadingReader) -> bool:
    if not column.parts or column.meaning.fiscal_year:
        return False
    parents = [reader.one(part).field for part in column.parts[:-1]]
    if any(parent in _PARENTS for parent in parents):
        return True
    return bare(column.parts[-1]) in sheet_vocabulary().words("mark_headings")


def _cells(column: HeadColumn, header: Header, grid: Grid) -> list[str]:
    last = min(header.last_row + _ROWS_LOOKED_AT, len(grid.rows))
    cells = [grid.cell(row, column.column) for row in range(header.last_row + 1, last + 1)]
    return [cell for cell in cells if cell]


def _holds_marks(column: HeadColumn, header: Header, grid: Grid) -> bool:
    """Whether the cells are marks; a count below them and some other text may stand between."""
    cells = [cell for cell in _cells(column, header, grid) if cell not in _DASHES]
    marks = sum(map(is_mark, cells))
    counts = sum(bare(cell).isdecimal() for cell in cells)
    return counts <= max(1, marks) and (len(cells) - marks - counts) * 2 <= marks


def is_mark(text: str) -> bool:
    """Whether a cell is a mark that chooses its column."""
    return bare(text) in sheet_vocabulary().words("marks")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the marks of a row choose.

    Attributes:
        label: heading of the one column that is marked; None where none is.
        is_clear: whether no more than one is marked, and no cell holds anything else.
    """

    label: str | None
    is_clear: bool


def chosen(cells: Sequence[str], columns: Sequence[tuple[int, str]]) -> Choice:
    """The choice of a row; ``columns``: number from 0 and heading of the columns of marks."""
    filled = [(cells[at], label) for at, label in columns if cells[at] and cells[at] not in _DASHES]
    labels = [label for text, label in filled if is_mark(text)]
    is_clear = len(labels) == len(filled) < 2
    return Choice(labels[0] if is_clear and labels else None, is_clear)
