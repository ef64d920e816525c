"""How alike two texts are, by their pairs of characters (Japanese has no spaces between words)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache


def similarity(one: str, other: str) -> float:
    """Share of the shorter text's pairs of characters that the other text has too, 0 to 1."""
    first, second = character_pairs(one), character_pairs(other)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


@lru_cache(maxsize=4_096)
def character_pairs(text: str) -> frozenset[str]:
    """Every two characters that stand side by side; none for a single character."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


class Likeness:
    """Likeness of texts among many that share stock phrases.

    A pair of characters that many texts have (の見直し, の推進) tells little, so each weighs by how
    rare it is (inverse document frequency, Spärck Jones 1972, smoothed to stay above 0).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update(character_pairs(text))
            total += 1
        self._weights = {pair: math.log(1 + total / count) for pair, count in counts.items()}
        self._unseen = math.log(1 + max(total, 1))
        self._sums: dict[str, float] = {}

    def likeness(self, one: str, other: str) -> float:
        """Twice the weight of the shared pairs over the weight of all of them (Dice), 0 to 1.

        Equal texts are 1 even where they are too short to have a pair.
        """
        if one == other:
            return 1.0
        whole = self._weight(one) + self._weight(other)
        return 2 * self._shared(one, other) / whole if whole else 0.0

    def containment(self, part: str, whole: str) -> float:
        """Share of the weight of ``part`` that ``whole`` holds too, 0 to 1."""
        weight = self._weight(part)
        return self._shared(part, whole) / weight if weight else 0.0

    def _shared(self, one: str, other: str) -> float:
        return self._sum(character_pairs(one) & character_pairs(other))

    def _weight(self, text: str) -> float:
        if text not in self._sums:
            self._sums[text] = self._sum(character_pairs(text))
        return self._sums[text]

    def _sum(self, pairs: Iterable[str]) -> float:
        # fsum does not depend on the order of a set, which differs from run to run.
        return math.fsum(self._weights.get(pair, self._unseen) for pair in pairs)
