"""Invented plan folders of an invented city, written to a temporary raw folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

CODE = "990019"
SECOND_CODE = "990027"
THIRD_CODE = "990035"
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
DOCUMENT = "みほん市行政改革大綱\n１　窓口の改善\n".encode()


def settings(**changes: Any) -> dict[str, Any]:
    """The keys of a sound ``plan.yaml``; a change to ``...`` leaves the key out."""
    keys: dict[str, Any] = {
        "municipality_code": CODE,
        "municipality_name": "みほん市",
        "prefecture_code": "99",
        "document_kind": "full",
    }
    return {key: value for key, value in {**keys, **changes}.items() if value is not ...}


def settings_text(**changes: Any) -> str:
    """The same as YAML text."""
    return yaml.safe_dump(settings(**changes), allow_unicode=True)


def write_plan(
    raw: Path,
    code: str = CODE,
    slug: str = "gyokaku1",
    plan_yaml: str | bytes | None = "",
    documents: Mapping[str, bytes] | None = None,
) -> Path:
    """One plan folder; ``plan_yaml`` None leaves the file out, an empty text writes a sound one."""
    folder = raw / "plans" / code / slug
    folder.mkdir(parents=True)
    if plan_yaml is not None:
        content = plan_yaml or settings_text(municipality_code=code)
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / "plan.yaml").write_bytes(data)
    for name, data in ({"plan.txt": DOCUMENT} if documents is None else documents).items():
        (folder / name).write_bytes(data)
    return folder
