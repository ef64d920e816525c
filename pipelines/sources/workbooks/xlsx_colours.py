"""Colours of an xlsx file, as far as they are certain: whether text has the colour of its ground.

ECMA-376 part 1, 18.8.3 (bgColor and others), 18.8.19 (fgColor), 20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.safe_xml import attribute, child, descendants, parse

WHITE = "FFFFFF"
#: Indexed colours that are black and white; a file may state others in their place.
_INDEXED = {0: "000000", 1: WHITE, 8: "000000", 9: WHITE, 64: "000000", 65: WHITE}
#: Colours of a theme by their number: light and dark change places against the file's order.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
_RGB = re.compile("[0-9A-Fa-f]{6}")


def theme_colours(data: bytes | None) -> dict[int, str]:
    """Colours of the theme by number; those that it does not state as such are missing."""
    found: dict[int, str] = {}
    schemes = descendants(parse(data), "clrScheme") if data is not None else []
    for number, name in enumerate(_THEME_ORDER):
        stated = child(schemes[0], name) if schemes else None
        for one in stated if stated is not None else ():
            colour = attribute(one, "lastClr") or attribute(one, "val") or ""
            if _RGB.fullmatch(colour):
                found[number] = colour.upper()
    return found


def palette_of(styles: Element) -> dict[int, str]:
    """Indexed colours by number, as far as they are known."""
    found = dict(_INDEXED)
    for stated in descendants(styles, "indexedColors"):
        for number, one in enumerate(stated):
            rgb = (attribute(one, "rgb") or "")[-6:]
            found[number] = rgb.upper() if _RGB.fullmatch(rgb) else ""
    return {number: colour for number, colour in found.items() if colour}


def is_text_of_ground(
    font: Element | None, fill: Element | None, themes: dict[int, str], palette: dict[int, str]
) -> bool:
    """Whether a font has the colour of its cell, so that nobody sees the text."""
    colour = _colour(child(font, "color"), themes, palette)
    return colour is not None and colour == _ground(fill, themes, palette)


def _ground(fill: Element | None, themes: dict[int, str], palette: dict[int, str]) -> str | None:
    """White without a fill, the colour of a solid one; None where it is not certain."""
    if fill is None:
        return WHITE
    pattern = child(fill, "patternFill")
    kind = "" if pattern is None else attribute(pattern, "patternType") or "none"
    if kind == "none":
        return WHITE
    if kind != "solid":
        return None
    return _colour(child(pattern, "fgColor"), themes, palette)


def _colour(stated: Element | None, themes: dict[int, str], palette: dict[int, str]) -> str | None:
    if stated is None or float(attribute(stated, "tint") or 0) != 0:
        return None
    rgb = attribute(stated, "rgb") or ""
    if _RGB.fullmatch(rgb[-6:]):
        return rgb[-6:].upper()
    theme, indexed = attribute(stated, "theme"), attribute(stated, "indexed")
    if theme is not None:
        return themes.get(int(theme))
    return palette.get(int(indexed)) if indexed is not None else None
