"""Counts of items that a document states about itself: its own table, or 「全47項目」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipelines.plans.characters import normalised_title
from pipelines.plans.layouts.reading import Finding, ItemReading, NodeReading
from pipelines.plans.lines import Line, passage
from pipelines.plans.prose.model import CountReading
from pipelines.plans.prose.scope import Scope
from pipelines.plans.vocabulary import same_word, words

_ROW = re.compile(
    r"^[\s\u3000]*(?P<label>.+?)[\s\u3000]+(?P<count>[0-9０-９]{1,4})[\s\u3000]*(?:項目|件|事業)?[\s\u3000]*$"
)
_SENTENCE = re.compile(
    r"(?:全部で|全体で|合わせて|計|全)(?P<count>\d{1,3})(?:の)?(?:項目|の?改革項目|の?実施項目|の?取組項目)"
)


def read_counts(scope: Scope, free: Sequence[Line]) -> list[CountReading]:
    """The rows of count tables, and totals stated in a sentence.

    Args:
        scope: the document.
        free: the lines that belong to no item.
    """
    rows: list[CountReading] = []
    for at, line in enumerate(free):
        if _is_count_header(line):
            rows += _rows(free[at + 1 :], scope)
    if not rows:
        rows = [found for line in free if (found := _in_sentence(line))]
    return rows


def count_headers(free: Sequence[Line]) -> set[int]:
    """The header of a table of counts, and the caption right above it."""
    found: set[int] = set()
    for before, line in zip([None, *free], free, strict=False):
        if _is_count_header(line):
            found.add(line.number)
            if before is not None and "。" not in before.plain:
                found.add(before.number)
    return found


def _is_count_header(line: Line) -> bool:
    """「改革実施項目 項目数」: the last column counts."""
    _, space, last = line.plain.rpartition(" ")
    return bool(space) and same_word(last, words("prose", "count_columns")) is not None


def _rows(lines: Sequence[Line], scope: Scope) -> list[CountReading]:
    rows: list[CountReading] = []
    parent: NodeReading | None = None
    for line in lines:
        match = _ROW.match(line.text)
        if match is None:
            break
        label = passage([line.with_text(match["label"])]).text
        count = int(unicodedata.normalize("NFKC", match["count"]))
        if same_word(label, words("prose", "total_words")):
            rows.append(CountReading(label, count, None, (line.number,)))
            break
        node = scope.node_of_title(label) or _child(scope.reading.nodes, parent, label)
        if node is None:
            break
        parent = node if node.parent is None else node.parent
        rows.append(CountReading(label, count, node, (line.number,)))
    return rows


def _child(
    nodes: Sequence[NodeReading], parent: NodeReading | None, label: str
) -> NodeReading | None:
    """The heading under the last named one that bears this number."""
    return next(
        (
            node
            for node in nodes
            if node.parent is parent and parent is not None and node.number_label
            if normalised_title(node.number_label) == normalised_title(label)
        ),
        None,
    )


def _in_sentence(line: Line) -> CountReading | None:
    match = _SENTENCE.search(line.plain)
    if match is None:
        return None
    text = passage([line]).text
    return CountReading(text, int(match["count"]), None, (line.number,))


def items_under(items: Sequence[ItemReading], node: NodeReading | None) -> int:
    """How many items stand under a heading or below it; all of them for None."""
    return sum(node is None or _is_below(item.node, node) for item in items)


def _is_below(node: NodeReading | None, top: NodeReading) -> bool:
    while node is not None:
        if node is top:
            return True
        node = node.parent
    return False


def count_findings(counts: Sequence[CountReading], items: Sequence[ItemReading]) -> list[Finding]:
    """A stated count that differs from the extracted one is told; both are published."""
    findings: list[Finding] = []
    for count in counts:
        extracted = items_under(items, count.node)
        if extracted != count.stated:
            message = (
                f"資料は「{count.label}」の項目数を{count.stated}と書いていますが、"
                f"読み取った項目は{extracted}です。項目の読み落としや読み過ぎ、"
                "または資料の誤りを確かめてください。"
            )
            rule = "control_total_contradicts"
            findings.append(Finding("warning", rule, count.lines, message, "stated_count"))
    return findings
