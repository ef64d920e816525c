"""Layout ``tab_table``: text with tables whose cells are set apart by TAB or ``|``.

A header row names the columns (事業名 TAB 事業内容); rows follow until a line without a separator.
The header comes again after a page break. Headings name their kind: 方策の柱, 方策 1, 手法 1-1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from pipelines.plans.layouts.gaps import read_gap
from pipelines.plans.layouts.headings import KindHeading, kind_heading
from pipelines.plans.layouts.outline import Outline
from pipelines.plans.layouts.reading import Finding, ItemReading, LayoutReading, NodeReading
from pipelines.plans.layouts.table_rows import (
    Parts,
    columns_of,
    header_of,
    is_title_alone,
    item_of,
    number_of,
    parts_of,
    with_number,
)
from pipelines.plans.lines import Line, Passage
from pipelines.sources.documents.kinds import CELL_BREAK

_BREAK = re.compile(r"<br\s*/?>", re.I)
_TAG = re.compile(r"</?(?:p|td|th|tr|b|strong|span)\s*/?>", re.I)
_RULE = re.compile(r"^[\s|:\-]+$")


def read_tab_table(lines: Sequence[Line]) -> LayoutReading:
    """Read every table with separated cells, under the headings between them.

    Headings that name their kind and number make the outline; where there are none, the headings
    right above the tables, as in a flattened table (``gaps.read_gap``).

    Returns:
        No items where no header row names a title column and another one.
    """
    filled = [line for line in lines if not line.is_blank]
    rows = {at: cells for at, line in enumerate(filled) if (cells := split_cells(line))}
    if not any(map(header_of, rows.values())):
        return LayoutReading()
    kinds = _headings(filled)
    outline, reading = Outline(), LayoutReading(headers=set())
    is_numbered = any(one.number is not None for one in kinds.values())
    headings = _KindHeadings(kinds, outline) if is_numbered else _GapHeadings(outline, reading)
    table = _Table(reading, headings)
    for at, line in enumerate(filled):
        table.read(at, line, rows.get(at))
    table.close()
    headings.close()
    reading.items = [item_of(*row) for row in table.rows]
    reading.nodes = _with_items_or_children(outline.nodes, reading.items)
    return reading


class _Headings(Protocol):
    """Where the rows stand in the plan's outline."""

    def text(self, at: int, line: Line) -> bool:
        """Takes a line between tables; says whether it is a heading, which ends a table."""

    def header(self, line: Line) -> None:
        """Takes the header of a table."""

    def node(self) -> NodeReading | None:
        """The heading of a row that is read now."""

    def close(self) -> None:
        """The document has ended."""


class _KindHeadings:
    """Headings with kind and number, wherever they stand."""

    def __init__(self, headings: dict[int, KindHeading], outline: Outline) -> None:
        self.headings, self.outline = headings, outline
        self.current = _root(headings, outline)
        self.parents = {} if self.current is None else {0: self.current}

    def text(self, at: int, line: Line) -> bool:
        if at in self.headings:
            self.current = _enter(self.headings[at], self.parents, self.outline)
        return at in self.headings

    def header(self, line: Line) -> None:
        pass

    def node(self) -> NodeReading | None:
        return self.current

    def close(self) -> None:
        pass


class _GapHeadings:
    """Headings in the text between tables."""

    def __init__(self, outline: Outline, reading: LayoutReading) -> None:
        self.outline, self.reading = outline, reading
        self.current: NodeReading | None = None
        self.gap: list[tuple[Line, bool]] = []
        self.is_first = True

    def text(self, at: int, line: Line) -> bool:
        self.gap.append((line, False))
        return False

    def header(self, line: Line) -> None:
        self.gap.append((line, True))

    def node(self) -> NodeReading | None:
        if self.gap:
            findings = self.reading.findings
            self.current = read_gap(self.gap, self.outline, self.current, findings, self.is_first)
        self.gap, self.is_first = [], False
        self.current = self.current or self.outline.add(Passage("（見出しなし）", ()))
        return self.current

    def close(self) -> None:
        if not self.is_first:
            findings = self.reading.findings
            read_gap(self.gap, self.outline, self.current, findings, False, is_last=True)


