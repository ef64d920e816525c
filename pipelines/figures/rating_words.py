"""What the labels of a rating scale say (``rating_words.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipelines.plans.characters import bare_text

NEARLY = "nearly_achieved"
ACHIEVED, PARTLY_ACHIEVED = "achieved", "partly_achieved"
#: The ratings of the table ``rating_scales``.
RATINGS = (
    "completed",
    "ahead",
    "on_track",
    "behind",
    "not_started",
    "discontinued",
    "achieved",
    "partly_achieved",
    "not_achieved",
    "under_review",
    "withdrawn",
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class RatingWords:
    """The word lists; every word in NFKC without white space.

    Attributes:
        labels: a whole label -> rating.
        phrases: a phrase of a definition -> rating, longest first.
        says_nothing: labels that do not say how an item went.
        negations: words that may turn the meaning of a phrase round.
    """

    labels: dict[str, str]
    phrases: dict[str, str]
    says_nothing: frozenset[str]
    negations: tuple[str, ...]


@cache
def rating_words() -> RatingWords:
    """The word lists of the package."""
    path = Path(__file__).with_name("rating_words.yaml")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    nearly = {bare_text(word): NEARLY for word in content["nearly_achieved"]}
    labels = _by_word(content["labels"]) | nearly
    phrases = labels | _by_word(content["definitions"])
    return RatingWords(
        labels,
        dict(sorted(phrases.items(), key=lambda pair: (-len(pair[0]), pair[0]))),
        frozenset(map(bare_text, content["says_nothing"])),
        tuple(map(bare_text, content["negations"])),
    )


def _by_word(lists: dict[str, list[str]]) -> dict[str, str]:
    return {bare_text(word): rating for rating, words in lists.items() for word in words}


def ratings_of_scale(scale: Sequence[tuple[str, str]]) -> list[str | None]:
    """The rating of every label of one scale; None where it does not say how an item went.

    Args:
        scale: (label, definition or blank) of every label.
    """
    read = [_rating_of(label, definition) for label, definition in scale]
    nearly = PARTLY_ACHIEVED if ACHIEVED in read else ACHIEVED
    return [nearly if rating == NEARLY else rating for rating in read]


def _rating_of(label: str, definition: str) -> str | None:
    """By the label's own word, else by what its definition says."""
    words = rating_words()
    plain = bare_text(label)
    if plain in words.says_nothing:
        return None
    return words.labels.get(plain) or _rating_of_definition(definition)


def _rating_of_definition(definition: str) -> str | None:
    """The one meaning of all phrases found; conditions in brackets (90%以上) are left aside."""
    words = rating_words()
    rest = _IN_BRACKETS.sub("", bare_text(definition))
    found: set[str] = set()
    for phrase, rating in words.phrases.items():
        if phrase in rest:
            found.add(rating)
            rest = rest.replace(phrase, "\n")
    if len(found) != 1 or any(word in rest for word in words.negations):
        return None
    return found.pop()
