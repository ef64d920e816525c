"""Sections to statements: what kind of text each paragraph and bullet is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.plans.fields.titles import without_closing_word
from pipelines.plans.layouts.reading import NodeReading, StatementReading
from pipelines.plans.lines import EMPTY, Passage, join_passages, passage
from pipelines.plans.prose.blocks import Block
from pipelines.plans.prose.kinds import announced_kind, kind_of_heading, reviews
from pipelines.plans.prose.scope import (
    CLOSING_WORD,
    EMPTY_HEADING,
    POINTER,
    REPEATED_TITLE,
    Scope,
)
from pipelines.plans.prose.sections import ENTRY_STYLES, Section
from pipelines.plans.vocabulary import same_word, words

BODY = "body"
_ONLY_ANNOUNCES = re.compile(r"^[^、，。]*は[、，]?次の[^、，。]*。$")
_CLOSING = ("など", "等")


def read_statements(root: Section, scope: Scope, aside: dict[int, str]) -> list[StatementReading]:
    """Every paragraph and bullet with its kind, in the document's order.

    Args:
        root: the sections of the document.
        scope: the document.
        aside: gets the lines that are understood and give no statement.
    """
    found: list[StatementReading] = []
    sections = list(root.walk())
    for section in sections:
        found += _of_section(section, scope, aside)
    used = {number for one in found for number in one.heading_lines}
    for section in sections:
        for number in set(section.title.lines) - used - scope.node_lines:
            aside.setdefault(number, EMPTY_HEADING)
    return sorted(found, key=lambda one: min(one.text.lines, default=0))


def _of_section(
    section: Section, scope: Scope, aside: dict[int, str]
) -> Iterator[StatementReading]:
    announced: str | None = _announced_above(section)
    for blocks in _entries(section):
        text = _text(blocks)
        if not text or _is_aside(blocks[0], section, scope, aside):
            continue
        closing = [line.number for line in blocks[-1].lines if line.plain in _CLOSING]
        aside.update(dict.fromkeys(closing, CLOSING_WORD))
        kind = kind_of_text(section, text.text, blocks[0], announced)
        announced = announced_kind(text.text) or announced
        yield _statement(kind, text, blocks, section, scope)


def _entries(section: Section) -> Iterator[list[Block]]:
    """The blocks of a section that make one statement each.

    Paragraphs under an entry of a numbered series are one text; a paragraph behind a bullet that
    begins with a connective goes on with it.
    """
    own = [one for one in section.parts if isinstance(one, Block) and one.kind != "told"]
    if section.style in ENTRY_STYLES and own and all(one.style == "text" for one in own):
        yield own
        return
    entry: list[Block] = []
    for block in own:
        if entry and entry[0].kind == "bullet" and _goes_on(block):
            entry.append(block)
            continue
        if entry:
            yield entry
        entry = [block]
    if entry:
        yield entry


def _goes_on(block: Block) -> bool:
    """また、… and a quotation say more about the bullet above them."""
    connects = block.text.text.startswith(words("prose", "connectives"))
    return block.style == "quoted" or (block.style == "text" and connects)


def _text(blocks: Sequence[Block]) -> Passage:
    if blocks[-1].style == "quoted":
        return blocks[-1].text
    if len(blocks) > 1:
        return join_passages([block.text for block in blocks])
    block = blocks[0]
    lines = [line for line in block.lines if line.plain not in _CLOSING]
    if block.kind != "bullet" or not lines:
        return block.text
    last = lines[-1].with_text(without_closing_word(lines[-1].text))
    unchanged = last is block.lines[-1] and len(lines) == len(block.lines)
    return block.text if unchanged else passage([*lines[:-1], last])


def _is_aside(block: Block, section: Section, scope: Scope, aside: dict[int, str]) -> bool:
    """Pointers to other places, and titles of the outline that are only printed again."""
    numbers = [line.number for line in block.lines]
    if block.kind == "pointer" or same_word(block.text.text, _CLOSING):
        aside.update(dict.fromkeys(numbers, POINTER))
        return True
    is_repeat = len(block.lines) == 1 and scope.repeats_title(block.first)
    if is_repeat and kind_of_section(section) == BODY:
        aside.update(dict.fromkeys(numbers, REPEATED_TITLE))
        return True
    return False


def kind_of_text(section: Section, text: str, block: Block, announced: str | None) -> str:
    """A sentence that only announces a list is body; the list is what was announced."""
    if _ONLY_ANNOUNCES.match(text):
        return BODY
    is_entry = section.style in ENTRY_STYLES or block.kind in ("heading", "kind_heading")
    if announced and (is_entry or block.label):
        return announced
    return kind_of_section(section)


def kind_of_section(section: Section) -> str:
    """The kind told by the nearest heading that names one; body where none does."""
    one = section
    while one.parent is not None:
        kind = kind_of_heading(one.title.text, at_end=one.style in ENTRY_STYLES)
        if kind == "issue" and reviews(one.parent.title.text):
            return "remaining_issue"
        if kind:
            return kind
        one = one.parent
    return BODY


def _announced_above(section: Section) -> str | None:
    """What the text above an entry of a numbered series announced."""
    if section.style not in ENTRY_STYLES or section.parent is None:
        return None
    above = [part for part in section.parent.parts if isinstance(part, Block)]
    kinds = [kind for block in above if (kind := announced_kind(block.text.text))]
    return kinds[-1] if kinds else None


def _statement(
    kind: str, text: Passage, blocks: Sequence[Block], section: Section, scope: Scope
) -> StatementReading:
    block = blocks[0]
    heading = section.title if section.style not in ("root", "node") else EMPTY
    label = block.label if block.kind in ("heading", "text") else None
    if block.kind == "kind_heading" and block.title:
        heading = block.title
    if blocks[-1].style == "quoted" and len(blocks) > 1:
        heading = block.text
    path = section.path
    titles = tuple(one.title.text for one in path)
    node = section.node or _node_named(scope, (text.text, heading.text, *reversed(titles)))
    numbers = {*heading.lines, *(number for one in path for number in one.title.lines)}
    return StatementReading(
        kind, text, titles, heading, label or _entry_label(section), node, tuple(sorted(numbers))
    )


def _entry_label(section: Section) -> str | None:
    return section.label if section.style in ENTRY_STYLES else None


def _node_named(scope: Scope, texts: Sequence[str]) -> NodeReading | None:
    """The heading of the plan's outline that the statement or a heading above it names."""
    return next((node for text in texts if text and (node := scope.node_of_title(text))), None)
