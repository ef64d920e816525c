"""Layout ``bullet_outline``: an outline whose last level, list marks, are the items.

One section of the document lists the concrete items (its heading says so: 具体的な取組 …). In it,
labels nest in the order they first appear: ア > (ｱ) > ・ or （1） > ① > ○.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.plans.fields.titles import split_continuity, split_repost, without_closing_word
from pipelines.plans.labels import Label, label_of
from pipelines.plans.layouts.headings import kind_heading
from pipelines.plans.layouts.outline import Outline
from pipelines.plans.layouts.reading import Finding, ItemReading, LayoutReading, NodeReading
from pipelines.plans.lines import EMPTY, Line, Passage, passage
from pipelines.plans.vocabulary import words

LONGEST_HEADING = 40
_SUBTITLE = re.compile(r"^[\s\u3000]*[～~〜](?P<text>[^～~〜]+)[～~〜]?[\s\u3000]*$")
_DEFINITION = re.compile(r"^[^。、，]{1,20}(?:…|‥|⋯|：).+$")
_QUOTED = re.compile(r"^[\s\u3000]*[「『].*[」』][\s\u3000]*$")
_SECOND_COLUMN = re.compile(r"^(?P<heading>.+?)[\s\u3000]+(?P<bullet>[・○●◯◎□■◆◇].*)$")


@dataclass
class Block:
    """A label with its line and the lines wrapped below it."""

    label: Label
    lines: list[Line]
    notes: list[list[Line]] = field(default_factory=list)
    subtitle: Line | None = None


def read_bullet_outline(lines: Sequence[Line]) -> LayoutReading:
    """Read the section that lists the items.

    Returns:
        No items where no heading announces such a section, or it holds no list marks.
    """
    filled = [line for line in lines if not line.is_blank]
    section = find_item_section(filled)
    reading = LayoutReading()
    if section:
        blocks = _blocks(section, reading)
        _read_blocks(blocks, reading)
    return reading


def find_item_section(filled: Sequence[Line]) -> list[Line]:
    """The lines below the heading that announces the items, up to the next heading of its kind.

    Of several such headings (a table of contents has them too) the one with most list marks.
    """
    sections = [
        _section_after(filled, at, label.kind)
        for at, line in enumerate(filled)
        if (label := label_of(line)) and label.is_heading and _announces_items(label.rest)
    ]
    return max(sections, key=_bullets, default=[])


def _announces_items(heading: Line) -> bool:
    text = heading.plain
    return (
        len(text) <= LONGEST_HEADING
        and "。" not in text
        and any(word in text for word in words("item_section_words"))
    )


def _section_after(filled: Sequence[Line], at: int, kind: str) -> list[Line]:
    section: list[Line] = []
    for line in filled[at + 1 :]:
        label = label_of(line)
        if label and label.kind == kind:
            break
        section.append(line)
    return section


def _bullets(section: Sequence[Line]) -> int:
    return sum(label.kind == "bullet" for line in section if (label := label_of(line)))


def _blocks(section: Sequence[Line], reading: LayoutReading) -> list[Block]:
    """Labels with their wrapped lines; what belongs to no label is reported."""
    blocks: list[Block] = []
    for line in _columns_apart(section):
        label = label_of(line)
        subtitle = _SUBTITLE.match(line.text)
        if label and (label.is_heading or label.kind == "bullet"):
            blocks.append(Block(label, [label.rest]))
        elif subtitle and blocks:
            blocks[-1].subtitle = line.with_text(subtitle["text"])
        elif label and label.kind == "note" and blocks:
            blocks[-1].notes.append([label.rest])
        elif not blocks or _QUOTED.match(line.text) or (label and label.kind == "footnote"):
            reading.findings.append(_set_aside([line], "どの見出しにも属さない行です"))
            reading.out_of_place.append((line.number,))
        elif blocks[-1].notes:
            blocks[-1].notes[-1].append(line)
        else:
            blocks[-1].lines.append(line)
    return blocks


def _columns_apart(section: Sequence[Line]) -> list[Line]:
    """A heading and the first bullet beside it (two columns on one line) become two lines."""
    apart: list[Line] = []
    for line in section:
        label = label_of(line)
        match = _SECOND_COLUMN.match(line.text) if label and label.is_heading else None
        if match:
            apart += [line.with_text(match["heading"]), line.with_text(match["bullet"])]
        else:
            apart.append(line)
    return apart


def _set_aside(lines: Sequence[Line], reason: str) -> Finding:
    text = passage(lines)
    message = (
        f"「{text.text}」は{reason}。"
        "項目にも見出しにも入れていません。原文の配置を確かめてください。"
    )
    return Finding("warning", "text_set_aside", text.lines, message)


def _read_blocks(blocks: list[Block], reading: LayoutReading) -> None:
    """Headings nest by the first appearance of their kind; bullets are items."""
    levels = _levels(blocks)
    misplaced = _misplaced_series(blocks, levels)
    outline = Outline()
    stack: list[NodeReading] = []
    for at, block in enumerate(blocks):
        if at in misplaced:
            reason = "番号が振り直される前の、項目のない見出しで、紛れ込んだ囲みのようです"
            reading.findings.append(_set_aside(block.lines, reason))
            _keep_aside(block, reading, goes_on=at - 1 in misplaced)
        elif block.label.kind == "bullet":
            _add_item(block, stack, reading, _closes_list(blocks, at))
        else:
            level = levels.index(block.label.kind)
            del stack[level:]
            stack.append(_add_node(block, stack[-1] if stack else None, outline))
    reading.nodes = outline.nodes


def _keep_aside(block: Block, reading: LayoutReading, goes_on: bool) -> None:
    """A box's headings one behind the other are one piece out of place."""
    numbers = tuple(line.number for line in block.lines)
    if goes_on and reading.out_of_place:
        numbers = reading.out_of_place.pop() + numbers
    reading.out_of_place.append(numbers)


