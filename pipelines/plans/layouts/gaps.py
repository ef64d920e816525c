"""Between two items of flattened tables: headings, footnotes, rows that are no items."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.plans.labels import Label, label_of
from pipelines.plans.layouts.headings import kind_heading
from pipelines.plans.layouts.outline import Outline
from pipelines.plans.layouts.reading import Finding, NodeReading
from pipelines.plans.lines import Line, passage
from pipelines.plans.vocabulary import words

PENDING_LINES = 5
KIND = "kind:"


def read_gap(
    gap: Sequence[tuple[Line, bool]],
    outline: Outline,
    current: NodeReading | None,
    findings: list[Finding],
    is_first: bool,
    is_last: bool = False,
) -> NodeReading | None:
    """The heading that the next table stands under.

    Args:
        gap: (line, whether it is a table header) between two items.
        outline: gets the headings found.
        current: the heading so far.
        findings: gets table rows that are no items.
        is_first: the gap before the first item, which also holds everything before the tables.
        is_last: the gap behind the last item, where no table follows.

    Returns:
        ``current`` where the gap holds no header: then the table has not ended.
    """
    if not is_first:
        _report_pending_row([line for line, is_header in gap if not is_header], findings)
    headers = [index for index, (_, is_header) in enumerate(gap) if is_header]
    if not headers or is_last:
        return current
    before = [line for line, is_header in gap[: headers[-1]] if not is_header]
    return _heading(before if is_first else _without_footnotes(before), outline, current, is_first)


def _heading(
    lines: list[Line], outline: Outline, current: NodeReading | None, is_first: bool
) -> NodeReading | None:
    labelled = [(at, label) for at, line in enumerate(lines) if (label := _heading_label(line))]
    if not labelled:
        top = lines[-1:] if is_first else lines
        return outline.add(passage(top)) if top else current
    chain = _chain(labelled)
    first, label = chain[0]
    node = _pillar(lines[:first], outline, is_first) or _parent_of(label.kind, current)
    ends = [at for at, _ in chain[1:]] + [len(lines)]
    for (at, label), end in zip(chain, ends, strict=True):
        title = passage([label.rest, *lines[at + 1 : end]])
        kind = label.kind.removeprefix(KIND) if label.kind.startswith(KIND) else None
        node = outline.add(title, node, label.text, kind)
    return node


def _chain(labelled: Sequence[tuple[int, Label]]) -> list[tuple[int, Label]]:
    """The last labelled heading, with those of other levels on the lines right above it."""
    chain = [labelled[-1]]
    for at, label in reversed(labelled[:-1]):
        kinds = {one.kind for _, one in chain}
        if at != chain[0][0] - 1 or label.kind in kinds or "。" in label.rest.plain:
            break
        chain.insert(0, (at, label))
    return chain


def _parent_of(kind: str, current: NodeReading | None) -> NodeReading | None:
    """The parent of the open heading of this kind of label; else the top of the open outline."""
    node = current
    while node is not None:
        label = label_of(Line(0, f"{node.number_label or ''} {node.title.text}"))
        same_label = node.kind_label is None and label is not None and label.kind == kind
        if same_label or (node.kind_label and KIND + node.kind_label == kind):
            return node.parent
        node = node.parent
    return _top_of(current)


def _heading_label(line: Line) -> Label | None:
    """The label of a heading: a number, or a kind with its number (柱Ⅰ, 基本方針１)."""
    label = label_of(line)
    if label and label.is_heading and not label.rest.is_blank:
        return label
    heading = None if label else kind_heading([line])
    if heading is None or heading.number is None:
        return None
    return Label(KIND + heading.kind, heading.number, line.with_text(heading.title.text))


def _pillar(lines: list[Line], outline: Outline, is_first: bool) -> NodeReading | None:
    """The unlabelled heading right above a labelled one."""
    if not lines:
        return None
    nearest = lines[-1:] if is_first else _last_unlabelled_run(lines)
    is_heading = bool(nearest) and "。" not in nearest[-1].plain
    return outline.add(passage(nearest)) if is_heading else None


def _last_unlabelled_run(lines: list[Line]) -> list[Line]:
    run: list[Line] = []
    for line in reversed(lines):
        if label_of(line) or line.plain.endswith("。"):
            break
        run.insert(0, line)
    return run


def _top_of(node: NodeReading | None) -> NodeReading | None:
    while node is not None and node.parent is not None:
        node = node.parent
    return node


def _without_footnotes(lines: list[Line]) -> list[Line]:
    """Footnotes run on to the page's end; a labelled heading or a page's top ends them.

    The text at a page's top begins with white space and follows without a blank line.
    """
    kept: list[Line] = []
    in_footnote = False
    for before, line in zip([None, *lines], lines, strict=False):
        label = label_of(line)
        if label and label.kind == "footnote":
            in_footnote = True
        elif in_footnote and (_heading_label(line) or _is_page_top(before, line)):
            in_footnote = False
        if not in_footnote:
            kept.append(line)
    return kept


def _is_page_top(before: Line | None, line: Line) -> bool:
    tight = before is not None and line.number - before.number == 1
    return line.text[:1].isspace() and tight


def _report_pending_row(lines: list[Line], findings: list[Finding]) -> None:
    """A row right behind an item that only announces something: reported, never an item."""
    row: list[Line] = []
    for line in lines[:PENDING_LINES]:
        label = label_of(line)
        if label and (label.kind == "footnote" or label.is_heading):
            break
        row.append(line)
    text = passage(row)
    named = [word for word in words("pending_row_words") if word in text.text]
    if named:
        message = (
            f"表の中に番号のない行「{text.text}」があります（{'、'.join(named)}）。"
            "まだ項目ではないと読み、項目に数えていません。"
        )
        findings.append(Finding("warning", "table_row_is_no_item", text.lines, message))
