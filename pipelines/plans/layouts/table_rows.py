"""Rows of tables with separated cells: which cell belongs to which column, and the item they make.

A cell may hold several lines, set apart by ``CELL_BREAK``; they are read as the lines of a
flattened table are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipelines.plans.characters import plain_text
from pipelines.plans.fields.departments import department_cells, read_departments
from pipelines.plans.fields.titles import continuity_of, split_continuity, split_repost
from pipelines.plans.layouts.item_table import NUMBER_ALONE, NUMBER_AND_TITLE, split_goal
from pipelines.plans.layouts.reading import ItemReading, NodeReading
from pipelines.plans.lines import EMPTY, Line, Passage, passage
from pipelines.plans.vocabulary import same_word, words
from pipelines.sources.documents.kinds import CELL_BREAK

COLUMNS = ("title", "description", "goal", "schedule", "department", "continuity", "number")
# A column without a heading right before the title's: where it holds a number, the item's.
LEADING = "leading"
LEAST_OF_WIDE_TABLE = 3
_ALONE = re.compile(r"^[0-9０-９]{1,3}[.．]?$")
_FRAMED = re.compile(r"[【\[〔＜《]\s*(?P<word>[^】\]〕＞》]{1,10})\s*[】\]〕＞》]")
Parts = dict[str, list[Line]]


def header_of(cells: Sequence[str]) -> list[str | None] | None:
    """The column each cell names; None where it is no header row."""
    names = [
        next((name for name in COLUMNS if same_word(cell, words("columns", name))), None)
        for cell in cells
    ]
    named = [name for name in names if name]
    is_header = len(named) >= 2 and "title" in named and len(set(named)) == len(named)
    return names if is_header else None


def columns_of(cells: Sequence[str]) -> list[str | None] | None:
    """The column of every cell below a header; a heading over several columns names them all."""
    names = header_of(cells)
    if names is None:
        return None
    columns: list[str | None] = []
    for at, (name, cell) in enumerate(zip(names, cells, strict=True)):
        leads = not cell and not columns and names[at + 1 : at + 2] == ["title"]
        spanned = columns[-1] if columns and not cell else None
        columns.append(LEADING if leads else name or spanned)
    return columns


def parts_of(line: Line, cells: Sequence[str], columns: Sequence[str | None]) -> Parts:
    """The lines of each column's cells; empty where the row has not a cell for every column."""
    parts: Parts = {}
    if len(cells) == len(columns) + 1 and _is_number(cells[0]) and columns[:1] == ["title"]:
        columns = ["number", *columns]  # a header that is parted from its rows shows one cell less
    if len(cells) != len(columns):
        return parts
    for at, (name, cell) in enumerate(zip(columns, cells, strict=True)):
        if name in ("title", LEADING) and columns[at + 1 : at + 2] == ["title"]:
            # The item's number has a cell of its own under the title's heading, or under none.
            name = "number" if _is_number(cell) else name
        texts = [text for text in cell.split(CELL_BREAK) if text.strip()]
        if name and texts:
            parts.setdefault(name, []).extend(line.with_text(text) for text in texts)
    return parts


def _is_number(cell: str) -> bool:
    return _ALONE.match("".join(cell.split())) is not None


def is_title_alone(parts: Mapping[str, object], columns: Sequence[str | None]) -> bool:
    """A row of a wide table with nothing but a title: a heading of rows, or an announcement."""
    is_wide = len({name for name in columns if name}) >= LEAST_OF_WIDE_TABLE
    return is_wide and "title" in parts and not parts.keys() - {"title", "number", LEADING}


def with_number(parts: Parts, last: int) -> Parts:
    """The number before a title put into a cell of its own, where it follows or begins anew.

    Args:
        parts: a row.
        last: the number of the row before.
    """
    title = parts.get("title", [])
    if "number" in parts or not title:
        return parts
    if len(title) > 1 and NUMBER_ALONE.match(title[0].plain):
        return {**parts, "number": title[:1], "title": title[1:]}
    match = NUMBER_AND_TITLE.match(title[0].text)
    if match is None or int(match["number"]) not in (1, last + 1):
        return parts
    first = title[0]
    own = [first.with_text(match["title"]), *title[1:]]
    return {**parts, "number": [first.with_text(match["number"])], "title": own}


def number_of(parts: Parts) -> int:
    """A row's number; 0 where it has none, or one of another kind."""
    text = plain_text("".join(one.text for one in parts.get("number", ())))
    return int(text) if text.isascii() and text.isdecimal() else 0


def item_of(parts: Parts, node: NodeReading) -> ItemReading:
    """The item that a row makes."""
    return _item(parts, "".join(one.text.strip() for one in parts.get("number", ())) or None, node)


def _item(parts: Parts, number: str | None, node: NodeReading) -> ItemReading:
    printed = passage(parts["title"])
    title, is_repost, repost_ref = split_repost(printed.text)
    title, continuity = split_continuity(title)
    stated = passage(parts.get("continuity", ())).text
    description, goal = _description_and_goal(parts)
    cells = department_cells(parts.get("department", ()))[0]
    if not cells and "department" in parts:
        cells = [passage(parts["department"])]
        departments = []
    else:
        departments = read_departments(cells)
    return ItemReading(
        node=node,
        title=Passage(title, printed.lines),
        number_label=number,
        continuity=continuity_of(stated) if stated else continuity,
        description=description,
        goal=goal,
        schedule=passage(parts.get("schedule", ())),
        department_cells=cells,
        departments=departments,
        is_repost=is_repost,
        repost_ref=repost_ref,
    )


def _description_and_goal(parts: Parts) -> tuple[Passage, Passage]:
    """A goal has a column of its own, or stands behind its mark in the description's cell."""
    content, goal = parts.get("description", []), passage(parts.get("goal", ()))
    if goal:
        return passage(content), goal
    description, goal = split_goal(content)
    return (description, goal) if goal else _split_at_frame(description)


def _split_at_frame(content: Passage) -> tuple[Passage, Passage]:
    """A framed mark (【目標】) also stands in the middle of a line, or is wrapped itself."""
    for match in _FRAMED.finditer(content.text):
        if same_word(match["word"], words("goal_marks")):
            end = len(content.text)
            return content.cut(0, match.start()), content.cut(match.end(), end)
    return content, EMPTY
