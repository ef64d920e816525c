"""SHA256SUMS: what ``sha256sum -c`` reads, over every file of a release but itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipelines.release.durable import sha256_of
from pipelines.release.layout import CHECKSUMS


def release_files(folder: Path) -> list[str]:
    """Every file of the release, relative, with ``/``, in the order of its code points."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def checksum_lines(folder: Path) -> str:
    """One line per file: hash, two spaces, path."""
    names = [name for name in release_files(folder) if name != CHECKSUMS]
    return as_lines({name: sha256_of(folder / name) for name in names})


def as_lines(checksums: Mapping[str, str]) -> str:
    """The content of SHA256SUMS for these paths and hashes, in the order of the paths."""
    return "".join(f"{checksums[name]}  {name}\n" for name in sorted(checksums))


def checksum_faults(folder: Path) -> list[str]:
    """Files of a release that are missing, changed or not listed; empty if SHA256SUMS holds."""
    try:
        listed = read_checksums(folder)
    except (OSError, ValueError):
        return [CHECKSUMS]
    present = set(release_files(folder)) - {CHECKSUMS}
    changed = {name for name in present & listed.keys() if sha256_of(folder / name) != listed[name]}
    return sorted(changed | (present ^ listed.keys()))


def read_checksums(folder: Path) -> dict[str, str]:
    """Path -> SHA-256 as SHA256SUMS says.

    Raises:
        OSError: if there is no SHA256SUMS.
        ValueError: if a line has another form.
    """
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("  ", maxsplit=1) for line in lines]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"{CHECKSUMS} has a line of another form")
    return {name: digest for digest, name in pairs}
