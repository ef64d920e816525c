"""Dates and times as a spreadsheet shows them, from serial numbers and the date part of a format.

A date of which the format shows year, month and day becomes an ISO date; what the format leaves
out is not made up, except for month and day alone: those get their year, and a mark that the cell
may have been a label such as 1-1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pipelines.sources.workbooks.model import Mark


class DateToken(NamedTuple):
    """A piece of a date format: ``kind`` is date, elapsed, half (AM/PM), fraction or literal."""

    kind: str
    text: str


class DatedText(NamedTuple):
    """A date as text, and its marks."""

    text: str
    marks: tuple[Mark, ...]


#: First days of the eras, latest first (元号を改める政令).
_ERAS: tuple[tuple[date, str, str], ...] = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1868, 1, 25), "明治", "M"),
)
_WEEKDAYS = "月火水木金土日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SECONDS_A_DAY = 86400


def serial_to_datetime(serial: float, is_1904: bool = False) -> datetime | None:
    """The moment a serial number stands for, to the second; None where no date has that number.

    Day 60 of the 1900 system is 29 February 1900, which never was; days before it are one off.
    """
    if not is_1904 and (serial < 1 or 60 <= serial < 61):
        return None
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    days = serial + 1 if not is_1904 and serial < 60 else serial
    try:
        return start + timedelta(seconds=round(days * _SECONDS_A_DAY))
    except OverflowError:
        return None


def dated_text(tokens: Sequence[DateToken], serial: float, is_1904: bool) -> DatedText | None:
    """A serial number as text; None where it is no date, so that the number itself must be told."""
    shown = _fields_shown(tokens)
    if not shown & set("ymd"):
        return _time_text(tokens, serial)
    moment = serial_to_datetime(serial, is_1904)
    if moment is None or serial < 0:
        return None
    displayed = _display(tokens, moment, serial)
    return DatedText(_iso(shown, moment, displayed), _date_marks(tokens, shown, displayed))


def _time_text(tokens: Sequence[DateToken], serial: float) -> DatedText | None:
    if serial < 0:
        return None
    # Only the time of day counts here; days of elapsed time come from the serial number itself.
    moment = datetime(2000, 1, 1) + timedelta(seconds=round(serial % 1 * _SECONDS_A_DAY))
    return DatedText(_display(tokens, moment, serial), ())


def _fields_shown(tokens: Sequence[DateToken]) -> set[str]:
    """Which of y, m (month), d, h (any time of day) a format shows."""
    shown: set[str] = set()
    for index, token in enumerate(tokens):
        if token.kind == "date":
            shown.add(_field(tokens, index))
        elif token.kind == "elapsed":
            shown.add("h")
    return shown


def _field(tokens: Sequence[DateToken], index: int) -> str:
    letter = tokens[index].text[0].lower()
    if letter in "geyb":
        return "y"
    if letter in "hs" or (letter == "m" and _is_minute(tokens, index)):
        return "h"
    return "w" if letter == "a" or tokens[index].text.lower() in {"ddd", "dddd"} else letter


def _is_minute(tokens: Sequence[DateToken], index: int) -> bool:
    """An m right after hours or right before seconds means minutes."""
    if len(tokens[index].text) > 2:
        return False
    before = [one for one in tokens[:index] if one.kind in {"date", "elapsed"}]
    after = [one for one in tokens[index + 1 :] if one.kind in {"date", "elapsed"}]
    follows_hour = bool(before) and before[-1].text[0].lower() == "h"
    return follows_hour or (bool(after) and after[0].text[0].lower() == "s")


def _iso(shown: set[str], moment: datetime, displayed: str) -> str:
    if "m" in shown and "d" in shown:
        has_time = "h" in shown and moment.time() != datetime.min.time()
        return moment.isoformat() if has_time else moment.date().isoformat()
    return f"{moment:%Y-%m}" if {"y", "m"} <= shown else displayed


def _date_marks(tokens: Sequence[DateToken], shown: set[str], displayed: str) -> tuple[Mark, ...]:
    marks: tuple[Mark, ...] = (Mark("date", displayed),)
    has_name = any(token.kind == "date" and token.text.lower() == "mmm" for token in tokens)
    without_year = {"m", "d"} <= shown and "y" not in shown
    without_day = has_name and {"y", "m"} <= shown and "d" not in shown
    if "h" not in shown and (without_year or without_day):
        marks += (Mark("date_suspect", displayed),)
    return marks


def _display(tokens: Sequence[DateToken], moment: datetime, serial: float) -> str:
    is_half_day = any(token.kind == "half" for token in tokens)
    parts = []
    for index, token in enumerate(tokens):
        if token.kind == "date":
            parts.append(_date_part(tokens, index, moment, is_half_day))
        elif token.kind == "elapsed":
            parts.append(_elapsed(token.text.lower(), serial))
        elif token.kind == "half":
            parts.append(_half(token.text, moment))
        elif token.kind == "literal":
            parts.append(token.text)
    return "".join(parts)


def _half(text: str, moment: datetime) -> str:
    morning, _, afternoon = text.partition("/")
    return morning if moment.hour < 12 else afternoon


def _elapsed(text: str, serial: float) -> str:
    seconds = round(serial * _SECONDS_A_DAY)
    unit = {"h": 3600, "m": 60}.get(text[0], 1)
    return f"{seconds // unit:0{len(text)}d}"


def _date_part(tokens: Sequence[DateToken], index: int, moment: datetime, is_half_day: bool) -> str:
    text = tokens[index].text.lower()
    if text[0] in "ge":
        return _era_part(text, moment)
    if text[0] == "m" and _is_minute(tokens, index):
        return f"{moment.minute:0{len(text)}d}"
    if text[0] == "h":
        hour = (moment.hour % 12 or 12) if is_half_day else moment.hour
        return f"{hour:0{min(len(text), 2)}d}"
    return _calendar_part(text, moment)


def _calendar_part(text: str, moment: datetime) -> str:
    letter, length = text[0], len(text)
    if letter == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if letter == "a":
        return _WEEKDAYS[moment.weekday()] + ("曜日" if length > 3 else "")
    if length > 2 and letter in "md":
        name = _MONTHS[moment.month - 1] if letter == "m" else _DAYS[moment.weekday()]
        return f"{moment:%B}" if letter == "m" and length > 3 else name
    value = {"m": moment.month, "d": moment.day, "s": moment.second}.get(letter)
    return "" if value is None else f"{value:0{min(length, 2)}d}"


def _era_part(text: str, moment: datetime) -> str:
    for start, name, letter in _ERAS:
        if moment.date() >= start:
            if text[0] == "e":
                return f"{moment.year - start.year + 1:0{min(len(text), 2)}d}"
            return letter if len(text) == 1 else name[: len(text) - 1]
    return f"{moment.year}" if text[0] == "e" else ""
