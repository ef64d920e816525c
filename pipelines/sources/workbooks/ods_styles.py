"""What an ods file says of the looks of texts, cells and sheets (OpenDocument 1.2, 16)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.safe_xml import attribute, child, local_name, parse

#: How deep styles may stand on each other; a loop of parents ends there.
_MOST_PARENTS = 20
_FULL = frozenset({"year", "month", "day"})
_WHITE, _NO_FILL = "#ffffff", "transparent"
#: A colour that is stated and not known: it is no other's.
_UNCERTAIN = "automatic"


@dataclass(frozen=True, slots=True)
class _Style:
    """One named style: what it stands on, and what it says itself (None: nothing)."""

    parent: str | None
    data_style: str | None
    is_struck: bool | None
    is_shown: bool | None
    colour: str | None
    ground: str | None


@dataclass
class OdsStyles:
    """The named styles of a file, by family and name.

    Attributes:
        dates: names of date styles -> which of year, month, day they show.
        coloured: names of data styles that state colours of their own ([RED]).
    """

    dates: dict[str, frozenset[str]] = field(default_factory=dict)
    coloured: set[str] = field(default_factory=set)
    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _unseen: dict[str | None, bool] = field(default_factory=dict)

    def add(self, data: bytes | None) -> None:
        """Take in the styles of ``styles.xml`` or ``content.xml``."""
        if data is None:
            return
        root = parse(data)
        for part in root:
            if local_name(part.tag) in {"styles", "automatic-styles"}:
                self._add_all(part)

    def add_from(self, part: Element) -> None:
        """Take in the styles of one element that holds them."""
        self._add_all(part)

    def is_struck(self, family: str, name: str | None) -> bool | None:
        """Whether a style strikes text through; None where it says nothing."""
        for style in self._chain(family, name):
            if style.is_struck is not None:
                return style.is_struck
        return None

    def colour(self, family: str, name: str | None) -> str | None:
        """The colour of texts, as ``#rrggbb``; None where a style says nothing certain."""
        stated = (style.colour for style in self._chain(family, name))
        return next((one for one in stated if one is not None), None)

    def is_unseen(self, name: str | None) -> bool:
        """Whether texts of a cell style have the colour of the cell, so that nobody sees them."""
        if name not in self._unseen:
            self._unseen[name] = self._has_colour_of_ground(name)
        return self._unseen[name]

    def _has_colour_of_ground(self, name: str | None) -> bool:
        chain = self._chain("table-cell", name)
        if any(style.data_style in self.coloured for style in chain):
            return False
        grounds = (style.ground for style in chain if style.ground is not None)
        ground = next(grounds, _NO_FILL)
        colour = self.colour("table-cell", name)
        return colour is not None and colour == (_WHITE if ground == _NO_FILL else ground)

    def is_shown(self, name: str | None) -> bool:
        """Whether a sheet of this style is shown."""
        stated = (style.is_shown for style in self._chain("table", name))
        return next((one for one in stated if one is not None), True)

    def date_fields(self, name: str | None) -> frozenset[str]:
        """Which of year, month, day a cell style shows; all of them where it does not say."""
        stated = (style.data_style for style in self._chain("table-cell", name))
        return self.dates.get(next((one for one in stated if one is not None), ""), _FULL)

    def _chain(self, family: str, name: str | None) -> list[_Style]:
        chain: list[_Style] = []
        style = self._styles.get((family, name or "Default"))
        while style is not None and len(chain) < _MOST_PARENTS:
            chain.append(style)
            style = self._styles.get((family, style.parent)) if style.parent else None
        return chain

    def _add_all(self, part: Element) -> None:
        for one in part:
            name = attribute(one, "name") or ""
            kind = local_name(one.tag)
            if kind == "style":
                self._styles[attribute(one, "family") or "", name] = _style(one)
            elif kind == "date-style":
                self.dates[name] = frozenset(local_name(part.tag) for part in one) & _FULL
            if kind != "style" and (child(one, "text-properties") is not None or _has_map(one)):
                self.coloured.add(name)


def _has_map(element: Element) -> bool:
    """Whether other styles hold under conditions."""
    return child(element, "map") is not None


def _style(element: Element) -> _Style:
    texts, table = child(element, "text-properties"), child(element, "table-properties")
    line = None
    if texts is not None:
        stated = [attribute(texts, f"text-line-through-{one}") for one in ("style", "type")]
        known = [one for one in stated if one is not None]
        line = any(one != "none" for one in known[:1]) if known else None
    display = None if table is None else attribute(table, "display")
    cell = child(element, "table-cell-properties")
    return _Style(
        attribute(element, "parent-style-name"),
        attribute(element, "data-style-name"),
        line,
        None if display is None else display == "true",
        _UNCERTAIN if _has_map(element) else _colour(texts),
        None if cell is None else (attribute(cell, "background-color") or "").lower() or None,
    )


def _colour(texts: Element | None) -> str | None:
    """The stated colour; the one of the system's windows is always seen."""
    if texts is None:
        return None
    if attribute(texts, "use-window-font-color") == "true":
        return _UNCERTAIN
    return (attribute(texts, "color") or "").lower() or None
