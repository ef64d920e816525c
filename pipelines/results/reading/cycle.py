"""Headings of tables after the cycle of plan, do, check and act: 実施(Do), Plan(計画), D:実施.

The English word says nothing that the Japanese one beside it does not, but two of those mean less
by themselves: 実施 beside Do says what was done, 改善 beside Action what will be done.
"""

from __future__ import annotations

import re

from pipelines.results.vocabulary import sheet_vocabulary

_MARK = r"(?P<mark>plan|do|check|see|action|act|[PDCSA])"
_OPEN, _CLOSE = r"[(\[【〔<〈]", r"[)\]】〕>〉]"
_BEHIND = re.compile(rf"^(?P<word>.+?){_OPEN}{_MARK}{_CLOSE}$", re.IGNORECASE)
_BEFORE = re.compile(
    rf"^{_OPEN}?{_MARK}(?:{_CLOSE}|{_OPEN}|[:・/])(?P<word>[^()\[\]]+){_CLOSE}?$", re.IGNORECASE
)
_PARTS = {
    **{"plan": "plan", "p": "plan", "do": "do", "d": "do", "check": "check", "c": "check"},
    **{"action": "act", "act": "act", "a": "act"},
}


def of_cycle(text: str) -> tuple[str, str]:
    """A bare heading without its mark of the cycle, and the part (``do``) it names.

    The part is empty where the word alone says what it means. A lone letter may as well be one of a
    formula (A): it counts only beside a word that means something by it.
    """
    match = _BEHIND.match(text) or _BEFORE.match(text)
    if match is None:
        return text, ""
    mark, word = match["mark"].lower(), match["word"]
    part = _PARTS.get(mark, "")
    is_letter = len(mark) == 1
    return (text, "") if is_letter and field_in_cycle(part, word) is None else (word, part)


def field_in_cycle(part: str, word: str) -> str | None:
    """The field of a word in a part of the cycle; None where it means what it means elsewhere."""
    return sheet_vocabulary().cycle.get((part, word))
