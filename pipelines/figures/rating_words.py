"""What the labels of a rating scale say (``rating_words.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
        definitions: what a definition says -> rating, labels included.
        says_nothing: labels that do not say how an item went.
        definition_pattern: a whole definition, the words that say something as group ``core``.
    """

    labels: dict[str, str]
    definitions: dict[str, str]
    says_nothing: frozenset[str]
    definition_pattern: re.Pattern[str]


@cache
def rating_words() -> RatingWords:
    """The word lists of the package."""
    path = Path(__file__).with_name("rating_words.yaml")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    nearly = {bare_text(word): NEARLY for word in content["nearly_achieved"]}
    labels = _by_word(content["labels"]) | nearly
    definitions = labels | _by_word(content["definitions"])
    before, core, behind = map(_any_of, (content["before"], definitions, content["behind"]))
    return RatingWords(
        labels,
        definitions,
        frozenset(map(bare_text, content["says_nothing"])),
        re.compile(f"(?:{before}){{0,3}}(?P<core>{core})(?:{behind})*+[。.]?"),
    )


def _by_word(lists: dict[str, list[str]]) -> dict[str, str]:
    return {bare_text(word): rating for rating, words in lists.items() for word in words}


def _any_of(words: Iterable[str]) -> str:
    """Longer words are tried before shorter ones."""
    plain = {bare_text(word) for word in words}
    return "|".join(map(re.escape, sorted(plain, key=lambda word: (-len(word), word))))


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
    """What a definition says as a whole; conditions in brackets (90%以上) are left aside."""
    words = rating_words()
    match = words.definition_pattern.fullmatch(_IN_BRACKETS.sub("", bare_text(definition)))
    return words.definitions[match["core"]] if match else None
