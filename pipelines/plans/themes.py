"""Reform themes of items, by published word rules: ``themes.yaml``.

A theme is assigned where one of its words decides, and the words are told. An item without such a
word stays without a theme: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipelines.plans.characters import bare_text

SEPARATOR = ";"


@dataclass(frozen=True)
class Theme:
    """A theme of the taxonomy.

    Attributes:
        theme: its code.
        label_ja: its name.
        label_en: its name in English.
        description_ja: what belongs to it.
        description_en: the same in English.
        anywhere: finds the words that decide wherever they stand.
        title: finds the words that decide in a title.
        excluded: finds phrases that hold such a word and mean something else.
        openings: the first two characters of all words; a text without any of them has none.
    """

    theme: str
    label_ja: str
    label_en: str
    description_ja: str
    description_en: str
    anywhere: re.Pattern[str] | None
    title: re.Pattern[str] | None
    excluded: re.Pattern[str] | None
    openings: frozenset[str]


@dataclass(frozen=True)
class AssignedTheme:
    """A theme of an item and the words that decided, as the item prints them (NFKC)."""

    theme: str
    label: str
    matched_words: tuple[str, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """The taxonomy, in the order of its file."""
    path = Path(__file__).with_name("themes.yaml")
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Theme(
            str(code),
            entry["label_ja"],
            entry["label_en"],
            entry["description_ja"],
            entry["description_en"],
            anywhere=_any_of(entry["anywhere"]),
            title=_any_of(entry["title"]),
            excluded=_any_of(entry.get("not", [])),
            openings=frozenset(bare_text(one)[:2] for one in [*entry["anywhere"], *entry["title"]]),
        )
        for code, entry in entries.items()
    )


def _any_of(listed: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for any word; a Latin word must not be a part of a longer one."""
    longest_first = sorted(map(bare_text, listed), key=lambda word: -len(word))
    patterns = [
        _whole_latin_word(word) if word.isascii() else re.escape(word) for word in longest_first
    ]
    return re.compile("|".join(patterns)) if patterns else None


def _whole_latin_word(word: str) -> str:
    """Begins with the letter, not with a look behind: searching then skips to the first letters."""
    first, rest = re.escape(word[:1]), re.escape(word[1:])
    return rf"{first}(?<![A-Za-z]{first}){rest}(?![A-Za-z])"


def assign_themes(
    title: str, description: str | None = None, goal: str | None = None
) -> list[AssignedTheme]:
    """The themes of an item, in the taxonomy's order, each with the words that decided.

    Args:
        title: the item's title.
        description: its description, if any.
        goal: its goal, if any.
    """
    name, *texts = (_Text.of(text or "") for text in (title, description, goal))
    by_title = {one.theme: _words(one, one.title, name) + _words(one, one.anywhere, name)
                for one in _possible(name)}  # fmt: skip
    says_all = any(by_title.values())
    found: list[AssignedTheme] = []
    for theme in _possible(name, *texts):
        said = [_words(theme, theme.anywhere, text) for text in texts]
        below = _decides_beside_title(said) if says_all else {*said[0], *said[1]}
        inside = [word for one in said for word in one if word in below]
        matched = [*by_title.get(theme.theme, []), *inside]
        if matched:
            words = tuple(dict.fromkeys(matched))
            found.append(AssignedTheme(theme.theme, theme.label_ja, words))
    return found


def _decides_beside_title(said: Sequence[Sequence[str]]) -> set[str]:
    """The words that decide although the title names a theme: in both texts, or several in one."""
    several = {word for words in said if len(set(words)) > 1 for word in words}
    return several | set.intersection(*map(set, said))


class _Text(NamedTuple):
    """A text without white space, and the themes of which a word may stand in it."""

    bare: str
    themes: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Text:
        bare = bare_text(text)
        openings = _openings().intersection(map(add, bare, bare[1:]))
        return cls(bare, frozenset().union(*map(_by_opening().__getitem__, openings)))


@cache
def _openings() -> frozenset[str]:
    return frozenset(_by_opening())


@cache
def _by_opening() -> dict[str, set[str]]:
    """The themes by the first two characters of their words."""
    found: dict[str, set[str]] = {}
    for theme in themes():
        for opening in theme.openings:
            found.setdefault(opening, set()).add(theme.theme)
    return found


def _possible(*texts: _Text) -> list[Theme]:
    """The themes of which a word may stand in one of the texts."""
    named = frozenset().union(*(text.themes for text in texts))
    return [theme for theme in themes() if theme.theme in named] if named else []


def _words(theme: Theme, pattern: re.Pattern[str] | None, text: _Text) -> list[str]:
    if pattern is None or theme.theme not in text.themes:
        return []
    kept = theme.excluded.sub("\n", text.bare) if theme.excluded else text.bare
    return pattern.findall(kept)


def theme_rows(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of item_themes for rows of reform_items.

    Args:
        items: rows with item_id, title, description, goal_text and the columns of their source.
    """
    return [
        {
            "item_id": item["item_id"],
            "theme": one.theme,
            "theme_label": one.label,
            "matched_words": SEPARATOR.join(one.matched_words),
            **{name: item[name] for name in ("source_id", "source_lines", "page")},
        }
        for item in items
        for one in assign_themes(item["title"], item["description"], item["goal_text"])
    ]
