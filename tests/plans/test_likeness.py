"""Likeness of texts: between 0 and 1, the same both ways, led by what is rare."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.likeness import Likeness

from .samples import GLYPHS

TEXTS = st.text(GLYPHS, max_size=12)


@given(st.lists(TEXTS, max_size=5), TEXTS, TEXTS)
def test_bounds_and_symmetry(corpus: list[str], one: str, other: str) -> None:
    scale = Likeness(corpus)
    assert 0 <= scale.likeness(one, other) <= 1 + 1e-12
    assert scale.likeness(one, other) == scale.likeness(other, one)
    assert scale.likeness(one, one) == 1
    assert 0 <= scale.containment(one, other) <= 1 + 1e-12
    assert len(one) < 2 or scale.containment(one, f"{other}{one}") == 1


def test_stock_phrases_count_little() -> None:
    stock = [f"{word}の見直し" for word in ("組織", "給与", "補助金", "定員", "施設")]
    scale = Likeness([*stock, "窓口の見直し"])
    assert scale.likeness("窓口の見直し", "給与の見直し") < 0.5
    assert scale.likeness("窓口の見直し", "窓口の改善") > scale.likeness(
        "窓口の見直し", "給与の見直し"
    )


def test_nothing_is_like_nothing() -> None:
    assert Likeness([]).likeness("", "あ") == 0
    assert Likeness([]).containment("", "あい") == 0
