"""Formulas of xls files as text, and which of them cannot have been computed."""

from __future__ import annotations

import re
from typing import Any

from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula

from pipelines.sources.workbooks.xls_records import Formula

# Functions that give a number or an error, never a text.
_NUMERIC_FUNCTION = re.compile(
    r"(?:SUM|SUMIF|SUMPRODUCT|SUBTOTAL|AVERAGE|COUNT|COUNTA|COUNTIF|MIN|MAX|ROUND|ROUNDUP|ROUNDDOWN"
    r"|INT|ABS|PRODUCT)(?=\()"
)
_NUMERIC_OPERATORS = frozenset("+-*/^%")
_OTHER_OPERATORS = frozenset("&<>=")
#: xlrd writes 2 as 2.0; what stands in quotation marks stays.
_WHOLE_NUMBER = re.compile(r'(?P<quoted>"[^"]*")|(?P<number>\d+)\.0(?![\d.])')
_NUMBER = re.compile(r"-?[\d.]+")


def formula_text(book: Any, formula: Formula, row: int, column: int) -> str:
    """The formula as it is typed, with ``=``; blank where it cannot be told.

    Args:
        book: the workbook of xlrd.
        formula: as stored.
        row: of its cell, from 0.
        column: likewise.
    """
    kind = FMLA_TYPE_SHARED if formula.is_shared else FMLA_TYPE_CELL
    tokens = formula.tokens
    try:
        text = decompile_formula(book, tokens, len(tokens), kind, row, column) if tokens else ""
    except Exception:
        # A formula is told, not computed: what xlrd cannot put into words costs only the words.
        return ""
    return f"={_WHOLE_NUMBER.sub(_as_typed, text)}" if text else ""


def _as_typed(found: re.Match[str]) -> str:
    return found["quoted"] or found["number"]


def is_uncomputed(text: str) -> bool:
    """Whether a formula with an empty text as its result was surely never computed.

    Sums and other calculations give numbers; of every other formula an empty text may be the
    right result.

    Args:
        text: as ``formula_text`` gives it.
    """
    pieces = _outside_of_brackets(text.removeprefix("="))
    if pieces is None or set(pieces) & _OTHER_OPERATORS:
        return False
    is_number = bool(_NUMBER.fullmatch(pieces)) or bool(_NUMERIC_FUNCTION.match(text[1:]))
    return is_number or bool(set(pieces) & _NUMERIC_OPERATORS)


def _outside_of_brackets(text: str) -> str | None:
    """What stands outside of brackets and quotation marks; None for a formula that is not whole."""
    depth, quote, found = 0, "", list[str]()
    for one in text:
        if quote:
            quote = "" if one == quote else quote
        elif one in "\"'":
            quote = one
        elif one in "()":
            depth += 1 if one == "(" else -1
        elif depth == 0:
            found.append(one)
    return "".join(found) if text and depth == 0 and not quote else None
