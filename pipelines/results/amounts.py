"""Amounts of money as cells write them, to whole yen, and what the sign of a column means.

Rules: docs of results ("How amounts and values are written"). The unit of the cell wins over the
heading's; without a unit anywhere nothing is guessed. A blank or a dash is no amount, and never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from statistics import median
from typing import Literal

from pipelines.plans.characters import bare_text
from pipelines.quantities.exact import ExactNumber, read_exact
from pipelines.results.cell_words import is_dash, is_not_computable
from pipelines.sources.workbooks.model import CellFinding

AmountSign = Literal["auto", "positive_is_saving", "negative_is_saving"]

#: Unit of money -> yen.
MONEY_UNITS = {
    "円": 1,
    "千円": 10**3,
    "万円": 10**4,
    "十万円": 10**5,
    "百万円": 10**6,
    "千万円": 10**7,
    "億円": 10**8,
    "十億円": 10**9,
    "百億円": 10**10,
    "千億円": 10**11,
    "兆円": 10**12,
}
#: Amounts beyond this are a slip of the unit: no Japanese body spends 1,000 兆円.
_LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class AmountReading:
    """What a cell says of an amount.

    Attributes:
        yen: with the sign as typed; None where there is no amount, or it cannot be read.
        step: the smallest amount that the notation can show, in yen (1,000 of whole 千円).
        is_blank: whether the cell says that there is nothing (``-``).
        findings: what to tell, without place.
    """

    yen: int | None
    step: int = 1
    is_blank: bool = False
    findings: tuple[CellFinding, ...] = ()


@lru_cache(maxsize=65_536)
def read_amount(text: str, unit: str | None) -> AmountReading:
    """Read one cell.

    Args:
        text: as displayed, such as ``△16,565``, ``4,610千円``, ``13億776万円``, ``1億05``.
        unit: from the heading, a note or the profile, such as 千円; None where nothing says.
    """
    if not text.strip() or is_dash(text):
        return AmountReading(None, is_blank=True)
    if is_not_computable(text):
        return AmountReading(None, findings=(_not_computable(text),))
    number = read_exact(text)
    if number is None:
        return AmountReading(None, findings=(_unreadable(text),))
    heading = _factor(unit)
    if unit is not None and heading is None and number.unit != "円":
        return AmountReading(None, findings=(_no_money(unit, text),))
    return _amount(text, number, unit, heading)


def is_money_unit(unit: str) -> bool:
    """Whether a unit is one of money: 千円, （単位：百万円）."""
    return _factor(unit) is not None


def _factor(unit: str | None) -> int | None:
    if not unit:
        return None
    # 千円/年 is what a year's effect amounts to in 千円.
    plain = bare_text(unit).strip("()[]:単位").removesuffix("/年").removesuffix("/年度")
    return MONEY_UNITS.get(plain)


def _amount(text: str, number: ExactNumber, unit: str | None, heading: int | None) -> AmountReading:
    """The amount, and what is peculiar about how it is written."""
    told: list[CellFinding] = _peculiarities(text, number)
    if number.rest:
        return _mixed(text, number, unit, heading, told)
    if number.unit not in ("", "円"):
        return AmountReading(None, findings=(_no_money(number.unit, text),))
    if number.unit == "円" or number.smallest > 1:
        return _by_cell(text, number, unit, heading, told)
    if heading is None and number.value:
        return AmountReading(None, findings=(_without_unit(text),))
    heading = heading or 1  # 0 is 0 in every unit
    return _yen(text, number.value * heading, _step(number, heading), told)


def _by_cell(
    text: str,
    number: ExactNumber,
    unit: str | None,
    heading: int | None,
    told: list[CellFinding],
) -> AmountReading:
    """An amount whose unit, or at least whose scale, stands in the cell."""
    if number.unit == "" and not _is_plain_scale(number):
        # 1億5千 means 1億5千万 in speech and 1億5千円 on paper.
        return AmountReading(None, findings=(_unreadable(text),))
    if number.unit == "":
        told.append(_yen_inferred(text))
    factor = MONEY_UNITS.get(f"{number.scale}円", 0)
    if unit is not None and heading is not None and factor != heading:
        told.append(_contradiction(text, unit))
    return _yen(text, number.value, _step(number, 1), told)


def _is_plain_scale(number: ExactNumber) -> bool:
    return number.smallest >= 10**4 and not number.rest


def _mixed(
    text: str,
    number: ExactNumber,
    unit: str | None,
    heading: int | None,
    told: list[CellFinding],
) -> AmountReading:
    """``1億05`` in 百万円: the digits behind 億 fill the places down to the column's unit."""
    places = number.smallest // heading if heading else 0
    fills = heading is not None and places == 10 ** len(number.rest) and not number.unit
    if heading is None or not fills:
        return AmountReading(None, findings=(_unreadable(text),))
    rest = int(number.rest) * heading
    told.append(_mixed_scale(text, unit or ""))
    minus = number.sign not in ("", "+") or number.in_brackets
    return _yen(text, number.value + (-rest if minus else rest), heading, told)


