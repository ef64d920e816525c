"""Layout ``item_table``: tables of items whose cells a PDF export flattened to lines.

A header line names the columns (改革実施項目 内容 実施時期 所管課). Below it each item is a number
alone on its line, the title's wrapped lines, the continuity in brackets, the content with a
【目標】 mark in it, the schedule and the departments. Headings stand between tables; a header
without one before it only says that the table goes on over a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.plans.characters import bare_text
from pipelines.plans.fields.departments import department_cells, read_departments
from pipelines.plans.fields.schedule import is_schedule, may_name_a_year
from pipelines.plans.fields.titles import continuity_of, split_continuity
from pipelines.plans.labels import label_of
from pipelines.plans.layouts.gaps import read_gap
from pipelines.plans.layouts.outline import Outline
from pipelines.plans.layouts.reading import (
    Continuity,
    Finding,
    ItemReading,
    LayoutReading,
    NodeReading,
)
from pipelines.plans.lines import EMPTY, Line, Passage, passage
from pipelines.plans.vocabulary import current, same_word, words

NUMBER_ALONE = re.compile(r"^[0-9]{1,3}$")
NUMBER_AND_TITLE = re.compile(
    r"^[\s\u3000]*(?P<number>[0-9０-９]{1,3})[\s\u3000.．]+(?P<title>\S.*)$"
)
_GOAL_MARK = re.compile(
    r"^\s*(?:[【\[〔<＜《]\s*(?P<framed>[^】\]〕>＞》]+)[】\]〕>＞》]"
    r"|[◆■●◎]?\s*(?P<plain>[^\s：:。、]{2,10})\s*[：:])(?P<rest>.*)$",
    re.S,
)
LEAST_COLUMNS = 3
LONGEST_TITLE = 8
LONGEST_SCHEDULE = 3
LOOKAHEAD = 60


def read_item_table(lines: Sequence[Line]) -> LayoutReading:
    """Read every flattened table of a document.

    Args:
        lines: the repaired lines.

    Returns:
        No items where the document has no table header of this kind.
    """
    filled = [line for line in lines if not line.is_blank]
    headers = header_places(filled)
    reading = LayoutReading(headers={filled[at].number for at in headers})
    if not headers:
        return reading
    first = min(headers)
    starts = [at for at in range(first + 1, len(filled)) if is_item_start(filled, at, headers)]
    if starts:
        _read_tables(filled, headers, starts, reading)
    return reading


def header_places(filled: Sequence[Line]) -> set[int]:
    """Where the headers of tables stand: on one line, or a column's heading on each of several."""
    initials = current().column_initials
    likely = {at for at, line in enumerate(filled) if line.plain[:1] in initials}
    places = {at for at in likely if header_columns(filled[at])}
    run: list[int] = []
    for at in range(len(filled) + 1):
        if at in likely and at not in places and column_of(filled[at].plain):
            run.append(at)
            continue
        names = [column_of(filled[one].plain) for one in run]
        if len(run) >= LEAST_COLUMNS and "title" in names and len(set(names)) == len(names):
            places |= set(run)
        run = []
    return places


def header_columns(line: Line) -> list[str] | None:
    """The columns a header line names, in order; None where it is no header.

    Every word must be a known column heading, or belong to one printed with spaces in it; an
    item's title must be among them.
    """
    tokens = line.plain.split(" ")
    if len(tokens) < LEAST_COLUMNS or "。" in line.plain:
        return None
    names: list[str] = []
    while tokens:
        length = next((n for n in (3, 2, 1) if column_of("".join(tokens[:n]))), 0)
        if not length:
            return None
        names.append(str(column_of("".join(tokens[:length]))))
        tokens = tokens[length:]
    return names if len(names) >= LEAST_COLUMNS and "title" in names else None


def column_of(token: str) -> str | None:
    """The column that a heading names; None where it is none that we know."""
    plan = current()
    if len(token) > 2 * plan.longest_column:
        return None
    return plan.columns.get(bare_text(token))


def is_item_start(filled: Sequence[Line], at: int, headers: set[int]) -> bool:
    """A number alone (or before a title) with an item's parts below it, up to the next number."""
    if at in headers or not _opens_with_number(filled[at]):
        return False
    for index in range(at + 1, min(at + LOOKAHEAD, len(filled))):
        line = filled[index]
        if continuity_of(line.plain) or goal_mark(line) is not None or is_schedule(line.plain):
            return True
        if NUMBER_ALONE.match(line.plain):
            return False
    return False


