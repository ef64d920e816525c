"""What is left where the data of a release was taken away: a page and the same for programs."""

from __future__ import annotations

import html
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pipelines.release.durable import flush_tree, json_bytes
from pipelines.release.layout import PAGE, staging_folder

TOMBSTONE: Final = "tombstone.json"
#: State of versions.json -> what the page says, in Japanese and English.
_TEXTS: Final = {
    "withdrawn": ("この版は取り下げました", "This version has been withdrawn"),
    "pruned": ("この版の保存期間は終わりました", "The data of this version is no longer kept"),
}


def is_buried(folder: Path) -> bool:
    """Whether only a tombstone is left of a release."""
    return (folder / TOMBSTONE).is_file()


def bury(outputs: Path, entry: Mapping[str, Any]) -> None:
    """Replace the folder of a release by its tombstone; repeating it does no harm.

    Args:
        outputs: the folder of releases, its lock held.
        entry: of versions.json, its state already told.
    """
    folder = outputs / entry["path"]
    if is_buried(folder):
        return
    staging = staging_folder(outputs)
    fresh, old = staging / "tombstone", staging / "removed"
    for path in (fresh, old):
        if path.exists():
            shutil.rmtree(path)
    fresh.mkdir(parents=True)
    (fresh / TOMBSTONE).write_bytes(json_bytes(_content(entry)))
    (fresh / PAGE).write_text(_page(entry), encoding="utf-8")
    flush_tree(fresh)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    if old.exists():
        shutil.rmtree(old)


def _content(entry: Mapping[str, Any]) -> dict[str, Any]:
    names = ("version", "date", "state", "state_on", "reason")
    return {name: entry[name] for name in names if entry.get(name) is not None}


def _page(entry: Mapping[str, Any]) -> str:
    ja, en = _TEXTS[entry["state"]]
    version = html.escape(entry["version"])
    day = html.escape(entry.get("state_on") or "")
    reason = html.escape(entry.get("reason") or "")
    return f"""<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{ja}: {version}</title>
</head>
<body>
<main>
<h1>{ja}</h1>
<dl>
<dt>版</dt><dd>{version}</dd>
<dt>日付</dt><dd>{day}</dd>
<dt>理由</dt><dd>{reason}</dd>
</dl>
<p lang="en">{en}.</p>
</main>
</body>
</html>
"""