def _step(number: ExactNumber, factor: int) -> int:
    """What one unit of the last digit shown is worth, in yen, at least one."""
    exponent = number.value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    worth = (number.smallest if factor == 1 else factor) // 10**decimals
    return max(int(worth), 1)


def _yen(text: str, exact: Decimal, step: int, told: list[CellFinding]) -> AmountReading:
    if abs(exact) >= _LARGEST:
        return AmountReading(None, findings=(_too_large(text),))
    yen = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if yen != exact:
        told.append(_not_whole(text, yen))
    return AmountReading(yen, step, findings=tuple(told))


def _peculiarities(text: str, number: ExactNumber) -> list[CellFinding]:
    told: list[CellFinding] = []
    if number.misprint:
        told.append(_misprint(text))
    if number.in_brackets:
        told.append(_in_brackets(text))
    if number.bound:
        told.append(_with_bound(text, number.bound))
    return told


def is_out_of_scale(reading: AmountReading, unit: str | None, column: Sequence[int]) -> bool:
    """Whether an amount looks like one of yen that stands in a column of 千円.

    It is a whole number of thousands, a million or more, and a thousand times what the others of
    its column are in the middle; without others nobody can say.

    Args:
        reading: of the cell.
        unit: of the column.
        column: all amounts of the column in yen, the cell's own included.
    """
    factor, yen = _factor(unit), abs(reading.yen or 0)
    if factor != 1_000 or yen < 10**6 * factor or yen % (1_000 * factor):
        return False
    others = [abs(one) for one in column]
    others.remove(yen)
    return bool(others) and yen >= 1_000 * median(others)


@dataclass(frozen=True, slots=True)
class SignVerdict:
    """What the sign in a column of amounts means.

    Attributes:
        factor: 1 where a plain amount is a saving (or more revenue), -1 where △ is; None where
            nobody can say.
        refuses_negative: whether amounts with △ cannot be published although plain ones can.
        finding: what to tell once of the column, without place.
    """

    factor: int | None
    refuses_negative: bool = False
    finding: CellFinding | None = None


def sign_verdict(amounts: Iterable[int], kind: str, declared: AmountSign) -> SignVerdict:
    """What the sign means in one column of one table.

    Args:
        amounts: the column's amounts as typed.
        kind: of the effect: cost_reduction, revenue_increase or other.
        declared: ``amount_sign`` of the profile.
    """
    signs = {amount > 0 for amount in amounts if amount}
    if kind == "revenue_increase":
        return SignVerdict(1, finding=_revenue_falls() if False in signs else None)
    if declared != "auto":
        return SignVerdict(1 if declared == "positive_is_saving" else -1)
    if kind == "other":
        refuses = False in signs
        return SignVerdict(1, refuses, _ambiguous_sign() if refuses else None)
    if len(signs) == 2:
        return SignVerdict(None, finding=_mixed_signs())
    return SignVerdict(-1, finding=_negative_saves()) if signs == {False} else SignVerdict(1)


_SIGN_ADVICE = (
    "profile.yaml の amount_sign に positive_is_saving（正の数が削減）か "
    "negative_is_saving（△が削減）を書いてください。"
)


def _mixed_signs() -> CellFinding:
    return CellFinding(
        "error",
        "amount_sign_mixed",
        "同じ列に△の付いた金額と付かない金額があり、どちらが削減か決められません。"
        "この列の金額は公開しません。",
        _SIGN_ADVICE,
    )


