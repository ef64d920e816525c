"""Targets of items, and the indicators they are stated for, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.plans.fields.target_model import TargetReading
from pipelines.plans.fields.targets import read_targets
from pipelines.plans.layouts.reading import Finding, ItemReading
from pipelines.plans.rows import Keys, Provenance, Row


def target_rows(
    plan_id: str,
    items: Sequence[ItemReading],
    keys: Keys,
    provenance: Provenance,
    era: str | None,
    first_fy: int | None,
) -> tuple[dict[str, list[Row]], list[Finding]]:
    """Rows of indicators and item_targets, and the goals whose numbers are no targets.

    Args:
        plan_id: the plan.
        items: the plan's items; a reposted one states no target again.
        keys: ids of items.
        provenance: where lines stand.
        era: the document's era, for years without one.
        first_fy: the plan's first fiscal year, where it is known.
    """
    rows: dict[str, list[Row]] = {"indicators": [], "item_targets": []}
    findings: list[Finding] = []
    for item in items:
        if item.is_repost:
            continue
        read = read_targets(item.title, item.description, item.goal, era, first_fy)
        item_id = keys.item_ids[id(item)]
        findings += [_left(item, text.text, text.lines) for text in read.left]
        _add(plan_id, item_id, read.targets, rows, keys, provenance)
    return rows, findings


def _add(
    plan_id: str,
    item_id: str,
    targets: Sequence[TargetReading],
    rows: dict[str, list[Row]],
    keys: Keys,
    provenance: Provenance,
) -> None:
    """An indicator per name and unit, and a target per number."""
    indicators: dict[tuple[str, str], str] = {}
    for seq, target in enumerate(targets, start=1):
        names = (target.indicator, target.unit)
        columns = provenance.columns(target.lines)
        if names not in indicators:
            indicators[names] = keys.identities.row_id("k", item_id, *names)
            rows["indicators"].append(
                {
                    "indicator_id": indicators[names],
                    "plan_id": plan_id,
                    "item_id": item_id,
                    "name": target.indicator,
                    "unit": target.unit,
                    "direction": target.direction,
                    **columns,
                }
            )
        rows["item_targets"].append({**_target(item_id, seq, indicators[names], target), **columns})


def _target(item_id: str, seq: int, indicator_id: str, target: TargetReading) -> Row:
    read = {name: value for name, value in vars(target).items() if name != "lines"}
    return {
        "target_id": f"{item_id}-t{seq}",
        "item_id": item_id,
        "seq": seq,
        "indicator_id": indicator_id,
        **read,
    }


def _left(item: ItemReading, text: str, lines: tuple[int, ...]) -> Finding:
    message = (
        f"項目「{item.title.text}」の目標の文「{text}」に数値がありますが、"
        "達成を目指す値とは読みませんでした。数値目標であれば corrections.yaml で補ってください。"
    )
    return Finding("info", "number_is_no_target", lines, message, "goal_text")
