"""How the parts of an xlsx file hang together: relationships (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from pipelines.sources.workbooks.archive import Archive
from pipelines.sources.workbooks.safe_xml import parse


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another.

    Attributes:
        kind: last word of its type, such as ``worksheet`` (the same in strict and transitional).
        target: name of the part, or an address outside of the file.
        is_external: whether the target lies outside.
    """

    kind: str
    target: str
    is_external: bool = False


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """The relations of a part by their id; ``""`` stands for the file itself."""
    folder, name = posixpath.split(part)
    data = archive.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if data is None:
        return {}
    found = {}
    for one in parse(data):
        target = one.get("Target", "")
        is_external = one.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = one.get("Type", "").rstrip("/").rpartition("/")[2]
        found[one.get("Id", "")] = Relation(kind, target, is_external)
    return found


def targets(links: dict[str, Relation], *kinds: str) -> list[str]:
    """Parts of the file linked under one of these kinds."""
    return [one.target for one in links.values() if one.kind in kinds and not one.is_external]
