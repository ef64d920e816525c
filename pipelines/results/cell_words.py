"""The words of ``cell_words.yaml``: what stands for no value, units that are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.plans.characters import bare_text
from pipelines.results.forms.definition import form_definition

#: The name of a unit where a sheet states none.
NO_UNIT = "（記載なし）"


@cache
def _content() -> Mapping[str, Any]:
    path = Path(__file__).with_name("cell_words.yaml")
    content: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


@cache
def missing_reasons() -> Mapping[str, str]:
    """Word, bare -> why there is no value; the choices of our own form are among them."""
    common = {
        bare_text(word): reason for reason, words in _content()["missing"].items() for word in words
    }
    return common | {
        bare_text(word): code for code, word in form_definition().missing_reasons.items()
    }


@cache
def _dashes() -> frozenset[str]:
    return frozenset(bare_text(str(word)) for word in _content()["dashes"])


@lru_cache(maxsize=65_536)
def is_dash(text: str) -> bool:
    """Whether a cell says that nothing stands there: ``-``, ``―``, ``…``, なし."""
    return bare_text(text) in _dashes()


def is_dash_sign(text: str) -> bool:
    """Whether a text is a dash of signs only: ``－``; not なし, which a text may well say."""
    return is_dash(text) and not re.search(r"[なし無〃]", text)


@cache
def _not_computable() -> frozenset[str]:
    return frozenset(bare_text(word) for word in _content()["not_computable"])


@lru_cache(maxsize=8_192)
def is_not_computable(text: str) -> bool:
    """Whether the cell of an amount says that it cannot be computed: 算定不能, 算出困難."""
    return bare_text(text).strip("()（）") in _not_computable()


@cache
def _unit_forms() -> Mapping[str, str]:
    return {
        bare_text(unit): bare_text(group[0]) for group in _content()["same_units"] for unit in group
    }


@lru_cache(maxsize=8_192)
def unit_form(unit: str) -> str:
    """One form for units that are the same: 箇所 and カ所, 件数 and 件."""
    bare = bare_text(unit)
    if len(bare) > 1 and bare.endswith("数") and bare != "度数":
        bare = bare[:-1]
    return _unit_forms().get(bare, bare)


def effect_kind_of(text: str) -> str | None:
    """The kind of effect that a cell names; None where it names none, or two."""
    return _named("effect_kinds", text)


def effect_basis_of(text: str) -> str | None:
    """The basis that a cell names; None where it names none, or two."""
    return _named("effect_bases", text)


@lru_cache(maxsize=1_024)
def _named(key: str, text: str) -> str | None:
    bare = bare_text(text)
    found = [
        name
        for name, words in _content()[key].items()
        if name == bare or any(bare_text(word) in bare for word in words)
    ]
    return found[0] if len(found) == 1 else None
