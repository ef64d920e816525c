"""Which title, description and viewpoint of a scrambled form sheet belong together.

Neighbours belong together for certain: a description right behind its title, a viewpoint right
behind its description. What is left is paired by elimination or by meaning (shared pairs of
characters) and marked ``inferred``; a pairing that could as well be another is marked ``review``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.plans.layouts.form_blocks import FormBlock
from pipelines.plans.layouts.reading import Confidence
from pipelines.plans.likeness import similarity
from pipelines.plans.lines import EMPTY, Passage

LEAST_SIMILARITY = 0.12
_RANK: dict[Confidence, int] = {"certain": 0, "inferred": 1, "review": 2}


@dataclass
class FormItem:
    """One item of a sheet as far as it is put together."""

    title: Passage
    description: Passage = EMPTY
    viewpoint: FormBlock | None = None
    confidence: Confidence = "certain"
    reasons: list[str] = field(default_factory=list)

    def doubt(self, confidence: Confidence, reason: str) -> None:
        """Lower the confidence (never raise it) and say why, in Japanese."""
        if _RANK[confidence] > _RANK[self.confidence]:
            self.confidence = confidence
        self.reasons.append(reason)


@dataclass
class Pairing:
    """The items of a sheet in the order of their titles, and the blocks that fit nowhere."""

    items: list[FormItem]
    left: list[FormBlock]


def pair_blocks(blocks: Sequence[FormBlock]) -> Pairing:
    """Put the items of one sheet together; see the module for the rules."""
    items = {at: FormItem(block.text) for at, block in enumerate(blocks) if block.kind == "title"}
    owner = _descriptions_behind_titles(blocks, items)
    _descriptions_by_meaning(blocks, items, owner)
    free = _viewpoints_behind_descriptions(blocks, items, owner)
    _viewpoints_by_meaning([blocks[at] for at in free], list(items.values()))
    orphans = _texts_for_empty_viewpoints(blocks, list(items.values()))
    used = {id(item.viewpoint) for item in items.values() if item.viewpoint}
    left = [blocks[at] for at in free if id(blocks[at]) not in used]
    left += [
        block for at, block in enumerate(blocks) if block.kind == "description" and at not in owner
    ]
    return Pairing(list(items.values()), left + orphans)


def _descriptions_behind_titles(
    blocks: Sequence[FormBlock], items: dict[int, FormItem]
) -> dict[int, FormItem]:
    owner: dict[int, FormItem] = {}
    for at, block in enumerate(blocks):
        if block.kind == "description" and at - 1 in items:
            items[at - 1].description = block.text
            owner[at] = items[at - 1]
        elif block.kind == "description" and at - 1 in owner:
            owner[at] = _continued(owner[at - 1], block)
    return owner


def _continued(item: FormItem, block: FormBlock) -> FormItem:
    """A second paragraph right behind a description goes on with it."""
    lines = (*item.description.lines, *block.text.lines)
    item.description = Passage(item.description.text + block.text.text, lines)
    return item


def _descriptions_by_meaning(
    blocks: Sequence[FormBlock], items: dict[int, FormItem], owner: dict[int, FormItem]
) -> None:
    """Descriptions without a title above them, and titles without a description below them."""
    open_items = [item for item in items.values() if not item.description]
    loose = [
        at for at, block in enumerate(blocks) if block.kind == "description" and at not in owner
    ]
    for at in sorted(loose, key=lambda one: -_best(blocks[one].text.text, open_items)):
        if not open_items:
            return
        item = max(open_items, key=lambda one: similarity(blocks[at].text.text, one.title.text))
        sure = len(loose) == 1 and len([one for one in items.values() if not one.description]) == 1
        if not sure and similarity(blocks[at].text.text, item.title.text) < LEAST_SIMILARITY:
            continue
        item.description = blocks[at].text
        owner[at] = item
        open_items.remove(item)
        item.doubt("inferred", "名称と内容が離れているため、残ったもの同士を意味で組み合わせました")


def _best(text: str, items: Sequence[FormItem]) -> float:
    return max((similarity(text, item.title.text) for item in items), default=0.0)


def _viewpoints_behind_descriptions(
    blocks: Sequence[FormBlock], items: dict[int, FormItem], owner: dict[int, FormItem]
) -> list[int]:
    """Give each description the viewpoint right behind it; returns the viewpoints left over."""
    free: list[int] = []
    for at, block in enumerate(blocks):
        if block.kind != "viewpoint":
            continue
        item = owner.get(at - 1) or items.get(at - 1)
        if item is not None and item.viewpoint is None:
            item.viewpoint = block
        else:
            free.append(at)
    _mark_rivals(list(items.values()))
    return free


def _mark_rivals(items: Sequence[FormItem]) -> None:
    """Position gave an inferred item its viewpoint, but one without any would suit it as well."""
    bare = [item for item in items if item.viewpoint is None]
    for item in items:
        if item.viewpoint is None or item.confidence == "certain":
            continue
        for rival in bare:
            if _fit(item.viewpoint, rival) >= 0.5 * _fit(item.viewpoint, item) > 0:
                reason = f"視点「{item.viewpoint.text.text}」は「{{}}」にも当てはまります"
                item.doubt("review", reason.format(rival.title.text))
                rival.doubt("review", reason.format(item.title.text))


def _fit(viewpoint: FormBlock, item: FormItem) -> float:
    return similarity(viewpoint.text.text, item.title.text + item.description.text)


def _viewpoints_by_meaning(free: Sequence[FormBlock], items: Sequence[FormItem]) -> None:
    """The best fitting pairs first, each viewpoint and each item once."""
    bare = [item for item in items if item.viewpoint is None]
    pairs = sorted(
        (
            (_fit(block, item), number, order)
            for number, block in enumerate(free)
            for order, item in enumerate(bare)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: set[int] = set()
    for fit, number, order in pairs:
        if number in taken or bare[order].viewpoint is not None or fit < LEAST_SIMILARITY:
            continue
        taken.add(number)
        bare[order].viewpoint = free[number]
        bare[order].doubt("inferred", "視点が離れているため、意味の近さで組み合わせました")
    _last_pair(free, taken, bare)


def _last_pair(free: Sequence[FormBlock], taken: set[int], bare: Sequence[FormItem]) -> None:
    """One viewpoint and one item left: they belong together by elimination."""
    open_items = [item for item in bare if item.viewpoint is None]
    open_viewpoints = [block for number, block in enumerate(free) if number not in taken]
    if len(open_items) == 1 and len(open_viewpoints) == 1:
        open_items[0].viewpoint = open_viewpoints[0]
        open_items[0].doubt("inferred", "残った視点と項目を組み合わせました")


def _texts_for_empty_viewpoints(
    blocks: Sequence[FormBlock], items: Sequence[FormItem]
) -> list[FormBlock]:
    """A text standing alone is the missing text of an empty viewpoint; returns the others."""
    left: list[FormBlock] = []
    for orphan in [block for block in blocks if block.kind == "orphan"]:
        empty = [item for item in items if item.viewpoint and not item.viewpoint.text]
        if not empty:
            left.append(orphan)
            continue
        item = max(
            empty,
            key=lambda one: similarity(orphan.text.text, one.title.text + one.description.text),
        )
        viewpoint = item.viewpoint
        if viewpoint is None:
            continue
        lines = (*viewpoint.text.lines, *orphan.text.lines)
        item.viewpoint = FormBlock(
            "viewpoint", Passage(orphan.text.text, lines), viewpoint.code, viewpoint.label
        )
        item.doubt("inferred", "離れて立つ文を、内容の空いた視点の文と読みました")
    return left
