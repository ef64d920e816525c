"""Codes of regions (L3-06): how many digits a column of them has, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Collection
from unicodedata import normalize

from pipelines.machine_readability.rules import word_table
from pipelines.sources.municipality_code import check_digit

_STATED_DIGITS = re.compile(r"\(?([256])桁\)?\Z")
#: So many codes that all get the right check digit by a 0 in front do not do so by chance.
_BY_NO_CHANCE = 3


def lengths_of(header: str, codes: Collection[str]) -> list[int] | None:
    """The digits that the codes of a column have.

    Args:
        header: of the column; it may tell the digits (団体コード（6桁）).
        codes: its different values.

    Returns:
        None where the header is not one of region codes.
    """
    name = re.sub(r"\s", "", normalize("NFKC", header))
    stated = _STATED_DIGITS.search(name)
    lengths = word_table("region_codes").get(_STATED_DIGITS.sub("", name))
    if lengths is None:
        return None
    if stated is not None:
        return [int(stated[1])]
    return [6] if 6 in lengths and _are_six_digits(codes) else list(lengths)


def _are_six_digits(codes: Collection[str]) -> bool:
    """Whether codes have six digits, those without their leading 0 included.

    12345 may be a code of six digits without its zero, or one of five. It is the former where
    another code has six digits, where no municipality can have the number of five digits (those
    within a prefecture begin at 100, Ministry of Internal Affairs and Communications), or where
    a 0 makes many right.
    """
    if any(re.fullmatch("[0-9]{6}", code) for code in codes):
        return True
    five = [code for code in codes if re.fullmatch("[0-9]{5}", code)]
    if not five or not all(map(_is_right_with_zero, five)):
        return False
    return len(five) >= _BY_NO_CHANCE or any(0 < int(code[2:]) < 100 for code in five)


def _is_right_with_zero(code: str) -> bool:
    return fault_of_region_code(f"0{code}", [6]) is None


def fault_of_region_code(code: str, lengths: list[int]) -> str | None:
    """What is wrong with a code of one of these lengths, in Japanese; None if nothing is."""
    if not re.fullmatch("[0-9]+", code):
        return "半角数字ではありません"
    if len(code) + 1 in lengths and len(code) not in lengths and not code.startswith("0"):
        return f"{len(code)}桁しかなく、先頭の0が落ちているおそれがあります"
    if len(code) not in lengths:
        return f"{len(code)}桁です"
    if not 1 <= int(code[:2]) <= 47 and code[:2] != "99":
        return "都道府県の番号（01から47）ではありません"
    if len(code) == 6 and check_digit(code[:5]) != code[5]:
        return "検査数字（6桁目）が合いません"
    return None
