"""Fake bold: some printers draw each run of glyphs several times, and a PDF's text repeats it.

「改革改革改革改革プランプランプランプラン」 reads 「改革プラン」. The runs are found with white
space removed (the repeats may be spaced differently); how often they repeat is found from the whole
document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipelines.plans.lines import Line, Removed, Repaired

STEP = "fake_bold"
REPEATS_TRIED = range(8, 1, -1)
LONGEST_RUN = 80
LONGEST_LINE = 4_000
GLYPHS_FOR_EVIDENCE = 4
_OPENING_REPEAT = re.compile(rf"(.{{1,{LONGEST_RUN}}}?)\1")


def repair_fake_bold(lines: list[Line]) -> Repaired:
    """Print every repeated run once. Lines that are not wholly made of repeats are untouched."""
    repeats = find_repeats(line.text for line in lines)
    if repeats is None:
        return Repaired(lines, [])
    repaired = [line.with_text(_repaired(line.text, repeats)) for line in lines]
    removed = [
        Removed(old.number, old.text, STEP)
        for old, new in zip(lines, repaired, strict=True)
        if old.text != new.text
    ]
    return Repaired(repaired, removed)


def _repaired(text: str, repeats: int) -> str:
    """Pairs also occur in plain lines (11, いろいろ): only longer ones are taken for bold."""
    once = print_once(text, repeats)
    if once is None or (repeats == 2 and sum(map(str.isalpha, once)) < GLYPHS_FOR_EVIDENCE):
        return text
    return once


def find_repeats(texts: Iterable[str]) -> int | None:
    """How many times this document prints a bold run; None where it does not.

    A line printed four times over is also made of pairs, so the largest number that explains
    nearly as many lines as any other is taken. Pairs occur in plain words (いろいろ): they need
    more evidence than three repeats or more.
    """
    candidates = [text for text in texts if _could_be_bold(text)]
    explained = Counter(repeats for text in candidates for repeats in _explaining(text))
    most = max(explained.values(), default=0)
    for repeats in REPEATS_TRIED:
        count = explained[repeats]
        if count and count >= 0.8 * most and (repeats > 2 or count >= 3):
            return repeats
    return None


def _could_be_bold(text: str) -> bool:
    """Cheap tests that spare most lines the search.

    Every glyph of a bold line stands there twice or more, and the line begins with a repeat.
    """
    bare = text.strip()
    if bare.count(bare[:1]) < 2 or bare.count(bare[-1:]) < 2:
        return False
    stripped = "".join(bare.split())
    if not 6 <= len(stripped) <= LONGEST_LINE or 2 * len(set(stripped)) > len(stripped):
        return False
    return _OPENING_REPEAT.match(stripped) is not None


def _explaining(text: str) -> set[int]:
    """How many times a line's runs may have been printed; empty where it is no evidence.

    Wholly made of repeats, with enough different letters: no row of leaders such as ・・・・. What
    is printed four times over is also made of pairs, which need not be searched for then.
    """
    stripped = "".join(text.split())
    letters = [one for one in stripped if one.isalnum()]
    if len(set(letters)) < GLYPHS_FOR_EVIDENCE:
        return set()
    found: set[int] = set()
    for repeats in REPEATS_TRIED:
        needed = GLYPHS_FOR_EVIDENCE if repeats > 2 else 2 * GLYPHS_FOR_EVIDENCE
        if len(letters) < repeats * needed:
            continue
        if any(more % repeats == 0 for more in found) or _runs(stripped, repeats):
            found.add(repeats)
    return found


def print_once(text: str, repeats: int) -> str | None:
    """``text`` with each run printed once; None where it is not wholly made of such runs.

    White space before a run and inside its first copy is kept.
    """
    runs = _runs("".join(text.split()), repeats)
    if not runs:
        return None
    places = [at for at, glyph in enumerate(text) if not glyph.isspace()]
    once, end, position = "", 0, 0
    for length in runs:
        first, last = places[position], places[position + length - 1]
        once += text[end:first] + text[first : last + 1]
        position += length * repeats
        end = places[position - 1] + 1
    return once


def _runs(stripped: str, repeats: int) -> list[int] | None:
    """Lengths of the runs a text is made of, each standing ``repeats`` times in a row.

    A run may begin with a repeat of its own (すすめるすすめる): where the shortest run leads
    nowhere, longer ones are tried.
    """
    if not stripped or len(stripped) % repeats or len(stripped) > LONGEST_LINE:
        return None
    if len(set(stripped)) * repeats > len(stripped):
        return None  # some glyph stands there less often than every run does
    chosen: list[int] = []
    position, tried, dead = 0, 0, set[int]()
    while position < len(stripped):
        length = None if position in dead else _next_run(stripped, position, tried, repeats)
        if length is not None:
            chosen.append(length)
            position, tried = position + length * repeats, 0
        elif chosen:
            dead.add(position)
            tried = chosen.pop()
            position -= tried * repeats
        else:
            return None
    return chosen


def _next_run(stripped: str, position: int, tried: int, repeats: int) -> int | None:
    """The shortest run at ``position`` that is longer than ``tried``."""
    longest = min(LONGEST_RUN, (len(stripped) - position) // repeats)
    first = stripped[position]
    length = tried + 1
    while length <= longest:
        # The second copy begins where the first glyph stands again.
        length = stripped.find(first, position + length, position + longest + 1) - position
        if length < 0:
            return None
        if stripped.startswith(stripped[position : position + length] * repeats, position):
            return length
        length += 1
    return None
