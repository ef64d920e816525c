"""The words of ``vocabulary.yaml``: how plans name their own parts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.plans.characters import plain_text, without_spaces


@cache
def vocabulary() -> dict[str, Any]:
    """The whole file; see the comments in it for what each list means."""
    path = Path(__file__).with_name("vocabulary.yaml")
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@cache
def words(*keys: str) -> tuple[str, ...]:
    """One word list, such as ``words("columns", "title")``, longest word first."""
    node: Any = vocabulary()
    for key in keys:
        node = node[key]
    return tuple(sorted((str(word) for word in node), key=lambda word: (-len(word), word)))


def same_word(text: str, candidates: tuple[str, ...]) -> str | None:
    """The candidate that ``text`` is, after NFKC and without white space; None if none."""
    return _by_bare_form(candidates).get(without_spaces(plain_text(text)))


@cache
def _by_bare_form(candidates: tuple[str, ...]) -> dict[str, str]:
    return {without_spaces(plain_text(word)): word for word in reversed(candidates)}
