"""Editions of one plan: which belong together, in what order, and which one is current.

Plans that ``edition_of`` joins, over however many steps and in whatever direction, are one group.
A stub (no document) is older than every edition that was read, a draft older than every final; a
plan that says neither counts as a draft. Among equals the newest is told by ``published_on``, then
``retrieved_on``, then ``period_start_fy``; each counts only where every candidate states it,
because an unknown day is neither early nor late. What is still equal is told, and the larger
plan_id goes last, so that the same input gives the same order.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.plans.identity import place_of_plan
from pipelines.plans.rows import Row
from pipelines.problems import Problem

Dates = Mapping[str, datetime.date | None]


@dataclass(frozen=True)
class Editions:
    """Groups of editions, each from the oldest to the current one, and what is to be told."""

    groups: list[list[Row]]
    problems: list[Problem]


def resolve_editions(plans: Iterable[Row], retrieved_on: Dates) -> Editions:
    """The plans of a municipality in groups of editions, ``is_current`` set for one of each.

    Args:
        plans: rows of ``plans``; they stay untouched.
        retrieved_on: plan_id -> the day its document was obtained, which the table does not hold.

    Returns:
        the groups by the plan_id of their current edition. A reference to a plan that is not among
        ``plans``, or to itself, still joins a group and becomes null in its row.
    """
    given = sorted(plans, key=lambda row: str(row["plan_id"]))
    known = {row["plan_id"] for row in given}
    problems: list[Problem] = []
    groups: list[list[Row]] = []
    for group in _connected(given):
        ordered, ties = order_editions(group, retrieved_on)
        current = ordered[-1]["plan_id"]
        problems += [_tie_problem(tie) for tie in ties]
        problems += filter(None, (_reference_problem(row, known) for row in ordered))
        groups.append([_settled(row, known, current) for row in ordered])
    return Editions(groups, problems)


def _connected(plans: Sequence[Row]) -> list[list[Row]]:
    """Plans that refer to each other, directly or through others."""
    label = {row["plan_id"]: row["plan_id"] for row in plans}
    for row in plans:
        one = label[row["plan_id"]]
        other = label.setdefault(row["edition_of"], row["edition_of"]) if _refers(row) else one
        label = {plan_id: one if mark == other else mark for plan_id, mark in label.items()}
    marks = dict.fromkeys(label[row["plan_id"]] for row in plans)
    return [[row for row in plans if label[row["plan_id"]] == mark] for mark in marks]


def _refers(row: Row) -> bool:
    return row.get("edition_of") not in (None, row["plan_id"])


def order_editions(group: Sequence[Row], retrieved_on: Dates) -> tuple[list[Row], list[list[Row]]]:
    """The editions of a group from the oldest to the current one, and the ties nothing decided."""
    left = list(group)
    newest_first: list[Row] = []
    ties: list[list[Row]] = []
    while left:
        candidates = _newest(left, retrieved_on)
        candidates.sort(key=lambda row: str(row["plan_id"]))
        if len(candidates) > 1 and not any(candidates[-1] in tie for tie in ties):
            ties.append(candidates)
        newest_first.append(candidates[-1])
        left.remove(candidates[-1])
    return newest_first[::-1], ties


def _newest(rows: Sequence[Row], retrieved_on: Dates) -> list[Row]:
    """The rows that nothing tells to be older than another of them."""
    criteria: list[Callable[[Row], Any]] = [
        lambda row: row["document_kind"] != "stub",
        lambda row: row.get("document_status") == "final",
        lambda row: row.get("published_on"),
        lambda row: retrieved_on.get(row["plan_id"]),
        lambda row: row.get("period_start_fy"),
    ]
    left = list(rows)
    for criterion in criteria:
        values = [criterion(row) for row in left]
        if all(value is not None for value in values):
            left = [row for row, value in zip(left, values, strict=True) if value == max(values)]
    return left


def _tie_problem(tie: Sequence[Row]) -> Problem:
    names = "、".join(str(row["plan_id"]) for row in tie)
    message = (
        f"版 {names} のどれが新しいか決められないため、計画IDの順に並べました。"
        "plan.yaml に published_on（公表日）か document_status（draft、final）を書いてください。"
    )
    return _problem(tie[-1], "edition_order_undecided", "published_on", message)


def _reference_problem(row: Row, known: set[Any]) -> Problem | None:
    named = row.get("edition_of")
    if named is None or (named in known and named != row["plan_id"]):
        return None
    if named == row["plan_id"]:
        message = "edition_of がこの計画自身を指しているため、使いませんでした。消してください。"
        return _problem(row, "edition_of_itself", "edition_of", message)
    message = (
        f"edition_of の計画「{named}」を読めなかったため、版のつながりを空のまま公開します。"
        "その計画のエラーを直してください。"
    )
    return _problem(row, "edition_of_left_out", "edition_of", message)


def _problem(row: Row, rule: str, column: str, message: str) -> Problem:
    return Problem(
        "warning",
        rule,
        f"{place_of_plan(row['plan_id'])}/plan.yaml",
        message,
        column,
        plan_id=row["plan_id"],
        municipality_code=row["municipality_code"],
    )


def _settled(row: Row, known: set[Any], current: str) -> Row:
    named = row.get("edition_of")
    kept = named if named in known and named != row["plan_id"] else None
    return {**row, "edition_of": kept, "is_current": row["plan_id"] == current}
