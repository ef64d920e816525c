"""全国地方公共団体コード: six digits, the last of them a check digit.

Source: 総務省「全国地方公共団体コード仕様」; the rule is repeated in the release contract:
the sixth digit is ``(11 - (6a + 5b + 4c + 3d + 2e) mod 11) mod 10``.
"""

from __future__ import annotations

import re

WEIGHTS = (6, 5, 4, 3, 2)


def check_digit(first_five: str) -> str:
    """The sixth digit that belongs to the first five; ``first_five`` is five ASCII digits."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_five, strict=True))
    return str((11 - total % 11) % 10)


def fault_of_code(code: str) -> str | None:
    """What is wrong with a municipality code, in Japanese with what to do; None if nothing is."""
    if not re.fullmatch(r"[0-9]{6}", code):
        return (
            f"全国地方公共団体コード「{code}」は半角数字6桁ではありません。"
            "先頭の0を含む6桁を引用符で囲んで書いてください。"
        )
    expected = check_digit(code[:5])
    if code[5] != expected:
        return (
            f"全国地方公共団体コード「{code}」の検査数字（6桁目）が合いません。"
            f"先頭5桁が正しければ「{code[:5]}{expected}」です。コードを確かめてください。"
        )
    return None
