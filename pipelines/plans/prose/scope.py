"""Which lines of a document are prose: what items, tables and other readers took is left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipelines.plans.characters import normalised_title
from pipelines.plans.labels import label_of
from pipelines.plans.layouts.item_table import goal_mark, header_places
from pipelines.plans.layouts.reading import LayoutReading, NodeReading
from pipelines.plans.layouts.tab_table import split_cells
from pipelines.plans.lines import Line
from pipelines.plans.vocabulary import same_word, word_of_line, words

# Why a line that was understood gives no row.
CONTENTS = "contents"
TABLE_HEADER = "table_header"
CELL_LABEL = "cell_label"
COVER = "cover"
REPEATED_TITLE = "repeated_title"
DRAWING = "drawing"
POINTER = "pointer"
CLOSING_WORD = "closing_word"
EMPTY_HEADING = "heading_without_text"
TOLD_AS_ISSUE = "told_as_issue"
_LEADERS = re.compile(r"(?:[―─—…‥]|・|\.|．){3,}\s*(?:P|p|Ｐ)?\.?\s*[0-9０-９]{1,4}\s*$")
LEAST_CONTENTS = 3
# The text of a printed page is at least this wide, and no wider, in full-width characters.
SHORTEST_LINE, LONGEST_LINE = 24, 90


class Scope:
    """The filled lines of a document with what the layout read of each.

    Attributes:
        filled: the lines with text, in order.
        claimed: lines whose text stands in an item, a viewpoint or a statement already.
        node_at: the heading of the plan's outline that begins at a line.
        gap: how far the numbers of neighbouring filled lines mostly lie apart.
        width: how wide a line is that was broken because it was full; None where lines are not.
    """

    def __init__(self, lines: Sequence[Line], reading: LayoutReading) -> None:
        self.filled = [line for line in lines if not line.is_blank]
        self.reading = reading
        self.claimed = _claimed(reading)
        self.node_at = {node.lines[0]: node for node in reading.nodes if node.lines}
        self.node_lines = {number for node in reading.nodes for number in node.lines}
        self.gap = _usual_gap(self.filled)
        self.width = _full_width(self.filled, self.claimed)
        self._titles = _titles(reading.nodes)

    def node_of_title(self, text: str) -> NodeReading | None:
        """The heading of this title; of several the one nearest to the top, the first of those."""
        return self._titles.get(normalised_title(text))

    def is_full(self, line: Line) -> bool:
        """Whether a line was broken because it reached the margin."""
        return self.width is not None and line.width >= 0.8 * self.width

    def is_wide_gap(self, before: Line, line: Line) -> bool:
        """More blank lines than usual, or the top of a page that the export marks by a space."""
        distance = line.number - before.number
        return distance >= self.gap + 2 or self.is_page_top(before, line)

    def is_page_top(self, before: Line, line: Line) -> bool:
        """A page's top: white space opens the line, and fewer blank lines than usual precede it."""
        return line.number - before.number < self.gap and line.text[:1].isspace()

    def repeats_title(self, line: Line) -> bool:
        """Whether a line only says a heading of the plan's outline again, whatever its label."""
        text = line
        for _ in range(3):
            if self.node_of_title(text.text) or word_of_line(text, words("heading_kinds")):
                return True
            label = label_of(text)
            if label is None:
                return False
            text = label.rest
        return False


def _claimed(reading: LayoutReading) -> set[int]:
    numbers = {number for item in reading.items for number in item.lines}
    for item in reading.items:
        numbers |= {number for one in item.viewpoints for number in one.lines}
    for statement in reading.statements:
        numbers |= {*statement.text.lines, *statement.heading.lines}
    return numbers | {number for term in reading.terms for number in term.lines}


def _titles(nodes: Sequence[NodeReading]) -> dict[str, NodeReading]:
    found: dict[str, NodeReading] = {}
    for node in sorted(nodes, key=lambda one: -one.depth):
        for text in (node.title.text, *_kind_titles(node)):
            found[normalised_title(text)] = node
    return found


def _kind_titles(node: NodeReading) -> list[str]:
    """重点目標１ is another name of the heading that prints its kind and number."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", node.number_label or ""))
    return [f"{node.kind_label}{digits}"] if node.kind_label and digits else []


def _usual_gap(filled: Sequence[Line]) -> int:
    gaps = Counter(after.number - before.number for before, after in pairwise(filled))
    return gaps.most_common(1)[0][0] if gaps else 1


def _full_width(filled: Sequence[Line], claimed: set[int]) -> float | None:
    """The width that wrapped prose reaches; None where every paragraph is one long line.

    Where all lines are short nothing shows that any was wrapped.
    """
    widths = sorted(
        line.width for line in filled if line.number not in claimed and not split_cells(line)
    )
    if not widths:
        return None
    widest = widths[-max(1, len(widths) // 20)]
    return widest if SHORTEST_LINE <= widest <= LONGEST_LINE else None


def contents_lines(scope: Scope) -> set[int]:
    """Lines of a table of contents: from its heading, or first entry, to its last entry."""
    entries = [
        at
        for at, line in enumerate(scope.filled)
        if line.text.rstrip()[-1:].isdigit() and _LEADERS.search(line.text)
    ]
    if len(entries) < LEAST_CONTENTS:
        return set()
    first = entries[0]
    for at in range(first, max(first - 6, -1), -1):
        if word_of_line(scope.filled[at], words("prose", "contents_words")):
            first = at
            break
    else:
        first = first - 1 if first and label_of(scope.filled[first - 1]) else first
    return {line.number for line in scope.filled[first : entries[-1] + 1]}


def cover_lines(scope: Scope, aside: set[int]) -> set[int]:
    """What stands before the first heading with a label or the first sentence: the cover."""
    cover: set[int] = set()
    for line in scope.filled:
        if line.number in aside:
            continue
        opens = label_of(line) or "。" in line.plain or line.number in scope.node_lines
        if opens or scope.is_full(line):
            return cover
        cover.add(line.number)
    return cover


def table_words(scope: Scope) -> dict[int, str]:
    """Header rows of the tables that hold items, and marks such as 【目標】 alone in a cell."""
    known = tuple(word for key in ("title", "description") for word in words("columns", key))
    headers = scope.reading.headers
    if headers is None:
        headers = {scope.filled[at].number for at in header_places(scope.filled)}
    found = dict.fromkeys(headers, TABLE_HEADER)
    for line in scope.filled:
        cells = split_cells(line)
        if cells and all(same_word(cell, known) for cell in cells):
            found[line.number] = TABLE_HEADER
        elif (behind := goal_mark(line)) is not None and not behind.strip():
            found[line.number] = CELL_LABEL
    return found
