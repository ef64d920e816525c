"""The labels that open a line of an outline: ①, (1), (ｱ), 1-1, ア, １, ・ and their like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.plans.lines import Line
from pipelines.plans.vocabulary import Vocabulary, current

_DIGITS = r"[0-9０-９]+"
# Kind, first characters, pattern; in the order they are tried, the first that fits names the kind.
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("chapter", "第", rf"第\s*(?:{_DIGITS}|[一二三四五六七八九十]+)\s*[章節編部]"),
    ("circled", "①-⑳㉑-㉟㊱-㊿", r"[①-⑳㉑-㉟㊱-㊿]"),
    ("paren_number", "（(", rf"[（(]\s*{_DIGITS}\s*[）)]"),
    ("paren_kana", "（(", r"[（(]\s*[ｱ-ﾝア-ン]\s*[）)]"),
    (
        "path_number",
        "0-9０-９",
        rf"{_DIGITS}(?:[-－‐.．]{_DIGITS})+(?![0-9０-９年月日人件円%％])",
    ),
    ("number", "0-9０-９", rf"{_DIGITS}(?=[\s\u3000.．、]|$)(?![.．]{_DIGITS})[.．、]?"),
    ("kana", "ア-ン", r"[ア-ン](?=[\s\u3000.．])[.．]?"),
    ("note", "⇒→➡", r"[⇒→➡]"),
    ("footnote", "※", rf"※\s*{_DIGITS}"),
    (
        "bullet",
        r"・○●◯◎□■◆◇▪•‣*＊\-－–",
        r"[・○●◯◎□■◆◇▪•‣*＊]|[-－–](?=[\s\u3000])",
    ),
)
_COMPILED = tuple(
    (
        kind,
        re.compile(f"[{opening}]"),
        re.compile(rf"^[\s\u3000]*(?P<label>{pattern})[\s\u3000]*(?P<rest>.*)$", re.S),
    )
    for kind, opening, pattern in _PATTERNS
)


@lru_cache(maxsize=4_096)
def _opened_by(character: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds a label may be of by its first character: for most lines of prose none."""
    return tuple(
        (kind, pattern) for kind, opening, pattern in _COMPILED if opening.match(character)
    )


HEADING_KINDS = frozenset(
    ("chapter", "circled", "paren_number", "paren_kana", "path_number", "number", "kana")
)
PLAN_HEADING = "plan_heading_"


@dataclass(frozen=True)
class Label:
    """A line's opening label.

    Attributes:
        kind: chapter, circled, paren_number, paren_kana, path_number, number, kana, note,
            footnote, bullet, or plan_heading_1 and so on for the plan's own heading patterns.
        text: the label as printed, without white space inside.
        rest: the line after the label, at its place.
    """

    kind: str
    text: str
    rest: Line

    @property
    def is_heading(self) -> bool:
        """Whether headings bear such labels."""
        return self.kind in HEADING_KINDS or self.kind.startswith(PLAN_HEADING)


def label_of(line: Line) -> Label | None:
    """The label that opens ``line``; None where it has none.

    The plan's own heading patterns and list marks (its layout options) are tried first.
    """
    plan = current()
    known = line.__dict__.get("_label")
    if known is not None and known[0] is plan:
        return known[1]  # type: ignore[no-any-return]
    label = _find_label(line, plan)
    line.__dict__["_label"] = (plan, label)
    return label


def _find_label(line: Line, plan: Vocabulary) -> Label | None:
    if plan.patterns or plan.list_marks:
        own = _own_label(line, plan)
        if own:
            return own
    for kind, pattern in _opened_by(line.text.lstrip()[:1]):
        match = pattern.match(line.text)
        if match:
            return Label(kind, "".join(match["label"].split()), line.with_text(match["rest"]))
    return None


def _own_label(line: Line, plan: Vocabulary) -> Label | None:
    text = line.text.strip()
    for level, pattern in enumerate(plan.patterns, start=1):
        match = pattern.match(text)
        if match:
            title = match["title"]
            number = match.groupdict().get("number") or text[: match.start("title")]
            return Label(f"{PLAN_HEADING}{level}", "".join(number.split()), line.with_text(title))
    for mark in plan.list_marks:
        if text.startswith(mark):
            return Label("bullet", mark, line.with_text(text.removeprefix(mark).lstrip()))
    return None


CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def circled_number(mark: str) -> int | None:
    """The number in a circled digit ① to ⑳; None for anything else."""
    place = CIRCLED.find(mark) if len(mark) == 1 else -1
    return place + 1 if place >= 0 else None
