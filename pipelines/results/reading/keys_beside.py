"""Keys and counts of ratings that stand beside a table: its own columns, behind a blank one.

::

    番号 | 取組項目 | 評価 |  | 評価 | 基準
    1    | 窓口     | A    |  | A    | 計画どおり
    2    | 印刷     | B    |  | B    | やや遅れ

Read with the table, the key would be a second rating of the items in the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipelines.messages import At
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.key_sheets import are_labels_of_key
from pipelines.results.reading.messages import told
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.workbooks.model import CellFinding, column_letters

_MOST_ROWS = 20
_LONGEST_HEADING = 12
_RATINGS = ("rating", "progress", "headquarters_rating", "council_rating")


@dataclass(frozen=True)
class KeyBeside:
    """A key of ratings: its rows and columns (from 1), headings included."""

    rows: range
    columns: range


def keys_beside(grid: Grid) -> list[KeyBeside]:
    """The keys that stand right of something else, left to right."""
    return [
        key
        for at in range(3, grid.width + 1)
        for row in _rows_of_ratings(grid, at - 1)
        if (key := _key_at(grid, row, at))
    ]


def _rows_of_ratings(grid: Grid, column: int) -> list[int]:
    """Rows of a column (from 0) that may head a key; the texts are looked at once each."""
    texts = grid.texts_of(column)
    words = {text for text in texts if len(text) <= _LONGEST_HEADING and _is_rating(text)}
    if not words:
        return []
    return [row for row, text in enumerate(grid.column(column), 1) if text in words]


def without_keys(grid: Grid, keys: Sequence[KeyBeside]) -> Grid:
    """The grid with blank cells where its keys stand."""
    rows = [list(cells) for cells in grid.rows]
    for key in keys:
        for row in key.rows:
            for column in key.columns:
                if column <= len(rows[row - 1]):
                    rows[row - 1][column - 1] = ""
    return Grid(grid.sheet, rows)


def _key_at(grid: Grid, row: int, at: int) -> KeyBeside | None:
    """The key with its first heading in a cell; None where it may be a column of the table."""
    words = sheet_vocabulary()
    right = takewhile(bool, (grid.cell(row, one) for one in range(at + 1, grid.width + 1)))
    others = [bare(text) for text in right]
    if not others or any(one not in words.words("key_headings") for one in others):
        return None
    columns = range(at, at + len(others) + 1)
    rows = range(row, row + 1 + len(list(_rows_below(grid, row, columns))))
    labels = [text for one in rows[1:] if (text := grid.cell(one, at))]
    is_apart = not any(grid.cell(one, side) for one in rows for side in (at - 1, columns.stop))
    is_apart = is_apart and any(grid.filled(one)[0][0] < at for one in rows)
    is_key = len(labels) > 1 and len(rows) <= _MOST_ROWS and are_labels_of_key(labels)
    only_keys = words.words("key_only_headings")
    is_sure = any(one in only_keys for one in others) or _is_rated_left(grid, row, at)
    return KeyBeside(rows, columns) if is_apart and is_key and is_sure else None


def _rows_below(grid: Grid, row: int, columns: range) -> Iterator[int]:
    below = range(row + 1, len(grid.rows) + 1)
    return takewhile(lambda one: any(grid.cell(one, at) for at in columns), below)


def _is_rated_left(grid: Grid, row: int, at: int) -> bool:
    """Whether the table has ratings of its own, so that these cannot be its items'."""
    headings = sheet_vocabulary().headings
    near = range(max(row - 1, 1), min(row + 2, len(grid.rows)) + 1)
    return any(
        headings.get(bare(text)) in _RATINGS
        for one in near
        for column, text in grid.filled(one)
        if column < at
    )


def _is_rating(text: str) -> bool:
    words, plain = sheet_vocabulary(), bare(text)
    return words.headings.get(plain) == "rating" or plain in words.words("legend_words")


def key_beside_left_out(grid: Grid, key: KeyBeside) -> CellFinding:
    """A key beside a table that is not read."""
    first, last = column_letters(key.columns[0]), column_letters(key.columns[-1])
    return told(
        "key_beside_not_read",
        At(grid.sheet.name, key.rows[0], key.columns[0]),
        letters=first,
        last_letters=last,
        first=key.rows[0],
        last=key.rows[-1],
    )