def _ambiguous_sign() -> CellFinding:
    return CellFinding(
        "error",
        "amount_sign_ambiguous",
        "削減額か収入額か分からない列に△の付いた金額があり、効果の増減を決められません。"
        "△の付いた金額は公開しません。",
        _SIGN_ADVICE + "または効果の種類（歳出削減・歳入確保）を見出しに書いてください。",
    )


def _negative_saves() -> CellFinding:
    return CellFinding(
        "info",
        "amount_sign_inferred",
        "この列の金額にはすべて△（マイナス）が付いているので、△を削減額と読みました。",
        "違うときは profile.yaml の amount_sign に書いてください。",
    )


def _revenue_falls() -> CellFinding:
    return CellFinding(
        "info",
        "revenue_decrease",
        "収入の列にある△の付いた金額は、収入の減少と読みました。",
        "増加のときは△を付けずに記入してください。",
    )


def _not_computable(text: str) -> CellFinding:
    return CellFinding(
        "warning",
        "amount_not_computable",
        f"金額の欄に「{text}」とあるので、金額は空とし、算定できない理由として載せました。",
        "理由は、金額の欄ではなく算定できない理由の欄に書いてください。",
        value=text,
    )


def _unreadable(text: str) -> CellFinding:
    return CellFinding(
        "error",
        "amount_unreadable",
        f"金額「{text}」を一つの数値として読めません。金額は空とし、元の文だけを残します。",
        "1,234 のように数字だけを入れ、説明は別の欄に書いてください。",
        value=text,
    )


def _no_money(unit: str, text: str) -> CellFinding:
    return CellFinding(
        "error",
        "amount_unit_unknown",
        f"金額「{text}」の単位「{unit}」は金額の単位ではありません。金額は空とします。",
        "円、千円、万円、百万円、億円のどれかにしてください。",
        value=text,
    )


def _without_unit(text: str) -> CellFinding:
    return CellFinding(
        "error",
        "amount_without_unit",
        f"金額「{text}」の単位がどこにも書かれていないため、金額を決められません。"
        "金額は空とし、元の文だけを残します。",
        "見出しに（千円）のように単位を書くか、profile.yaml の units に書いてください。",
        value=text,
    )


def _contradiction(text: str, unit: str) -> CellFinding:
    return CellFinding(
        "warning",
        "amount_unit_contradiction",
        f"金額「{text}」の単位が見出しの単位（{unit}）と違います。セルの単位で読みました。",
        "どちらかの単位にそろえてください。",
        value=text,
    )


def _yen_inferred(text: str) -> CellFinding:
    return CellFinding(
        "info",
        "amount_yen_inferred",
        f"金額「{text}」には「円」がありませんが、円の金額として読みました。",
        "「億円」「万円」のように単位まで書いてください。",
        value=text,
    )


def _mixed_scale(text: str, unit: str) -> CellFinding:
    return CellFinding(
        "warning",
        "amount_mixed_scale",
        f"金額「{text}」は、億より下の桁を見出しの単位（{unit}）で書いたものとして読みました。",
        "数字だけ、または「1億500万円」のように書いてください。",
        value=text,
    )


def _misprint(text: str) -> CellFinding:
    return CellFinding(
        "warning",
        "amount_misprint",
        f"金額「{text}」の「憶」は「億」の誤字として読みました。",
        "「億」に直してください。",
        value=text,
    )


def _in_brackets(text: str) -> CellFinding:
    return CellFinding(
        "warning",
        "amount_in_brackets",
        f"金額「{text}」は括弧に入っているため、マイナスの金額として読みました。",
        "マイナスでなければ括弧を外してください。",
        value=text,
    )


def _with_bound(text: str, bound: str) -> CellFinding:
    return CellFinding(
        "info",
        "amount_with_bound",
        f"金額「{text}」の「{bound}」は金額に含めず、元の文に残しました。",
        value=text,
    )


def _not_whole(text: str, yen: int) -> CellFinding:
    return CellFinding(
        "warning",
        "amount_not_whole_yen",
        f"金額「{text}」は1円未満の端数になるため、四捨五入して {yen:,} 円としました。",
        "単位と桁を確かめてください。",
        value=text,
    )


def _too_large(text: str) -> CellFinding:
    return CellFinding(
        "error",
        "amount_too_large",
        f"金額「{text}」は単位を合わせると1,000兆円以上になります。金額は空とします。",
        "単位を確かめてください。",
        value=text,
    )
