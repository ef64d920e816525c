"""Layout ``flat_table``: items whose departments stand in brackets under, or behind, the title.

::

    (1) 会議の進め方を改める
    （総務課・財政課）
    会議の時間を短くする。

Only what the order decides is read: a title with a bracket that holds nothing but names of
departments, again and again, in a document that calls itself a plan. Minutes, rosters, charts of
the organisation and reports have brackets of departments too; they are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.plans.fields.departments import (
    department_cells,
    is_department_text,
    read_departments,
)
from pipelines.plans.fields.schedule import is_schedule
from pipelines.plans.fields.titles import split_continuity, split_repost
from pipelines.plans.labels import Label, label_of
from pipelines.plans.layouts.headings import kind_heading
from pipelines.plans.layouts.item_table import goal_mark
from pipelines.plans.layouts.outline import Outline
from pipelines.plans.layouts.reading import Finding, ItemReading, LayoutReading, NodeReading
from pipelines.plans.lines import EMPTY, Line, Passage, passage
from pipelines.plans.vocabulary import words

LEAST_ITEMS = 3
LONGEST_TITLE = 45
TITLE_LINES = 3
HEAD_LINES = 12
_BRACKET = re.compile(
    r"^(?P<title>.*?)[\s\u3000]*[（(【\[〔](?:担当|所管|主管)?課?(?:部署)?\s*[:：]?\s*"
    r"(?P<departments>[^（()）【】\[\]〔〕]+)[）)】\]〕](?:[\s\u3000]+(?P<text>\S.*))?[\s\u3000]*$"
)
_SEPARATORS = re.compile(r"[・、，,／/\s\u3000･]+")


@dataclass(frozen=True)
class Start:
    """Where an item begins: its first line, its title, and the line after its departments.

    ``text`` is what stands behind the departments on their line.
    """

    at: int
    end: int
    label: Label | None
    title: Passage
    departments: Line
    text: Line


def read_flat_table(lines: Sequence[Line]) -> LayoutReading:
    """Read titles with departments in brackets.

    Returns:
        No items where the document does not call itself a plan, or titles of one kind mostly have
        no departments.
    """
    filled = [line for line in lines if not line.is_blank]
    reading = LayoutReading()
    if not _is_plan(filled):
        return reading
    starts = _starts(filled)
    kinds = Counter(start.label.kind if start.label else "" for start in starts)
    if not kinds or not _is_regular(starts, filled, kinds):
        return reading
    _read(filled, starts, kinds.most_common(1)[0][0], reading)
    return reading


def _is_plan(filled: Sequence[Line]) -> bool:
    """The head of the document names a plan, and nothing else that lists departments."""
    head = " ".join(line.plain for line in filled[:HEAD_LINES])
    named = any(word in head for word in words("flat_table", "plan_words"))
    return named and not any(word in head for word in words("flat_table", "other_words"))


def _starts(filled: Sequence[Line]) -> list[Start]:
    starts: list[Start] = []
    for at, line in enumerate(filled):
        match = _BRACKET.match(line.text)
        if not match or not is_only_departments(match["departments"]):
            continue
        departments = line.with_text(_SEPARATORS.sub(" ", match["departments"]).strip())
        own = line.with_text(match["title"])
        first = at if not own.is_blank else _title_above(filled, at)
        if first is None:
            continue
        parts = [*filled[first:at], own] if own.is_blank or first < at else [own]
        text = line.with_text(match["text"] or "")
        start = _start(first, [one for one in parts if not one.is_blank], departments, text, at + 1)
        if start and (not starts or starts[-1].end <= first):
            starts.append(start)
    return starts


def is_only_departments(text: str) -> bool:
    """Whether a text holds names of departments and nothing else."""
    names = [one for one in _SEPARATORS.split(text.strip()) if one]
    return bool(names) and all(is_department_text(one) for one in names)


def _title_above(filled: Sequence[Line], at: int) -> int | None:
    """The first line of the title above a bracket: the nearest with a label, else the last."""
    for first in range(at - 1, max(-1, at - 1 - TITLE_LINES), -1):
        other = _BRACKET.match(filled[first].text)
        if "。" in filled[first].plain or (other and is_only_departments(other["departments"])):
            return None
        label = label_of(filled[first])
        if label and not label.rest.is_blank:
            return first
    return at - 1 if at else None


def _start(
    first: int, parts: Sequence[Line], departments: Line, text: Line, end: int
) -> Start | None:
    label = label_of(parts[0]) if parts else None
    title = passage([label.rest, *parts[1:]] if label else parts)
    wrong = "。" in title.text or len(title.text) > LONGEST_TITLE or len(title.text) < 2
    if wrong or is_department_text(title.text):
        return None
    return Start(first, end, label, title, departments, text)


def _is_regular(starts: Sequence[Start], filled: Sequence[Line], kinds: Counter[str]) -> bool:
    """Three items or more of one look, several departments, and few titles without any."""
    kind, count = kinds.most_common(1)[0]
    names = {one.departments.plain for one in starts}
    if count < LEAST_ITEMS or len(names) < 2 or 4 * count < 3 * len(starts):
        return False
    if not kind:
        return True
    own = {start.at for start in starts}
    inside = range(starts[0].at, starts[-1].end)
    bare = sum(
        at not in own and (label := label_of(filled[at])) is not None and label.kind == kind
        for at in inside
    )
    return 4 * bare <= count


def _read(
    filled: Sequence[Line], starts: Sequence[Start], kind: str, reading: LayoutReading
) -> None:
    outline = Outline()
    node: NodeReading | None = None
    before = 0
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        node = _headings(filled[before : start.at], outline, node, kind, before == 0)
        if node is None:
            node = outline.add(Passage("（見出しなし）", ()))
        limit = following.at if following else len(filled)
        end = _end_of_text(filled, start.end, limit, kind)
        body = [line for line in (start.text, *filled[start.end : end]) if not line.is_blank]
        reading.items.append(_item(start, body, node))
        _report_bare_titles(filled[end:limit], kind, reading)
        before = end
    reading.nodes = outline.nodes
    reading.findings += _unlabelled(reading.items)


def _report_bare_titles(lines: Sequence[Line], kind: str, reading: LayoutReading) -> None:
    """A title of the items' look without departments is no item; it is told."""
    for line in lines:
        label = label_of(line)
        if label is not None and kind and label.kind == kind:
            message = (
                f"「{line.plain}」は項目と同じ番号の形ですが、課名のかっこがないため項目に"
                "入れていません。原文を確かめてください。"
            )
            rule = "title_without_departments"
            reading.findings.append(Finding("warning", rule, (line.number,), message))
            reading.doubts += 1


