"""Titles printed again at the head of each page, between the rows of a table.

A title that stands above the first headings and comes again below them, with nothing beside it but
the number of a page (2/3, 2ページ, - 2 -) or what stood beside it before, is no row of the table.
"""

from __future__ import annotations

import re

from pipelines.results.reading.grid import Grid
from pipelines.results.vocabulary import bare

_LINES_ABOVE = 10
_SHORTEST = 6
#: Characters that a cell must share with a title before it is looked at closely.
_SAME_START = 4
_PAGE = (
    r"(?:p(?:age)?\.?|no\.?|頁)?\d{1,3}(?:/\d{1,3})?(?:ページ|頁|枚目?)?(?:中\d{1,3}(?:ページ|頁))?"
)
_PAGE_ALONE = re.compile(rf"[(\[【\-~〜]*{_PAGE}[)\]】\-~〜]*", re.I)
_PAGE_AT_END = re.compile(
    r"[(\[【](?:\d{1,3}/\d{1,3}|\d{1,3}(?:ページ|頁)|その\d{1,3}|続き|つづき)[)\]】]$"
    r"|(?:\d{1,3}/\d{1,3})?(?:ページ|頁)$"
)


def page_title_rows(grid: Grid, first_header: int) -> frozenset[int]:
    """Rows below the first headings that only print the sheet's title again.

    Args:
        grid: the sheet.
        first_header: first row of its first headings; 0 where it has none.
    """
    above = range(max(1, first_header - _LINES_ABOVE), first_header)
    cells = [filled for row in above for filled in grid.filled(row)]
    known = {_pure(text) for _, text in cells}
    titles = {
        (at, text[:_SAME_START], pure)
        for at, text in cells
        if len(pure := _pure(text)) >= _SHORTEST
    }
    return frozenset(
        row
        for at, start, title in titles
        for row, cell in enumerate(grid.column(at - 1), 1)
        if row > first_header and cell.startswith(start) and _pure(cell) == title
        if _is_title(grid.filled(row), known)
    )


def _pure(text: str) -> str:
    """A title without the number of its page."""
    return _PAGE_AT_END.sub("", bare(text))


def _is_title(filled: list[tuple[int, str]], known: set[str]) -> bool:
    """Whether a row holds nothing but what stood above the table, and the number of a page."""
    return len(filled) > 1 and all(
        _pure(text) in known or _PAGE_ALONE.fullmatch(bare(text)) for _, text in filled
    )
