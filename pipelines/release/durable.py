"""Writing files so that a crash leaves the old or the new content, never a part of it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

CHUNK_BYTES = 1 << 20


def json_bytes(value: Any) -> bytes:
    """``value`` as readable JSON in UTF-8 with a final line break; keys keep their order."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def write_atomically(path: Path, content: bytes) -> None:
    """Replaces ``path`` by ``content`` in one step; its folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(content)
    flush_to_disk(temporary)
    temporary.replace(path)
    flush_to_disk(path.parent)


def link_atomically(link: Path, target: str) -> None:
    """Makes ``link`` a symbolic link to the relative ``target`` in one step.

    Raises:
        OSError: if the file system has no links, or something that is no link stands there.
    """
    if link.exists() and not link.is_symlink():
        raise OSError(f"{link.name} is no symbolic link")
    temporary = link.with_name(f".{link.name}.part")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)


def flush_to_disk(path: Path) -> None:
    """Waits until the file or folder is on the disk, so that a rename cannot outrun its content."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(folder: Path) -> None:
    """Waits until every file and folder below ``folder`` is on the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        flush_to_disk(path)
    flush_to_disk(folder)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
