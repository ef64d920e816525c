"""The changes of ``item_changes.yaml`` as links between items that exist.

An item is named by its item_id or its title and is looked for in the plan itself, then in its other
editions from the newest to the oldest, then in the municipality's other plans. A name that leads
nowhere, or to several items, stops the build under ``item_change_unknown_item``: a change that a
person stated must not silently be missing.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.plans.characters import normalised_title
from pipelines.plans.lineage import Link
from pipelines.plans.rows import Row
from pipelines.problems import Problem
from pipelines.sources.discovery import PlanFolder, place_of
from pipelines.sources.item_changes import ITEM_CHANGES, ItemChange
from pipelines.sources.yaml_lists import entry_place

RULE = "item_change_unknown_item"
_SUGGESTED = 3
_LEAST_RATIO = 0.4  # of difflib; below it a title is no help


class History(NamedTuple):
    """Links that people stated about one plan, and the names that lead to no single item."""

    links: list[Link]
    problems: list[Problem]


def stated_history(folder: PlanFolder, searched: Sequence[Sequence[Row]]) -> History:
    """The links of one plan's ``item_changes.yaml``.

    Args:
        folder: the plan's folder with its entries.
        searched: rows of ``reform_items`` plan by plan in the order in which they are searched; the
            plan's own come first.
    """
    history = History([], [])
    for number, change in folder.item_changes.items():
        named = {name: _find(name, searched) for name in (*change.items, *change.into)}
        faults = {name: found for name, found in named.items() if isinstance(found, str)}
        place = entry_place(place_of(folder.path, ITEM_CHANGES.name), number)
        history.problems.extend(_problem(folder, place, *fault) for fault in faults.items())
        items = {name: found for name, found in named.items() if not isinstance(found, str)}
        if not faults:
            history.links.extend(_links(change, items))
    return history


def _problem(folder: PlanFolder, place: str, name: str, message: str) -> Problem:
    return Problem(
        "error",
        RULE,
        place,
        message,
        value=name,
        plan_id=folder.plan_id,
        municipality_code=folder.settings.municipality_code,
    )


def _find(name: str, searched: Sequence[Sequence[Row]]) -> Row | str:
    """The item of that id or title, or why there is none, in Japanese."""
    for items in searched:
        found = _named(name, items)
        if len(found) == 1:
            return found[0]
        if found:
            ids = "、".join(str(item["item_id"]) for item in found)
            return f"項目「{name}」が{len(found)}件あります。item_id（{ids}）で書いてください。"
    titles = {normalised_title(item["title"]): item["title"] for one in searched for item in one}
    near = difflib.get_close_matches(normalised_title(name), titles, _SUGGESTED, _LEAST_RATIO)
    hint = "".join(f"「{titles[title]}」" for title in near)
    advice = f"近い項目は{hint}です。" if hint else ""
    return (
        f"項目「{name}」が計画にないため、公開できません。{advice}"
        "文書の項目名か item_id に直してください。"
    )


def _named(name: str, items: Sequence[Row]) -> list[Row]:
    """Items of that id, else of that title; a reposted item gives way to the original."""
    by_id = [item for item in items if item["item_id"] == name]
    title = normalised_title(name)
    found = by_id or [item for item in items if normalised_title(item["title"]) == title]
    originals = [item for item in found if not item["is_repost"]]
    return originals or found


def _links(change: ItemChange, named: Mapping[str, Row]) -> list[Link]:
    before = [named[name] for name in change.items]
    after = [named[name] for name in change.into]
    if change.change == "transferred":
        reason = f"所管が{change.department}に移りました。{change.reason}"
        return [_link(change, item, item, reason) for item in before]
    if change.change == "stopped":
        return [_link(change, item, None, change.reason) for item in before]
    if change.change == "added":
        return [_link(change, None, item, change.reason) for item in after]
    return [
        _link(change, one, other, change.reason)
        for one in before
        for other in after
        if one is not other
    ]


def _link(change: ItemChange, before: Row | None, after: Row | None, reason: str) -> Link:
    return Link(before, after, change.change, reason, None, change.date)
