"""Numbers of whole cells without loss: decimals, 兆億万千百十, signs, brackets, 約 and 余.

What ``numbers.read_number`` gives as a float with a scale word left in the unit is multiplied out
here, because money is kept to the yen: ``4億2,148万1千円`` is 421,481,000 円.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipelines.quantities.numbers import flat

#: Marks of a negative number, as typed: △ ▲ and every kind of dash.
NEGATIVE_SIGNS = "-−–—―‐‑－△▲▵▴"
# NFKC would make a number of ② and of a raised 2; only brackets and the yen sign are needed.
_BRACKETS = str.maketrans("（）￥", "()¥")
_LARGE = {"兆": 10**12, "億": 10**8, "万": 10**4}
_SMALL = {"千": 1_000, "百": 100, "十": 10}
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ABOUT = r"約|およそ|おおよそ|おおむね|概ね|大体|ほぼ"
_CELL = re.compile(
    rf"(?P<bracket>\()?(?P<before>{_ABOUT})?(?P<sign>[+±△▲▵▴—‑-]|マイナス)?"
    rf"(?P<about>{_ABOUT})?(?P<yen>[¥\\])?"
    rf"(?P<body>{_PLAIN}[兆億憶万千百十]*(?:{_PLAIN}[兆億憶万千百十]*)*)"
    r"(?P<middle>余り?|強|弱)?"
    r"(?P<unit>[^\d\s。、,.:;()+△▲±]{0,12}?(?:/[^\d\s。、,.:;()]{1,6})?)"
    r"(?P<after>程度|前後|余り?|強|弱|ほど|くらい|ぐらい)?"
    r"(?P<bound>以上|以下|以内|未満|超|を超える|を上回る|を下回る)?(?P<close>\))?"
)
_PART = re.compile(rf"(?P<digits>{_PLAIN})(?P<scale>[兆億万千百十]*)")
_SPACE_BETWEEN_DIGITS = re.compile(r"[\d.,]\s+[\d.,]")
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}")


@dataclass(frozen=True, slots=True)
class ExactNumber:
    """A number that fills a cell.

    Attributes:
        value: the number with all scale words multiplied out and its sign.
        unit: what stands behind the number and its scale words (円, %, か所); blank where nothing.
        scale: scale words that stand directly before the unit (千 of 4,610千円); blank for several.
        rest: digits behind the last scale word that have neither scale nor unit of their own (05
            of 1億05); they are not in ``value``.
        smallest: the smallest scale of the other digits, as a factor.
        sign: the sign as typed; blank for none.
        is_approximate: whether 約, 程度, 余 or the like stands with it.
        bound: 以上 and the like; blank for none.
        in_brackets: whether the whole cell is in brackets, which means minus in accounts.
        misprint: the mistyped scale word (憶 for 億); blank for none.
    """

    value: Decimal
    unit: str
    scale: str
    rest: str
    smallest: int
    sign: str
    is_approximate: bool
    bound: str
    in_brackets: bool
    misprint: str


@lru_cache(maxsize=65_536)
def read_exact(text: str) -> ExactNumber | None:
    """A whole cell as an exact number; None for anything else, such as two numbers or a sentence.

    Args:
        text: a cell such as ``△16,565``, ``13億776万円``, ``約４．５千円``, ``(1,200)``, ``1億05``.
    """
    plain = flat(text).translate(_BRACKETS).strip()
    if _EXPONENT.fullmatch(plain):
        return ExactNumber(Decimal(plain), "", "", "", 1, "", False, "", False, "")
    if _SPACE_BETWEEN_DIGITS.search(plain):
        return None
    match = _CELL.fullmatch("".join(plain.split()))
    if match is None or bool(match["bracket"]) != bool(match["close"]):
        return None
    return _exact(match)


def _exact(match: re.Match[str]) -> ExactNumber | None:
    body = match["body"].replace("憶", "億")
    parts = [(part["digits"], part["scale"]) for part in _PART.finditer(body)]
    read = _multiplied(parts)
    if read is None or (match["sign"] == "±"):
        return None
    value, rest, smallest = read
    if rest and match["unit"]:  # 1万1,000円: with a unit behind them, they are units
        units = Decimal(rest.replace(",", ""))
        if units >= smallest:
            return None
        value, rest, smallest = value + units, "", 1
    minus = (match["sign"] or "+") in f"{NEGATIVE_SIGNS}マイナス" or bool(match["bracket"])
    return ExactNumber(
        value=-value if minus else value,
        unit="円" if match["yen"] and not match["unit"] else match["unit"],
        scale=parts[0][1] if len(parts) == 1 else "",
        rest=rest,
        smallest=smallest,
        sign=match["sign"] or "",
        is_approximate=any(match[name] for name in ("before", "about", "middle", "after")),
        bound=match["bound"] or "",
        in_brackets=bool(match["bracket"]),
        misprint="憶" if "憶" in match["body"] else "",
    )


def _multiplied(parts: list[tuple[str, str]]) -> tuple[Decimal, str, int] | None:
    """Value, digits left without a scale, and the smallest scale; None where scales do not fall."""
    rest = ""
    if len(parts) > 1 and not parts[-1][1]:
        rest = parts[-1][0]
        parts = parts[:-1]
    total, group, last, lowest = Decimal(0), Decimal(0), 10**16, 10**4
    smallest = 1
    for digits, scale in parts:
        factor = _small_factor(scale)
        if factor is None or factor >= lowest:
            return None
        group += Decimal(digits.replace(",", "")) * factor
        lowest, smallest = factor, factor
        if scale and scale[-1] in _LARGE:
            large = _LARGE[scale[-1]]
            if large >= last:
                return None
            total, group, last, lowest = total + group * large, Decimal(0), large, 10**4
            smallest = large * factor
    return total + group, rest, smallest


def _small_factor(scale: str) -> int | None:
    """1 for none and for 億, 1,000 for 千 and 千万; None for scales that nobody writes (百千)."""
    small = scale[:-1] if scale and scale[-1] in _LARGE else scale
    if not small:
        return 1
    return _SMALL.get(small)
