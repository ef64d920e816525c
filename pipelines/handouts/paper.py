"""A sheet that prints on A4: rows as high as their texts, repeated headings, nothing cut.

Texts that one row cannot hold go on in the row below; no text becomes a formula, a link or a date.
Nothing is protected: the papers are edited before they are printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pipelines.plans.characters import display_width
from pipelines.results.forms.heights import GrowingRows, row_height

FONT: Final = "BIZ UDゴシック"
POINTS: Final = 10.0
#: Columns of a sheet together, in characters of the standard font: A4 landscape at full size.
PAPER_WIDTH: Final = 142
BLANK: Final = "記載なし"
#: Lines of one row; a longer text goes on below, so that no row is higher than a page.
MOST_LINES: Final = 24
_TITLE_POINTS: Final = 14.0
_MOST_ROWS_SHRUNK: Final = 45
_LINE: Final = "#808080"
_CELL: Final = {"valign": "top", "text_wrap": True, "border": 1, "border_color": _LINE}
_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"bold": True, "font_size": _TITLE_POINTS},
    "section": {"bold": True, "font_size": 11, "valign": "bottom"},
    "line": {"text_wrap": True, "valign": "vcenter"},
    "heading": {
        **_CELL,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#D9E2EC",
    },
    "band": {
        "bold": True,
        "bg_color": "#EEF2F6",
        "border": 1,
        "border_color": _LINE,
        "valign": "vcenter",
    },
    "text": _CELL,
    "strong": {**_CELL, "bold": True},
    "blank": {**_CELL, "font_color": "#595959"},
    "number": {**_CELL, "num_format": "#,##0"},
}


class Styles:
    """The formats of one workbook by name."""

    def __init__(self, book: Workbook) -> None:
        font = {"font_name": FONT, "font_size": POINTS}
        self._formats = {name: book.add_format({**font, **one}) for name, one in _STYLES.items()}

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]


class Paper:
    """One sheet, written from top to bottom."""

    def __init__(
        self, book: Workbook, styles: Styles, name: str, widths: Sequence[float], margin: str
    ) -> None:
        """An empty sheet.

        Args:
            book: to add it to.
            styles: of the workbook.
            name: of the sheet.
            widths: of its columns in characters of the standard font, together no more than
                :data:`PAPER_WIDTH`.
            margin: what is printed in the upper margin of every page.
        """
        self._sheet = book.add_worksheet(name, GrowingRows)
        self._styles = styles
        self._widths = widths
        self._row = 0
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._set_page(margin)

    def _set_page(self, margin: str) -> None:
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_header(f"&L&9{_printed(margin)}&R&9 &A")
        self._sheet.set_footer("&C&9 &P / &N ページ")

    def line(self, text: str, style: str = "line") -> None:
        """A line of text over the whole width, wrapped where it is longer."""
        points = _TITLE_POINTS if style == "title" else POINTS
        least = 1.5 * points if style in ("title", "section") else points
        height = row_height([(text, sum(self._widths), points)], least)
        self._sheet.set_row(self._row, height)
        # Merged so that it wraps at the paper's edge; a lone column cannot be merged.
        last = len(self._widths) - 1
        if last:
            self._sheet.merge_range(self._row, 0, self._row, last, "", self._styles[style])
        self._sheet.write_string(self._row, 0, text, self._styles[style])
        self._row += 1

    def on_one_page(self) -> None:
        """Shrinks the sheet to one page, unless that made it hard to read."""
        if self._row <= _MOST_ROWS_SHRUNK:
            self._sheet.fit_to_pages(1, 1)

    def gap(self) -> None:
        """An empty row."""
        self._row += 1

    def heading(self, texts: Sequence[str], is_repeated: bool = False) -> None:
        """The headings of a table.

        Args:
            texts: of its columns.
            is_repeated: whether every page begins with all rows down to here.
        """
        self._write(texts, ["heading"] * len(texts))
        if is_repeated:
            self._sheet.repeat_rows(self._row - 1)
            self._sheet.freeze_panes(self._row, 0)

    def band(self, text: str) -> None:
        """A line that begins a group of rows; it stays with the row below where it can."""
        self.line(text, "band")

    def row(self, values: Sequence[Any], strong: int | None = None) -> None:
        """One row of a table; numbers as numbers, None as :data:`BLANK`.

        Args:
            values: of its cells.
            strong: the column in bold.
        """
        styles = [_style(value, column == strong) for column, value in enumerate(values)]
        cells = [BLANK if value is None else value for value in values]
        for part in _parts(cells, self._widths):
            self._write(part, styles)

    def _write(self, values: Sequence[Any], styles: Sequence[str]) -> None:
        texts = [(str(one), self._widths[at], POINTS) for at, one in enumerate(values)]
        self._sheet.set_row(self._row, row_height(texts, POINTS))
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            if isinstance(value, int):
                self._sheet.write_number(self._row, column, value, self._styles[style])
            else:
                self._sheet.write_string(self._row, column, value, self._styles[style])
        self._row += 1


def _style(value: Any, is_strong: bool) -> str:
    if value is None:
        return "blank"
    if isinstance(value, int):
        return "number"
    return "strong" if is_strong else "text"


def _parts(values: Sequence[Any], widths: Sequence[float]) -> list[list[Any]]:
    """The rows that the values of one row need: one, or more where a text is too long for it."""
    split = [
        _chunks(value, widths[at]) if isinstance(value, str) else [value]
        for at, value in enumerate(values)
    ]
    count = max((len(chunks) for chunks in split), default=1)
    return [[chunks[at] if at < len(chunks) else "" for chunks in split] for at in range(count)]


def _chunks(text: str, width: float) -> list[str]:
    """A text in pieces of at most :data:`MOST_LINES` lines; together they are the text."""
    pieces, lines, used, start = [], 0, 0.0, 0
    capacity = max((width - 1.5) / 2 * 11 / POINTS, 1.0)
    for at, character in enumerate(text):
        used += display_width(character)
        if character == "\n" or used > capacity:
            lines, used = lines + 1, display_width(character)
        if lines >= MOST_LINES:
            pieces.append(text[start:at])
            lines, start = 0, at
    return [*pieces, text[start:]]


def _printed(text: str) -> str:
    """A text in a header: & begins a code there, and digits behind a font size would join it."""
    return " " + text[:100].replace("&", "&&")
