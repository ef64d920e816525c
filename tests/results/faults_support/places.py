"""Names of cells as a clerk says them (E3), and back."""

from __future__ import annotations

import re

_CELL = re.compile(r"([A-Z]+)(\d+)")


def place(cell: str) -> tuple[int, int]:
    """E3 -> row 3, column 5."""
    match = _CELL.fullmatch(cell)
    assert match, f"{cell} is no cell"
    return int(match[2]), column_number(match[1])


def column_number(letters: str) -> int:
    """E -> 5, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
