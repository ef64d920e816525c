"""Headings that name their kind before their number: 方策 1 …, 手法 / 1-1 / …, 経営方針１ …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.plans.lines import Line, Passage, passage
from pipelines.plans.vocabulary import same_word, words

_NUMERALS = r"(?:[一二三四五六七八九十]+|[Ⅰ-Ⅻ]+)(?=[\s\u3000、．.])"
_NUMBER = rf"(?:[0-9０-９]+(?:[-－‐.．][0-9０-９]+)*|{_NUMERALS})"
LONGEST_TITLE = 60
_NUMBER_ALONE = re.compile(rf"^\s*(?P<number>{_NUMBER})\s*$")


@dataclass(frozen=True)
class KindHeading:
    """A heading such as 方策 1 市政改革.

    ``number`` is as printed, None for a heading like 方策の柱; ``taken`` counts the filled lines
    the heading stands on.
    """

    kind: str
    number: str | None
    title: Passage
    label_lines: tuple[int, ...]
    taken: int


def kind_heading(lines: Sequence[Line]) -> KindHeading | None:
    """The heading that begins at ``lines[0]``; its parts may stand on up to three lines.

    Args:
        lines: filled lines from the candidate on.
    """
    first = lines[0]
    kind = _leading_kind(first.text)
    if kind is None:
        return None
    rest = _after(first.text, kind)
    match = re.match(rf"^(?P<number>{_NUMBER})(?P<title>.*)$", rest, re.S)
    if match:
        return _numbered(kind, match["number"], first.with_text(match["title"]), lines)
    if rest:
        return None
    return _on_own_line(kind, lines)


def _leading_kind(text: str) -> str | None:
    bare, kinds = text.strip(), words("heading_kinds")
    if not bare.startswith(kinds):
        return None
    return next(word for word in kinds if bare.startswith(word))


def _after(text: str, kind: str) -> str:
    return text.strip()[len(kind) :].strip()


def _numbered(kind: str, number: str, title: Line, lines: Sequence[Line]) -> KindHeading | None:
    if not title.is_blank:
        return _titled(KindHeading(kind, number, _unquoted(title), (lines[0].number,), 1))
    if len(lines) > 1 and not _leading_kind(lines[1].text):
        return _titled(KindHeading(kind, number, passage(lines[1:2]), (lines[0].number,), 2))
    return None


def _on_own_line(kind: str, lines: Sequence[Line]) -> KindHeading | None:
    """The kind alone on its line: a number below it and then the title, or the title at once."""
    if len(lines) < 2 or _leading_kind(lines[1].text):
        return None
    match = _NUMBER_ALONE.match(lines[1].text)
    if match and len(lines) > 2:
        label = (lines[0].number, lines[1].number)
        return _titled(KindHeading(kind, match["number"], passage(lines[2:3]), label, 3))
    if match or same_word(lines[1].text, words("heading_kinds")):
        return None
    return _titled(KindHeading(kind, None, passage(lines[1:2]), (lines[0].number,), 2))


def _titled(heading: KindHeading) -> KindHeading | None:
    """A heading's title is no sentence and no paragraph."""
    text = heading.title.text
    return heading if text and "。" not in text and len(text) <= LONGEST_TITLE else None


def _unquoted(title: Line) -> Passage:
    """A title in 「…」 is the text inside."""
    text = title.text.strip()
    inside = re.fullmatch(r"「([^」]+)」", text)
    return passage([title.with_text(inside.group(1) if inside else text)])
