"""Varied copies of real plans, each of about one size: no two share their texts.

A copy that says the same as another would be answered from memory. So in every copy the
ideographs that carry no meaning for the readers (none of their word lists holds them) change
places, the longer lines get one more of them after each of their particles, and the years move
on. The words that the readers know, and with them the shape of the document, stay.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipelines.sources.decoding import decode_text
from pipelines.sources.discovery import PlanFolder, RawDocument

ROOT = Path(__file__).resolve().parents[1]
PLAN_BYTES = 30_000
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]")
_PARTICLE = re.compile("[のをにはと]")
_SENTENCE = 12
_YEARS = re.compile(r"(?<=令和)[１-７1-7](?=年)")


@cache
def known_ideographs() -> frozenset[str]:
    """Every ideograph of the readers' word lists and patterns."""
    sources = [
        path.read_text(encoding="utf-8")
        for kind in ("*.yaml", "*.py")
        for path in sorted((ROOT / "pipelines" / "plans").rglob(kind))
        if path.name != "themes.yaml"
    ]
    return frozenset(_IDEOGRAPHS.findall("".join(sources)))


def varied_copy(folder: PlanFolder, number: int) -> PlanFolder:
    """The plan with other texts, cut or repeated to about ``PLAN_BYTES``."""
    assert folder.document is not None
    text = decode_text(folder.document.data).text
    varied, part = "", 0
    while len(varied.encode()) < PLAN_BYTES:
        seed = f"{folder.plan_id} {number} {part}"
        varied += _varied(text, random.Random(seed)) + "\n"
        part += 1
    data = cut_to_size(varied)
    return replace(folder, document=RawDocument(f"{folder.plan_id}.txt", data))


def _varied(text: str, chance: random.Random) -> str:
    movable = sorted(set(_IDEOGRAPHS.findall(text)) - known_ideographs())
    moved = chance.sample(movable, len(movable))
    table = str.maketrans(dict(zip(movable, moved, strict=True)))
    step, salt = chance.randrange(7), chance.random()
    lines = [_with_more(line, movable, salt) for line in text.translate(table).split("\n")]
    return _YEARS.sub(lambda year: _moved_on(year.group(), step), "\n".join(lines))


def _with_more(line: str, ideographs: Sequence[str], salt: float) -> str:
    """A longer line with an ideograph behind the first particle, wherever that stands again.

    Lines that say the same still do, and a run of glyphs printed four times still is.
    """
    particle = _PARTICLE.search(line)
    if not particle or len("".join(line.split())) < _SENTENCE:
        return line
    more = random.Random(f"{salt}{line.strip()}").choice(ideographs)
    return line.replace(particle.group(), particle.group() + more)


def _moved_on(digit: str, step: int) -> str:
    first = "1" if digit.isascii() else "１"
    return chr(ord(first) + (ord(digit) - ord(first) + step) % 7)


def cut_to_size(text: str) -> bytes:
    """The first lines of a text that come nearest to ``PLAN_BYTES`` from below."""
    data = text.encode()
    if len(data) <= PLAN_BYTES:
        return data
    return data[: data.rindex(b"\n", 0, PLAN_BYTES) + 1]
