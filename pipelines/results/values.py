"""Values of indicators: a number in the indicator's unit, or the text as it stands and why.

A text that is no single number keeps no value: 「696～890」「前年度実績を上回る水準」. Two values
in one cell are told apart only where the heading or the profile says which comes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from pipelines.plans.characters import bare_text
from pipelines.quantities.exact import ExactNumber, read_exact
from pipelines.quantities.numbers import flat, unit_kinds
from pipelines.results.amounts import MONEY_UNITS, read_amount
from pipelines.results.cell_words import is_dash, missing_reasons, unit_form
from pipelines.results.findings import finding
from pipelines.sources.workbooks.cell_texts import is_error_text
from pipelines.sources.workbooks.model import CellFinding

_SCALED_UNIT = re.compile(r"(?P<scale>[兆億万千百十]{1,2})(?P<base>.+)")
_SCALES = {"兆": 10**12, "億": 10**8, "万": 10**4, "千": 10**3, "百": 100, "十": 10}
_RANGE = re.compile(r"\d[^\d\s]{0,4}\s*[~〜～]\s*\D{0,2}\d")
_PAIR_IN_BRACKETS = re.compile(r"(?P<first>[^()\n]+?)\s*\((?P<second>[^()]+)\)")
_NAMED = re.compile(r"(?P<name>[^:：]*[^\d:：\s][^:：]*)[:：](?P<value>[^:：]+)")
_BETWEEN_NAMED = re.compile(r"[、;；\n]+|(?<!\d),|,(?!\d{3})|，(?!\d{3})")


@dataclass(frozen=True, slots=True)
class ValueReading:
    """What a cell says of a value.

    Attributes:
        value: the number in the indicator's unit; None where the cell holds no single one.
        unit: the unit that stands in the cell, where the indicator had none before.
        is_approximate: whether it is called approximate.
        missing_reason: why there is no value, where the cell says so.
        is_blank: whether the cell says that there is nothing (``-``).
        is_error: whether the text is a formula's error (``#REF!``), which is never published.
        findings: what to tell, without place.
    """

    value: float | None
    unit: str | None = None
    is_approximate: bool = False
    missing_reason: str | None = None
    is_blank: bool = False
    is_error: bool = False
    findings: tuple[CellFinding, ...] = ()


class ValueReader:
    """Reads value cells with the words of one profile; every text and unit is read once."""

    def __init__(self, missing_words: Mapping[str, str | None]) -> None:
        declared = {bare_text(word): reason for word, reason in missing_words.items()}
        self._missing: dict[str, str | None] = {**missing_reasons(), **declared}
        self._read: dict[str | None, dict[str, ValueReading]] = {}

    def read(self, text: str, unit: str | None) -> ValueReading:
        """Read one cell.

        Args:
            text: as displayed; not blank.
            unit: of the indicator; None where nothing says.
        """
        known = self.known(unit)
        found = known.get(text)
        if found is None:
            found = known[text] = self._reading(text, unit)
        return found

    def known(self, unit: str | None) -> dict[str, ValueReading]:
        """What has been read so far in a unit, by text."""
        known = self._read.get(unit)
        if known is None:
            known = self._read[unit] = {}
        return known

    def missing_reason(self, text: str) -> str | None:
        """Why there is no value, in the words of a column of its own; None for other words."""
        return self._missing.get(bare_text(text))

    def plain_number(self, text: str) -> float | None:
        """The number of a cell that holds digits only, whatever the unit; None for all others."""
        return None if text in self._missing else _plain_number(text)

    def _reading(self, text: str, unit: str | None) -> ValueReading:
        number = self.plain_number(text)
        if number is not None:
            return ValueReading(number)
        bare = bare_text(text)
        if bare in self._missing:
            reason = self._missing[bare]
            return ValueReading(None, missing_reason=reason, is_blank=reason is None)
        if is_dash(text):
            return ValueReading(None, is_blank=True)
        if is_error_text(text):
            return ValueReading(None, is_error=True, findings=(finding("value_is_error", text),))
        return read_value(text, unit)


def read_value(text: str, unit: str | None) -> ValueReading:
    """A cell that says more than nothing, as a number in the indicator's unit.

    Args:
        text: as displayed.
        unit: of the indicator; None where nothing says.
    """
    exact = read_exact(text)
    if exact is None:
        return ValueReading(None, findings=(_kept_as_text(text),))
    if unit is not None and _factor_of_money(unit):
        return _money(text, unit)
    return _with_unit(text, exact, unit)


def _plain_number(text: str) -> float | None:
    """Digits with at most one point: by far the most frequent cell."""
    if text.isascii() and text.replace(".", "", 1).isdigit() and text[0] != "." != text[-1]:
        return float(text)
    return None


def _factor_of_money(unit: str) -> int | None:
    return MONEY_UNITS.get(bare_text(unit))


def _money(text: str, unit: str) -> ValueReading:
    """A money indicator: 41億3,300万円 in a column of 百万円 is 4,133."""
    amount = read_amount(text, unit)
    factor = _factor_of_money(unit)
    if amount.yen is None or not factor:
        return ValueReading(None, findings=amount.findings)
    exact = read_exact(text)
    about = exact is not None and exact.is_approximate
    return ValueReading(float(Decimal(amount.yen) / factor), None, about, findings=amount.findings)


def _with_unit(text: str, exact: ExactNumber, unit: str | None) -> ValueReading:
    value = _value_in(exact, unit)
    if value is None:
        return ValueReading(None, findings=(_other_unit(text, exact.unit, unit),))
    if exact.in_brackets:
        return ValueReading(None, findings=(finding("value_in_brackets", text),))
    own_unit = (exact.unit or None) if unit is None else None
    return ValueReading(float(value), own_unit, exact.is_approximate)


def _value_in(exact: ExactNumber, unit: str | None) -> Decimal | None:
    """The value in the indicator's unit; None where the units do not go together."""
    if exact.rest or exact.misprint:
        return None
    if unit is None:
        return exact.value if not exact.unit or exact.unit in unit_kinds() else None
    factor, base = scaled_unit(unit)
    if not exact.unit:
        return exact.value if exact.smallest == 1 or factor == 1 else None
    if unit_form(exact.unit) == unit_form(unit):
        return exact.value
    return exact.value / factor if factor > 1 and unit_form(exact.unit) == base else None


