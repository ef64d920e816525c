"""Sheets whose items stand side by side: one item per column, what is said of it below its name.

::

    取組項目 | 総合窓口の設置 | 税の共同徴収
    担当課   | 市民課         | 収納課
    取組実績 | 5月に開設した。| 3市で協定を結んだ。
    評価     | A              | A
"""

from __future__ import annotations

from pipelines.results.reading.block_model import Block, Pair, is_sound
from pipelines.results.reading.departments_named import is_department_name
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import RESULT_FIELDS
from pipelines.results.reading.heading_years import years_of_line
from pipelines.results.reading.headings import HeadingReader
from pipelines.results.reading.lines import is_note

_LEAST_ITEMS = 2
#: How many rows below the names must say something of every item.
_LEAST_ROWS = 2
#: What each item has for itself.
_OF_EACH = ("department", "item_number", "item_id")


def items_across(grid: Grid, reader: HeadingReader) -> list[Block]:
    """One block for each column of an item; none where the sheet is laid out in another way.

    Every row from the names on begins with a known label in one column, and holds nothing but cells
    below names.
    """
    first = _row_of_names(grid, reader)
    if first is None:
        return []
    (label_column, _), *names = grid.filled(first)
    columns = {at: Block() for at, _ in names}
    for row in range(first, len(grid.rows) + 1):
        filled = grid.filled(row)
        if not filled or is_note([text for _, text in filled]):
            continue
        (at, label), *cells = filled
        meaning = reader.one(label)
        is_line = at == label_column and meaning.field is not None
        if not is_line or not columns.keys() >= {column for column, _ in cells}:
            return []
        for block in columns.values():
            block.rows.append(row)
        for column, text in cells:
            columns[column].pairs.append(Pair(row, column, label, meaning, text))
    blocks = list(columns.values())
    return blocks if all(map(is_sound, blocks)) and _are_compared(blocks) else []


def _row_of_names(grid: Grid, reader: HeadingReader) -> int | None:
    """The first row that a label of items begins, with several names beside it; titles above."""
    for row in range(1, len(grid.rows) + 1):
        filled = grid.filled(row)
        if len(filled) <= 1:
            continue
        texts = [text for _, text in filled[1:]]
        is_of_names = (
            reader.one(filled[0][1]).field == "item"
            and len(set(texts)) == len(texts) >= _LEAST_ITEMS
            and not any(map(_is_no_name, texts))
            and not any(map(reader.is_word, texts))
            and not any(years_of_line(text).fiscal_year for text in texts)
        )
        return row if is_of_names else None
    return None


def _is_no_name(text: str) -> bool:
    return is_department_name(text) or not any(map(str.isalpha, text))


def _are_compared(blocks: list[Block]) -> bool:
    """Whether rows hold a cell for every item: what tells items apart, and what came of them.

    取組実績 and 評価 below 上半期 | 下半期 are of one item.
    """
    of_all = set.intersection(*({pair.row for pair in block.pairs} for block in blocks))
    shared = [pair for pair in blocks[0].pairs if pair.row in of_all]
    results = [one for one in shared if one.meaning.field in RESULT_FIELDS - {"content"}]
    is_told_apart = any(one.meaning.field in _OF_EACH for one in shared)
    return len(shared) > _LEAST_ROWS and bool(results) and is_told_apart
