"""Labels of a form that stand in the row above their values.

::

    ■令和5年度の取組実績
    返礼品を20品追加した。
    ■評価        | ■今後の方向性
    A            | 説明会を開く。
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.headings import HeadingReader
from pipelines.results.reading.labels import is_title
from pipelines.results.reading.lines import is_end_mark, is_legend, number_style
from pipelines.results.vocabulary import bare, sheet_vocabulary

#: Texts that may go on in the rows below; a rating or a department takes one row.
_LONG_TEXTS = frozenset(
    {"activity", "content", "outcome", "progress", "shortfall_reason", "next_action"}
)
_HEADING_MARKS = ("square", "lenticular", "chapter", "roman")


@dataclass(frozen=True)
class Below:
    """A label and what stands below it.

    Attributes:
        column: of the label.
        label: as written.
        text: the rows below, one a line.
        last_row: the last of them.
    """

    column: int
    label: str
    text: str
    last_row: int


def labels_above(grid: Grid, reader: HeadingReader) -> dict[int, tuple[Below, ...]]:
    """Rows of nothing but labels, with the values below them; other rows are left out."""
    found: dict[int, tuple[Below, ...]] = {}
    last = 0
    for row in range(1, len(grid.rows)):
        if row <= last:
            continue
        below = _below(grid, reader, row)
        if below:
            found[row] = below
            last = max(one.last_row for one in below)
    return found


def _below(grid: Grid, reader: HeadingReader, row: int) -> tuple[Below, ...]:
    labels, values = grid.filled(row), dict(grid.filled(row + 1))
    if not _are_labels(labels, reader) or not values:
        return ()
    if any(_is_no_value(text, reader) for text in values.values()):
        return ()
    if len(labels) > 1:
        ends = not grid.filled(row + 2) or _are_labels(grid.filled(row + 2), reader)
        return _side_by_side(labels, values, row + 1) if ends else ()
    return _one_below(grid, reader, row)


def _side_by_side(
    labels: list[tuple[int, str]], values: dict[int, str], row: int
) -> tuple[Below, ...]:
    """Labels beside each other, each with the value in its own column."""
    if not values.keys() <= {at for at, _ in labels}:
        return ()
    return tuple(Below(at, _pure(text), values[at], row) for at, text in labels if at in values)


def _one_below(grid: Grid, reader: HeadingReader, row: int) -> tuple[Below, ...]:
    """One label with the lone cell below it, and those that go on a longer text."""
    at, label = grid.filled(row)[0][0], _pure(grid.filled(row)[0][1])
    texts: list[str] = []
    for below in range(row + 1, len(grid.rows) + 1):
        filled = grid.filled(below)
        if len(filled) != 1 or filled[0][0] not in (at, at + 1):
            break
        if _is_no_value(filled[0][1], reader) or (texts and _is_heading(filled[0][1])):
            break
        texts.append(filled[0][1])
    is_long = reader.one(label).field in _LONG_TEXTS
    if not texts or (len(texts) > 1 and not is_long):
        return ()
    return (Below(at, label, "\n".join(texts), row + len(texts)),)


def _are_labels(filled: list[tuple[int, str]], reader: HeadingReader) -> bool:
    return bool(filled) and all(reader.is_word(_pure(text)) for _, text in filled)


def _pure(text: str) -> str:
    """A label without its mark or the brackets around it: ■評価, 【評価】, (1) 評価."""
    return number_style(text)[1]


def _is_no_value(text: str, reader: HeadingReader) -> bool:
    """Whether a cell is a label itself, a remark, a key of ratings or another title."""
    if reader.one(_pure(text)).field is not None or is_legend([text]) or is_title(text):
        return True
    plain = bare(text)
    return plain.startswith(sheet_vocabulary().words("note_marks")) or is_end_mark(plain)


def _is_heading(text: str) -> bool:
    return number_style(text)[0] in _HEADING_MARKS