def _opens_with_number(line: Line) -> bool:
    if NUMBER_ALONE.match(line.plain):
        return True
    match = NUMBER_AND_TITLE.match(line.text)
    return bool(match and split_continuity(match["title"])[1])


def _read_tables(
    filled: Sequence[Line], headers: set[int], starts: list[int], reading: LayoutReading
) -> None:
    outline, node, gap_start = Outline(), None, 0
    for start, end in zip(starts, [*starts[1:], len(filled)], strict=True):
        gap = [(filled[at], at in headers) for at in range(gap_start, start)]
        node = read_gap(gap, outline, node, reading.findings, is_first=gap_start == 0)
        places = _places_of_text(filled, headers, start, end)
        body = [filled[at] for at in places]
        if node is None:
            node = outline.add(Passage("（見出しなし）", ()))
        item, used = read_item(body, node, reading.findings)
        reading.items.append(item)
        gap_start = places[used - 1] + 1
    rest = [(filled[at], at in headers) for at in range(gap_start, len(filled))]
    read_gap(rest, outline, node, reading.findings, is_first=False, is_last=True)
    reading.nodes = outline.nodes
    reading.doubts = sum(item.confidence == "review" for item in reading.items)


def _places_of_text(filled: Sequence[Line], headers: set[int], start: int, end: int) -> list[int]:
    """Where the text of an item stands: no headers, and no footnotes at the foot of a page.

    A footnote in the middle of an item runs up to the header that the next page repeats.
    """
    places: list[int] = []
    in_footnote = False
    for at in range(start, end):
        label = label_of(filled[at])
        if at in headers or (in_footnote and _ends_item(filled, at, end)):
            in_footnote = False
        elif label and label.kind == "footnote" and any(at < one < end for one in headers):
            in_footnote = True
        if at not in headers and not in_footnote:
            places.append(at)
    return places


def _ends_item(filled: Sequence[Line], at: int, end: int) -> bool:
    """Whether an item's last cells, a schedule and a department, stand here."""
    body = filled[at:end]
    found = _schedule_at(body, 0)
    return bool(found and department_cells(_with_schedule_tail(body, found[0], found[2]))[0])


def read_item(
    body: Sequence[Line], node: NodeReading, findings: list[Finding]
) -> tuple[ItemReading, int]:
    """One item from its number on.

    Args:
        body: the item's lines, and whatever follows it up to the next item; no headers, no blanks.
        node: the heading it stands under.
        findings: gets what a person should look at.

    Returns:
        The item, and how many lines of ``body`` are its own.
    """
    title_lines, continuity, content_at, labels = _read_title(body)
    schedule, content_end, rest_at = _find_schedule(body, content_at)
    cells, used = department_cells(_with_schedule_tail(body, schedule, rest_at))
    description, goal = split_goal(_without_footnotes(body[content_at:content_end]))
    item = ItemReading(
        node=node,
        title=passage(title_lines),
        number_label=_number_label(body[0]),
        continuity=continuity,
        description=description,
        goal=goal,
        schedule=schedule,
        department_cells=cells,
        departments=read_departments(cells),
        label_lines=labels,
    )
    _doubt(item, findings)
    return item, _own_lines(body, schedule, rest_at, used, content_end)


def _number_label(line: Line) -> str:
    match = NUMBER_AND_TITLE.match(line.text)
    return match["number"] if match else line.text.strip()


def _read_title(
    body: Sequence[Line],
) -> tuple[list[Line], Continuity | None, int, tuple[int, ...]]:
    """Title lines, continuity, where the content begins, and the lines of number and continuity."""
    first = NUMBER_AND_TITLE.match(body[0].text)
    title = [body[0].with_text(first["title"])] if first else []
    for index in range(1, min(LONGEST_TITLE + 1, len(body))):
        continuity = continuity_of(body[index].plain)
        if continuity:
            return title, continuity, index + 1, (body[0].number, body[index].number)
        head, continuity = split_continuity(body[index].text)
        title.append(body[index].with_text(head))
        if continuity:
            return title, continuity, index + 1, (body[0].number,)
    return _title_by_width(body, title[:1] if first else [])


def _title_by_width(
    body: Sequence[Line], title: list[Line]
) -> tuple[list[Line], None, int, tuple[int, ...]]:
    """Without a continuity the title is the run of short lines: a title's column is narrow."""
    index = 1
    while (
        index < len(body) and len(body[index].plain) <= LONGEST_TITLE and not goal_mark(body[index])
    ):
        title.append(body[index])
        index += 1
    return title, None, index, (body[0].number,)


