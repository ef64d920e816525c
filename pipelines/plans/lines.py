"""Lines with their place in the document, and passages made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.plans.characters import (
    bare_text,
    close_up,
    count_of_glyphs,
    display_width,
    half_width,
    join_parts,
    plain_text,
    without_spaces,
)
from pipelines.plans.lazy import lazy


@dataclass(frozen=True)
class Line:
    """One line of a document.

    Attributes:
        number: 1-based line number in the raw text (line feeds counted).
        text: the text at this stage of the repair.
        page: 1-based page, where the document marks its pages.
        is_blank: whether only white space is left.
    """

    number: int
    text: str
    page: int | None = None

    is_blank: bool = field(init=False, compare=False, repr=False)

    def __init__(self, number: int, text: str, page: int | None = None) -> None:
        # Past the guard of a frozen class, which takes half of the time of making a line.
        values = self.__dict__
        values["number"] = number
        values["text"] = text
        values["page"] = page
        values["is_blank"] = not text.strip()

    def __hash__(self) -> int:
        """The number: two lines of one number are rare, and lines are looked up often."""
        return self.number

    @lazy
    def plain(self) -> str:
        """NFKC with white space collapsed and trimmed: for comparing, never for publishing."""
        return plain_text(self.text)

    @lazy
    def bare(self) -> str:
        """``plain`` without any white space."""
        return bare_text(self.text)

    @lazy
    def width(self) -> float:
        """Width of ``plain`` in full-width characters."""
        return display_width(self.plain)

    @lazy
    def alone(self) -> Passage:
        """The line as a passage of its own: readers ask for the same one several times."""
        text = half_width(close_up(self.text))
        return Passage(text, (self.number,), (count_of_glyphs(text),))

    def with_text(self, text: str) -> Line:
        """The same place with another text."""
        return self if text == self.text else Line(self.number, text, self.page)


@dataclass(frozen=True)
class Removed:
    """What a repair step took away: the line, the text removed and the step's name."""

    number: int
    text: str
    step: str


@dataclass(frozen=True)
class Repaired:
    """The lines after a step and what it removed."""

    lines: list[Line]
    removed: list[Removed]


@dataclass(frozen=True)
class Passage:
    """A text and exactly the lines it comes from, in reading order.

    ``shares`` says how many characters other than white space each line gives to the text; empty
    where that is not known.
    """

    text: str
    lines: tuple[int, ...]
    shares: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int) -> Passage:
        """The part ``text[start:end]``, without white space around it, and exactly its lines.

        Where it is not known which line gives which character, the part keeps all lines.
        """
        part = self.text[start:end]
        first = len(without_spaces(self.text[:start]))
        last = first + len(without_spaces(part))
        if sum(self.shares) != len(without_spaces(self.text)):
            return Passage(part.strip(), self.lines)
        kept, at = [], 0
        for number, share in zip(self.lines, self.shares, strict=True):
            taken = min(last, at + share) - max(first, at)
            if taken > 0:
                kept.append((number, taken))
            at += share
        numbers, shares = zip(*kept, strict=True) if kept else ((), ())
        return Passage(part.strip(), numbers, shares)


EMPTY = Passage("", ())


def passage(parts: Iterable[Line], strip: str | None = None) -> Passage:
    """Join lines to one text: wrapped lines closed up, widths normalised.

    Args:
        parts: lines (or parts of lines, via ``Line.with_text``); blank ones are passed over.
        strip: a pattern removed from the start of the first part, such as a list mark.
    """
    kept = [part for part in parts if not part.is_blank]
    if len(kept) == 1 and not strip:
        return kept[0].alone
    texts = [part.text.strip() for part in kept]
    if strip and texts:
        texts[0] = re.sub(strip, "", texts[0], count=1)
    joined = half_width(join_parts(texts))
    shares: dict[int, int] = {}
    for one, text in zip(kept, texts, strict=True):
        shares[one.number] = shares.get(one.number, 0) + count_of_glyphs(text)
    return Passage(joined, tuple(shares), tuple(shares.values()))


def join_passages(passages: Sequence[Passage], separator: str = "") -> Passage:
    """Several passages as one, their lines in order and without repetition."""
    texts = [one.text for one in passages if one.text]
    numbers = [number for one in passages for number in one.lines]
    joined = separator.join(texts) if separator else join_parts(texts)
    known = all(len(one.shares) == len(one.lines) for one in passages)
    shares = [share for one in passages for share in one.shares] if known and not separator else []
    if len(set(numbers)) != len(numbers):
        return Passage(joined, tuple(dict.fromkeys(numbers)))
    return Passage(joined, tuple(numbers), tuple(shares))


def source_lines(numbers: Iterable[int]) -> str | None:
    """Line numbers as the contract writes them: ``785-786;813``.

    Args:
        numbers: the lines a text comes from, in any order.

    Returns:
        Exactly these lines: a range spans neighbours only, not even a blank line. None for none.
    """
    listed = sorted(set(numbers))
    if len(listed) == 1:
        return str(listed[0])
    ranges: list[list[int]] = []
    for number in listed:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
    return ";".join(texts) or None
