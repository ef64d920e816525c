"""``raw/settings.yaml``: what a municipality decides of its builds; else the defaults hold."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from pipelines.problems import Problem
from pipelines.sources.yaml_text import parse_settings

NAME: Final = "settings.yaml"


class BuildSettings(BaseModel):
    """The checked content of ``settings.yaml``.

    Attributes:
        approval: ``required`` makes a build stop at a candidate, which somebody approves.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    approval: Literal["none", "required"] = "none"


def read_build_settings(raw: Path) -> tuple[BuildSettings | None, list[Problem]]:
    """The settings of a raw folder, and everything that is wrong with them.

    None where they cannot be used: nothing may be published then, as nobody knows whether somebody
    has to approve it.
    """
    misnamed = [path.name for path in raw.glob("*") if _is_misnamed(path.name)]
    if misnamed:
        message = f"設定のファイル名は {NAME} です。名前を直してください。"
        return None, [Problem("error", "settings", name, message) for name in sorted(misnamed)]
    path = raw / NAME
    if not path.exists():
        return BuildSettings(), []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        message = "読めません。文字コードUTF-8のテキストとして置き直してください。"
        return None, [Problem("error", "settings", NAME, message)]
    settings, faults = parse_settings(text, BuildSettings)
    return settings, [
        Problem("error", "settings", NAME, message, column_name=key) for key, message in faults
    ]


def _is_misnamed(name: str) -> bool:
    """settings.yml and Settings.yaml would be passed over, and with them the approval."""
    return name != NAME and name.lower() in ("settings.yaml", "settings.yml")