def _levels(blocks: Sequence[Block]) -> list[str]:
    kinds = [block.label.kind for block in blocks if block.label.kind != "bullet"]
    return list(dict.fromkeys(kinds))


def _misplaced_series(blocks: Sequence[Block], levels: list[str]) -> set[int]:
    """Headings without any item whose numbering starts again under the same parent.

    A box that the export tore out of its place brings its own ①②③ into the outline; the real
    series then begins anew. The one without items is set aside.
    """
    misplaced: set[int] = set()
    for series, following in _restarts(blocks, levels):
        if not _holds_items(blocks, series) and _holds_items(blocks, following):
            misplaced |= set(series)
    return misplaced


def _restarts(blocks: Sequence[Block], levels: list[str]) -> list[tuple[list[int], list[int]]]:
    """Pairs of label series of one kind, one behind the other, without a higher heading between."""
    pairs: list[tuple[list[int], list[int]]] = []
    open_series: dict[str, list[list[int]]] = {}
    for at, block in enumerate(blocks):
        kind = block.label.kind
        if kind == "bullet":
            continue
        for deeper in levels[levels.index(kind) + 1 :]:
            pairs += _neighbours(open_series.pop(deeper, []))
        series = open_series.setdefault(kind, [])
        seen = {blocks[one].label.text for one in series[-1]} if series else set()
        if not series or block.label.text in seen:
            series.append([])
        series[-1].append(at)
    for series in open_series.values():
        pairs += _neighbours(series)
    return pairs


def _neighbours(series: list[list[int]]) -> list[tuple[list[int], list[int]]]:
    return list(pairwise(series))


def _holds_items(blocks: Sequence[Block], series: Sequence[int]) -> bool:
    """Whether a bullet follows one of the headings before the next label of any other kind."""
    kind = blocks[series[0]].label.kind
    for at in series:
        following = blocks[at + 1].label.kind if at + 1 < len(blocks) else kind
        if following == "bullet":
            return True
    return False


def _closes_list(blocks: Sequence[Block], at: int) -> bool:
    """Whether a bullet is the last of its list: only there a など closes the list."""
    return at + 1 == len(blocks) or blocks[at + 1].label.kind != "bullet"


def _add_node(block: Block, parent: NodeReading | None, outline: Outline) -> NodeReading:
    heading = kind_heading(block.lines[:1])
    title = passage(block.lines)
    kind = None
    if heading and heading.number and heading.title:
        kind = heading.kind
        title = passage([block.lines[0].with_text(heading.title.text), *block.lines[1:]])
    statement = passage([block.subtitle]) if block.subtitle else EMPTY
    return outline.add(title, parent, block.label.text, kind, (), statement)


def _add_item(
    block: Block, stack: list[NodeReading], reading: LayoutReading, closes_list: bool
) -> None:
    if not stack:
        reading.findings.append(_set_aside(block.lines, "上に見出しのない箇条書きです"))
        reading.doubts += 1
        return
    lines = [line for line in block.lines if line.plain not in ("など", "等")]
    if closes_list and lines:
        lines[-1] = lines[-1].with_text(without_closing_word(lines[-1].text))
    title = passage(lines)
    text, is_repost, repost_ref = split_repost(title.text)
    text, continuity = split_continuity(text)
    reading.items.append(
        ItemReading(
            node=stack[-1],
            title=Passage(text, title.lines),
            continuity=continuity,
            description=_explanation(block),
            is_repost=is_repost,
            repost_ref=repost_ref,
        )
    )


def _explanation(block: Block) -> Passage:
    """A ⇒ note that explains the item itself; 用語…意味 defines a word and is no description."""
    explaining = [note for note in block.notes if not _DEFINITION.match(note[0].text.strip())]
    return passage([line for note in explaining for line in note])