class _Table:
    """The rows of all tables, one after the other; ``columns`` are those of the open table."""

    def __init__(self, reading: LayoutReading, headings: _Headings) -> None:
        self.reading, self.headings = reading, headings
        self.rows: list[tuple[Parts, NodeReading]] = []
        self.columns: list[str | None] = []
        self.is_open = self.follows = False
        self.page: int | None = None
        self.row_page: int | None = None
        self.rests: set[str] = set()

    def read(self, at: int, line: Line, cells: list[str] | None) -> None:
        """Take the next line of the document."""
        columns = columns_of(cells) if cells else None
        if not cells:
            if self.headings.text(at, line):
                self.columns = []
            self.is_open = self.follows = False
        elif columns:
            self.headings.header(line)
            self.columns, self.is_open = columns, True
            self.follows = self.follows and self.row_page != line.page
            self.page = line.page
            (self.reading.headers or set()).add(line.number)
        elif not _RULE.match(line.text):
            self._row(line, cells)

    def _row(self, line: Line, cells: list[str]) -> None:
        # A table at a page's top goes on from the page before, whatever stands at the pages' edges.
        goes_on = self.is_open or (self.page is not None and self.page != line.page)
        parts = parts_of(line, cells, self.columns if goes_on else [])
        parts = with_number(parts, number_of(self.rows[-1][0]) if self.rows else 0)
        if parts and self._joined(line, parts):
            return
        node = self.headings.node() if _opens_item(parts, self.columns) else None
        if node is None:
            self._unread(line)
            return
        self.rows.append((parts, node))
        self.is_open = self.follows = True
        self.page = self.row_page = line.page

    def _joined(self, line: Line, parts: Parts) -> bool:
        """The rest of a row that the page's end cut: no title, or no number where rows have one.

        A second row of headings also has no title, but comes again under every header.
        """
        if not self.follows:
            return False
        last = self.rows[-1][0]
        is_whole = "schedule" in last and "schedule" in parts
        is_cut = self.row_page != line.page and "number" in last and "number" not in parts
        is_rest = is_cut or ("title" not in parts and "number" not in parts)
        if not is_rest or is_whole or line.plain in self.rests:
            return False
        for name, rest in parts.items():
            last.setdefault(name, []).extend(rest)
        self.page = self.row_page = line.page
        return True

    def close(self) -> None:
        """The document has ended: rows whose title never came are no items."""
        for parts in [parts for parts, _ in self.rows if "title" not in parts]:
            self._unread(next(line for lines in parts.values() for line in lines))
        self.rows = [row for row in self.rows if "title" in row[0]]

    def _unread(self, line: Line) -> None:
        self.rests.add(line.plain)
        message = (
            "表の行を項目として読めません（見出し行と列の数が違う、名前の列が空、ほかの列が全部空、"
            "または上に見出しがない）。原文のこの行を確かめてください。"
        )
        finding = Finding("warning", "table_row_unread", (line.number,), message)
        self.reading.findings.append(finding)
        self.reading.doubts += 1


def _opens_item(parts: Parts, columns: Sequence[str | None]) -> bool:
    """A title that is not alone; or a number, whose title may stand on the next page."""
    return ("title" in parts or "number" in parts) and not is_title_alone(parts, columns)


def split_cells(line: Line) -> list[str] | None:
    """The cells of a row, tags removed; None where the line has no separator."""
    text = line.text
    if "\t" in text:
        cells = text.split("\t")
    elif "|" not in text:
        return None
    elif text.strip().startswith("|") or text.count("|") >= 2:
        cells = text.strip().strip("|").split("|")
    else:
        return None
    if "<" not in text:
        return [cell.strip() for cell in cells]
    return [_TAG.sub("", _BREAK.sub(CELL_BREAK, cell)).strip() for cell in cells]


def _headings(filled: Sequence[Line]) -> dict[int, KindHeading]:
    """Headings by index: numbered ones, and one without a number only before all others.

    Further down a kind alone on its line (基本方針) heads a paragraph, not a part of the outline.
    """
    found: dict[int, KindHeading] = {}
    skip_until = 0
    for at in range(len(filled)):
        heading = kind_heading(filled[at : at + 3]) if at >= skip_until else None
        is_late = heading is not None and heading.number is None and bool(found)
        if heading and heading.title and not is_late:
            found[at] = heading
            skip_until = at + heading.taken
    return found


def _root(headings: dict[int, KindHeading], outline: Outline) -> NodeReading | None:
    """An unnumbered heading before all numbered ones stands above the whole outline."""
    first = next(iter(headings.values()), None)
    if first is None or first.number is not None:
        return None
    return outline.add(first.title, None, None, first.kind, first.label_lines)


def _enter(heading: KindHeading, parents: dict[int, NodeReading], outline: Outline) -> NodeReading:
    """Put a heading under the one it belongs to: 1-2 under 1, 1 under the root."""
    level = 0 if heading.number is None else 1 + len(re.findall(r"[-－‐.．]", heading.number))
    above = [parents[one] for one in sorted(parents) if one < level]
    node = outline.add(
        heading.title,
        above[-1] if above else None,
        heading.number,
        heading.kind,
        heading.label_lines,
    )
    for deeper in [one for one in parents if one > level]:
        del parents[deeper]
    parents[level] = node
    return node


def _with_items_or_children(
    nodes: list[NodeReading], items: list[ItemReading]
) -> list[NodeReading]:
    """Headings of the part that holds tables; a table of contents repeats titles without any."""
    used: set[int] = set()
    for item in items:
        node: NodeReading | None = item.node
        while node is not None:
            used.add(id(node))
            node = node.parent
    return [node for node in nodes if id(node) in used]
