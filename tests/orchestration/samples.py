"""A tiny raw folder, and a reader of documents that is fast and easy to foresee."""

from pathlib import Path
from typing import Any

from pipelines.plans.extraction import ExtractedPlan
from pipelines.problems import Problem
from pipelines.sources.discovery import PlanFolder
from pipelines.sources.prefectures import prefecture_names

FIRST, SECOND, FICTIONAL = "032093", "142123", "990019"

PLAN_YAML = """\
municipality_code: "{code}"
municipality_name: {name}
prefecture_code: "{prefecture}"
document_kind: full
"""


def add_plan(
    raw: Path, code: str = FIRST, slug: str = "plan-a", text: str = "本文\n", name: str = "見本市"
) -> Path:
    """Write a plan folder below ``raw/plans`` and return it."""
    folder = raw / "plans" / code / slug
    folder.mkdir(parents=True, exist_ok=True)
    settings = PLAN_YAML.format(code=code, name=name, prefecture=code[:2])
    (folder / "plan.yaml").write_text(settings, encoding="utf-8")
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    return folder


def read_plainly(folder: PlanFolder) -> ExtractedPlan:
    """One node per document and one item per line; 読めない is refused, 故障 raises."""
    assert folder.document is not None
    text = folder.document.data.decode("utf-8")
    if "故障" in text:
        raise RuntimeError("a fault of the program")
    if "読めない" in text:
        problem = Problem("error", "unreadable", f"plans/{folder.relative}", "読めません。")
        return ExtractedPlan(folder.plan_id, {}, [problem], readable=False)
    return ExtractedPlan(folder.plan_id, _rows(folder, text), [_warning(folder)], readable=True)


def _warning(folder: PlanFolder) -> Problem:
    return Problem(
        "warning",
        "license_unknown",
        f"plans/{folder.relative}/plan.yaml",
        "利用条件が分かりません。",
        plan_id=folder.plan_id,
        municipality_code=folder.settings.municipality_code,
    )


def _rows(folder: PlanFolder, text: str) -> dict[str, list[dict[str, Any]]]:
    assert folder.document is not None
    code, plan_id = folder.settings.municipality_code, folder.plan_id
    origin = {"source_id": f"{plan_id}-document", "source_lines": "1"}
    lines = text.splitlines()
    return {
        "municipalities": [
            {
                "municipality_code": code,
                "standard_area_code": code[:5],
                "name": folder.settings.municipality_name,
                "prefecture_code": code[:2],
                "prefecture_name": prefecture_names()[code[:2]],
            }
        ],
        "sources": [
            {
                "source_id": origin["source_id"],
                "source_kind": "plan_text",
                "municipality_code": code,
                "plan_id": plan_id,
                "path": f"plans/{folder.relative}/{folder.document.name}",
                "sha256": folder.document.sha256,
                "bytes": len(folder.document.data),
                "media_type": "text/plain",
                "encoding": "utf-8",
                "line_count": len(lines),
            }
        ],
        "plans": [
            {
                "plan_id": plan_id,
                "municipality_code": code,
                "document_kind": "full",
                "is_current": True,
                "layout": "sample",
                **origin,
            }
        ],
        "policy_nodes": [
            {
                "node_id": f"{plan_id}-n1",
                "plan_id": plan_id,
                "parent_node_id": f"{plan_id}-n9" if "孤児" in text else None,
                "depth": 1,
                "ordinal": 1,
                "title": "柱",
                **origin,
            }
        ],
        "reform_items": [
            {
                "item_id": f"{plan_id}-i{number}",
                "plan_id": plan_id,
                "node_id": f"{plan_id}-n1",
                "ordinal": number,
                "title": line,
                "is_repost": False,
                "confidence": "沢山" if "変な値" in line else "certain",
                **origin,
                "source_lines": str(number),
            }
            for number, line in enumerate(lines, 1)
        ],
    }
