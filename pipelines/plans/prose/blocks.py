"""Lines to blocks: headings, bullets, paragraphs, each with the lines wrapped into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.plans.labels import label_of
from pipelines.plans.layouts.headings import kind_heading
from pipelines.plans.layouts.reading import NodeReading
from pipelines.plans.lines import Line, Passage, passage
from pipelines.plans.prose.scope import Scope
from pipelines.plans.vocabulary import words

COMPLETE_STYLES = ("quoted", "aim", "box", "pointer", "told")
LONGEST_HEADING = 40
LONGEST_SHORT = 20
_BOX = re.compile(r"^[\s\u3000]*[【＜<《〈](?P<title>[^】＞>》〉]+)[】＞>》〉][\s\u3000]*$")
_ARROW = re.compile(
    r"^(?P<title>[^。、，（(【「➡⇒→]{2,30}?)[\s\u3000]*[➡⇒→][\s\u3000]*(?P<text>[^➡⇒→]+)$"
)
_AIM = re.compile(r"^[\s\u3000]*[～~〜](?P<text>[^～~〜]+)[～~〜]?[\s\u3000]*$")
_QUOTED = re.compile(r"^[\s\u3000]*[「『](?P<text>[^「」『』]+)[」』][\s\u3000]*$")
_OPEN = re.compile(r"[「『（(【](?![^「『（(【]*[」』）)】])[^」』）)】]*$")
_POINTER = re.compile(r"^[\s\u3000]*(?:※(?!\s*[0-9０-９]).*|[（(][^（()）]*[）)])[\s\u3000]*$")
_PAGE_REFERENCE = re.compile(r"[\s\u3000]+\S{0,4}[PpＰ]\.?\s?[0-9０-９]{1,3}[\s\u3000]*$")
_BOX_MARKS = ("◆", "◇", "■", "□", "▼", "▶")


@dataclass(eq=False)
class Block:
    """A run of lines that says one thing.

    Attributes:
        kind: heading (with a label, in a box, or a short line), kind_heading (重点目標１ …),
            arrow (title ➡ text), bullet, text, pointer (※ … see elsewhere), told (read by
            another reader already: it only shows what stands there) or node.
        style: what it looks like; blocks of one style belong to one level.
        lines: its lines, the label or mark taken off the first.
        label: the label or mark as printed.
        title: the title of an arrow or kind heading.
        node: the plan's own heading that begins here.
    """

    kind: str
    style: str
    lines: list[Line]
    label: str | None = None
    title: Passage | None = None
    node: NodeReading | None = None
    first: Line = field(init=False)

    def __post_init__(self) -> None:
        self.first = self.lines[0]

    @cached_property
    def text(self) -> Passage:
        """The joined text; to be asked for once the block has all its lines."""
        return passage(self.lines)

    @property
    def is_sentence(self) -> bool:
        """Whether it ends a sentence or is too long for a heading."""
        text = self.text.text
        return "。" in text or len(text) > LONGEST_HEADING


def blocks_of_prose(
    lines: Sequence[Line], scope: Scope, told: frozenset[int] = frozenset()
) -> list[Block]:
    """Group the prose lines of a document into blocks.

    Args:
        lines: lines that nobody claimed, and the first line of each of the plan's own headings.
        scope: the document.
        told: lines that another reader took.
    """
    blocks: list[Block] = []
    for line in lines:
        if line.number in told:
            blocks.append(Block("told", "told", [line]))
        elif blocks and _goes_on(blocks[-1], line, scope):
            blocks[-1].lines.append(line)
        else:
            blocks.append(_block(line, scope))
    return blocks


def _goes_on(block: Block, line: Line, scope: Scope) -> bool:
    """Whether a line is the rest of the sentence above it."""
    last = block.lines[-1]
    if block.kind == "node" or block.style in COMPLETE_STYLES or line.number in scope.node_at:
        return False
    if _BOX.match(line.text):
        return False
    label = label_of(line)
    if label and label.kind not in ("number", "kana", "path_number"):
        return False
    if scope.is_wide_gap(last, line):
        return False
    if last.plain.endswith("。"):
        return block.kind == "bullet" and label is None and scope.is_full(last)
    joined = "".join(one.plain for one in block.lines)
    return bool(_OPEN.search(joined)) or last.plain.endswith(("、", "，")) or scope.is_full(last)


def _block(line: Line, scope: Scope) -> Block:
    node = scope.node_at.get(line.number)
    if node is not None:
        return Block("node", "node", [line], node=node)
    if _POINTER.match(line.text) and not label_of(line):
        return Block("pointer", "pointer", [line])
    return _boxed(line) or _arrow(line) or _labelled(line) or _plain(line)


def _boxed(line: Line) -> Block | None:
    match = _BOX.match(line.text)
    return Block("heading", "box", [line.with_text(match["title"])]) if match else None


def _arrow(line: Line) -> Block | None:
    match = _ARROW.match(line.text.strip())
    if not match or label_of(line):
        return None
    title = passage([line.with_text(match["title"])])
    return Block("arrow", "short", [line.with_text(match["text"])], title=title)


def _labelled(line: Line) -> Block | None:
    label = label_of(line)
    if label is None:
        return _kind_heading(line)
    if label.is_heading:
        kind = "text" if _is_sentence(label.rest) else "heading"
        return Block(kind, label.kind, [_without_page_reference(label.rest)], label.text)
    boxed = label.text in _BOX_MARKS and not _is_sentence(label.rest)
    if boxed and label.rest.width <= LONGEST_HEADING:
        return Block("heading", f"mark{label.text}", [label.rest])
    return Block("bullet", f"bullet{label.text}", [label.rest], label.text)


def _without_page_reference(title: Line) -> Line:
    """A heading without the page it points to: 背景 大綱P.1 to 背景."""
    return title.with_text(_PAGE_REFERENCE.sub("", title.text))


def _is_sentence(line: Line) -> bool:
    return "。" in line.plain or len(line.plain) > LONGEST_HEADING


def _kind_heading(line: Line) -> Block | None:
    heading = kind_heading([line])
    if heading is None or heading.number is None:
        return None
    printed = line.text.strip()
    end = printed.index(heading.number) + len(heading.number)
    title = passage([line.with_text(printed[:end])])
    rest = [line.with_text(printed[end:])]
    return Block("kind_heading", f"kind{heading.kind}", rest, title=title)


def _plain(line: Line) -> Block:
    for pattern, style in ((_AIM, "aim"), (_QUOTED, "quoted")):
        match = pattern.match(line.text)
        if match:
            return Block("text", style, [line.with_text(match["text"])])
    leads = any(word in line.plain for word in words("prose", "lead_words"))
    is_short = line.width <= LONGEST_SHORT and not leads
    if is_short and not re.search(r"[。、，：:]|^[（(]", line.plain):
        return Block("heading", "short", [line])
    return Block("text", "text", [line])
