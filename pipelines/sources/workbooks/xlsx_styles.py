"""What an xlsx file says of the looks of a cell: number format, struck out, seen at all."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.built_in_formats import BUILT_IN_FORMATS
from pipelines.sources.workbooks.safe_xml import (
    attribute,
    child,
    children,
    is_on,
    parse,
)
from pipelines.sources.workbooks.xlsx_colours import is_text_of_ground, palette_of, theme_colours


@dataclass(frozen=True, slots=True)
class Style:
    """Looks of a cell.

    Attributes:
        code: its number format.
        is_struck: whether its font is struck through.
        is_unseen: whether its font has the colour of the cell, so that no text is seen.
    """

    code: str = "General"
    is_struck: bool = False
    is_unseen: bool = False


def read_styles(data: bytes | None, theme: bytes | None = None) -> list[Style]:
    """Cell styles by their number; at least one. ``theme`` is the part that holds its colours."""
    if data is None:
        return [Style()]
    root = parse(data)
    codes = {**BUILT_IN_FORMATS, **_own_formats(root)}
    fonts = children(child(root, "fonts"), "font")
    fills = children(child(root, "fills"), "fill")
    themes = theme_colours(theme)
    palette = palette_of(root)
    styles = []
    for form in children(child(root, "cellXfs"), "xf"):
        font, fill = _at(fonts, form, "fontId"), _at(fills, form, "fillId")
        code = codes.get(_number(form, "numFmtId"), "General")
        is_struck = font is not None and is_on(child(font, "strike"))
        # A format may state a colour of its own: [Red].
        is_unseen = "[" not in code and is_text_of_ground(font, fill, themes, palette)
        styles.append(Style(code, is_struck, is_unseen))
    return styles or [Style()]


def _at(elements: list[Element], form: Element, name: str) -> Element | None:
    number = _number(form, name)
    return elements[number] if number < len(elements) else None


def _own_formats(root: Element) -> dict[int, str]:
    formats = children(child(root, "numFmts"), "numFmt")
    return {_number(one, "numFmtId"): attribute(one, "formatCode") or "General" for one in formats}


def _number(element: Element, name: str) -> int:
    value = attribute(element, name) or "0"
    return int(value) if value.isascii() and value.isdigit() else 0
