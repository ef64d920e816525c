"""Whether a build has anything to do, decided without importing anything slow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.orchestration.files import read_json, write_json
from pipelines.orchestration.workspace import Places
from pipelines.sources.fingerprints import (
    BUILDING_CODE,
    Listing,
    code_fingerprint,
    content_hash,
    fingerprint,
)


@dataclass(frozen=True)
class BuildInput:
    """What a build is made from.

    Attributes:
        raw: fingerprint of the raw folder's content.
        code: fingerprint of code, schemas and settings.
    """

    raw: str
    code: str


def build_input(listing: Listing) -> BuildInput:
    """The input of a build whose raw folder holds ``listing``."""
    return BuildInput(fingerprint(listing), code_fingerprint(BUILDING_CODE))


def newest_release(outputs: Path) -> dict[str, Any] | None:
    """The newest published entry of versions.json; None where there is none or it is damaged."""
    entries = read_json(outputs / "releases" / "versions.json")
    try:
        published = [one for one in entries if one["state"] == "published"]
    except (TypeError, KeyError):
        return None
    return published[-1] if published else None


def unchanged_release(places: Places, made_from: BuildInput) -> dict[str, Any] | None:
    """The entry of the newest release if a build would give just that again, else None.

    That is so where the last build succeeded with the same input, its release is still the newest
    one, ``outputs/latest`` leads to it and its datapackage.json is as published.
    """
    newest = newest_release(places.outputs)
    stored = read_json(places.fingerprint)
    if newest is None or stored != _record(made_from, newest):
        return None
    folder = places.outputs / newest["path"]
    latest = read_json(places.outputs / "latest.json")
    if not isinstance(latest, dict) or latest.get("version") != newest["version"]:
        return None
    if (places.outputs / "latest").resolve() != folder.resolve():
        return None
    return newest if content_hash(folder / "datapackage.json") == newest["sha256"] else None


def remember(places: Places, made_from: BuildInput) -> None:
    """Note what the newest release was made from, once a build has succeeded."""
    newest = newest_release(places.outputs)
    if newest is not None:
        write_json(places.fingerprint, _record(made_from, newest))


def table_titles(schemas: Path) -> dict[str, str]:
    """Table name -> Japanese title, straight from the schema files."""
    described = (json.loads(path.read_bytes()) for path in sorted(schemas.glob("*.json")))
    return {str(one["name"]): str(one["title"]) for one in described}


def _record(made_from: BuildInput, newest: dict[str, Any]) -> dict[str, str]:
    return {
        "raw": made_from.raw,
        "code": made_from.code,
        "version": str(newest["version"]),
        "datapackage": str(newest["sha256"]),
    }
