"""The plans of a municipality put side by side: current editions, and the lineage of their items.

Items are linked between consecutive editions of one plan, and between the current editions of
consecutive plans of one series. A series is told by the titles without their numbers and years
(第4次… and 第5次…), its order by the periods or else by the numbers; where titles or order do not
tell, nothing is linked and that is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pipelines.plans.characters import plain_text, without_spaces
from pipelines.plans.editions import resolve_editions
from pipelines.plans.identity import place_of_plan
from pipelines.plans.item_history import stated_history
from pipelines.plans.lineage import (
    Comparison,
    Doubt,
    Link,
    compare_items,
    lineage_rows,
    open_ends,
)
from pipelines.plans.rows import Row
from pipelines.problems import Problem, Severity
from pipelines.sources.discovery import PlanFolder

TABLE = "item_lineage"

# What tells one plan of a series from the next: 第4次, 第二期, 令和3年度, 2021, （案）.
_NUMBERING = re.compile(
    r"\(.*?\)|第?[0-9一二三四五六七八九十]+(?:次|期)|(?:明治|大正|昭和|平成|令和)?(?:[0-9]+|元)年度?"
    r"|[0-9]+|[~\-〜～－―]|(?:素案|案)$|改定版|改訂版"
)


@dataclass
class Linked:
    """Rows by table with editions and lineage, and what is to be told about them."""

    rows: dict[str, list[Row]]
    problems: list[Problem] = field(default_factory=list)


def link_plans(folders: Iterable[PlanFolder], rows: Mapping[str, Sequence[Row]]) -> Linked:
    """Settle ``is_current`` and fill ``item_lineage`` for all plans of some municipalities.

    Args:
        folders: the plan folders; those whose plan is in no row are passed over.
        rows: corrected rows by table, of whole municipalities; they stay untouched.
    """
    by_id = {folder.plan_id: folder for folder in folders}
    items: dict[str, list[Row]] = defaultdict(list)
    for item in rows.get("reform_items", ()):
        items[item["plan_id"]].append(item)
    linked = Linked({name: list(values) for name, values in rows.items()})
    linked.rows["plans"], linked.rows[TABLE] = [], []
    for code in sorted({row["municipality_code"] for row in rows.get("plans", ())}):
        plans = [row for row in rows["plans"] if row["municipality_code"] == code]
        _link_municipality(plans, by_id, items, linked)
    return linked


def _link_municipality(
    plans: Sequence[Row],
    folders: Mapping[str, PlanFolder],
    items: Mapping[str, list[Row]],
    linked: Linked,
) -> None:
    retrieved = {plan_id: one.settings.retrieved_on for plan_id, one in folders.items()}
    editions = resolve_editions(plans, retrieved)
    linked.problems += editions.problems
    linked.rows["plans"] += [row for group in editions.groups for row in group]
    steps = [step for group in editions.groups for step in _edition_steps(group, items)]
    steps += _series_steps([group[-1] for group in editions.groups], items, linked)
    links = _stated(editions.groups, folders, items, linked)
    stated = [link for found in links.values() for link in found]
    for older, newer in steps:
        found = _compared(older, newer, items, stated, linked)
        links.setdefault(newer["plan_id"], []).extend(found)
    for plan_id in sorted(links):
        linked.rows[TABLE] += lineage_rows(plan_id, links[plan_id])


def _edition_steps(
    group: Sequence[Row], items: Mapping[str, list[Row]]
) -> Iterable[tuple[Row, Row]]:
    """Consecutive editions that have items."""
    return pairwise([plan for plan in group if items.get(plan["plan_id"])])


def _series_steps(
    current: Sequence[Row], items: Mapping[str, list[Row]], linked: Linked
) -> list[tuple[Row, Row]]:
    """Consecutive plans of every series, by their current editions."""
    with_items = [plan for plan in current if items.get(plan["plan_id"])]
    series: dict[str | None, list[Row]] = defaultdict(list)
    for plan in with_items:
        series[series_of(plan.get("title"))].append(plan)
    untitled = series.pop(None, [])
    linked.problems += [_unordered([one]) for one in untitled if len(with_items) > 1]
    linked.problems += _several_series(series)
    steps: list[tuple[Row, Row]] = []
    for plans in series.values():
        ordered = _in_order(plans)
        if ordered is None:
            linked.problems.append(_unordered(plans))
        else:
            steps += pairwise(ordered)
    return steps


def _several_series(series: Mapping[str | None, Sequence[Row]]) -> list[Problem]:
    if len(series) < 2:
        return []
    plans = [plan for found in series.values() for plan in found]
    names = "、".join(f"「{plan['title']}」" for plan in plans)
    message = f"計画 {names} は名称が違うため別の系列とみなし、項目を結び付けていません。"
    return [_problem(plans[-1], "info", "plans_of_other_series", message)]


def series_of(title: str | None) -> str | None:
    """A plan's title without what numbers and dates it; None where nothing is left."""
    return _NUMBERING.sub("", without_spaces(plain_text(title or ""))) or None


