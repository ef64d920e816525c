"""The blocks of one form sheet: what each run of lines is, wherever the export put it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipelines.plans.labels import label_of
from pipelines.plans.lines import EMPTY, Line, Passage, join_passages, passage
from pipelines.plans.vocabulary import same_word, word_of_line, words

BlockKind = Literal["title", "description", "viewpoint", "orphan"]

TITLE_WIDTH = 16
LOST = "\ufffd"
_SENTENCE_END = re.compile(r"(?:。|ます|ました|ません|する|した|ある|れる|める|です)$")
_VIEWPOINT = re.compile(
    r"^\s*(?P<code>[①-⑳])(?P<label>[^\s\u3000]{2,12})(?:[\s\u3000]+(?P<text>.*))?$"
)
_MEASURE = re.compile(
    r"^\s*(?P<number>\D?\s*[0-9０-９]+[-－‐][0-9０-９]+(?:[-－‐][0-9０-９]+)?)[\s\u3000]+(?P<title>.+?)[\s\u3000]*$"
)


@dataclass
class FormBlock:
    """A run of lines without a blank one between, and what it is."""

    kind: BlockKind
    text: Passage
    code: str | None = None
    label: str | None = None


def blocks_of(sheet: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines without a blank line between; a sheet's lines keep their blanks for this."""
    runs: list[list[Line]] = [[]]
    for line in sheet:
        if line.is_blank:
            runs.append([])
        else:
            runs[-1].append(line)
    return [run for run in runs if run]


def measure_heading(line: Line) -> tuple[str, Line] | None:
    """``経1-1 コミュニティ活動の促進`` to its number as printed and its title."""
    match = _MEASURE.match(line.text)
    if not match or "・・・" in line.plain:
        return None
    return "".join(match["number"].split()), line.with_text(match["title"])


@cache
def _pillar_pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, kinds))
    return re.compile(
        rf"^\s*(?P<kind>{listed})\s*(?P<number>[0-9０-９]+)[\s\u3000]+(?P<title>.+?)[\s\u3000]*$"
    )


def pillar_heading(line: Line) -> tuple[str, str, Line] | None:
    """``経営方針１ 地域力の醸成`` to its kind, number as printed and title.

    A form label that shares the line (SDGsに向けた方向性) is taken off, and quotation marks are.
    """
    match = _pillar_pattern(words("heading_kinds")).match(line.text)
    if not match:
        return None
    parts = re.split(r"[\s\u3000]+", match["title"])
    while len(parts) > 1 and same_word(parts[-1], words("form", "labels")):
        parts.pop()
    title = re.sub(r"^「(.*)」$", r"\1", "".join(parts))
    return match["kind"], match["number"], line.with_text(title)


def is_form_label(line: Line) -> bool:
    """Whether a line is one of the form's own labels."""
    return word_of_line(line, words("form", "labels")) is not None


def classify(run: Sequence[Line], viewpoint_labels: Sequence[str]) -> list[FormBlock]:
    """What a run of lines is: a viewpoint, a description, a title, or a title with its description.

    Args:
        run: lines without a blank one between.
        viewpoint_labels: the viewpoints' names, where the form's legend gives them.
    """
    viewpoint = _viewpoint(run, viewpoint_labels)
    if viewpoint:
        return [viewpoint]
    if is_title(run):
        return [FormBlock("title", passage(run))]
    if len(run) > 1 and is_title(run[:1]) and _begins_description(run[1:]):
        return [FormBlock("title", passage(run[:1])), FormBlock("description", passage(run[1:]))]
    if is_description(run):
        return [FormBlock("description", _paragraphs(run))]
    return [FormBlock("orphan", passage(run))]


def _viewpoint(run: Sequence[Line], labels: Sequence[str]) -> FormBlock | None:
    match = _VIEWPOINT.match(run[0].text)
    if not match or not _is_named(passage([run[0].with_text(match["label"])]).text, labels):
        return None
    parts = [run[0].with_text(match["text"] or ""), *run[1:]]
    text = passage(parts)
    lines = (run[0].number, *(number for number in text.lines if number != run[0].number))
    label = passage([run[0].with_text(match["label"])]).text
    return FormBlock("viewpoint", Passage(text.text, lines), match["code"], label)


def _is_named(label: str, labels: Sequence[str]) -> bool:
    """Whether a legend names a viewpoint; a glyph that an export lost fits any character."""
    return not labels or any(
        len(label) == len(one)
        and all(LOST in pair or pair[0] == pair[1] for pair in zip(label, one, strict=True))
        for one in labels
    )


def is_title(run: Sequence[Line]) -> bool:
    """Short lines that end in no sentence: a title's cell is narrow."""
    short = all(len(line.plain) <= TITLE_WIDTH for line in run)
    return short and len(run) <= 3 and not _ends_sentence(run) and not label_of(run[0])


def _begins_description(run: Sequence[Line]) -> bool:
    """A description fills its wide cell, or is one sentence."""
    return len(run[0].plain) > TITLE_WIDTH or _ends_sentence(run)


def is_description(run: Sequence[Line]) -> bool:
    """Whether a run ends a sentence, or fills a wide cell over several lines."""
    return _ends_sentence(run) or (len(run) > 1 and len(run[0].plain) > 2 * TITLE_WIDTH)


def _ends_sentence(run: Sequence[Line]) -> bool:
    return bool(_SENTENCE_END.search(run[-1].plain))


def _paragraphs(run: Sequence[Line]) -> Passage:
    """Paragraphs of one cell are closed up like wrapped lines: the form breaks both alike."""
    return join_passages([passage([line]) for line in run]) if run else EMPTY
