"""Rows that came twice in one file: the same content counts once, different content not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pipelines.results.forms.messages import told
from pipelines.results.forms.outcomes import RowOutcome, department_of
from pipelines.results.model import Record


def settle_repeats(outcomes: Iterable[RowOutcome]) -> None:
    """Set repeated rows aside and refuse contradicting ones, within one department's forms.

    An item that several departments answer for comes once from each of them: that is no repeat.
    """
    same: dict[Any, list[RowOutcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.record is not None and outcome.candidate is not None:
            same[_key(outcome)].append(outcome)
    for group in same.values():
        if len(group) > 1:
            _settle(group)


def _key(outcome: RowOutcome) -> tuple[Any, ...]:
    identity = outcome.candidate and outcome.candidate.identity
    return outcome.block.table, department_of(outcome.block), identity, outcome.effect


def _settle(group: list[RowOutcome]) -> None:
    contents = {_content(outcome.record) for outcome in group if outcome.record}
    if len(contents) == 1:
        first = group[0]
        for repeated in group[1:]:
            rows = _place(first, repeated)
            finding = told("row_repeated", repeated.block.sheet.name, repeated.row, rows=rows)
            repeated.findings.append(finding)
            repeated.set_aside("repost")
        return
    for outcome in group:
        others = "、".join(_place(one, outcome) for one in group if one is not outcome)
        sheet = outcome.block.sheet.name
        outcome.refuse(told("id_duplicate", sheet, outcome.row, rows=others))


def _place(there: RowOutcome, here: RowOutcome) -> str:
    """Row, with the name of its sheet where that is another one."""
    name = there.block.sheet.name
    return str(there.row) if name == here.block.sheet.name else f"シート「{name}」の{there.row}"


def _content(record: Record) -> tuple[Any, ...]:
    texts = {key: text for key, text in record.texts.items() if key in record.asked}
    values = tuple((cell.role.field, cell.text) for cell in record.values)
    return tuple(sorted(texts.items())), values
