"""Boxes that the export tore away from their headings are given back to them.

Three traces decide, and every box moved is told: a heading with nothing under it right behind a
run of bullets that begin with its words; headings of boxes that are empty while a series below
starts its numbers again; and pieces that the reader of the items found out of place.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.plans.labels import circled_number
from pipelines.plans.layouts.reading import Finding
from pipelines.plans.prose.blocks import Block
from pipelines.plans.prose.scope import Scope
from pipelines.plans.prose.sections import Section

LEAST_STEM = 4


def give_back_boxes(
    root: Section, orphans: Sequence[Sequence[Block]], scope: Scope
) -> list[Finding]:
    """Move the contents of torn boxes under their headings, in place.

    Args:
        root: the sections of the document.
        orphans: runs of blocks that the reader of the items set aside.
        scope: the document.
    """
    findings: list[Finding] = []
    for section in list(root.walk()):
        _title_behind(section, scope, findings)
        _restarted_series(section, findings)
    _orphans(root, orphans, findings)
    return findings


def _title_behind(section: Section, scope: Scope, findings: list[Finding]) -> None:
    """「…とは」 printed behind its own bullets: the bullets since the last wide gap are its own."""
    for heading in [part for part in section.parts if isinstance(part, Section)]:
        stem = heading.title.text.removesuffix("とは")
        if not heading.is_empty or heading.style != "short" or len(stem) < LEAST_STEM:
            continue
        run = _run_before(section, heading, scope)
        if run and run[0].text.text.startswith(stem):
            section.parts = [part for part in section.parts if part not in run]
            heading.parts = [*run]
            findings.append(_moved(heading, run))


def _run_before(section: Section, heading: Section, scope: Scope) -> list[Block]:
    run: list[Block] = []
    for part in reversed(section.parts[: section.parts.index(heading)]):
        if not isinstance(part, Block):
            break
        if run and scope.is_wide_gap(part.lines[-1], run[0].first):
            break
        run.insert(0, part)
    return run


def _restarted_series(section: Section, findings: list[Finding]) -> None:
    """A box holds the series ①②③ twice and the box above it is empty: one series each."""
    if section.parent is None:
        return
    siblings = [part for part in section.parent.parts if isinstance(part, Section)]
    at = siblings.index(section)
    empty = siblings[at - 1] if at else None
    restart = _restart(section.parts)
    if empty is None or restart is None or not empty.is_empty or empty.style != section.style:
        return
    moved = section.parts[:restart]
    section.parts = section.parts[restart:]
    for part in moved:
        if isinstance(part, Section):
            part.parent = empty
    empty.parts = moved
    findings.append(_moved(empty, _blocks(moved)))


def _restart(parts: Sequence[Block | Section]) -> int | None:
    """Where the numbers of a series begin again."""
    last = 0
    for at, part in enumerate(parts):
        number = circled_number(part.label) if part.label else None
        if number is not None and number <= last:
            return at
        last = number or last
    return None


def _orphans(root: Section, orphans: Sequence[Sequence[Block]], findings: list[Finding]) -> None:
    """As many empty boxes as pieces out of place: they belong together in their order."""
    empty = [one for one in root.walk() if one.style == "box" and one.is_empty]
    if len(empty) != len(orphans):
        return
    for section, blocks in zip(empty, orphans, strict=True):
        section.parts = [*blocks]
        findings.append(_moved(section, list(blocks)))


def _blocks(parts: Sequence[Block | Section]) -> list[Block]:
    return [
        block
        for part in parts
        for block in ([part] if isinstance(part, Block) else _blocks(part.parts))
    ]


def _moved(section: Section, blocks: Sequence[Block]) -> Finding:
    numbers = tuple(line.number for block in blocks for line in block.lines)
    message = (
        f"見出し「{section.title.text}」と離れて印刷されている文を、その見出しのものと読みました。"
        "原文の枠の配置を確かめてください。"
    )
    return Finding("info", "box_given_back", numbers, message, "heading")
