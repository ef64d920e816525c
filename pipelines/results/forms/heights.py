"""Row heights: high enough for what is pre-filled, and still growing with what is typed.

A row whose height is set no longer grows; one without a height is shown at the standard height by
programs that trust the file. So rows bear an estimated height that is not marked as set by hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipelines.plans.characters import display_width

#: Points between the lines of a text of 10.5 points, and of other sizes in proportion.
LINE_POINTS = 14.5
FONT_POINTS = 10.5
_PADDING_POINTS = 4
# A spreadsheet's rows are at most 409 points high.
_HIGHEST = 400.0


def text_height(text: str, width: float, font_points: float = FONT_POINTS) -> float:
    """Points that a wrapped text needs in a column of so many characters.

    Args:
        text: the text; its line breaks count.
        width: of the column, in characters of the standard font (11 points).
        font_points: size of the text.
    """
    per_line = max((width - 1.5) / 2 * 11 / font_points, 1.0)
    lines = sum(max(1, math.ceil(display_width(line) / per_line)) for line in text.split("\n"))
    return lines * LINE_POINTS * font_points / FONT_POINTS


def row_height(texts: Iterable[tuple[str, float, float]], least: float) -> float:
    """Points for a row of (text, width, font size), within what a spreadsheet can show."""
    highest = max((text_height(*one) for one in texts), default=0.0)
    return min(max(highest, least) + _PADDING_POINTS, _HIGHEST)


class GrowingRows(Worksheet):  # type: ignore[misc]
    """A sheet whose rows bear a height and still grow when more is typed into them."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        kept = [one for one in attributes if tag != "row" or one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)
