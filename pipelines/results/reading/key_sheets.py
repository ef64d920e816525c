"""Sheets beside the results with a key of ratings (評価 | 内容) or counts of them (評価 | 件数)."""

from __future__ import annotations

from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.workbooks.model import Sheet

_MOST_ROWS = 20
_MOST_COLUMNS = 6
_LONGEST_LABEL = 12


def is_key_sheet(sheet: Sheet) -> bool:
    """Whether a sheet only explains or counts ratings: a rating, then words of keys, short labels.

    Such a table names no item and no department, so that no result is lost.
    """
    rows = [[cell.strip() for cell in row if cell.strip()] for row in sheet.rows]
    filled = [row for row in rows if row]
    head = next((at for at, row in enumerate(filled) if len(row) > 1), None)
    if head is None or len(filled) > _MOST_ROWS or max(map(len, filled)) > _MOST_COLUMNS:
        return False
    return _is_head(filled[head]) and are_labels_of_key([row[0] for row in filled[head + 1 :]])


def _is_head(cells: list[str]) -> bool:
    words = sheet_vocabulary()
    first, *others = map(bare, cells)
    is_rating = words.headings.get(first) == "rating" or first in words.words("legend_words")
    return is_rating and all(other in words.words("key_headings") for other in others)


def are_labels_of_key(labels: list[str]) -> bool:
    """Whether the first cells of a key are labels, each of which stands once."""
    is_short = all(len(label) <= _LONGEST_LABEL for label in labels)
    return bool(labels) and is_short and len(set(labels)) == len(labels)
