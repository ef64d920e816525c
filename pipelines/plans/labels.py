"""The labels that open a line of an outline: ①, (1), (ｱ), 1-1, ア, １, ・ and their like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.plans.lines import Line

_DIGITS = r"[0-9０-９]+"
# In the order they are tried; the first that fits names the kind.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("chapter", rf"第\s*(?:{_DIGITS}|[一二三四五六七八九十]+)\s*[章節編部]"),
    ("circled", r"[①-⑳㉑-㉟㊱-㊿]"),
    ("paren_number", rf"[（(]\s*{_DIGITS}\s*[）)]"),
    ("paren_kana", r"[（(]\s*[ｱ-ﾝア-ン]\s*[）)]"),
    ("path_number", rf"{_DIGITS}(?:[-－‐.．]{_DIGITS})+(?![0-9０-９年月日人件円%％])"),
    ("number", rf"{_DIGITS}(?=[\s\u3000.．、]|$)(?![.．]{_DIGITS})[.．、]?"),
    ("kana", r"[ア-ン](?=[\s\u3000.．])[.．]?"),
    ("note", r"[⇒→➡]"),
    ("footnote", rf"※\s*{_DIGITS}"),
    ("bullet", r"[・○●◯◎□■◆◇▪•‣*＊]|[-－–](?=[\s\u3000])"),
)
_COMPILED = tuple(
    (kind, re.compile(rf"^[\s\u3000]*(?P<label>{pattern})[\s\u3000]*(?P<rest>.*)$", re.S))
    for kind, pattern in _PATTERNS
)


@dataclass(frozen=True)
class Label:
    """A line's opening label.

    Attributes:
        kind: chapter, circled, paren_number, paren_kana, path_number, number, kana, note,
            footnote or bullet.
        text: the label as printed, without white space inside.
        rest: the line after the label, at its place.
    """

    kind: str
    text: str
    rest: Line


def label_of(line: Line) -> Label | None:
    """The label that opens ``line``; None where it has none."""
    for kind, pattern in _COMPILED:
        match = pattern.match(line.text)
        if match:
            return Label(kind, "".join(match["label"].split()), line.with_text(match["rest"]))
    return None


CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def circled_number(mark: str) -> int | None:
    """The number in a circled digit ① to ⑳; None for anything else."""
    place = CIRCLED.find(mark) if len(mark) == 1 else -1
    return place + 1 if place >= 0 else None
