"""The outline a layout builds while it reads: headings kept once per path of titles."""

from __future__ import annotations

from pipelines.plans.characters import normalised_title
from pipelines.plans.layouts.reading import NodeReading
from pipelines.plans.lines import EMPTY, Passage


class Outline:
    """Collects headings in reading order; a heading printed again is the same heading."""

    def __init__(self) -> None:
        self.nodes: list[NodeReading] = []
        self._by_path: dict[tuple[str, ...], NodeReading] = {}

    def add(
        self,
        title: Passage,
        parent: NodeReading | None = None,
        number_label: str | None = None,
        kind_label: str | None = None,
        label_lines: tuple[int, ...] = (),
        statement: Passage = EMPTY,
    ) -> NodeReading:
        """The heading of this title under ``parent``: a new one, or the one already there."""
        node = NodeReading(title, parent, number_label, kind_label, statement, label_lines)
        path = tuple(normalised_title(step) for step in node.path)
        if path not in self._by_path:
            self._by_path[path] = node
            self.nodes.append(node)
        return self._by_path[path]
