"""Numbers as a spreadsheet shows them: the grammar of number formats (ECMA-376 part 1, 18.8.31).

Sections and their conditions, digit places, thousands and scaling commas, percent signs, quoted
and escaped text, padding (left out: it carries nothing), colours, currencies, exponents, dates.
Values are read to fifteen significant digits, as spreadsheets do, and rounded half away from zero.

Shown otherwise than in the cell, on purpose: fractions (``# ?/?``) as decimals, a whole number of
more than eleven digits under General in full, ``0.##`` without a dangling point. (The packages that
do this, such as ssf, have not been kept since 2020.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from pipelines.sources.workbooks.date_formats import DateToken, dated_text
from pipelines.sources.workbooks.model import Mark

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | [_*](?P<padding>.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/標準|標準|Standard) | (?P<half>AM/PM|A/P|午前/午後)
    | (?<=[0#?.])(?P<exponent>E[+-]) | (?<=s\.)(?P<fraction>0+) | (?P<digit>[0#?]) | (?P<point>\.)
    | (?P<comma>,) | (?P<percent>[%％]) | (?P<date>y+|m+|d+|h+|s+|g+|e+|a{3,4}|b+)
    | (?P<at>@) | (?P<end>;) | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"(h+|m+|s+)", re.IGNORECASE)
_LITERALS = frozenset({"quoted", "escaped", "literal"})
_GENERAL_WIDTH = 11


class Token(NamedTuple):
    """A piece of a format: ``kind`` is the name of its group in the grammar, ``text`` itself."""

    kind: str
    text: str


class Displayed(NamedTuple):
    """What a cell shows, and what the bare text hides."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format.

    Attributes:
        tokens: without conditions, colours and padding.
        condition: operator and limit, such as ``("<", 0)``; None where none is stated.
        is_date: whether it shows dates or times.
        kinds: kinds of its tokens.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    is_date: bool
    kinds: frozenset[str]


@lru_cache(maxsize=4096)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format; at least one."""
    groups: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        if kind == "end":
            groups.append([])
        elif kind != "padding":
            groups[-1].append(Token(kind, match[kind]))
    return tuple(_section(group) for group in groups[:4])


def displayed_number(value: float, code: str, is_1904: bool = False) -> Displayed:
    """A number as its cell shows it under a format."""
    if code == "General":
        return Displayed(general_text(value))
    sections = sections_of(code)
    exact = _exact(value)
    chosen = _choose(sections, exact)
    if chosen is None:
        return Displayed(general_text(value))
    section = sections[chosen]
    if section.is_date:
        dated = dated_text(_date_tokens(section), value, is_1904)
        return Displayed(general_text(value)) if dated is None else Displayed(*dated)
    if _is_unsigned(sections, chosen):
        exact = abs(exact)
    shown = _number_text(section, exact, value)
    if not shown.text.strip():
        return Displayed("", (Mark("unseen", general_text(value)),))
    return Displayed(shown.text.strip(), shown.marks)


def displayed_text(text: str, code: str) -> Displayed:
    """A text as its cell shows it: only a section with @, or a fourth one, changes it."""
    if code in {"General", "@"}:
        return Displayed(text)
    sections = sections_of(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and "at" not in section.kinds:
        return Displayed(text)
    parts = [
        text if token.kind == "at" else token.text if token.kind in _LITERALS else ""
        for token in section.tokens
    ]
    shown = "".join(parts)
    return Displayed(shown, (Mark("unseen", text),) if text and not shown else ())


def general_text(value: float) -> str:
    """A number under the format General: at most eleven characters, whole numbers in full."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    exact = _exact(value)
    if exact == exact.to_integral_value() and abs(exact) < 10**15:
        return f"{exact:.0f}"
    size = exact.adjusted()
    if not -5 <= size < _GENERAL_WIDTH:
        return _scientific(exact, 5, True)
    places = _GENERAL_WIDTH - 2 - max(size, 0)
    rounded = exact.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP)
    if size < -4 and exact != rounded:
        return _scientific(exact, 5, True)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_text(value: float) -> str:
    """A number with all its (fifteen) digits, for details."""
    text = f"{_exact(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exact(value: float) -> Decimal:
    return Decimal(f"{value:.15g}")


