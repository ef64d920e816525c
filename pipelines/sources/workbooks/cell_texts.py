"""From a stored value and its looks to text and marks; the same for every binary format."""

from __future__ import annotations

import math
import unicodedata
from datetime import datetime

from pipelines.sources.workbooks.model import Mark
from pipelines.sources.workbooks.number_formats import (
    Displayed,
    displayed_number,
    displayed_text,
    general_text,
)

# fmt: off
_ERROR_NAMES = frozenset([
    "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#FIELD!", "#BLOCKED!", "#BUSY!", "#CONNECT!", "#UNKNOWN!", "#GETTING_DATA",
])
# fmt: on


def number_cell(value: float, code: str, is_struck: bool, is_1904: bool) -> Displayed:
    """A number; struck out it is blank."""
    if not math.isfinite(value):
        return Displayed("", (Mark("formula_error", "#NUM!"),))
    return _unless_struck(displayed_number(value, code, is_1904), is_struck)


def text_cell(stands: str, struck: str, code: str) -> Displayed:
    """A text of which a part may be struck out."""
    shown = displayed_text(stands, code) if stands else Displayed("")
    marks = (Mark("struck", struck),) if struck.strip() else ()
    # What is left of a text may be the blanks between struck words.
    return Displayed(shown.text if shown.text.strip() or not marks else "", shown.marks + marks)


def truth_cell(value: bool, is_struck: bool) -> Displayed:
    """TRUE or FALSE."""
    return _unless_struck(Displayed("TRUE" if value else "FALSE"), is_struck)


def error_cell(name: str) -> Displayed:
    """#REF! and the like: blank."""
    return Displayed("", (Mark("formula_error", name or "#VALUE!"),))


def iso_date_cell(value: str, is_struck: bool, code: str = "yyyy/m/d") -> Displayed:
    """A date stored as ISO text, as strict xlsx files and ods files have them."""
    try:
        moment = datetime.fromisoformat(value.removesuffix("Z"))
    except ValueError:
        return _unless_struck(Displayed(value), is_struck)
    serial = (moment - datetime(1899, 12, 30)).total_seconds() / 86400
    if code == "General" or serial < 61:
        text = moment.date().isoformat() if moment.time() == datetime.min.time() else value
        return _unless_struck(Displayed(text, (Mark("date", value),)), is_struck)
    return _unless_struck(displayed_number(serial, code), is_struck)


def unseen(shown: Displayed) -> Displayed:
    """A cell written in the colour of its ground: blank."""
    return Displayed("", (*shown.marks, Mark("unseen", shown.text)))


def is_error_text(text: str) -> bool:
    """Whether a text is the name of a formula's error, typed or pasted: ``#REF!``, ``＃Ｎ／Ａ``."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper() in _ERROR_NAMES


def number_text(value: float) -> str:
    """A number that bears no format."""
    return general_text(value)


def _unless_struck(shown: Displayed, is_struck: bool) -> Displayed:
    if not is_struck or not shown.text:
        return shown
    return Displayed("", (Mark("struck", shown.text),))
