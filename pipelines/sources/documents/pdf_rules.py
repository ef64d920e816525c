"""The straight horizontal and vertical lines drawn on a page: borders of cells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2.raw as pdfium_c

# In points: how crooked a rule may be, how short, and how far apart two halves of one border.
CROOKED, SHORTEST, SAME = 1.0, 6.0, 2.5


@dataclass(frozen=True)
class Rule:
    """A rule: ``at`` is its y (horizontal) or x (vertical), from ``start`` to ``end``."""

    direction: Literal["horizontal", "vertical"]
    at: float
    start: float
    end: float


def page_rules(page: Any) -> list[Rule]:
    """The rules of a page, those of one border merged."""
    found = [rule for item in page.get_objects(
        filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=8
    ) for rule in _rules_of(item)]  # fmt: skip
    horizontal = [one for one in found if one.direction == "horizontal"]
    vertical = [one for one in found if one.direction == "vertical"]
    return [*merged(horizontal), *merged(vertical)]


def _rules_of(item: Any) -> Iterator[Rule]:
    """The straight parts of a path that is drawn; a filled box gives its edges."""
    points = list(_points(item))
    for (kind, x, y), (_, before_x, before_y) in zip(points[1:], points, strict=False):
        if kind != pdfium_c.FPDF_SEGMENT_LINETO:
            continue
        if abs(y - before_y) <= CROOKED and abs(x - before_x) >= SHORTEST:
            yield Rule("horizontal", (y + before_y) / 2, min(x, before_x), max(x, before_x))
        elif abs(x - before_x) <= CROOKED and abs(y - before_y) >= SHORTEST:
            yield Rule("vertical", (x + before_x) / 2, min(y, before_y), max(y, before_y))


def _points(item: Any) -> Iterator[tuple[int, float, float]]:
    """Segment kind and end of every segment, on the page; a closed path returns to its start."""
    matrix = item.get_matrix()
    start: tuple[float, float] | None = None
    for index in range(max(0, pdfium_c.FPDFPath_CountSegments(item.raw))):
        segment = pdfium_c.FPDFPath_GetPathSegment(item.raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        if not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        on_page = matrix.on_point(x.value, y.value)
        start = on_page if kind == pdfium_c.FPDF_SEGMENT_MOVETO else start
        yield kind, *on_page
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start:
            yield pdfium_c.FPDF_SEGMENT_LINETO, *start


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules of one border as one: pieces that touch, and both edges of a thin box."""
    result: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (one.at, one.start)):
        twin = next((at for at in range(len(result) - 1, -1, -1) if _touch(result[at], rule)), None)
        if twin is None:
            result.append(rule)
            continue
        old = result[twin]
        result[twin] = Rule(
            old.direction, old.at, min(old.start, rule.start), max(old.end, rule.end)
        )
    return result


def _touch(old: Rule, rule: Rule) -> bool:
    near = abs(old.at - rule.at) <= SAME
    return near and rule.start <= old.end + SAME and old.start <= rule.end + SAME