def _section(group: list[Token]) -> Section:
    condition = None
    kept: list[Token] = []
    for token in group:
        if token.kind != "bracket":
            kept.append(token)
            continue
        found = _CONDITION.fullmatch(token.text)
        if found:
            condition = (found[1], Decimal(found[2]))
        kept.extend(_bracket(token.text))
    kinds = frozenset(token.kind for token in kept)
    is_date = bool(kinds & {"date", "elapsed"}) and not kinds & {"general", "digit"}
    return Section(tuple(kept), condition, is_date, kinds)


def _bracket(text: str) -> list[Token]:
    """Elapsed time and currency symbols show; colours, locales and digit shapes do not."""
    if _ELAPSED.fullmatch(text):
        return [Token("elapsed", text)]
    if text.startswith("$"):
        symbol = text[1:].partition("-")[0]
        return [Token("quoted", symbol)] if symbol else []
    return []


def _choose(sections: tuple[Section, ...], value: Decimal) -> int | None:
    """Which section a number is shown by; None where it is shown as if under General."""
    count = min(len(sections), 3)
    for index in range(count):
        condition = sections[index].condition or _default_condition(sections, index, count)
        if condition is None or _holds(condition, value):
            return index
    return None


def _default_condition(
    sections: tuple[Section, ...], index: int, count: int
) -> tuple[str, Decimal] | None:
    """Without conditions: positive; negative; zero. The last section takes all that is left."""
    if index == count - 1:
        return None
    if index == 0:
        return (">=" if count == 2 else ">", Decimal(0))
    return ("<", Decimal(0)) if sections[0].condition is None else None


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    operator, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[operator]


def _is_unsigned(sections: tuple[Section, ...], chosen: int) -> bool:
    """Whether the section itself says that its numbers are negative, so that no minus is added."""
    condition = sections[chosen].condition
    if condition is not None:
        return condition[0] in {"<", "<="} and condition[1] <= 0
    first = sections[0].condition
    return chosen == 1 and (first is None or (first[0] in {">", ">="} and first[1] == 0))


def _date_tokens(section: Section) -> list[DateToken]:
    kinds = dict.fromkeys(_LITERALS | {"point", "comma", "percent"}, "literal")
    return [DateToken(kinds.get(token.kind, token.kind), token.text) for token in section.tokens]


def _number_text(section: Section, exact: Decimal, value: float) -> Displayed:
    if section.kinds & {"general", "at"}:
        return Displayed(_with_general(section, abs(value) if exact >= 0 else value))
    if "digit" not in section.kinds:
        return Displayed(_sign(exact) * bool(section.tokens) + _literals(section))
    if any(token.text == "/" for token in section.tokens) and "?" in _digits(section):
        return Displayed(general_text(value))
    if "exponent" in section.kinds:
        decimals = _digits(section).partition(".")[2].partition("E")[0]
        return Displayed(_scientific(exact, len(decimals), False))
    return _placed(section, exact, value)


def _with_general(section: Section, value: float) -> str:
    shown = general_text(value)
    return "".join(
        shown if token.kind in {"general", "at"} else token.text if token.kind in _LITERALS else ""
        for token in section.tokens
    )


def _literals(section: Section) -> str:
    return "".join(
        token.text for token in section.tokens if token.kind in _LITERALS or token.kind == "percent"
    )


def _digits(section: Section) -> str:
    kinds = {"digit", "point", "exponent"}
    return "".join(token.text[0].upper() for token in section.tokens if token.kind in kinds)


def _sign(value: Decimal) -> str:
    return "-" if value < 0 else ""


