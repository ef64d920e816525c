"""The words by which plans name their own parts: ``vocabulary.yaml``, and what one plan adds.

The common words are read once. While a plan is read, ``plan_vocabulary`` puts the options of its
``plan.yaml`` on top of them, for the running thread or task only: word lists are needed in nearly
every function that looks at a line, and would else be an argument of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.plans.characters import plain_text, without_spaces


class Vocabulary:
    """Word lists by key, the words of a plan's options included."""

    def __init__(self, content: dict[str, Any], options: Mapping[str, Any]) -> None:
        self.content: dict[str, Any] = _merged(content, options)
        self.patterns = tuple(re.compile(one) for one in options.get("heading_patterns", ()))
        self.list_marks = tuple(options.get("list_marks", ()))
        self.ignore_sections = tuple(options.get("ignore_sections", ()))
        self._words: dict[tuple[str, ...], tuple[str, ...]] = {}

    def words(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """One word list, longest word first."""
        found = self._words.get(keys)
        if found is None:
            node: Any = self.content
            for key in keys:
                node = node[key]
            listed = (str(word) for word in node)
            found = tuple(sorted(listed, key=lambda word: (-len(word), word)))
            self._words[keys] = found
        return found


def _merged(content: Any, options: Any) -> Any:
    """The content with the options' words in front; keys only the options have are left out."""
    if isinstance(content, dict) and isinstance(options, Mapping):
        return {key: _merged(value, options.get(key)) for key, value in content.items()}
    return [*options, *content] if options and isinstance(content, list) else content


@cache
def _common() -> Vocabulary:
    path = Path(__file__).with_name("vocabulary.yaml")
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Vocabulary(content, {})


_in_force: ContextVar[Vocabulary | None] = ContextVar("vocabulary", default=None)


def current() -> Vocabulary:
    """The vocabulary of the plan that is being read; the common one outside."""
    return _in_force.get() or _common()


@contextmanager
def plan_vocabulary(options: Mapping[str, Any]) -> Iterator[None]:
    """Within, the words of a plan's layout options count beside the common ones.

    Args:
        options: ``PlanSettings.layout_options``; nothing changes where they are empty.
    """
    token = _in_force.set(Vocabulary(_common().content, options) if options else None)
    try:
        yield
    finally:
        _in_force.reset(token)


def vocabulary() -> dict[str, Any]:
    """The whole content; see the comments in the file for what each list means."""
    return current().content


def words(*keys: str) -> tuple[str, ...]:
    """One word list, such as ``words("columns", "title")``, longest word first."""
    return current().words(keys)


def same_word(text: str, candidates: tuple[str, ...]) -> str | None:
    """The candidate that ``text`` is, after NFKC and without white space; None if none."""
    return _by_bare_form(candidates).get(without_spaces(plain_text(text)))


@cache
def _by_bare_form(candidates: tuple[str, ...]) -> dict[str, str]:
    return {without_spaces(plain_text(word)): word for word in reversed(candidates)}
