"""The words of ``targets.yaml``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def target_words(key: str) -> tuple[str, ...]:
    """One word list, longest word first; see the comments in the file."""
    return tuple(sorted((str(word) for word in _content()[key]), key=lambda word: -len(word)))


@cache
def _content() -> dict[str, Any]:
    path = Path(__file__).with_name("targets.yaml")
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@cache
def any_of(key: str) -> re.Pattern[str]:
    """A pattern that finds any word of a list."""
    return re.compile("|".join(map(re.escape, target_words(key))))
