"""``gyokaku releases``: what has been published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.commands.output import BLOCKED, OK, say
from pipelines.orchestration.files import read_json

STATES_JA = {"published": "公開中", "withdrawn": "取り下げ"}


def list_releases(outputs: Path) -> int:
    """Print every release, newest first; returns the exit code."""
    path = outputs / "releases" / "versions.json"
    if not path.exists():
        say("公開したリリースはまだありません。gyokaku build で作れます。")
        return OK
    entries = read_json(path)
    try:
        lines = [_line(entry, outputs) for entry in reversed(entries)]
    except (TypeError, KeyError):
        say(f"エラー: {path} を読めません。控えから戻してください。", error=True)
        return BLOCKED
    for line in lines:
        say(line)
    return OK


def _line(entry: dict[str, Any], outputs: Path) -> str:
    state = STATES_JA.get(entry["state"], str(entry["state"]))
    rows = f"{sum(entry.get('counts', {}).values()):,}行"
    return "  ".join(
        [
            entry["version"],
            entry.get("date") or "日付なし",
            state,
            rows,
            str(outputs / entry["path"]),
        ]
    )
