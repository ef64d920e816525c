"""A cheap look at a cell's first and last two characters: can it be a heading at all?

Most cells of a long list begin or end like no heading; reading them as one would take far longer
than the list itself. Nothing is ruled out that could be one: characters that may stand around a
word, white space inside it and other widths always pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.results.vocabulary import AROUND_HEADINGS, SheetVocabulary


@dataclass(frozen=True)
class HeadingPairs:
    """First and last two characters of all words that headings are made of.

    Attributes:
        begins: first two characters of words; a word of one character stands alone.
        ends: last two characters.
    """

    begins: frozenset[str]
    ends: frozenset[str]
    _begin: dict[str, bool] = field(default_factory=dict)
    _end: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, vocabulary: SheetVocabulary, own: Iterable[str]) -> HeadingPairs:
        """The pairs of the common words and those of a profile."""
        before, behind = vocabulary.heading_words
        own = list(own)
        return cls(
            frozenset(word[:2] for word in (*before, *own) if word),
            frozenset(word[-2:] for word in (*behind, *own) if word),
        )

    def may_begin(self, pair: str) -> bool:
        """Whether a heading can begin with these two characters (or be this one)."""
        known = self._begin.get(pair)
        if known is None:
            is_known = pair in self.begins or pair[0] in self.begins
            known = self._begin[pair] = is_known or _is_open(pair)
        return known

    def may_end(self, pair: str) -> bool:
        """Whether a heading can end with these two characters (or be this one)."""
        known = self._end.get(pair)
        if known is None:
            is_known = pair in self.ends or pair[-1] in self.ends
            known = self._end[pair] = is_known or _is_open(pair)
        return known


def _is_open(pair: str) -> bool:
    """Whether a pair says nothing: one character, marks, white space, half or full width."""
    return len(pair) < 2 or any(map(_is_around, pair))


def _is_around(character: str) -> bool:
    return character in AROUND_HEADINGS or character.isspace() or not _is_plain(character)


def _is_plain(character: str) -> bool:
    """Whether NFKC leaves a character as it is, and it is a letter of a word."""
    return "\u3041" <= character <= "\u30ff" or "\u4e00" <= character <= "\u9fff"