def _find_schedule(body: Sequence[Line], start: int) -> tuple[Passage, int, int]:
    """The schedule cell, the end of the content before it, and where the departments begin.

    The schedule is the first run of lines that reads as one and has a department behind it; where
    no department follows anywhere, the first that reads as one.
    """
    first = None
    for at in range(start, len(body)):
        found = _schedule_at(body, at)
        if found and department_cells(_with_schedule_tail(body, found[0], found[2]))[0]:
            return found
        first = first or found
    if first:
        return first
    at = _departments_without_schedule(body, start)
    return EMPTY, at, at


def _schedule_at(body: Sequence[Line], at: int) -> tuple[Passage, int, int] | None:
    """A schedule beginning at ``at``: wrapped over some lines, or sharing its line."""
    if not may_name_a_year("".join(part.text for part in body[at : at + LONGEST_SCHEDULE])):
        return None
    words_of_line = body[at].text.split()
    for count in range(len(words_of_line) - 1, 0, -1):
        head = " ".join(words_of_line[:count])
        if is_schedule(head):
            return passage([body[at].with_text(head)]), at, at
    for length in range(LONGEST_SCHEDULE, 0, -1):
        parts = body[at : at + length]
        if len(parts) == length and is_schedule("".join(part.text for part in parts)):
            return passage(parts), at, at + length
    return None


def _with_schedule_tail(body: Sequence[Line], schedule: Passage, rest_at: int) -> list[Line]:
    """The department lines; on a shared line the schedule's words are taken off first."""
    rest = list(body[rest_at:])
    if schedule and rest and rest[0].number in schedule.lines:
        words_of_line = rest[0].text.split()
        while words_of_line and is_schedule(" ".join(words_of_line[:1])):
            words_of_line = words_of_line[1:]
        rest[0] = rest[0].with_text(" ".join(words_of_line))
    return rest


def _departments_without_schedule(body: Sequence[Line], start: int) -> int:
    """Where departments begin when the schedule cell is empty: after the last sentence."""
    for at in range(start, len(body)):
        behind = at > start and body[at - 1].plain.endswith("。")
        if behind and department_cells(list(body[at:]))[0]:
            return at
    ends = [at + 1 for at in range(start, len(body)) if body[at].plain.endswith("。")]
    return ends[-1] if ends else min(start + 1, len(body))


def _own_lines(
    body: Sequence[Line], schedule: Passage, rest_at: int, used: int, content_end: int
) -> int:
    """How many lines belong to the item: up to its last department, schedule or content."""
    shared = bool(schedule) and rest_at < len(body) and body[rest_at].number in schedule.lines
    return max(rest_at + max(used, int(shared)), content_end, 1)


def goal_mark(line: Line) -> str | None:
    """What follows a goal mark on its line (【目標】, 目標：); None where the line has no mark."""
    match = _GOAL_MARK.match(line.text)
    word = match["framed"] or match["plain"] if match else None
    return match["rest"] if match and word and same_word(word, words("goal_marks")) else None


def split_goal(content: Sequence[Line]) -> tuple[Passage, Passage]:
    """Description before the goal mark, goal after it."""
    for at, line in enumerate(content):
        rest = goal_mark(line)
        if rest is not None:
            return passage(content[:at]), passage([line.with_text(rest), *content[at + 1 :]])
    return passage(content), EMPTY


def _without_footnotes(content: Sequence[Line]) -> list[Line]:
    """A numbered footnote inside an item stands at the foot of a page: it ends the page's text."""
    kept: list[Line] = []
    for line in content:
        label = label_of(line)
        if label and label.kind == "footnote" and not line.plain.startswith("※ "):
            break
        kept.append(line)
    return kept


def _doubt(item: ItemReading, findings: list[Finding]) -> None:
    """What is missing lowers the confidence and is told."""
    missing = [
        (name, column)
        for name, column, found in (
            ("新規・継続の別", "continuity", item.continuity),
            ("実施時期", "schedule_text", item.schedule),
            ("所管課", "department_text", item.department_cells),
        )
        if not found
    ]
    for name, column in missing:
        item.confidence = "review"
        message = (
            f"項目「{item.title.text}」の{name}が見つかりません。原文のこの行を確かめてください。"
        )
        findings.append(Finding("warning", "item_cell_missing", item.lines, message, column))