def _scientific(exact: Decimal, decimals: int, is_general: bool) -> str:
    mantissa, _, power = f"{exact:.{decimals}E}".partition("E")
    if is_general and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{power[0]}{int(power[1:]):02d}"


def _placed(section: Section, exact: Decimal, value: float) -> Displayed:
    layout = _layout(section.tokens)
    percents = sum(token.kind == "percent" for token in section.tokens)
    with localcontext() as context:
        context.prec = 400
        scaled = abs(exact).scaleb(2 * percents - 3 * layout.scales)
        rounded = scaled.quantize(Decimal(1).scaleb(-len(layout.decimals)), ROUND_HALF_UP)
    marks: tuple[Mark, ...] = ()
    if percents:
        marks += (Mark("percent", plain_text(value)),)
    if layout.scales or rounded != scaled:
        marks += (Mark("rounded", plain_text(value)),)
    return Displayed(_sign(exact) + _fill(section.tokens, layout, rounded), marks)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where digits stand: token positions of whole and decimal places, and what commas mean."""

    wholes: tuple[int, ...]
    decimals: tuple[int, ...]
    groups: bool
    scales: int


@lru_cache(maxsize=4096)
def _layout(tokens: tuple[Token, ...]) -> _Layout:
    points = [index for index, token in enumerate(tokens) if token.kind == "point"]
    point = points[0] if points else len(tokens)
    places = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    wholes = tuple(index for index in places if index < point)
    commas = [index for index, token in enumerate(tokens) if token.kind == "comma"]
    groups = any(wholes and wholes[0] < comma < wholes[-1] for comma in commas)
    scales = sum(_scales(tokens, comma) for comma in commas)
    return _Layout(wholes, tuple(index for index in places if index > point), groups, scales)


def _scales(tokens: tuple[Token, ...], comma: int) -> bool:
    """Commas between the last whole place and the point, or after the last place, divide."""
    before = [token.kind for token in tokens[:comma]]
    while before and before[-1] == "comma":
        before.pop()
    after = [token.kind for token in tokens[comma + 1 :] if token.kind != "comma"]
    return before[-1:] == ["digit"] and after[:1] != ["digit"]


def _fill(tokens: tuple[Token, ...], layout: _Layout, number: Decimal) -> str:
    whole, _, fraction = f"{number:f}".partition(".")
    at = _whole_places(tokens, layout, whole.lstrip("0"))
    at.update(_decimal_places(tokens, layout, fraction))
    parts = []
    for index, token in enumerate(tokens):
        if token.kind == "digit":
            parts.append(at.get(index, ""))
        elif token.kind == "point":
            starts = layout.decimals and at.get(layout.decimals[0])
            parts.append((whole.lstrip("0") if not layout.wholes else "") + ("." if starts else ""))
        elif token.kind in _LITERALS or token.kind == "percent":
            parts.append(token.text)
    return "".join(parts)


def _whole_places(tokens: tuple[Token, ...], layout: _Layout, digits: str) -> dict[int, str]:
    """Digits from the right; the leftmost place takes all that are left."""
    at: dict[int, str] = {}
    zeros = [index for index in layout.wholes if tokens[index].text == "0"]
    position = 0
    for index in reversed(layout.wholes):
        is_first = index == layout.wholes[0]
        taken = digits if is_first else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        if not taken and zeros and index >= zeros[0]:
            taken = "0"
        grouped = ""
        for digit in reversed(taken):
            grouped = (
                digit + ("," if layout.groups and position and not position % 3 else "") + grouped
            )
            position += 1
        at[index] = grouped
    return at


def _decimal_places(tokens: tuple[Token, ...], layout: _Layout, digits: str) -> dict[int, str]:
    """Digits from the left; # and ? leave trailing zeros out."""
    at = dict(zip(layout.decimals, digits, strict=False))
    for index in reversed(layout.decimals):
        if at.get(index) != "0" or tokens[index].text == "0":
            break
        at[index] = ""
    return at
