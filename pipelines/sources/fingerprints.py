"""Content fingerprints of raw files and of the code that reads them.

A fingerprint changes when a file is added, removed, renamed, changed in content or becomes
unreadable, and never because of a time stamp. This module imports nothing outside the standard
library, so that ``gyokaku build`` can say "nothing changed" before it imports anything slow.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

Listing = dict[str, str]

PROJECT_ROOT = Path(__file__).resolve().parents[2]

#: What decides the rows extracted from one document, relative to the project root.
READING_CODE = (
    "pipelines/messages.py",
    "pipelines/problems.py",
    "pipelines/quantities",
    "pipelines/sources",
    "pipelines/plans",
    "pipelines/tables",
    "pipelines/orchestration",
    # The registers of departments, which are read with the plans.
    "pipelines/results/context.py",
    "pipelines/results/department_register.py",
    "pipelines/results/departments.py",
    "pipelines/results/findings.py",
    "pipelines/results/findings.yaml",
    "pipelines/results/model.py",
    "schemas",
)

#: What decides the rows of published figures and rating scales, beyond the rows of the plans.
FIGURES_CODE = (*READING_CODE, "pipelines/figures")

#: What decides the rows of results, beyond the rows of plans and figures.
RESULTS_CODE = (*FIGURES_CODE, "pipelines/results", "pipelines/machine_readability")

#: What decides the bytes of a release, relative to the project root.
BUILDING_CODE = ("pipelines", "schemas", "pyproject.toml")

#: Libraries whose version can change the bytes they write.
WRITING_LIBRARIES = ("duckdb", "frictionless", "pandas", "pyarrow")

_SKIPPED_FOLDERS = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"})
_CHUNK_BYTES = 1 << 20


def list_contents(root: Path) -> Listing:
    """Every file and folder under ``root``: relative POSIX path -> SHA-256, or a mark.

    Folders count too (an empty plan folder is a problem to report) and bear the mark ``folder``;
    what cannot be read bears ``unreadable``, so that a change of permissions is a change. Links
    are followed, but never back into a folder above them (``loop``).

    Raises:
        OSError: ``root`` itself is missing, no folder, or cannot be listed.
    """
    listing: Listing = {}
    above = frozenset({os.path.realpath(root)})
    for name in sorted(entry.name for entry in root.iterdir()):
        _list_entry(root / name, name, above, listing)
    return listing


def _list_entry(path: Path, relative: str, above: frozenset[str], listing: Listing) -> None:
    if not path.is_dir():
        listing[relative] = content_hash(path)
    elif path.name not in _SKIPPED_FOLDERS:
        _list_folder(path, relative, above, listing)


def _list_folder(path: Path, relative: str, above: frozenset[str], listing: Listing) -> None:
    real = os.path.realpath(path)
    if real in above:
        listing[relative + "/"] = "loop"
        return
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError:
        listing[relative + "/"] = "unreadable"
        return
    listing[relative + "/"] = "folder"
    for name in names:
        _list_entry(path / name, f"{relative}/{name}", above | {real}, listing)


def content_hash(path: Path) -> str:
    """SHA-256 of a file's bytes in hex, or ``unreadable`` where they cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError:
        return "unreadable"
    return digest.hexdigest()


def fingerprint(entries: Mapping[str, str]) -> str:
    """One SHA-256 over names and their hashes or values, whatever order they come in."""
    digest = hashlib.sha256()
    for name in sorted(entries):
        digest.update(f"{name}\0{entries[name]}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def raw_fingerprint(raw: Path) -> str:
    """Fingerprint of everything under the raw folder; OSError if it cannot be listed."""
    return fingerprint(list_contents(raw))


def code_fingerprint(parts: Iterable[str], project: Path = PROJECT_ROOT) -> str:
    """Fingerprint of files and folders of the project, and of the libraries that write.

    Args:
        parts: paths relative to ``project``; one that does not exist counts as empty.
        project: the project root.
    """
    entries = {f"library {name}": _version(name) for name in WRITING_LIBRARIES}
    for part in parts:
        path = project / part
        if path.is_dir():
            entries |= {f"{part}/{name}": mark for name, mark in _code_listing(path).items()}
        elif path.exists():
            entries[part] = content_hash(path)
    return fingerprint(entries)


def _code_listing(path: Path) -> Listing:
    """Files only: an empty folder or a compiled file decides nothing about what is built."""
    return {
        name: mark
        for name, mark in list_contents(path).items()
        if not name.endswith(("/", ".pyc")) and "__pycache__" not in name
    }


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "absent"
