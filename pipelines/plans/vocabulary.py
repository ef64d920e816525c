"""The words by which plans name their own parts: ``vocabulary.yaml``, and what one plan adds.

The common words are read once. While a plan is read, ``plan_vocabulary`` puts the options of its
``plan.yaml`` on top of them, for the running thread or task only: word lists are needed in nearly
every function that looks at a line, and would else be an argument of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from pipelines.plans.characters import bare_text
from pipelines.plans.lines import Line

# Where a word names two columns (目標), the earlier of them.
COLUMN_ORDER = (
    "title", "description", "schedule", "department", "goal", "number", "continuity",
)  # fmt: skip


class WordList(tuple[str, ...]):
    """Words with what texts are compared with: their bare forms, found once."""

    @cached_property
    def by_bare_form(self) -> dict[str, str]:
        """The words by their form after NFKC and without white space; the first wins."""
        return {bare_text(word): word for word in reversed(self)}

    @cached_property
    def longest(self) -> int:
        """How long a text can be that is one of the words, spaces included."""
        return 4 * max(map(len, self.by_bare_form), default=0) + 8


class Vocabulary:
    """Word lists by key, the words of a plan's options included."""

    def __init__(self, content: dict[str, Any], options: Mapping[str, Any]) -> None:
        self.content: dict[str, Any] = _merged(content, options)
        self.patterns = tuple(re.compile(one) for one in options.get("heading_patterns", ()))
        self.list_marks = tuple(options.get("list_marks", ()))
        self.ignore_sections = tuple(options.get("ignore_sections", ()))
        self.known_words: dict[tuple[str, ...], WordList] = {}

    @cached_property
    def columns(self) -> dict[str, str]:
        """Column by the bare form of each heading that names it; the first of the order wins."""
        return {
            bare_text(word): name
            for name in reversed(COLUMN_ORDER)
            for word in self.words(("columns", name))
        }

    @cached_property
    def column_initials(self) -> frozenset[str]:
        """The first characters of all headings of columns."""
        return frozenset(name[:1] for name in self.columns)

    @cached_property
    def longest_column(self) -> int:
        """Length of the longest heading of a column."""
        return max(map(len, self.columns))

    def words(self, keys: tuple[str, ...]) -> WordList:
        """One word list, longest word first."""
        found = self.known_words.get(keys)
        if found is None:
            node: Any = self.content
            for key in keys:
                node = node[key]
            listed = (str(word) for word in node)
            found = WordList(sorted(listed, key=lambda word: (-len(word), word)))
            self.known_words[keys] = found
        return found


def _merged(content: Any, options: Any) -> Any:
    """The content with the options' words in front; keys only the options have are left out."""
    if isinstance(content, dict) and isinstance(options, Mapping):
        return {key: _merged(value, options.get(key)) for key, value in content.items()}
    return [*options, *content] if options and isinstance(content, list) else content


def _read_common() -> Vocabulary:
    path = Path(__file__).with_name("vocabulary.yaml")
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Vocabulary(content, {})


_COMMON = _read_common()
_in_force: ContextVar[Vocabulary] = ContextVar("vocabulary", default=_COMMON)


# The vocabulary of the plan that is being read; the common one outside. Bound, because it is asked
# for at every look at a line.
current: Callable[[], Vocabulary] = _in_force.get


@contextmanager
def plan_vocabulary(options: Mapping[str, Any]) -> Iterator[None]:
    """Within, the words of a plan's layout options count beside the common ones.

    Args:
        options: ``PlanSettings.layout_options``; nothing changes where they are empty.
    """
    token = _in_force.set(Vocabulary(_COMMON.content, options) if options else _COMMON)
    try:
        yield
    finally:
        _in_force.reset(token)


def vocabulary() -> dict[str, Any]:
    """The whole content; see the comments in the file for what each list means."""
    return current().content


def words(*keys: str) -> WordList:
    """One word list, such as ``words("columns", "title")``, longest word first."""
    plan = current()
    return plan.known_words.get(keys) or plan.words(keys)


def same_word(text: str, candidates: tuple[str, ...]) -> str | None:
    """The candidate that ``text`` is, after NFKC and without white space; None if none."""
    known = candidates if isinstance(candidates, WordList) else _word_list(candidates)
    return known.by_bare_form.get(bare_text(text)) if len(text) <= known.longest else None


def word_of_line(line: Line, candidates: WordList) -> str | None:
    """The candidate that a line is, like ``same_word`` with what the line knows of itself."""
    is_short = len(line.plain) <= candidates.longest
    return candidates.by_bare_form.get(line.bare) if is_short else None


@cache
def _word_list(candidates: tuple[str, ...]) -> WordList:
    return WordList(candidates)