def _end_of_text(filled: Sequence[Line], start: int, limit: int, kind: str) -> int:
    """The text of an item runs to the next heading; a heading has a label of another kind."""
    for at in range(start, limit):
        label = label_of(filled[at])
        if label is not None and label.kind == kind and not label.rest.is_blank and kind:
            return at
        heads = label is not None and label.is_heading and label.kind != kind
        short = "。" not in filled[at].plain and len(filled[at].plain) <= LONGEST_TITLE
        if (heads and short and _ends_list(filled, at, limit)) or kind_heading([filled[at]]):
            return at
    return limit


def _ends_list(filled: Sequence[Line], at: int, limit: int) -> bool:
    """Whether only headings stand between a line and the next item: ① in a text is none."""
    return all("。" not in line.plain for line in filled[at:limit]) and limit - at <= TITLE_LINES


def _headings(
    lines: Sequence[Line], outline: Outline, node: NodeReading | None, kind: str, is_first: bool
) -> NodeReading | None:
    """The headings before an item; before the first one, those right above it."""
    chain: list[tuple[str, Passage, str | None, str | None]] = []
    for line in reversed(lines):
        label = label_of(line)
        named = None if label else kind_heading([line])
        if named and named.number:
            chain.insert(0, (f"kind{named.kind}", named.title, named.number, named.kind))
        elif label and label.is_heading and label.kind != kind and "。" not in line.plain:
            chain.insert(0, (label.kind, passage([label.rest]), label.text, None))
        elif is_first or label is None:
            break
    parent = None if is_first or len(chain) > 1 else _top(node)
    for _, title, number, kind_label in chain:
        parent = outline.add(title, parent, number, kind_label)
    return parent if chain else node


def _top(node: NodeReading | None) -> NodeReading | None:
    """The heading above the open one, under which the next of its kind stands."""
    return node.parent if node else None


def _item(start: Start, body: Sequence[Line], node: NodeReading) -> ItemReading:
    title, is_repost, repost_ref = split_repost(start.title.text)
    title, continuity = split_continuity(title)
    cells, _ = department_cells([start.departments])
    schedule = next((line for line in body if is_schedule(line.plain)), None)
    rest = [line for line in body if line is not schedule]
    marks = [at for at, line in enumerate(rest) if goal_mark(line) is not None]
    cut = marks[0] if marks else len(rest)
    goal = [rest[cut].with_text(goal_mark(rest[cut]) or ""), *rest[cut + 1 :]] if marks else []
    return ItemReading(
        node=node,
        title=Passage(title, start.title.lines, start.title.shares if title == start.title.text
                      else ()),
        number_label=start.label.text if start.label else None,
        continuity=continuity,
        description=passage(rest[:cut]),
        goal=passage(goal) if goal else EMPTY,
        schedule=passage([schedule]) if schedule else EMPTY,
        department_cells=cells or [passage([start.departments])],
        departments=read_departments(cells),
        is_repost=is_repost,
        repost_ref=repost_ref,
        confidence="certain" if start.label else "inferred",
    )  # fmt: skip


def _unlabelled(items: Sequence[ItemReading]) -> list[Finding]:
    """Titles without a number are told: only the bracket behind them shows what they are."""
    return [
        Finding(
            "info",
            "title_by_departments",
            item.title.lines,
            f"「{item.title.text}」は番号がなく、課名のかっこが続くことから項目と読みました。",
        )
        for item in items
        if item.number_label is None
    ]
