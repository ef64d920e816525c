"""Blocks to sections: which heading every paragraph and bullet stands under.

Plans write their headings in many ways, so levels are not fixed: a block belongs to the nearest
open section that already held a block of its style; a style met for the first time nests in the
deepest open section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.plans.characters import without_spaces
from pipelines.plans.labels import HEADING_KINDS, PLAN_HEADING
from pipelines.plans.layouts.reading import NodeReading
from pipelines.plans.lines import EMPTY, Passage
from pipelines.plans.prose.blocks import Block
from pipelines.plans.prose.kinds import kind_of_heading
from pipelines.plans.prose.scope import Scope
from pipelines.plans.vocabulary import words

ENTRY_STYLES = ("circled", "kana", "paren_kana")
LEAST_DRAWING = 6
TINY = 14


@dataclass(eq=False)
class Section:
    """A heading with what stands under it.

    Attributes:
        title: the heading; empty at the root.
        style: how the heading looks; ``leaf`` content has none.
        parent: the section around it; None at the root.
        node: the plan's own heading that it is, or lies under.
        label: the heading's label as printed.
        parts: blocks and sections in order.
        seen: styles of the blocks and headings directly in it.
    """

    title: Passage = EMPTY
    style: str = "root"
    parent: Section | None = None
    node: NodeReading | None = None
    label: str | None = None
    parts: list[Block | Section] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @property
    def path(self) -> tuple[Section, ...]:
        """The sections from the top down to this one, without the root."""
        return (*self.parent.path, self) if self.parent else ()

    @property
    def is_empty(self) -> bool:
        """Whether no statement can stand under the heading."""
        return all(
            part.is_empty if isinstance(part, Section) else part.kind == "told"
            for part in self.parts
        )

    def add(self, title: Passage, style: str, label: str | None = None) -> Section:
        """Open a section in this one."""
        section = Section(title, style, self, self.node, label)
        self.parts.append(section)
        self.seen.add(style)
        return section

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in order."""
        yield self
        for part in self.parts:
            if isinstance(part, Section):
                yield from part.walk()


