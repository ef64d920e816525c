"""How wide a text is where characters have one width or two: terminals, and columns of sheets."""

from __future__ import annotations

from unicodedata import east_asian_width


def text_width(text: str) -> int:
    """Columns that a text takes: two for full-width characters (UAX #11)."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
