"""Invented prose of みほん市, read as a document without items."""

from __future__ import annotations

from pipelines.plans.front_matter import document_era, read_front_matter
from pipelines.plans.layouts.reading import ItemReading, LayoutReading, NodeReading
from pipelines.plans.lines import Passage
from pipelines.plans.prose.model import ProseReading
from pipelines.plans.prose.read import read_prose
from pipelines.plans.repair.chain import repair_text


def prose_of(text: str, reading: LayoutReading | None = None) -> ProseReading:
    lines = repair_text(text).lines
    found = reading or LayoutReading()
    return read_prose(lines, found, read_front_matter(lines), document_era(lines))


def outline(*titles: str) -> LayoutReading:
    """A plan with these headings, which the text does not print, and two items under each."""
    nodes = [NodeReading(Passage(title, ()), number_label=f"{at}") for at, title in
             enumerate(titles, 1)]  # fmt: skip
    items = [ItemReading(node, Passage(f"{node.title.text}{one}", ())) for node in nodes
             for one in "甲乙"]  # fmt: skip
    return LayoutReading(nodes, items)


def told(prose: ProseReading) -> list[tuple[str, str, str]]:
    """Kind, nearest heading and text of every statement."""
    return [(one.kind, one.heading.text, one.text.text) for one in prose.statements]