class Builder:
    """Puts blocks into sections, in reading order."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.root = Section()
        self.top = self.root
        self.before: Block | None = None
        self.drawings: list[Block] = []

    def build(self, blocks: Sequence[Block]) -> Section:
        """The sections of a document."""
        drawn = _drawings(blocks)
        for at, block in enumerate(blocks):
            if at in drawn:
                self.drawings.append(block)
            else:
                self._place(blocks, at)
                self.before = block
        return self.root

    def _place(self, blocks: Sequence[Block], at: int) -> None:
        block = blocks[at]
        if block.kind == "node" and block.node is not None:
            self._enter_node(block.node)
        elif block.kind == "arrow":
            self._open(block, block.title or EMPTY).parts.append(block)
        elif block.kind in ("heading", "kind_heading") and self._is_heading(blocks, at):
            self._open(block, block.title or block.text)
        else:
            self._content(block)

    def _enter_node(self, node: NodeReading) -> None:
        """A heading of the plan's own outline closes the one before; what is around them stays."""
        while self.top.parent is not None and self.top.node is not None:
            self.top = self.top.parent
        above: NodeReading | None = node
        chain: list[NodeReading] = []
        while above is not None:
            chain.insert(0, above)
            above = above.parent
        for one in chain:
            section = Section(one.title, "node", self.top, one, one.number_label)
            self.top.parts.append(section)
            self.top = section

    def _is_heading(self, blocks: Sequence[Block], at: int) -> bool:
        """Whether a labelled line heads something; a series that heads nothing is a list.

        Boxes and short lines without a label are headings even where nothing follows.
        """
        block = blocks[at]
        if block.style in ("box", "short"):
            return block.style == "box" or not self._is_text_of_entry(blocks, at)
        first, last = _series(blocks, at)
        following = blocks[last + 1] if last + 1 < len(blocks) else None
        if following is None or following.kind == "node":
            return following is not None
        if last == first:
            return not (following.kind == "heading" and self._is_outside(block, following))
        holder = self._holder(block.style) or self.top
        is_gap = self.scope.is_wide_gap(blocks[last].lines[-1], following.first)
        return not (is_gap or following.style in holder.seen or self._is_outside(block, following))

    def _is_text_of_entry(self, blocks: Sequence[Block], at: int) -> bool:
        """A short line alone under a labelled heading is what the heading says."""
        if self.top.parts or not is_label_style(self.top.style):
            return False
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        return following is None or self._is_outside(blocks[at], following)

    def _is_outside(self, block: Block, following: Block) -> bool:
        """Whether the next heading belongs to a section around this heading's own."""
        mine, other = self._holder(block.style), self._holder(following.style)
        if mine is None or other is None:
            return other is not None
        return len(other.path) < len(mine.path)

    def _holder(self, style: str) -> Section | None:
        """The nearest open section that holds a block of this style."""
        section: Section | None = self.top
        while section is not None and style not in section.seen:
            section = section.parent
        return section

    def _open(self, block: Block, title: Passage) -> Section:
        nests = block.style == "short" and self._is_heading_of_kind(title)
        parent = self.top if nests else self._holder(block.style) or self.top
        while block.style == parent.style == "short" and kind_of_heading(title.text):
            parent = parent.parent or self.root
        self.top = parent.add(title, block.style, block.label)
        return self.top

    def _is_heading_of_kind(self, title: Passage) -> bool:
        """関連データ with nothing yet under it, and now the name of the data."""
        above = self.top.style == "short" and not self.top.parts
        return (
            above
            and kind_of_heading(self.top.title.text) is not None
            and kind_of_heading(title.text) is None
        )

    def _content(self, block: Block) -> None:
        self._close_entry(block)
        has_own = any(isinstance(part, Section) or part.kind != "arrow" for part in self.top.parts)
        if has_own and block.style not in self.top.seen and not self._connects(block):
            self.top = self._holder(block.style) or self.top
        self.top.parts.append(block)
        self.top.seen.add(block.style)

    def _connects(self, block: Block) -> bool:
        """また、… right behind a bullet goes on with it; what was told elsewhere moves nothing."""
        goes_on = block.text.text.startswith(words("prose", "connectives"))
        behind = self.before is not None and self.before.kind == "bullet"
        return block.kind == "told" or block.style == "quoted" or (behind and goes_on)

    def _close_entry(self, block: Block) -> None:
        """Text behind a wide gap belongs to no entry of a numbered series any more."""
        wide = self.before is not None and self.scope.is_wide_gap(
            self.before.lines[-1], block.first
        )
        while wide and self.top.style in ENTRY_STYLES and self.top.parts and self.top.parent:
            self.top = self.top.parent


def is_label_style(style: str) -> bool:
    """Whether headings of this look bear a label."""
    return style in HEADING_KINDS or style.startswith(PLAN_HEADING)


def _series(blocks: Sequence[Block], at: int) -> tuple[int, int]:
    """First and last of the neighbouring blocks that look like this one."""
    first = last = at
    while first and blocks[first - 1].style == blocks[at].style:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].style == blocks[at].style:
        last += 1
    return first, last


def _drawings(blocks: Sequence[Block]) -> set[int]:
    """Long runs of tiny texts are the words of a drawing."""
    found: set[int] = set()
    run: list[int] = []
    for at, block in enumerate(blocks):
        if _is_tiny(block):
            run.append(at)
            continue
        found |= set(run) if len(run) >= LEAST_DRAWING else set()
        run = []
    return found | (set(run) if len(run) >= LEAST_DRAWING else set())


def _is_tiny(block: Block) -> bool:
    text = without_spaces(block.text.text)
    is_plain = block.style in ("short", "text", "pointer") or not text
    return is_plain and len(text) <= TINY and "。" not in text
