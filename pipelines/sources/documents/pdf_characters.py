"""The printed characters of a page, turned so that its main text runs from left to right."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

# A glyph whose character the font does not tell stands in the text as this.
LOST = "\ufffd"
_MEANINGLESS = (0, 0xFFFD, 0xFFFE, 0xFFFF)
# In sizes of a character: how far apart the characters of vertical writing stand, how far from
# their column's middle, and how much white is beside them. Lines of prose are set wider than this.
VERTICAL_PITCH, VERTICAL_SWAY, VERTICAL_MARGIN, LEAST_VERTICAL = (0.85, 1.28), 0.25, 1.2, 3


@dataclass(frozen=True)
class Character:
    """A printed character: its edges, base line and size in points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_turned: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """A point inside the glyph."""
        return (self.left + self.right) / 2, self.baseline + self.size * 0.35


@dataclass(frozen=True)
class _Glyph:
    """A character as pdfium tells it, on the page as it was written; ``quarter`` turns."""

    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    quarter: int
    is_slanted: bool


def turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """A point of a page after turning it clockwise by so many quarters."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def page_characters(page: Any) -> tuple[list[Character], int]:
    """The characters of a page, and by how many quarters it was turned to read them.

    What pdfium makes up between characters is left out. Text that runs in another direction than
    most of the page, or from top to bottom, is marked as turned.
    """
    textpage = page.get_textpage()
    try:
        found = (_glyph(textpage.raw, index) for index in range(textpage.count_chars()))
        glyphs = [one for one in found if one is not None]
    finally:
        textpage.close()
    counts = Counter(one.quarter for one in glyphs if not one.text.isspace())
    quarter = counts.most_common(1)[0][0] if counts else 0
    return with_vertical_writing([_character(one, quarter) for one in glyphs]), quarter


def _glyph(textpage: Any, index: int) -> _Glyph | None:
    code = pdfium_c.FPDFText_GetUnicode(textpage, index)
    if pdfium_c.FPDFText_IsGenerated(textpage, index) == 1 or chr(code) in "\r\n\t\f\v":
        return None
    box, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    known = pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box)
    known = known and pdfium_c.FPDFText_GetMatrix(textpage, index, matrix)
    if not known or not pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y):
        return None
    text = LOST if code in _MEANINGLESS else chr(code)
    # The size in the page's own measure: producers scale text by its matrix, or by the page's.
    size = pdfium_c.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    return _Glyph(
        text,
        (box.left, box.bottom, box.right, box.top),
        (x.value, y.value),
        size or abs(box.top - box.bottom) or 1.0,
        round(turns) % 4,
        abs(turns - round(turns)) > 0.1,
    )


def _character(glyph: _Glyph, quarter: int) -> Character:
    left, bottom, right, top = glyph.box
    x, y = turned(*glyph.origin, quarter)
    xs = [turned(*corner, quarter)[0] for corner in ((left, bottom), (right, top))]
    is_turned = glyph.is_slanted or glyph.quarter != quarter
    start, end = min(xs), max(xs)
    if not is_turned and _is_wide(glyph.text):
        # A font that does not tell a glyph's width leaves only the ink of it: ～ and ― are small.
        start, end = min(start, x), max(end, x + 0.95 * glyph.size)
    return Character(glyph.text, start, end, y, glyph.size, is_turned)


def _is_wide(text: str) -> bool:
    return text != LOST and unicodedata.east_asian_width(text) in ("W", "F")


def with_vertical_writing(characters: Sequence[Character]) -> list[Character]:
    """Marks letters that stand below one another, alone on their height: a margin's index tab."""
    upright = [one for one in characters if not one.is_turned and one.text.strip()]
    down = {id(one) for run in _columns(_alone(upright)) for one in run}
    return [replace(one, is_turned=True) if id(one) in down else one for one in characters]


def _alone(characters: Sequence[Character]) -> list[Character]:
    """Japanese letters with nothing beside them on their height."""
    ordered = sorted(characters, key=lambda one: (round(one.baseline, 1), one.left))
    found: list[Character] = []
    for before, one, after in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
        if _is_wide(one.text) and one.text.isalpha() and not any(
            other and _is_beside(one, other) for other in (before, after)
        ):  # fmt: skip
            found.append(one)
    return found


def _is_beside(one: Character, other: Character) -> bool:
    gap = max(one.left, other.left) - min(one.right, other.right)
    return abs(one.baseline - other.baseline) < one.size / 2 and gap < VERTICAL_MARGIN * one.size


def _columns(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Runs of characters that stand below one another at the pitch of vertical writing."""
    ordered = sorted(characters, key=lambda one: (round(one.middle[0], 0), -one.baseline))
    run = ordered[:1]
    for before, one in pairwise(ordered):
        if _is_below(before, one):
            run.append(one)
            continue
        if len(run) >= LEAST_VERTICAL:
            yield run
        run = [one]
    if len(run) >= LEAST_VERTICAL:
        yield run


def _is_below(before: Character, one: Character) -> bool:
    closest, widest = VERTICAL_PITCH
    aside = abs(before.middle[0] - one.middle[0]) <= VERTICAL_SWAY * one.size
    return aside and closest <= (before.baseline - one.baseline) / one.size <= widest
