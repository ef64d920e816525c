"""The prose of one document: the entrance of this package."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipelines.plans.front_matter import FrontMatter
from pipelines.plans.layouts.reading import LayoutReading
from pipelines.plans.lines import Line
from pipelines.plans.prose.blocks import Block, blocks_of_prose
from pipelines.plans.prose.boxes import give_back_boxes
from pipelines.plans.prose.counts import count_findings, count_headers, read_counts
from pipelines.plans.prose.figures import read_figures
from pipelines.plans.prose.glossary import read_glossary
from pipelines.plans.prose.model import ProseReading
from pipelines.plans.prose.periods import read_periods
from pipelines.plans.prose.scope import (
    CONTENTS,
    COVER,
    DRAWING,
    EMPTY_HEADING,
    TABLE_HEADER,
    TOLD_AS_ISSUE,
    Scope,
    contents_lines,
    cover_lines,
    table_words,
)
from pipelines.plans.prose.sections import Builder
from pipelines.plans.prose.statements import read_statements


def read_prose(
    lines: Sequence[Line], reading: LayoutReading, front: FrontMatter, era: str | None
) -> ProseReading:
    """Everything a plan says besides its items.

    Args:
        lines: the repaired lines.
        reading: what the layout read; its items and statements are not read again.
        front: what the head of the document says.
        era: the document's era, for years without one.
    """
    scope = Scope(lines, reading)
    contents = contents_lines(scope)
    prose = ProseReading(aside={**reading.set_aside, **dict.fromkeys(contents, CONTENTS)})
    prose.aside.update(_rows_told(reading))
    prose.aside.update(table_words(scope))
    free = [
        line
        for line in scope.filled
        if line.number not in scope.claimed and line.number not in prose.aside
    ]
    prose.terms = [*reading.terms, *read_glossary(scope)]
    prose.counts = read_counts(scope, free)
    prose.aside.update(dict.fromkeys(count_headers(free), TABLE_HEADER))
    prose.findings += count_findings(prose.counts, reading.items)
    prose.periods = read_periods(scope, free, front, era)
    for number in cover_lines(scope, set(prose.aside)):
        prose.aside.setdefault(number, COVER)
    _read_sections(scope, prose)
    prose.figures = read_figures(prose.statements, reading.nodes, era)
    return prose


def _rows_told(reading: LayoutReading) -> dict[int, str]:
    """Rows of tables that are no items: an issue tells them."""
    rules = ("table_row_is_no_item", "table_row_unread", "text_without_item")
    told = [finding for finding in reading.findings if finding.rule in rules]
    return {number: TOLD_AS_ISSUE for finding in told for number in finding.lines}


def _read_sections(scope: Scope, prose: ProseReading) -> None:
    told = _told_elsewhere(scope, prose)
    terms = {number for term in prose.terms for number in term.own_lines}
    orphan_lines = {number for block in scope.reading.out_of_place for number in block}
    skipped = scope.claimed | prose.aside.keys() | terms | orphan_lines
    rest = [
        line
        for line in scope.filled
        if line.number in scope.node_at
        or (line.number not in skipped and line.number not in scope.node_lines)
    ]
    builder = Builder(scope)
    root = builder.build(blocks_of_prose(rest, scope, told))
    prose.aside.update({line.number: DRAWING for one in builder.drawings for line in one.lines})
    prose.findings += give_back_boxes(root, _orphan_blocks(scope), scope)
    prose.statements = [*scope.reading.statements, *read_statements(root, scope, prose.aside)]


def _told_elsewhere(scope: Scope, prose: ProseReading) -> frozenset[int]:
    """Lines of counts and periods; a sentence that names a period stays prose."""
    periods = {number for period in prose.periods for number in period.lines[-1:]}
    periods -= {line.number for line in scope.filled if "。" in line.plain or scope.is_full(line)}
    headings = _headings_of_periods(scope, periods)
    prose.aside.update(dict.fromkeys(headings, EMPTY_HEADING))
    return frozenset(periods | {number for count in prose.counts for number in count.lines})


def _headings_of_periods(scope: Scope, numbers: set[int]) -> set[int]:
    """A short line right above periods only says whose periods they are."""
    return {
        before.number
        for before, line in pairwise(scope.filled)
        if line.number in numbers
        and before.number not in numbers
        and _block_style(before, scope) == "short"
    }


def _block_style(line: Line, scope: Scope) -> str:
    return blocks_of_prose([line], scope)[0].style


def _orphan_blocks(scope: Scope) -> list[list[Block]]:
    by_number = {line.number: line for line in scope.filled}
    return [
        blocks_of_prose([by_number[number] for number in numbers if number in by_number], scope)
        for numbers in scope.reading.out_of_place
    ]
