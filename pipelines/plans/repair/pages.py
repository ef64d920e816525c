"""A text to numbered lines and, where it marks them, pages."""

from __future__ import annotations

import re

from pipelines.plans.lines import Line

FORM_FEED = "\f"
_PAGE_MARK = re.compile(
    r"^\s*(?:[-－―‐–—]+\s*[0-9０-９]{1,4}\s*[-－―‐–—]+|<!--\s*page\s*\d+\s*-->)\s*$", re.I
)
# The first glyph rules out nearly all rows.
_MARK_OPENS = frozenset("-－―‐–—<")


def split_pages(text: str) -> list[Line]:
    """Split into lines; form feeds, or page marks such as ``- 12 -`` at a page's foot, make pages.

    Args:
        text: the decoded document; a byte order mark and carriage returns are passed over.

    Returns:
        Lines numbered from 1 by line feeds. Text on both sides of a form feed inside one line
        becomes two lines of the same number. ``page`` is None where no page is marked.
    """
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if FORM_FEED in text:
        return _by_form_feeds(rows)
    marks = [
        index
        for index, row in enumerate(rows)
        if row.lstrip()[:1] in _MARK_OPENS and _PAGE_MARK.match(row)
    ]
    if len(marks) >= 2:
        return _by_marks(rows, marks)
    return [Line(number, row) for number, row in enumerate(rows, start=1)]


def _by_form_feeds(rows: list[str]) -> list[Line]:
    lines: list[Line] = []
    page = 1
    for number, row in enumerate(rows, start=1):
        parts = row.split(FORM_FEED)
        for index, part in enumerate(parts):
            page += index > 0
            if part or len(parts) == 1:
                lines.append(Line(number, part, page))
        if not any(parts) and len(parts) > 1:
            lines.append(Line(number, "", page))
    return lines


def _by_marks(rows: list[str], marks: list[int]) -> list[Line]:
    """A mark stands at the foot of its page, so the next line begins the next page."""
    lines: list[Line] = []
    page = 1
    for index, row in enumerate(rows):
        lines.append(Line(index + 1, row, page))
        page += index in marks
    return lines
