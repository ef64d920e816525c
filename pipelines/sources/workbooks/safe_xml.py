"""XML of untrusted files: no document types, hence no entities; large parts in one pass.

``defusedxml`` gives the same guard, but on the slow parser in Python, and a sheet has up to a
million elements. Here the fast parser of the standard library tells a tree builder of every
document type, and that one refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from pipelines.sources.workbooks.messages import refusal


class _NoDocumentType(TreeBuilder):
    """Builds trees of documents that declare nothing."""

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """Called by the parser for ``<!DOCTYPE``."""
        raise refusal("unsafe_xml")


class _Streamed(_NoDocumentType):
    """Hands every finished element of some names over, and empties it."""

    def __init__(self, handlers: dict[str, Callable[[Element], None]]) -> None:
        super().__init__()
        self._handlers = handlers
        self._by_tag: dict[str, Callable[[Element], None] | None] = {}

    def end(self, tag: str, /) -> Element:
        """Called by the parser for every closed element."""
        element = super().end(tag)
        try:
            handler = self._by_tag[tag]
        except KeyError:
            handler = self._by_tag[tag] = self._handlers.get(local_name(tag))
        if handler is not None:
            handler(element)
            element.clear()
        return element


def parse(data: bytes) -> Element:
    """The root of an XML part.

    Raises:
        WorkbookError: not well-formed, or with a document type.
    """
    return _fed(data, _NoDocumentType())


def stream(data: bytes, handlers: dict[str, Callable[[Element], None]]) -> None:
    """Call a handler for every element with one of these local names, as it ends.

    Raises:
        WorkbookError: not well-formed, or with a document type.
    """
    _fed(data, _Streamed(handlers))


def _fed(data: bytes, builder: TreeBuilder) -> Element:
    parser = XMLParser(target=builder)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        if type(error).__name__ == "WorkbookError":
            raise
        raise refusal("workbook_damaged") from error
    return root


def local_name(tag: str) -> str:
    """A tag or attribute without its namespace: strict and transitional files differ in them."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name."""
    value = element.get(name)
    if value is not None:
        return value
    return next((value for key, value in element.items() if local_name(key) == name), None)


def children(element: Element | None, name: str) -> list[Element]:
    """Child elements of a local name."""
    return [] if element is None else [one for one in element if local_name(one.tag) == name]


def child(element: Element | None, name: str) -> Element | None:
    """The first child element of a local name."""
    return next(iter(children(element, name)), None)


def descendants(element: Element, name: str) -> list[Element]:
    """All elements of a local name below, in order."""
    return [one for one in element.iter() if local_name(one.tag) == name]


def is_on(element: Element | None) -> bool:
    """Whether a switch such as ``<strike/>`` or ``<strike val="0"/>`` is on."""
    if element is None:
        return False
    value = attribute(element, "val")
    return value is None or value.lower() not in {"0", "false", "off", "none", "nostrike"}


def is_true(value: str | None) -> bool:
    """Whether an attribute such as ``hidden="1"`` says yes."""
    return value is not None and value.strip().lower() in {"1", "true", "on"}
