"""The words of result sheets: ``vocabulary.yaml``, ready to compare with bare texts.

A bare text is NFKC without white space (``plans.characters.bare_text``); a profile's words are
compared in the same form.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.quantities.numbers import unit_kinds
from pipelines.sources.sheet_fields import EffectBasis, EffectKind

# Marks, numbers and years before a heading; brackets, years and letters of formulas behind it.
_BEFORE_HEADINGS = "■□●○◆◇▼▽◎・※*([【〔<〈①②③④⑤⑥⑦⑧⑨⑩0123456789令平昭RHS上第年ABCDEFG"
_BEHIND_HEADINGS = ")]】〕>〉①②③④⑤⑥⑦⑧⑨⑩0123456789度末元※*ABCDEFG"
#: All of these may stand beside a word.
AROUND_HEADINGS = frozenset(_BEFORE_HEADINGS + _BEHIND_HEADINGS)


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """NFKC without any white space: how words and headings are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True)
class SheetVocabulary:
    """Word lists of ``vocabulary.yaml``; every word is bare."""

    content: dict[str, Any]

    @cached_property
    def headings(self) -> dict[str, str]:
        """Heading -> field, the three undecided ones (content, progress, outcome) included."""
        return {
            bare(word): field for field, words in self.content["headings"].items() for word in words
        }

    @cached_property
    def amounts(self) -> dict[str, EffectKind | None]:
        """Word for an amount -> its kind; None where the word does not say it."""
        kinds: dict[str, EffectKind | None] = {
            "cost_reduction": "cost_reduction",
            "revenue_increase": "revenue_increase",
            "generic": None,
        }
        return {
            bare(word): kind
            for name, kind in kinds.items()
            for word in self.content["amounts"][name]
        }

    @cached_property
    def amount_endings(self) -> frozenset[str]:
        """The last characters of the words for amounts: a text without any of them is none."""
        return frozenset(word[-1] for word in self.amounts)

    @cached_property
    def planned_words(self) -> frozenset[str]:
        """Words that make an amount a planned one."""
        return self._bare_set(self.content["amounts"]["planned_words"])

    @cached_property
    def actual_words(self) -> frozenset[str]:
        """Words that say of an amount that it came about."""
        return self._bare_set(self.content["amounts"]["actual_words"])

    @cached_property
    def this_year_words(self) -> tuple[str, ...]:
        """Words before an amount that say it is of the year in question, longest first."""
        words = map(bare, self.content["amounts"]["this_year_words"])
        return tuple(sorted(words, key=lambda word: -len(word)))

    @cached_property
    def where_money(self) -> frozenset[str]:
        """Words for effects that are amounts only where their heading has a unit of money."""
        return self._bare_set(self.content["amounts"]["where_money"])

    @cached_property
    def basis(self) -> dict[str, EffectBasis]:
        """Word -> basis of an amount."""
        return {
            bare(word): basis for basis, words in self.content["basis"].items() for word in words
        }

    @cached_property
    def kind_labels(self) -> dict[str, EffectKind]:
        """Label of a group that says the kind of its amounts -> that kind."""
        kinds: tuple[EffectKind, ...] = ("cost_reduction", "revenue_increase")
        return {bare(word): kind for kind in kinds for word in self.content["kind_labels"][kind]}

    @cached_property
    def assessors(self) -> dict[str, str]:
        """Word for who rates -> ``council`` or ``headquarters``."""
        return {
            bare(word): who for who, words in self.content["assessors"].items() for word in words
        }

    @cached_property
    def cycle(self) -> dict[tuple[str, str], str]:
        """Part of the cycle (do, act) and word -> the field that they mean together."""
        return {
            (part, bare(word)): field
            for part, fields in self.content["cycle"].items()
            for field, words in fields.items()
            for word in words
        }

    @cached_property
    def subjects(self) -> dict[str, str]:
        """Heading of what a row may be of -> ``things`` or ``bodies``."""
        return {
            bare(word): kind for kind, words in self.content["subjects"].items() for word in words
        }

    @cached_property
    def totals(self) -> dict[str, int]:
        """Word of a total's row -> its level."""
        return {
            bare(word): int(level)
            for level, words in self.content["totals"].items()
            for word in words
        }

    @cached_property
    def units(self) -> frozenset[str]:
        """Every unit a heading can name."""
        return self._bare_set([*self.content["units"], *unit_kinds()])

    @cached_property
    def heading_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """Words with which a heading can begin, and can end."""
        words = {*self.headings, *self.amounts, *self.planned_words, *self.actual_words}
        words |= {*self.basis, *self.assessors, *self.words("rating_words")}
        words |= set(self.words("opinion_words"))
        return (
            frozenset(words | set(self.words("dropped_prefixes"))),
            frozenset(words | set(self.words("dropped_suffixes"))),
        )

    @cached_property
    def heading_edges(self) -> tuple[frozenset[str], frozenset[str]]:
        """Characters with which a heading can begin, and can end; half and full width."""
        before, behind = self.heading_words
        first, last = {word[0] for word in before}, {word[-1] for word in behind}
        return (
            frozenset(_in_both_widths(first | set(_BEFORE_HEADINGS))),
            frozenset(_in_both_widths(last | set(_BEHIND_HEADINGS))),
        )

    def words(self, key: str) -> tuple[str, ...]:
        """The bare words of a plain list, longest first."""
        return self._words[key]

    @cached_property
    def _words(self) -> dict[str, tuple[str, ...]]:
        lists = {key: words for key, words in self.content.items() if isinstance(words, list)}
        return {
            key: tuple(sorted({bare(word) for word in words}, key=lambda word: (-len(word), word)))
            for key, words in lists.items()
        }

    def line_words(self, key: str) -> dict[str, tuple[str, ...]]:
        """``line_kinds`` or ``line_basis``: what a line means -> words that say so."""
        return {name: tuple(map(bare, words)) for name, words in self.content[key].items()}

    @cached_property
    def any_basis(self) -> re.Pattern[str]:
        """Finds a word of a basis."""
        return _any_of(self.basis)

    @staticmethod
    def _bare_set(words: list[str]) -> frozenset[str]:
        return frozenset(map(bare, words))


def _in_both_widths(characters: set[str]) -> set[str]:
    full = {chr(ord(one) + 0xFEE0) for one in characters if "!" <= one <= "~"}
    kana = {half for half in map(chr, range(0xFF61, 0xFFA0)) if bare(half) in characters}
    return characters | full | kana


def _any_of(words: Any) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: -len(word)))))


@cache
def sheet_vocabulary() -> SheetVocabulary:
    """The common words, read once."""
    path = Path(__file__).with_name("vocabulary.yaml")
    return SheetVocabulary(yaml.safe_load(path.read_text(encoding="utf-8")))
