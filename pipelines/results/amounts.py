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
from pipelines.results.findings import finding
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
_END_MARKS = "-－−‐―ー 　"
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
        return AmountReading(None, findings=(finding("amount_not_computable", text),))
    number = read_exact(_without_end_mark(text))
    if number is None:
        return AmountReading(None, findings=(finding("amount_unreadable", text),))
    heading = _factor(unit)
    if unit is not None and heading is None and number.unit != "円":
        return AmountReading(None, findings=(finding("amount_unit_unknown", text, unit=unit),))
    return _amount(text, number, unit, heading)


def _without_end_mark(text: str) -> str:
    """￥12,500- ends with a mark so that nobody adds digits: it is no minus beside a yen sign."""
    return text.rstrip(_END_MARKS) if text.lstrip()[0] in "¥￥" else text


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
        return AmountReading(
            None, findings=(finding("amount_unit_unknown", text, unit=number.unit),)
        )
    if number.unit == "円" or number.smallest > 1:
        return _by_cell(text, number, unit, heading, told)
    if heading is None and number.value:
        return AmountReading(None, findings=(finding("amount_without_unit", text),))
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
        return AmountReading(None, findings=(finding("amount_unreadable", text),))
    if number.unit == "":
        told.append(finding("amount_yen_inferred", text))
    factor = MONEY_UNITS.get(f"{number.scale}円", 0)
    if unit is not None and heading is not None and factor != heading:
        told.append(finding("amount_unit_contradiction", text, unit=unit))
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
        return AmountReading(None, findings=(finding("amount_unreadable", text),))
    rest = int(number.rest) * heading
    told.append(finding("amount_mixed_scale", text, unit=unit or ""))
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
        return AmountReading(None, findings=(finding("amount_too_large", text),))
    yen = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if yen != exact:
        told.append(finding("amount_not_whole_yen", text, yen=yen))
    return AmountReading(yen, step, findings=tuple(told))


def _peculiarities(text: str, number: ExactNumber) -> list[CellFinding]:
    told: list[CellFinding] = []
    if number.misprint:
        told.append(finding("amount_misprint", text))
    if number.in_brackets:
        told.append(finding("amount_in_brackets", text))
    if number.bound:
        told.append(finding("amount_with_bound", text, bound=number.bound))
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
        return SignVerdict(1, finding=finding("revenue_decrease") if False in signs else None)
    if declared != "auto":
        return SignVerdict(1 if declared == "positive_is_saving" else -1)
    if kind == "other":
        refuses = False in signs
        return SignVerdict(1, refuses, finding("amount_sign_ambiguous") if refuses else None)
    if len(signs) == 2:
        return SignVerdict(None, finding=finding("amount_sign_mixed"))
    return (
        SignVerdict(-1, finding=finding("amount_sign_inferred"))
        if signs == {False}
        else SignVerdict(1)
    )
