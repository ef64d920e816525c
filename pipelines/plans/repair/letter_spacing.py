"""Letter-spaced lines: 「市 民 サ ー ビ ス」 is 「市民サービス」.

Only lines that are really letter-spaced are closed up. A single space elsewhere may separate the
columns of a flattened table and is left to the layouts.
"""

from __future__ import annotations

import re

from pipelines.plans.characters import JAPANESE, SPACES
from pipelines.plans.lines import Line, Removed, Repaired

STEP = "letter_spacing"
_PAIR = re.compile(rf"[{JAPANESE}]{SPACES}*(?=[{JAPANESE}])")
# Both begin with the space, so that searching skips to the next one.
_FIRST_SPACE = rf"{SPACES}(?<=[{JAPANESE}]{SPACES})"
_NARROW = re.compile(rf"{_FIRST_SPACE}(?=[{JAPANESE}])")
_WIDE = re.compile(rf"{_FIRST_SPACE}{SPACES}+(?=[{JAPANESE}])")


def close_letter_spacing(lines: list[Line]) -> Repaired:
    """Remove the spaces between Japanese characters of letter-spaced lines."""
    repaired = list(lines)
    removed: list[Removed] = []
    for at, line in enumerate(lines):
        if line.is_blank:
            continue
        closed = close_spaced_line(line.text)
        if closed != line.text:
            repaired[at] = line.with_text(closed)
            removed.append(Removed(line.number, " ", STEP))
    return Repaired(repaired, removed)


def close_spaced_line(text: str) -> str:
    """One line closed up, if it is letter-spaced; a wide gap (two spaces or more) stays as one."""
    return _WIDE.sub(" ", _NARROW.sub("", text)) if is_letter_spaced(text) else text


def is_letter_spaced(text: str) -> bool:
    """Half of the neighbours stand apart, or at least a quarter and five of them.

    Words set apart by a column gap (毎年度 防災課) or in a table header stay below both, or have
    hardly a character standing alone.
    """
    pieces = text.split()
    if len(pieces) < 3:
        return False  # two spaces at least set letters apart
    single = len(_NARROW.findall(text))
    if single < 2:
        return False
    share = single / len(_PAIR.findall(text))
    alone = sum(len(piece) == 1 for piece in pieces) / len(pieces)
    return share >= 0.5 or (share >= 0.25 and single >= 5 and alone >= 0.2)
