"""What stands around the words of a heading: brackets, units, numbers, letters of formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.results.vocabulary import bare, sheet_vocabulary

BRACKETS = re.compile(r"[(\[〔【<〈]([^()\[\]〔〕【】<>〈〉]*)[)\]〕】>〉]")
_UNIT_WORD = re.compile(r"^単位[:=]?")
# Bare texts are NFKC: ①取組項目 is 1取組項目 there.
_OPENING = re.compile(
    r"^(?:[■□●○◆◇▼▽◎・※*]|\(\d{1,2}\)|\d{1,2}[.)]?(?=[^\d.,年次期月日])|[A-Z][.:)](?=\D))+"
)
#: A letter of a formula, or the formula: (A), (A-B), C=A+B.
_FORMULA = r"[A-Z]\d?(?:[\-−–+/÷×*=][A-Z]\d?)+(?:[×*]100)?"
_CLOSING = re.compile(rf"(?:[※*\d]|\([A-Za-z\d]\)|\({_FORMULA}\)|{_FORMULA}(?=$)|[A-Z](?=$))+$")


def without_marks(text: str) -> str:
    """Without opening marks, letters of formulas and empty brackets."""
    text = text.replace("()", "").strip("の・:/-")
    if text in sheet_vocabulary().headings:
        return text
    opened = _OPENING.sub("", text) or text
    return _CLOSING.sub("", opened) or opened


def without_unit(text: str) -> tuple[str, str | None]:
    """A heading without its bracketed unit, and the unit; a cell of a unit alone gives ''."""
    units = sheet_vocabulary().units
    if text in units and text != "-" and text not in sheet_vocabulary().headings:
        return "", text
    for match in BRACKETS.finditer(text):
        inside = _UNIT_WORD.sub("", match[1])
        if inside in units or (inside and inside != match[1]):
            return text[: match.start()] + text[match.end() :], inside
    if _UNIT_WORD.match(text) and text != "単位":
        return "", _UNIT_WORD.sub("", text)
    return text, None


def pure_parts(parts: Sequence[str]) -> list[str]:
    """The parts of a heading, bare, without units, marks and letters of formulas."""
    return [without_marks(without_unit(bare(part))[0]) for part in parts if part.strip()]
