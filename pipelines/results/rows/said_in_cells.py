"""Amounts whose own cell says of which kind or basis they are.

::

    （歳入）1,350          revenue_increase
    単年度　1,200
    累計　3,400            two amounts, each with its basis
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from pipelines.quantities.exact import read_exact
from pipelines.results.cell_words import effect_basis_of, effect_kind_of, is_dash
from pipelines.results.model import ColumnRole, ValueCell
from pipelines.results.vocabulary import bare, sheet_vocabulary

_BETWEEN = re.compile(r"[\n／/、;；]+")
_SAID = re.compile(
    r"[(（【\[]?(?P<word>[^\d\s()（）【】\[\]:：△▲+\-¥￥]{2,10})[)）】\]]?\s*[:：]?\s*(?P<amount>\S.*)"
)
#: What the words of one cell say: kinds, or bases.
_Said = tuple[str | None, str | None]


def said_apart(cell: ValueCell, texts: Mapping[str, str]) -> list[ValueCell] | None:
    """The amounts of a cell, each with the kind or basis that it says; None for other cells.

    Nothing is taken that contradicts the heading or another text of the row.

    Args:
        cell: of an amount.
        texts: of its row.
    """
    parts = _parts(cell.text)
    if parts is None or not all(_agrees(said, cell.role, texts) for said, _ in parts):
        return None
    return [replace(cell, role=_with(cell.role, said), text=text) for said, text in parts]


@lru_cache(maxsize=8_192)
def _parts(text: str) -> tuple[tuple[_Said, str], ...] | None:
    """What is said and the amount behind it, piece by piece; None where a piece says nothing."""
    found: list[tuple[_Said, str]] = []
    for piece in filter(None, map(str.strip, _BETWEEN.split(text))):
        match = _SAID.fullmatch(piece)
        said = _said_by(bare(match["word"])) if match else None
        if match is None or said is None or not _is_amount(match["amount"]):
            return None
        found.append((said, match["amount"]))
    said_once = len({said for said, _ in found}) == len(found)
    is_of_one_sort = len({said[0] is None for said, _ in found}) == 1
    return tuple(found) if said_once and is_of_one_sort else None


def _said_by(word: str) -> _Said | None:
    words = sheet_vocabulary()
    kind = words.kind_labels.get(word) or words.amounts.get(word)
    basis = words.basis.get(word)
    return (kind, basis) if kind or basis else None


def _is_amount(text: str) -> bool:
    return is_dash(text) or read_exact(text) is not None


def _agrees(said: _Said, role: ColumnRole, texts: Mapping[str, str]) -> bool:
    """Whether neither the heading nor the row says another kind or basis."""
    kind, basis = said
    kinds = {role.effect_kind, effect_kind_of(texts.get("effect_kind", ""))}
    bases = {role.effect_basis, effect_basis_of(texts.get("effect_basis", ""))}
    if kind is not None and not kinds <= {None, "other", kind}:
        return False
    return basis is None or bases <= {None, "not_stated", basis}


@lru_cache(maxsize=1_024)
def _with(role: ColumnRole, said: _Said) -> ColumnRole:
    kind, basis = said
    changed = {"effect_kind": kind or role.effect_kind, "effect_basis": basis or role.effect_basis}
    return replace(role, pair=None, **changed)  # type: ignore[arg-type]