def _in_order(plans: Sequence[Row]) -> list[Row] | None:
    """Plans by the start of their period, else by generation; None where two stand alike."""
    for column in ("period_start_fy", "generation"):
        values: list[Any] = [plan.get(column) for plan in plans]
        if None not in values and len(set(values)) == len(values):
            return sorted(plans, key=lambda plan: int(plan[column]))
    return list(plans) if len(plans) == 1 else None


def _unordered(plans: Sequence[Row]) -> Problem:
    names = "、".join(str(plan["plan_id"]) for plan in plans)
    message = (
        f"計画 {names} の名称・期間・次数から前後の計画を決められないため、"
        "項目を結び付けていません。"
        "同じ計画の版なら edition_of を、別の計画なら文書にない名称や期間を plan.yaml に"
        "書いてください。"
    )
    return _problem(plans[-1], "warning", "plan_order_undecided", message)


def _stated(
    groups: Sequence[Sequence[Row]],
    folders: Mapping[str, PlanFolder],
    items: Mapping[str, list[Row]],
    linked: Linked,
) -> dict[str, list[Link]]:
    """What people stated, by the plan whose folder states it."""
    links: dict[str, list[Link]] = {}
    for group in groups:
        others = [plan for one in groups if one is not group for plan in reversed(one)]
        for plan in group:
            folder = folders.get(plan["plan_id"])
            if folder is None or not folder.item_changes:
                continue
            editions = [one for one in reversed(group) if one is not plan]
            searched = [items.get(one["plan_id"], []) for one in (plan, *editions, *others)]
            history = stated_history(folder, searched)
            links[plan["plan_id"]] = history.links
            linked.problems += history.problems
    return links


def _compared(
    older: Row,
    newer: Row,
    items: Mapping[str, list[Row]],
    stated: Sequence[Link],
    linked: Linked,
) -> list[Link]:
    """Links between two plans, what people stated aside."""
    ends = (older["plan_id"], newer["plan_id"])
    between = [link for link in stated if _plans_of(link) == ends]
    comparison = compare_items(items[ends[0]], items[ends[1]], between)
    whole = [plan["document_kind"] == "full" for plan in (older, newer)]
    linked.problems += [_doubt_problem(newer, doubt) for doubt in comparison.doubts]
    left = open_ends(comparison, older_whole=whole[0], newer_whole=whole[1])
    linked.problems += _untold(newer, comparison, *whole)
    return [*comparison.links, *left]


def _plans_of(link: Link) -> tuple[str | None, str | None]:
    before, after = (item["plan_id"] if item else None for item in link[:2])
    return before, after


def _doubt_problem(newer: Row, doubt: Doubt) -> Problem:
    before, after = (
        "".join(f"「{item['title']}」" for item in side) for side in (doubt.older, doubt.newer)
    )
    message = (
        f"前の計画の項目{before}と後の計画の項目{after}は、どれがどれに当たるか決められないため、"
        "結び付けていません。分かれば後の計画の item_changes.yaml に書いてください。"
    )
    return _problem(newer, "warning", "lineage_ambiguous", message)


def _untold(
    newer: Row, comparison: Comparison, older_whole: bool, newer_whole: bool
) -> list[Problem]:
    """Items of which a summary or an excerpt cannot say whether they came or went."""
    parts = []
    if comparison.older and not newer_whole:
        parts.append(f"後の文書にない{len(comparison.older)}件がなくなったか")
    if comparison.newer and not older_whole:
        parts.append(f"前の文書にない{len(comparison.newer)}件が追加か")
    if not parts:
        return []
    message = (
        "全文でない文書（document_kind が full 以外）を比べたため、"
        f"{'、'.join(parts)}は分かりません。"
    )
    return [_problem(newer, "info", "lineage_of_partial_document", message)]


def _problem(plan: Row, severity: Severity, rule: str, message: str) -> Problem:
    return Problem(
        severity,
        rule,
        place_of_plan(plan["plan_id"]),
        message,
        plan_id=plan["plan_id"],
        municipality_code=plan["municipality_code"],
    )
