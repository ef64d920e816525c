"""What an xlsx file says of the looks of a cell: its number format and whether it is struck out."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.built_in_formats import BUILT_IN_FORMATS
from pipelines.sources.workbooks.safe_xml import attribute, child, children, is_on, parse


@dataclass(frozen=True, slots=True)
class Style:
    """Looks of a cell.

    Attributes:
        code: its number format.
        is_struck: whether its font is struck through.
    """

    code: str = "General"
    is_struck: bool = False


def read_styles(data: bytes | None) -> list[Style]:
    """Cell styles by their number; at least one."""
    if data is None:
        return [Style()]
    root = parse(data)
    codes = {**BUILT_IN_FORMATS, **_own_formats(root)}
    struck = [is_on(child(font, "strike")) for font in children(child(root, "fonts"), "font")]
    styles = []
    for form in children(child(root, "cellXfs"), "xf"):
        font = _number(form, "fontId")
        is_struck = struck[font] if font < len(struck) else False
        styles.append(Style(codes.get(_number(form, "numFmtId"), "General"), is_struck))
    return styles or [Style()]


def _own_formats(root: Element) -> dict[int, str]:
    formats = children(child(root, "numFmts"), "numFmt")
    return {_number(one, "numFmtId"): attribute(one, "formatCode") or "General" for one in formats}


def _number(element: Element, name: str) -> int:
    value = attribute(element, name) or "0"
    return int(value) if value.isascii() and value.isdigit() else 0
