"""Text and marks of one ods cell."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks import cell_texts
from pipelines.sources.workbooks.model import Mark
from pipelines.sources.workbooks.number_formats import Displayed
from pipelines.sources.workbooks.ods_styles import OdsStyles
from pipelines.sources.workbooks.ods_texts import cell_text
from pipelines.sources.workbooks.safe_xml import attribute, descendants, local_name

_ERROR = re.compile(r"#[A-Z/0-9]+[!?]?|(?:Err|エラー):\d{3}")
_NUMBERS = frozenset({"float", "currency", "percentage"})


class OdsCell(NamedTuple):
    """What a cell shows, its marks, and the texts of shapes anchored to it."""

    text: str
    marks: tuple[Mark, ...]
    boxes: tuple[str, ...]


def shown_cell(
    cell: Element, style: str | None, styles: OdsStyles, has_certain_colours: bool = True
) -> OdsCell:
    """Read one cell that stands in a style.

    Args:
        cell: its element.
        style: name of its style.
        styles: of the file.
        has_certain_colours: whether nothing but its style colours it.
    """
    facts = {local_name(key): value for key, value in cell.items()}
    is_struck = bool(styles.is_struck("table-cell", style))
    parts = cell_text(cell, is_struck, styles)
    stands, struck = "".join(parts.stands), "".join(parts.struck)
    kind = facts.get("value-type", "")
    if not stands and not struck:
        is_written = any(local_name(one.tag) == "p" for one in cell)
        shown = _unseen(facts) if is_written else _unwritten(facts, kind, is_struck)
    elif "formula" in facts and _ERROR.fullmatch(stands.strip()):
        shown = cell_texts.error_cell(stands.strip())
    elif kind == "date" and stands:
        shown = _date(facts.get("date-value", stands), stands, styles.date_fields(style))
    elif kind in _NUMBERS and stands:
        shown = _number(facts.get("value", ""), stands.strip(), kind)
    else:
        shown = cell_texts.text_cell(stands, struck, "@")
    if has_certain_colours and shown.text and styles.is_unseen(style):
        shown = shown if _has_own_colours(cell, styles) else cell_texts.unseen(shown)
    marks = _marks(facts.get("formula"), shown.marks, struck, is_struck)
    marks += tuple(Mark("comment", text.strip()) for text in parts.comments)
    return OdsCell(shown.text, marks, tuple(parts.boxes))


def _has_own_colours(cell: Element, styles: OdsStyles) -> bool:
    """Whether parts of the text may have other colours: spans and links."""
    if descendants(cell, "a"):
        return True
    spans = (attribute(one, "style-name") for one in descendants(cell, "span"))
    return any(styles.colour("text", name) is not None for name in spans)


def _marks(
    formula: str | None, marks: tuple[Mark, ...], struck: str, is_struck: bool
) -> tuple[Mark, ...]:
    if struck.strip() and all(mark.kind != "struck" for mark in marks):
        marks += (Mark("struck", struck),)
    if formula is None or any(mark.kind == "not_computed" for mark in marks):
        return marks
    return (Mark("formula", formula), *marks)


def _unwritten(facts: dict[str, str], kind: str, is_struck: bool) -> Displayed:
    """Programs that make ods files by themselves store values without the text they show."""
    value = facts.get("value", "")
    if kind in _NUMBERS and value:
        code = "0.##########%" if kind == "percentage" else "General"
        return cell_texts.number_cell(float(value), code, is_struck, False)
    if kind == "boolean":
        return cell_texts.truth_cell(facts.get("boolean-value") == "true", is_struck)
    if kind == "date" and facts.get("date-value"):
        return cell_texts.iso_date_cell(facts["date-value"], is_struck, "General")
    if kind == "string":
        return cell_texts.text_cell(facts.get("string-value", ""), "", "@")
    if "formula" in facts and not kind:
        return Displayed("", (Mark("not_computed", facts["formula"]),))
    return Displayed("")


def _unseen(facts: dict[str, str]) -> Displayed:
    """A value under a format that shows nothing."""
    value = facts.get("value") or facts.get("date-value") or ""
    return Displayed("", (Mark("unseen", value),)) if value else Displayed("")


def _date(value: str, stands: str, shown: frozenset[str]) -> Displayed:
    """As much of the date as the format shows; only month and day get their year back."""
    iso = cell_texts.iso_date_cell(value, False, "General").text
    marks: tuple[Mark, ...] = (Mark("date", stands),)
    if "day" in shown and "month" in shown:
        is_suspect = "year" not in shown
        return Displayed(iso, (*marks, Mark("date_suspect", stands)) if is_suspect else marks)
    return Displayed(iso[:7] if {"year", "month"} <= shown else stands, marks)


def _number(value: str, stands: str, kind: str) -> Displayed:
    if "/" in stands and re.fullmatch(r"[\d\s/-]+", stands):
        # A fraction, which everything after this would take for something else.
        return Displayed(cell_texts.number_text(float(value)))
    return Displayed(stands, _number_marks(value, stands, kind))


def _number_marks(value: str, stands: str, kind: str) -> tuple[Mark, ...]:
    marks: tuple[Mark, ...] = (Mark("percent", value),) if kind == "percentage" else ()
    try:
        exact = abs(Decimal(f"{float(value):.15g}")) * (100 if kind == "percentage" else 1)
        digits = re.findall(r"\d[\d,]*(?:\.\d+)?", stands)
        is_rounded = len(digits) == 1 and Decimal(digits[0].replace(",", "")) != exact
    except (InvalidOperation, ValueError):
        return marks
    # Ten significant digits are as many as a cell without a format shows.
    is_long = len(digits[0].replace(",", "").replace(".", "").lstrip("0")) >= 9 if digits else True
    return (*marks, Mark("rounded", value)) if is_rounded and not is_long else marks
