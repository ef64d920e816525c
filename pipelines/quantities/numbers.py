"""Numbers and quantities in Japanese prose and in cells.

Read are full-width and half-width digits, thousands separators, decimals, 億・万・千, 割・分・厘,
ranges (３～５件), signs (▲5), and what is said around them: 約・概ね・程度 (approximate),
以上・以下・以内・超・未満 (a bound). Years, dates, times, ordinals (第３次) and labels are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FLAT = str.maketrans("〜～−–―‐", "~~----") | {
    code: plain for code, plain in _FULL_WIDTH.items() if plain.isalnum() or plain in ".,%+-~"
}
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALES = {"億": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
_NUMBER = rf"{_PLAIN}(?:\s?[億万千百](?:\s?{_PLAIN}(?=\s?[億万千百円人件]))?)*"
_ABOUT = r"(?:約|およそ|おおよそ|おおむね|概ね|大体|ほぼ)"
_SIGN = r"[▲△\-+±]?"
_NOT_BEFORE = re.compile(r"(?:[\d.,:/\-]|(?:第|令和|平成|昭和|[RHS]|No\.?|[pP]\.?)\s?)$")
# A number with these behind it is a year, a date, a time, an ordinal or part of a name.
_NOT_BEHIND = re.compile(
    r"^\s?(?:年度|年(?!間)|月(?!間)|日(?![間当数短以分])|時(?!間)|次(?!元)|期|号|条|項(?!目)|章|節|款|目(?!標)|回目|番|丁目|級|[:/]\d)"
)
_BEHIND = re.compile(
    r"^\s?(?P<about>程度|前後|余り?|強|弱|ほど|くらい|ぐらい)?"
    r"\s?(?P<bound>以上|以下|以内|未満|を超え|を上回|を下回|超|に満たない)?"
)
_BOUNDS = {
    "以上": "at_least",
    "以下": "at_most",
    "以内": "at_most",
    "未満": "less_than",
    "に満たない": "less_than",
    "を下回": "less_than",
    "超": "more_than",
    "を超え": "more_than",
    "を上回": "more_than",
}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit in a text.

    Attributes:
        start: offset of the number (with 約 before it) in the text given.
        end: offset behind the unit and the words that belong to it (程度, 以上).
        text: what stands there.
        value: the number in the unit; the lower end of a range.
        value_upper: the upper end of a range, else None.
        unit: as printed, digits and Latin letters half-width, scale words included (億円).
        kind: the group of ``units.yaml`` the unit is in.
        bound: at_least, at_most, more_than, less_than, or None.
        is_approximate: whether 約, 概ね, 程度 or the like stands with it.
    """

    start: int
    end: int
    text: str
    value: float
    value_upper: float | None
    unit: str
    kind: str
    bound: str | None
    is_approximate: bool


@cache
def unit_kinds() -> dict[str, str]:
    """Unit to the group of ``units.yaml`` that holds it."""
    path = Path(__file__).with_name("units.yaml")
    groups = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(unit): str(kind) for kind, units in groups.items() for unit in units}


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(unit_kinds(), key=lambda unit: -len(unit))))
    # 3～5件, 3件～5件, 3から5件; but 3件から5件に is a change from one to the other.
    upper = rf"(?:\s?(?:(?:{units})?\s?~|から|ないし)\s?(?P<upper>{_NUMBER}))?"
    number = rf"(?P<sign>{_SIGN})(?P<number>{_NUMBER}){upper}"
    return re.compile(rf"(?P<about>{_ABOUT})?\s?{number}\s?(?P<unit>{units})")


@cache
def _before_unit() -> re.Pattern[str]:
    """The end of any quantity; searched for first, because most digits belong to none."""
    units = "|".join(map(re.escape, unit_kinds()))
    return re.compile(rf"[\d億万千百]\s?(?:{units})")


def flat(text: str) -> str:
    """Full-width digits, signs and separators half-width, each at its own place."""
    return text.translate(_FLAT)


