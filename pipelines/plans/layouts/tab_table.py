"""Layout ``tab_table``: text with tables whose cells are set apart by TAB or ``|``.

A header row names the columns (事業名 TAB 事業内容); rows follow until a line without a separator.
The header comes again after a page break. Headings name their kind: 方策の柱, 方策 1, 手法 1-1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.plans.fields.departments import department_cells, read_departments
from pipelines.plans.fields.titles import continuity_of, split_continuity, split_repost
from pipelines.plans.layouts.headings import KindHeading, kind_heading
from pipelines.plans.layouts.outline import Outline
from pipelines.plans.layouts.reading import Finding, ItemReading, LayoutReading, NodeReading
from pipelines.plans.lines import EMPTY, Line, Passage, passage
from pipelines.plans.vocabulary import same_word, words

_TAG = re.compile(r"</?(?:p|br|td|th|tr|b|strong|span)\s*/?>", re.I)
_RULE = re.compile(r"^[\s|:\-]+$")
COLUMNS = ("title", "description", "goal", "schedule", "department", "continuity", "number")


def read_tab_table(lines: Sequence[Line]) -> LayoutReading:
    """Read every table with separated cells, under the headings between them.

    Returns:
        No items where no header row names a title column and another one.
    """
    filled = [line for line in lines if not line.is_blank]
    if not any((cells := split_cells(line)) and header_of(cells) for line in filled):
        return LayoutReading()
    headings = _headings(filled)
    outline, reading = Outline(), LayoutReading()
    root = _root(headings, outline)
    node, parents, columns = root, {} if root is None else {0: root}, None
    for at, line in enumerate(filled):
        cells = split_cells(line)
        if at in headings and not cells:
            node = _enter(headings[at], parents, outline)
            columns = None
        elif cells and header_of(cells):
            columns = header_of(cells)
        elif cells and not _RULE.match(line.text):
            _add_row(line, cells, columns or [], node, reading)
        elif not cells:
            columns = None
    reading.nodes = _with_items_or_children(outline.nodes, reading.items)
    return reading


def split_cells(line: Line) -> list[str] | None:
    """The cells of a row, tags removed; None where the line has no separator."""
    text = line.text
    if "\t" in text:
        cells = text.split("\t")
    elif text.strip().startswith("|") or text.count("|") >= 2:
        cells = text.strip().strip("|").split("|")
    else:
        return None
    return [_TAG.sub("", cell).strip() for cell in cells]


def header_of(cells: Sequence[str]) -> list[str | None] | None:
    """The column each cell names; None where it is no header row."""
    names = [
        next((name for name in COLUMNS if same_word(cell, words("columns", name))), None)
        for cell in cells
    ]
    named = [name for name in names if name]
    is_header = len(named) >= 2 and "title" in named and len(set(named)) == len(named)
    return names if is_header else None


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


def _add_row(
    line: Line,
    cells: Sequence[str],
    columns: Sequence[str | None],
    node: NodeReading | None,
    reading: LayoutReading,
) -> None:
    by_column = {
        name: passage([line.with_text(cell)])
        for name, cell in zip(columns, cells, strict=False)
        if name and cell
    }
    if len(cells) != len(columns) or not by_column.get("title") or node is None:
        message = (
            "表の行を項目として読めません（見出し行と列の数が違う、名前の列が空、"
            "または上に見出しがない）。原文のこの行を確かめてください。"
        )
        reading.findings.append(Finding("warning", "table_row_unread", (line.number,), message))
        reading.doubts += 1
        return
    reading.items.append(_item(line, by_column, node))


def _item(line: Line, cells: dict[str, Passage], node: NodeReading) -> ItemReading:
    title, is_repost, repost_ref = split_repost(cells["title"].text)
    title, continuity = split_continuity(title)
    stated = cells.get("continuity")
    names = (
        department_cells([line.with_text(cells["department"].text)])[0]
        if "department" in cells
        else []
    )
    return ItemReading(
        node=node,
        title=Passage(title, (line.number,)),
        number_label=cells["number"].text if "number" in cells else None,
        continuity=continuity_of(stated.text) if stated else continuity,
        description=cells.get("description", EMPTY),
        goal=cells.get("goal", EMPTY),
        schedule=cells.get("schedule", EMPTY),
        department_cells=names or ([cells["department"]] if "department" in cells else []),
        departments=read_departments(names),
        is_repost=is_repost,
        repost_ref=repost_ref,
    )


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
