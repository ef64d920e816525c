"""Texts of submitted files, made safe for XML, HTML, CSV and terminals."""

from __future__ import annotations

import re

#: What neither XML 1.0 nor UTF-8 can hold, and control characters that no sheet shows.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Marks that turn the direction of the text around them, so that it reads as something else.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_REPLACEMENT = "\ufffd"
#: Most UTF-16 units of one cell of a spreadsheet (Excel's specification).
CELL_LIMIT = 32_767
SHOWN_LIMIT = 200
#: What a spreadsheet program takes for the beginning of a formula; the wide forms too, which
#: Japanese editions turn into the narrow ones (OWASP, CSV Injection).
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]|'")
_HARMLESS = re.compile(r"[+\-＋－]?[\d０-９,，.．]*[%％]?")


def legal(text: str) -> str:
    """The text as XML and UTF-8 can hold it: line breaks are LF, illegal characters U+FFFD."""
    return _ILLEGAL.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def cell_text(text: str) -> str:
    """The text as a cell of a spreadsheet can hold it; what is beyond its limit is cut and told."""
    text = legal(text)
    if len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - 20)].decode("utf-16-le", "ignore")
    return f"{kept}…（以下略）"


def shown(text: str, limit: int = SHOWN_LIMIT) -> str:
    """The text as a person may look at it: nothing that hides or turns, and not endless."""
    text = _DIRECTION.sub(_REPLACEMENT, legal(text))
    rest = len(text) - limit
    return text if rest <= 0 else f"{text[:limit]}…（ほか{rest:,}文字）"


def one_line(text: str) -> str:
    """The text in one line of a terminal; line breaks and tabs become spaces."""
    return " ".join(text.split())


def without_formula(text: str) -> str:
    """The text so that a spreadsheet program that opens a CSV file does not compute with it.

    An apostrophe is put before what may begin a formula, and before an apostrophe, so that taking
    one leading apostrophe away always gives the text back. Plain numbers and dashes (``-300``,
    ``－``, ``+5%``) can do no harm and stay as they are.
    """
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text
