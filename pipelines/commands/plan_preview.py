"""What a plan would give: layouts with scores, a table of items, and what is not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.commands.output import say, show_counts, show_problems
from pipelines.plans.extraction import ExtractedPlan, extract_plan, repaired_document
from pipelines.plans.hints import hints_for
from pipelines.plans.layouts.registry import LEAST_SCORE, layouts, score_layouts
from pipelines.plans.vocabulary import plan_vocabulary
from pipelines.sources.decoding import DecodingError
from pipelines.sources.discovery import PlanFolder
from pipelines.text_width import text_width

COLUMNS = {
    "number_label": ("番号", 4),
    "title": ("項目", 36),
    "continuity": ("区分", 4),
    "schedule_text": ("実施時期", 20),
    "department_text": ("所管", 20),
    "confidence": ("確かさ", 8),
}
WORDS = {
    "new": "新規",
    "continuing": "継続",
    "certain": "確か",
    "inferred": "推定",
    "review": "要確認",
}


def show_plan(folder: PlanFolder, titles: Mapping[str, str]) -> ExtractedPlan:
    """Print what a plan folder gives, and return it.

    Args:
        folder: the folder.
        titles: Japanese titles of tables.
    """
    _show_scores(folder)
    plan = extract_plan(folder)
    if plan.readable:
        _show_items(plan)
        say("")
        say("表ごとの行数:")
        show_counts({name: len(rows) for name, rows in plan.rows.items() if rows}, titles)
        say("")
    show_problems(plan.problems)
    _show_hints(folder, plan)
    return plan


def best_layout(folder: PlanFolder) -> str | None:
    """The layout that reads the document best, if any reads it well enough."""
    scores = _scores(folder)
    name = max(scores, key=lambda one: scores[one], default=None)
    return name if name and scores[name] >= LEAST_SCORE else None


def _scores(folder: PlanFolder) -> dict[str, float]:
    try:
        lines = repaired_document(folder)
    except DecodingError:
        return {}
    with plan_vocabulary(folder.settings.layout_options):
        return {choice.layout.name: choice.score for choice in score_layouts(lines)}


def _show_scores(folder: PlanFolder) -> None:
    scores = _scores(folder)
    if scores:
        say(f"レイアウトの点数（1.0 が満点、{LEAST_SCORE} 以上で読めます）:")
    for name, score in sorted(scores.items(), key=lambda one: -one[1]):
        say(f"  {score:4.2f}  {name}: {layouts()[name].title_ja}")


def _show_items(plan: ExtractedPlan) -> None:
    items, nodes = plan.rows["reform_items"], plan.rows["policy_nodes"]
    counts = Counter(item["node_id"] for item in items)
    say("")
    say(f"読み取れる項目: {len(items)}件（見出し{len(nodes)}）")
    say("  " + "  ".join(_fitted(title, width) for title, width in COLUMNS.values()))
    for node in nodes:
        label = f"{node['number_label']} " if node["number_label"] else ""
        say(f"■ {'  ' * (node['depth'] - 1)}{label}{node['title']}（{counts[node['node_id']]}件）")
        for item in items:
            if item["node_id"] == node["node_id"]:
                say("  " + _row(item).rstrip())


def _row(item: Mapping[str, Any]) -> str:
    cells = [(str(item[name] or ""), width) for name, (_, width) in COLUMNS.items()]
    return "  ".join(_fitted(WORDS.get(text, text), width) for text, width in cells)


def _fitted(text: str, width: int) -> str:
    """Cut or filled to a width of the terminal."""
    if text_width(text) > width:
        while text_width(text) > width - 2:
            text = text[:-1]
        text += "…"
    return text + " " * (width - text_width(text))


def _show_hints(folder: PlanFolder, plan: ExtractedPlan) -> None:
    """Options that may be missing; only guesses, so a plan read without a doubt shows none."""
    if plan.readable and not _has_doubts(plan.rows["reform_items"]):
        return
    try:
        lines = repaired_document(folder)
    except DecodingError:
        return
    with plan_vocabulary(folder.settings.layout_options):
        hints = hints_for(lines)
    if hints:
        say("")
        say("plan.yaml の layout に次のような行を足すと、読めるかもしれません（案です）:")
    for hint in hints:
        say(f"  # {hint.reason}（{hint.lines[0] if hint.lines else '?'}行目など）")
        for line in hint.option.splitlines():
            say(f"  {line}")


def _has_doubts(items: Sequence[Mapping[str, Any]]) -> bool:
    return any(item["confidence"] == "review" for item in items)
