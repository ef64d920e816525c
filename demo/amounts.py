"""Numbers as clerks write them."""

from __future__ import annotations

from demo.pages import Cell

_FULL_WIDTH = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


def amount_cell(thousand: int | None, way: str) -> Cell:
    """An amount of money.

    Args:
        thousand: in thousand yen; a saving is positive.
        way: how it is written.
    """
    if thousand is None:
        return Cell()
    if way == "thousand":
        return Cell(thousand, number_format="#,##0")
    if way == "yen":
        return Cell(thousand * 1000, number_format="#,##0")
    if way == "negative":
        return Cell(-thousand, number_format="#,##0;[Red]△#,##0")
    texts = {
        "text": f"{thousand:,}",
        "triangle": f"△{thousand:,}",
        "triangle_spaced": f"△ {thousand:,}",
        "black_triangle": f"▲{thousand:,}",
        "minus": f"-{thousand}",
        "with_unit": f"{thousand:,}千円",
        "yen_words": yen_words(thousand),
        "full_width": f"{thousand:,}".translate(_FULL_WIDTH),
    }
    return Cell(texts[way])


def yen_words(thousand: int) -> str:
    """「1億2,345万6千円」."""
    hundred_million, rest = divmod(thousand, 100_000)
    ten_thousand, thousands = divmod(rest, 10)
    words = f"{hundred_million}億" if hundred_million else ""
    words += f"{ten_thousand:,}万" if ten_thousand else ""
    return f"{words}{thousands}千円" if thousands else f"{words}円"


def value_cell(value: float | None, unit: str, way: str) -> Cell:
    """A value of an indicator in one of the ways of writing it."""
    if value is None:
        return Cell()
    if way == "number":
        return Cell(value)
    if way == "percent":
        return Cell(round(value / 100, 5), number_format="0.0%")
    texts = {
        "text": f"{value:,g}",
        "with_unit": f"{value:,.10g}{unit}",
        "full_width": f"{value:.10g}{unit}".translate(_FULL_WIDTH),
        "about": f"約{value:,.10g}{unit}",
    }
    return Cell(texts[way])
