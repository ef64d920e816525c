"""What a sheet says of two values one above the other: （上段：目標額、下段：実績額）."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.results.vocabulary import bare, sheet_vocabulary

_WORD = r"[^\s:：、,・/／()（）\[\]【】上下]{2,8}?"
_BETWEEN = r"[)）\]】」]?[、,・/／;；。と]?[(（\[【「]?"
_JOINT = r"(?:段[:：/／はが=「]?|[:：=])"
_STATED = re.compile(
    rf"[(（\[【※]?上{_JOINT}(?P<upper>{_WORD}){_BETWEEN}下{_JOINT}"
    rf"(?P<lower>[^\s:：、,・/／()（）\[\]【】。」]{{2,8}}?)"
    rf"(?=$|[)）\]】」、,。・※単\s]|です|を|と|(?:を)?表)[)）\]】」]?"
)
_PLANNED_TOO = ("目標", "計画", "予算")


@dataclass(frozen=True)
class Stacked:
    """Two values, the upper one first.

    Attributes:
        upper, lower: ``planned`` or ``actual``, one of each.
        is_money: whether the words speak of amounts (目標額).
        text: the words, for messages.
    """

    upper: str
    lower: str
    is_money: bool
    text: str


def stacked_values(text: str) -> Stacked | None:
    """What a text says of upper and lower values; None where it does not speak of both kinds."""
    match = _STATED.search(bare(text))
    if match is None:
        return None
    upper, lower = _kind(match["upper"]), _kind(match["lower"])
    if upper is None or lower is None or upper == lower:
        return None
    is_money = match["upper"].endswith("額") or match["lower"].endswith("額")
    return Stacked(upper, lower, is_money, f"上段：{match['upper']}、下段：{match['lower']}")


def without_stacked(text: str) -> str:
    """A text without such words, bare; as it is where it holds none."""
    return _STATED.sub("", bare(text)) if stacked_values(text) else text


def _kind(word: str) -> str | None:
    words = sheet_vocabulary()
    for tail in ("効果額", "額", "数値", "値", "数", "人数", "件数", ""):
        core = word.removesuffix(tail)
        if core in words.planned_words or core in _PLANNED_TOO:
            return "planned"
        if core in words.actual_words:
            return "actual"
    return None
