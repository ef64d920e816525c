"""What an ods file says of the looks of texts, cells and sheets (OpenDocument 1.2, 16)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.safe_xml import attribute, child, local_name, parse

#: How deep styles may stand on each other; a loop of parents ends there.
_MOST_PARENTS = 20
_FULL = frozenset({"year", "month", "day"})


@dataclass(frozen=True, slots=True)
class _Style:
    """One named style: what it stands on, and what it says itself (None: nothing)."""

    parent: str | None
    data_style: str | None
    is_struck: bool | None
    is_shown: bool | None


@dataclass
class OdsStyles:
    """The named styles of a file, by family and name.

    Attributes:
        dates: names of date styles -> which of year, month, day they show.
    """

    dates: dict[str, frozenset[str]] = field(default_factory=dict)
    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)

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


def _style(element: Element) -> _Style:
    texts, table = child(element, "text-properties"), child(element, "table-properties")
    line = None
    if texts is not None:
        stated = [attribute(texts, f"text-line-through-{one}") for one in ("style", "type")]
        known = [one for one in stated if one is not None]
        line = any(one != "none" for one in known[:1]) if known else None
    display = None if table is None else attribute(table, "display")
    return _Style(
        attribute(element, "parent-style-name"),
        attribute(element, "data-style-name"),
        line,
        None if display is None else display == "true",
    )
