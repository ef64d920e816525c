"""What a cell of the form accepts, in xlsxwriter's words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from pipelines.results.forms.definition import ColumnDefinition, form_definition

_WIDEST = 10**15
# A spreadsheet keeps a list of choices in 255 characters, with commas between.
_LONGEST_LIST = 255
_DEFAULT_MESSAGES = {
    "decimal": "数だけを記入してください。ないときは空欄のまま、右の欄で理由を選んでください。",
    "integer": "円単位の整数だけを記入してください。金額にできないときは、右の欄に理由を。",
    "date": "日付を 2024/4/1 のように記入してください。",
}


def validation(
    column: ColumnDefinition, ratings: Sequence[str], ratings_range: str | None
) -> dict[str, Any] | None:
    """The rule of an input column; None where anything can be written and nothing is to be said.

    Args:
        column: the column.
        ratings: labels of the plan's scale; empty where none is known.
        ratings_range: where the labels stand in the workbook, for scales too long for a list.
    """
    rule = _rule(column, ratings, ratings_range)
    if rule is None and column.help is None:
        return None
    told = {"input_title": column.label[:32], "input_message": column.help or ""}
    return (rule or {"validate": "any"}) | told


def _rule(
    column: ColumnDefinition, ratings: Sequence[str], ratings_range: str | None
) -> dict[str, Any] | None:
    if column.entry == "rating":
        return _list(ratings, ratings_range) if ratings else None
    if column.entry == "missing_reason":
        return _list(list(form_definition().missing_reasons.values()), None)
    if column.entry == "text":
        return None
    limits: tuple[Any, Any] = (-_WIDEST, _WIDEST)
    if column.entry == "date":
        limits = (datetime.date(1990, 1, 1), datetime.date(2100, 12, 31))
    return {
        "validate": column.entry,
        "criteria": "between",
        "minimum": limits[0],
        "maximum": limits[1],
        "error_title": "記入の確認",
        "error_message": _DEFAULT_MESSAGES[column.entry],
        # A value such as 約30 can be kept if the clerk insists; a wrong amount cannot.
        "error_type": "warning" if column.entry == "decimal" else "stop",
    }


def _list(choices: Sequence[str], choices_range: str | None) -> dict[str, Any]:
    fits = len(",".join(choices)) <= _LONGEST_LIST and not any("," in one for one in choices)
    return {
        "validate": "list",
        "source": list(choices) if fits or choices_range is None else f"={choices_range}",
        "error_title": "一覧にない言葉です",
        "error_message": "一覧から選んでください。",
    }
