"""Texts of any length on paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.handouts.paper import MOST_LINES, _chunks, _parts
from pipelines.results.forms.heights import row_height

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n"),
    max_size=40,
)


@given(TEXTS | TEXTS.map(lambda text: (text or "文") * 200), st.integers(6, 40))
def test_the_pieces_of_a_text_are_the_text_and_fit(text: str, width: int) -> None:
    pieces = _chunks(text, width)
    assert "".join(pieces) == text
    assert all(pieces) or pieces == [""]
    assert all(one.count("\n") <= MOST_LINES for one in pieces)
    assert all(row_height([(one, width, 10.0)], 0.0) < 400 for one in pieces)


def test_numbers_and_short_texts_stand_once() -> None:
    long = "長い文。" * 300
    first, *rest = _parts(["短い", 5, long], (10, 10, 20))
    assert first[:2] == ["短い", 5]
    assert rest
    assert all(row[:2] == ["", ""] for row in rest)
    assert "".join(row[2] for row in [first, *rest]) == long
