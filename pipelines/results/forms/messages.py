"""What is told about forms that came back: every finding of the reader, in Japanese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.messages import MessageList
from pipelines.results.forms.heads import fiscal_year_label
from pipelines.results.model import FormHead
from pipelines.sources.workbooks.model import CellFinding

_LISTED = 20


@cache
def form_messages() -> MessageList:
    """The texts of ``messages.yaml``."""
    return MessageList(Path(__file__).with_suffix(".yaml"))


def told(
    rule: str,
    sheet: str | None,
    row: int | None = None,
    column: int | None = None,
    value: str | None = None,
    column_name: str | None = None,
    **words: Any,
) -> CellFinding:
    """A finding by its rule.

    Args:
        rule: a key of the messages.
        sheet: name of the sheet.
        row: its row, where the finding is about one.
        column: its column, likewise.
        value: what stands there.
        column_name: the field concerned.
        words: what the message's braces are filled with.
    """
    told_here = form_messages().finding(rule, value or None, column_name, **words)
    return replace(told_here, sheet=sheet, row=row, column=column)


def listed(names: Sequence[str]) -> str:
    """Names for a message; beyond twenty only how many more."""
    more = f" ほか{len(names) - _LISTED}件" if len(names) > _LISTED else ""
    return "、".join(f"「{name}」" for name in names[:_LISTED]) + more


def other_plan(sheet: str | None, head: FormHead, plan_id: str) -> CellFinding:
    """The sheet belongs to another plan."""
    return told(
        "form_of_other_plan", sheet, value=head.plan_id, found=head.plan_id, expected=plan_id
    )


def other_year(sheet: str | None, head: FormHead, fiscal_year: int) -> CellFinding:
    """The sheet belongs to another fiscal year."""
    return told(
        "form_of_other_year",
        sheet,
        value=str(head.fiscal_year),
        found=fiscal_year_label(head.fiscal_year),
        expected=fiscal_year_label(fiscal_year),
    )