@lru_cache(maxsize=4_096)
def scaled_unit(unit: str) -> tuple[int, str]:
    """A unit as factor and the unit without its scale: 万人 is 10,000 and 人; 件 is 1 and 件."""
    bare = bare_text(unit)
    match = _SCALED_UNIT.fullmatch(bare)
    if match is None or bare in unit_kinds():
        return 1, unit_form(unit)
    factor = 1
    for scale in match["scale"]:
        factor *= _SCALES[scale]
    return factor, unit_form(match["base"])


@lru_cache(maxsize=4_096)
def conversion(unit: str, wanted: str) -> Fraction | None:
    """What one of a unit is in another: 1/10,000 of 枚 in 万枚; None where neither holds."""
    if unit_form(unit) == unit_form(wanted):
        return Fraction(1)
    money, wanted_money = _factor_of_money(unit), _factor_of_money(wanted)
    if money and wanted_money:
        return Fraction(money, wanted_money)
    (factor, base), (wanted_factor, wanted_base) = scaled_unit(unit), scaled_unit(wanted)
    return Fraction(factor, wanted_factor) if base == wanted_base else None


def converted(reading: ValueReading, text: str, unit: str, wanted: str) -> ValueReading:
    """A reading in another unit, exactly; where it cannot be, the text alone is kept and told.

    Args:
        reading: with a value.
        text: of the cell.
        unit: of the value.
        wanted: the indicator's.
    """
    factor = conversion(unit, wanted)
    if factor == 1 or reading.value is None:
        return reading
    if factor is None:
        return ValueReading(None, findings=(*reading.findings, _other_unit(text, unit, wanted)))
    # repr gives back the decimals that were typed.
    exact = Decimal(repr(reading.value)) * factor.numerator / factor.denominator
    return replace(reading, value=float(exact))


def clean_unit(text: str | None) -> str | None:
    """A unit as tables hold it: half-width, % for ％; None for blank and dashes."""
    if not text or not text.strip() or is_dash(text):
        return None
    return flat(text).strip()


def split_pair(text: str) -> tuple[str, str] | None:
    """The two values of one cell: 「950」 line break 「(9500)」, 「50 (61)」; None for one or more.

    Each must be a number or a dash, so that a remark in brackets is not taken for a value.
    """
    plain = text.replace("（", "(").replace("）", ")").strip()
    match = _PAIR_IN_BRACKETS.fullmatch(plain)
    parts = [match["first"], match["second"]] if match else plain.split("\n")
    parts = [part.strip() for part in parts if part.strip()]
    if len(parts) != 2 or not all(_is_value(part) for part in parts):
        return None
    return parts[0], parts[1].strip("()")


def _is_value(text: str) -> bool:
    return is_dash(text) or read_exact(text) is not None


def named_values(text: str) -> list[tuple[str, str]] | None:
    """Names and values of 「補助台数:103台、普及率:21.2%」; None for any other cell."""
    if ":" not in text and "：" not in text:
        return None
    pairs: list[tuple[str, str]] = []
    for piece in _BETWEEN_NAMED.split(text):
        match = _NAMED.fullmatch(piece.strip()) if piece.strip() else None
        if match is None or read_exact(match["value"].strip()) is None:
            return None
        pairs.append((match["name"].strip(), match["value"].strip()))
    return pairs or None


def _kept_as_text(text: str) -> CellFinding:
    is_range = _RANGE.search(flat(text)) is not None
    return finding("value_is_range" if is_range else "value_kept_as_text", text)


def _other_unit(text: str, found: str, unit: str | None) -> CellFinding:
    if unit is None:
        return finding("value_unit_unknown", text)
    shares = {unit_form("%"), unit_form("ポイント")}
    is_share = {unit_form(found), unit_form(unit)} == shares
    return finding("unit_percent_or_points" if is_share else "value_unit_differs", text, unit=unit)


def pair_undecided(text: str) -> CellFinding:
    """Two values in a cell of which nobody says which is which."""
    return finding("pair_undecided", text)
