"""Ruled tables: cells from the rules around them, merged cells included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipelines.sources.documents.pdf_rules import SAME, Rule

LEAST_COLUMNS, LEAST_ROWS, LEAST_HEIGHT = 2, 1, 6.0


@dataclass(frozen=True)
class Cell:
    """A cell: its edges in points."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the cell."""
        return self.left <= x < self.right and self.bottom <= y < self.top


@dataclass(frozen=True)
class RuledTable:
    """A table: its outer edges and its rows from the top.

    A cell that spans columns or rows stands in the first of them, with None in the others' places,
    so that all columns stay where they are; one that spans a whole row stands alone. ``goes_on``
    says that no rule closes the table above: its first row may be the rest of one on the page
    before.
    """

    frame: Cell
    rows: list[list[Cell | None]]
    goes_on: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.frame.holds(x, y)


def find_tables(rules: Sequence[Rule]) -> list[RuledTable]:
    """The tables that rules draw on a page, from the top; what is no grid is none."""
    tables = [_table(group) for group in _groups(rules)]
    return sorted((one for one in tables if one), key=lambda one: -one.frame.top)


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that cross or touch one another, over however many others."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [group for group in groups if any(_cross(rule, other) for other in group)]
        for group in touching:
            groups.remove(group)
        groups.append([rule, *(one for group in touching for one in group)])
    return groups


def _cross(one: Rule, other: Rule) -> bool:
    if one.direction == other.direction:
        return False
    return (
        other.start - SAME <= one.at <= other.end + SAME
        and one.start - SAME <= other.at <= one.end + SAME
    )


def _table(group: Sequence[Rule]) -> RuledTable | None:
    horizontal = [one for one in group if one.direction == "horizontal"]
    vertical = [one for one in group if one.direction == "vertical"]
    xs = _with_open_sides(_places(vertical), horizontal)
    ys = _with_open_ends(_places(horizontal), vertical)
    if len(xs) <= LEAST_COLUMNS or len(ys) <= LEAST_ROWS:
        return None
    ys.reverse()
    frame = Cell(xs[0], ys[-1], xs[-1], ys[0])
    rows = [_row(at, xs, ys, horizontal, vertical) for at in range(len(ys) - 1)]
    goes_on = ys[0] - max(one.at for one in horizontal) > LEAST_HEIGHT
    return RuledTable(frame, rows, goes_on)


def _with_open_ends(ys: list[float], vertical: Sequence[Rule]) -> list[float]:
    """A table cut by the page's end has no rule there: its columns' rules tell where it ends."""
    if not vertical or not ys:
        return ys
    top, bottom = max(one.end for one in vertical), min(one.start for one in vertical)
    above = [top] if top - ys[-1] > LEAST_HEIGHT else []
    below = [bottom] if ys[0] - bottom > LEAST_HEIGHT else []
    return [*below, *ys, *above]


def _with_open_sides(xs: list[float], horizontal: Sequence[Rule]) -> list[float]:
    """A table without rules at its sides reaches as far as most of its rows' rules do."""
    if not xs or not horizontal:
        return xs
    left, right = median(one.start for one in horizontal), median(one.end for one in horizontal)
    before = [left] if xs[0] - left > LEAST_HEIGHT else []
    after = [right] if right - xs[-1] > LEAST_HEIGHT else []
    return [*before, *xs, *after]


def _places(rules: Sequence[Rule]) -> list[float]:
    """Where rules of one direction stand, those of one border once."""
    places: list[float] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if not places or rule.at - places[-1] > SAME:
            places.append(rule.at)
    return places


def _row(
    at: int,
    xs: Sequence[float],
    ys: Sequence[float],
    horizontal: Sequence[Rule],
    vertical: Sequence[Rule],
) -> list[Cell | None]:
    """The cells of a row from left to right, one for each column unless one cell spans them all."""
    top, bottom = ys[at], ys[at + 1]
    edges = [x for x in xs if _has_rule(vertical, x, bottom, top)]
    edges = [xs[0], *(x for x in edges if xs[0] < x < xs[-1]), xs[-1]]
    cells: list[Cell | None] = [None] * (len(xs) - 1)
    for left, right in pairwise(edges):
        if at == 0 or _has_rule(horizontal, top, left, right):
            below = ys[at + 1 : -1]
            end = next((y for y in below if _has_rule(horizontal, y, left, right)), ys[-1])
            cells[xs.index(left)] = Cell(left, end, right, top)
    return cells if len(edges) > LEAST_COLUMNS else cells[:1]


def _has_rule(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether a rule runs along the middle of an edge."""
    middle = (start + end) / 2
    return any(
        abs(rule.at - at) <= SAME and rule.start - SAME <= middle <= rule.end + SAME
        for rule in rules
    )
