"""Texts of an ods cell: paragraphs, spaces, spans struck through, notes and shapes set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.ods_styles import OdsStyles
from pipelines.sources.workbooks.safe_xml import attribute, descendants, local_name

_SPACES_AT_MOST = 1000
#: What stands in a cell's text without being part of it: readings, notes, shapes.
_ASIDE = frozenset({"ruby-text", "annotation", "note", "frame", "custom-shape", "rect", "g"})


@dataclass
class CellText:
    """The text of a cell in two parts, and what is attached to it."""

    stands: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


def cell_text(cell: Element, is_struck: bool, styles: OdsStyles) -> CellText:
    """Take the content of a cell apart."""
    found = CellText()
    is_first = True
    for one in cell:
        name = local_name(one.tag)
        if name == "p":
            if not is_first:
                (found.struck if is_struck else found.stands).append("\n")
            is_first = False
            _take(one, is_struck, styles, found)
        elif name == "annotation":
            found.comments.append(paragraphs(one))
        elif name not in {"detective", "forms"}:
            found.boxes.extend(shape_texts(one))
    return found


def paragraphs(element: Element) -> str:
    """All paragraphs below an element, as lines."""
    return "\n".join("".join(_plain(one)) for one in descendants(element, "p"))


def shape_texts(element: Element) -> list[str]:
    """The text of a shape, of each shape of a group, or of the shapes of a sheet."""
    if local_name(element.tag) in {"g", "shapes", "a"}:
        return [text for one in element for text in shape_texts(one)]
    text = paragraphs(element)
    return [text] if text else []


def _plain(paragraph: Element) -> list[str]:
    found = CellText()
    _take(paragraph, False, None, found)
    return found.stands


def _take(element: Element, is_struck: bool, styles: OdsStyles | None, found: CellText) -> None:
    side = found.struck if is_struck else found.stands
    # A line break in the file itself is no line break of the text.
    side.append((element.text or "").replace("\n", " "))
    for one in element:
        name = local_name(one.tag)
        if name == "s":
            side.append(" " * min(int(attribute(one, "c") or 1), _SPACES_AT_MOST))
        elif name in {"line-break", "tab"}:
            side.append("\n" if name == "line-break" else "\t")
        elif name not in _ASIDE:
            _take(one, _span_struck(one, is_struck, styles), styles, found)
        side.append((one.tail or "").replace("\n", " "))


def _span_struck(span: Element, is_struck: bool, styles: OdsStyles | None) -> bool:
    if styles is None or local_name(span.tag) != "span":
        return is_struck
    stated = styles.is_struck("text", attribute(span, "style-name"))
    return is_struck if stated is None else stated