def read_quantities(text: str) -> list[Quantity]:
    """Every number with a unit, in order.

    Args:
        text: any text; offsets refer to it.
    """
    if not _DIGIT.search(text):
        return []
    plain = flat(text)
    return list(_quantities(text, plain)) if _before_unit().search(plain) else []


def _quantities(text: str, plain: str) -> Iterator[Quantity]:
    at = 0
    while match := _pattern().search(plain, at):
        at = match.end("number")
        if _is_none(plain, match):
            continue
        found = _quantity(text, plain, match)
        at = match.end()
        yield found


def _is_none(plain: str, match: re.Match[str]) -> bool:
    """A year, a date, a label, an ordinal, or a part of a longer word."""
    start = match.start("number") if not match["sign"] else match.start("sign")
    if not match["about"] and _NOT_BEFORE.search(plain[:start]):
        return True
    if _NOT_BEHIND.match(plain[match.end("number") :]):
        return True
    return _goes_on(plain, match)


def _goes_on(plain: str, match: re.Match[str]) -> bool:
    """４出張所: what follows the unit goes on the same word, so the unit is none."""
    behind = plain[match.end() : match.end() + 1]
    kind = unit_kinds()[match["unit"]]
    if kind == "measures" and match["unit"].isascii():
        return behind.isascii() and behind.isalpha()
    return (
        kind == "share" and match["unit"] in "分割" and bool(re.match("[野類別間担離岐合]", behind))
    )


def _quantity(text: str, plain: str, match: re.Match[str]) -> Quantity:
    behind = _BEHIND.match(plain[match.end() :])
    about, bound = (behind["about"], behind["bound"]) if behind else (None, None)
    end = match.end() + (behind.end() if behind and (about or bound) else 0)
    value, scale = _value(match["number"])
    upper, upper_scale = _value(match["upper"]) if match["upper"] else (None, "")
    unit = (upper_scale or scale) + match["unit"]
    start = match.start("about") if match["about"] else match.start("sign")
    return Quantity(
        start,
        end,
        text[start:end],
        -value if match["sign"] in ("▲", "△", "-") and match["sign"] else value,
        upper,
        unit,
        unit_kinds()[match["unit"]],
        _BOUNDS.get(bound or ""),
        bool(match["about"] or about),
    )


def _value(number: str) -> tuple[float, str]:
    """The number and the scale word that its unit keeps: 220億 gives 220 and 億.

    Several scales (１億2,300万) are multiplied out, and no scale is left to the unit.
    """
    parts = re.findall(rf"({_PLAIN})\s?([億万千百]*)", number)
    if len(parts) == 1:
        digits, scale = parts[0]
        return _number(digits), scale
    total = 0.0
    for digits, scale in parts:
        factor = 1
        for one in scale:
            factor *= _SCALES[one]
        total += _number(digits) * factor
    return _tidy(total), ""


def _number(digits: str) -> float:
    return _tidy(float(digits.replace(",", "")))


def _tidy(value: float) -> float:
    """No traces of binary fractions in sums of decimals."""
    return round(value, 10)


_DIGIT = re.compile(r"\d")
_CELL = re.compile(
    rf"^(?P<about>{_ABOUT})?(?P<sign>{_SIGN})(?P<number>{_PLAIN}(?:[億万千百](?:{_PLAIN})?)*)"
    r"(?P<unit>[^\d\s。、]{0,8})$"
)


def read_number(text: str) -> tuple[float, str] | None:
    """A whole cell as a number and its unit (empty where it has none); None for anything else.

    Args:
        text: a cell such as ``1,234``, ``▲5.2％``, ``約30人``, ``(12)`` for minus twelve.
    """
    plain = "".join(flat(text).split())
    in_brackets = re.fullmatch(r"[(（](?P<inside>[\d.,]+)[)）]", plain)
    if in_brackets:
        plain = f"-{in_brackets['inside']}"
    match = _CELL.match(plain)
    if match is None:
        return None
    value, scale = _value(match["number"])
    minus = match["sign"] in ("▲", "△", "-") and bool(match["sign"])
    return (-value if minus else value), scale + match["unit"]
