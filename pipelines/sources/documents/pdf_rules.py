"""The straight horizontal and vertical lines drawn on a page: borders of cells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import pypdfium2.raw as pdfium_c

from pipelines.sources.documents.pdf_characters import turned

# In points: how crooked a rule may be, how short, how far apart two halves of one border, and how
# thick a filled box is that is a border. A page with more rules than these is a drawing or a map.
CROOKED, SHORTEST, SAME, THICKEST = 1.0, 6.0, 2.5, 4.0
MOST_PIECES, MOST_RULES = 20_000, 1_000
Point = tuple[float, float]


@dataclass(frozen=True)
class Rule:
    """A rule: ``at`` is its y (horizontal) or x (vertical), from ``start`` to ``end``."""

    direction: Literal["horizontal", "vertical"]
    at: float
    start: float
    end: float


def page_rules(page: Any, quarter: int = 0) -> list[Rule]:
    """The rules of a page turned by so many quarters, those of one border merged."""
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=8)
    pieces = (rule for item in paths for rule in _rules_of(item, quarter))
    found = list(islice(pieces, MOST_PIECES))
    horizontal = merged([one for one in found if one.direction == "horizontal"])
    vertical = merged([one for one in found if one.direction == "vertical"])
    rules = [*horizontal, *vertical]
    return rules if len(found) < MOST_PIECES and len(rules) <= MOST_RULES else []


def _rules_of(item: Any, quarter: int) -> Iterator[Rule]:
    """The straight parts of a path that is drawn; a thin filled box gives its edges.

    A thick box alone that is only filled is the ground of a cell or of a heading, not its border;
    a box within a box, filled between them, is a border.
    """
    fill, is_stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item.raw, fill, is_stroked)
    outlines = list(_outlines(item, quarter))
    for points in outlines:
        if is_stroked or (fill.value and (_is_thin(points) or len(outlines) > 1)):
            yield from filter(None, map(_rule, points, points[1:]))


def _rule(before: Point, end: Point) -> Rule | None:
    (x, y), (before_x, before_y) = end, before
    if abs(y - before_y) <= CROOKED and abs(x - before_x) >= SHORTEST:
        return Rule("horizontal", (y + before_y) / 2, min(x, before_x), max(x, before_x))
    if abs(x - before_x) <= CROOKED and abs(y - before_y) >= SHORTEST:
        return Rule("vertical", (x + before_x) / 2, min(y, before_y), max(y, before_y))
    return None


def _is_thin(points: Sequence[Point]) -> bool:
    return any(max(places) - min(places) <= THICKEST for places in zip(*points, strict=True))


def _outlines(item: Any, quarter: int) -> Iterator[list[Point]]:
    """Runs of points that straight lines join; a closed run returns to its start."""
    run: list[Point] = []
    start: Point | None = None
    for index in range(max(0, pdfium_c.FPDFPath_CountSegments(item.raw))):
        segment = pdfium_c.FPDFPath_GetPathSegment(item.raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        if not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        point = _on_page(item, x.value, y.value, quarter)
        start = point if kind == pdfium_c.FPDF_SEGMENT_MOVETO else start
        if kind != pdfium_c.FPDF_SEGMENT_LINETO and run:
            yield run
            run = []
        run.append(point)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start:
            run.append(start)
    if run:
        yield run


def _on_page(item: Any, x: float, y: float, quarter: int) -> Point:
    """Where a point of a path stands; a path may lie in forms that are placed themselves."""
    while item is not None:
        x, y = item.get_matrix().on_point(x, y)
        item = item.container
    return turned(x, y, quarter)


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules of one border as one: pieces that touch, and both edges of a thin box."""
    result: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (one.at, one.start)):
        twin = _twin(result, rule)
        if twin is None:
            result.append(rule)
            continue
        old = result[twin]
        start, end = min(old.start, rule.start), max(old.end, rule.end)
        result[twin] = Rule(old.direction, old.at, start, end)
    return result


def _twin(rules: Sequence[Rule], rule: Rule) -> int | None:
    """The nearest of the rules before, in order of their places, that this one touches."""
    for at in range(len(rules) - 1, -1, -1):
        old = rules[at]
        if rule.at - old.at > SAME:
            return None
        if rule.start <= old.end + SAME and old.start <= rule.end + SAME:
            return at
    return None
