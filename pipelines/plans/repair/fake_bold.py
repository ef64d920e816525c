"""Fake bold: some printers draw each run of glyphs several times, and a PDF's text repeats it.

「改革改革改革改革プランプランプランプラン」 reads 「改革プラン」. The runs are found with white
space removed (the repeats may be spaced differently); how often they repeat is found from the whole
document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipelines.plans.lines import Line, Removed, Repaired

STEP = "fake_bold"
REPEATS_TRIED = range(8, 1, -1)
LONGEST_RUN = 80
GLYPHS_FOR_EVIDENCE = 4


def repair_fake_bold(lines: list[Line]) -> Repaired:
    """Print every repeated run once. Lines that are not wholly made of repeats are untouched."""
    repeats = find_repeats(line.text for line in lines)
    if repeats is None:
        return Repaired(lines, [])
    repaired = [line.with_text(print_once(line.text, repeats) or line.text) for line in lines]
    removed = [
        Removed(old.number, old.text, STEP)
        for old, new in zip(lines, repaired, strict=True)
        if old.text != new.text
    ]
    return Repaired(repaired, removed)


def find_repeats(texts: Iterable[str]) -> int | None:
    """How many times this document prints a bold run; None where it does not.

    A line printed four times over is also made of pairs, so the largest number that explains
    nearly as many lines as any other is taken. Pairs occur in plain words (いろいろ): they need
    more evidence than three repeats or more.
    """
    candidates = [text for text in texts if _could_be_bold(text)]
    explained = {n: sum(_is_evidence(text, n) for text in candidates) for n in REPEATS_TRIED}
    most = max(explained.values(), default=0)
    for repeats, count in explained.items():
        if count and count >= 0.8 * most and (repeats > 2 or count >= 3):
            return repeats
    return None


def _could_be_bold(text: str) -> bool:
    """Cheap test that spares most lines the search: a bold line begins with a repeat."""
    stripped = "".join(text.split())
    return len(stripped) >= 6 and _run_pattern(2).match(stripped) is not None


def _is_evidence(text: str, repeats: int) -> bool:
    """Wholly made of repeats, with enough letters, and not a row of leaders such as ・・・・."""
    once = print_once(text, repeats)
    if once is None:
        return False
    letters = [one for one in once if one.isalnum()]
    needed = GLYPHS_FOR_EVIDENCE if repeats > 2 else 2 * GLYPHS_FOR_EVIDENCE
    return len(letters) >= needed


@cache
def _run_pattern(repeats: int) -> re.Pattern[str]:
    return re.compile(rf"(.{{1,{LONGEST_RUN}}}?)\1{{{repeats - 1}}}")


def print_once(text: str, repeats: int) -> str | None:
    """``text`` with each run printed once; None where it is not wholly made of such runs.

    White space before a run and inside its first copy is kept.
    """
    places = [at for at, glyph in enumerate(text) if not glyph.isspace()]
    stripped = "".join(text[at] for at in places)
    pattern, once, end, position = _run_pattern(repeats), "", 0, 0
    while position < len(stripped):
        run = pattern.match(stripped, position)
        if run is None:
            return None
        first, last = places[position], places[position + len(run.group(1)) - 1]
        once += text[end:first] + text[first : last + 1]
        position = run.end()
        end = places[position - 1] + 1
    return once or None
