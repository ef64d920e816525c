"""A figure as a page prints it, read again to compare it with the value that was typed.

A page prints ``△396,046``, ``41億3,300万円``, ``(89)`` for a plan, ``計 53項目``, ``153人を削減``,
or ``1億05`` in a column of 百万円, where what stands behind 億 goes on in the column's own unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from pipelines.figures.words import is_percent, misprints, word_list, yen_of
from pipelines.plans.characters import bare_text
from pipelines.quantities.numbers import flat, read_number, read_quantities, unit_kinds

_BRACKETS = re.compile(r"[(（](?P<inside>[^()（）]*)[)）]")
_LEADING_WORD = re.compile(r"^(?P<word>[^\d\-+△▲]+)(?=[\d△▲-])")
_IN_COLUMN = re.compile(r"(?P<sign>[△▲-]?)(?P<oku>[\d,]+)億(?P<rest>\d*)")
_LAST_PART = re.compile(r"(?P<digits>\d[\d,]*)(?:\.(?P<decimals>\d+))?(?P<scale>[億万千百]*)\D*$")
_SCALES = {"億": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
_YEN = "円"


@dataclass(frozen=True)
class Printed:
    """What a printed figure says.

    Attributes:
        value: in the unit of the column.
        unit: the unit that stands in the text, blank for none.
        step: one unit of the last digit printed, in the unit of the column.
        sign_is_open: whether the text leaves open if it is a decrease: brackets, or a word such as
            削減 beside a number without a sign.
        misprint: the misprinted character that was read as another; None for none.
    """

    value: Decimal
    unit: str
    step: Decimal
    sign_is_open: bool = False
    misprint: str | None = None


def read_printed(text: str, unit: str) -> Printed | None:
    """Read a printed figure; None where it does not say one number for sure.

    Args:
        text: as published.
        unit: the unit of its column.
    """
    plain, misprint = _without_misprint("".join(flat(text).split()))
    in_brackets = _BRACKETS.fullmatch(plain)
    core = in_brackets["inside"] if in_brackets else plain
    found = _number_in_column(core, unit) or _number_with_unit(core, unit)
    if found is None:
        return None
    value, own_unit, step = found
    unsigned = not re.search(r"[△▲-]\d", core)
    is_open = unsigned and (bool(in_brackets) or says_decrease(core))
    return Printed(value, own_unit, step, is_open, misprint)


def says_decrease(text: str) -> bool:
    """Whether a word such as 削減 stands in the text."""
    plain = bare_text(text)
    return any(word in plain for word in word_list("decrease"))


def step_of_value(value: Decimal) -> Decimal:
    """One unit of the last digit of a number as it was typed."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def fault_of_printed(text: str, value: Decimal, unit: str, printed: Printed) -> str | None:
    """How a value contradicts the text it was taken from, in Japanese; None where it does not.

    Args:
        text: the figure as published.
        value: as typed, in ``unit``.
        unit: as typed.
        printed: the text as read.
    """
    if not _same_unit(printed.unit, unit):
        return (
            f"unit「{unit}」と published_as「{text}」の単位が違います。どちらかを直してください。"
        )
    same = abs(value) == abs(printed.value) if printed.sign_is_open else value == printed.value
    if same:
        return None
    return (
        f"value「{value:f}」と published_as「{text}」が合いません"
        f"（読み取ると {printed.value:f}{unit}）。掲載ページを見て、違うほうを直してください。"
    )


def _without_misprint(text: str) -> tuple[str, str | None]:
    """憶 between digits is 億."""
    for wrong, meant in misprints().items():
        mended = re.sub(rf"(?<=\d){wrong}", meant, text)
        if mended != text:
            return mended, wrong
    return text, None


def _number_in_column(text: str, unit: str) -> tuple[Decimal, str, Decimal] | None:
    """``1億05`` in 百万円 is 105: behind 億 stand just the digits that 億 has in that unit."""
    yen = yen_of(unit)
    match = _IN_COLUMN.fullmatch(text)
    if yen is None or match is None or yen > _SCALES["億"]:
        return None
    per_oku = _SCALES["億"] // yen
    rest = match["rest"]
    if rest and len(rest) != len(str(per_oku)) - 1:
        return None
    value = int(match["oku"].replace(",", "")) * per_oku + int(rest or 0)
    return Decimal(-value if match["sign"] else value), "", Decimal(1 if rest else per_oku)


def _number_with_unit(text: str, unit: str) -> tuple[Decimal, str, Decimal] | None:
    """A number, scaled to the column's unit where it says its own scale or that it is in yen."""
    found = _whole_number(text, unit) or _only_quantity(text)
    if found is None:
        return None
    number, own_unit, printed = found
    own_scale, bare_unit = _split_unit(own_unit)
    column_yen = yen_of(unit)
    last_scale = _scale_of_last_digit(printed)
    if column_yen is None:
        return number * own_scale, bare_unit, last_scale
    if not bare_unit and own_scale == 1:
        # A number that names neither unit nor scale is in the column's; 「1億5」 says only half.
        return None if re.search("[億万千百]", printed) else (number, "", last_scale)
    yen_unit = "" if bare_unit in ("", _YEN) else bare_unit
    return number * own_scale / column_yen, yen_unit, last_scale / column_yen


def _whole_number(text: str, unit: str) -> tuple[Decimal, str, str] | None:
    """A text that is one number with a known unit or none, and a word such as 計 before or not."""
    bare = _LEADING_WORD.sub("", text)
    read = read_number(bare)
    if read is None:
        return None
    _, own_unit = _split_unit(read[1])
    if own_unit and own_unit not in unit_kinds() and bare_text(own_unit) != bare_text(unit):
        return None
    return Decimal(str(read[0])), read[1], bare


def _only_quantity(text: str) -> tuple[Decimal, str, str] | None:
    """A number with words around it (153人を削減), where it is the only one."""
    quantities = read_quantities(text)
    if len(quantities) != 1 or quantities[0].value_upper is not None:
        return None
    only = quantities[0]
    if re.search(r"\d", text[: only.start] + text[only.end :]):
        return None
    return Decimal(str(only.value)), only.unit, only.text


def _split_unit(unit: str) -> tuple[int, str]:
    """千円 to 1000 and 円."""
    bare = unit.lstrip("億万千百")
    return _product(unit[: len(unit) - len(bare)]), bare


def _scale_of_last_digit(printed: str) -> Decimal:
    match = _LAST_PART.search(printed)
    if match is None:
        return Decimal(1)
    return Decimal(_product(match["scale"])).scaleb(-len(match["decimals"] or ""))


def _product(scales: str) -> int:
    return prod(_SCALES[one] for one in scales)


def _same_unit(printed: str, typed: str) -> bool:
    """Whether a printed unit, blank for none, may stand for the one of the column."""
    one, other = bare_text(printed), bare_text(typed)
    counts = word_list("item_counts")
    return (
        one in ("", other)
        or (one in counts and other in counts)
        or (is_percent(one) and is_percent(other))
    )
