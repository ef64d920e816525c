"""The words by which published figures are read (``words.yaml``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.plans.characters import bare_text


@cache
def _words() -> dict[str, Any]:
    path = Path(__file__).with_name("words.yaml")
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def word_list(name: str) -> tuple[str, ...]:
    """A list of words, each in NFKC without white space; ``name`` is its key in the YAML."""
    return tuple(bare_text(str(word)) for word in _words()[name])


def misprints() -> dict[str, str]:
    """A misprinted character, and the one that is meant."""
    return dict(_words()["misprints"])


@cache
def _money() -> dict[str, int]:
    return {bare_text(unit): int(yen) for unit, yen in _words()["money"].items()}


def yen_of(unit: str) -> int | None:
    """How many yen one ``unit`` is (千円: 1000); None where it is no unit of money."""
    return _money().get(bare_text(unit))


def is_percent(unit: str) -> bool:
    """Whether values in this unit are shares, which can neither be summed nor subtracted."""
    return bare_text(unit) in word_list("percent")
