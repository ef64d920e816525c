"""Identities that do not move: hashes of titles as printed, never of positions."""

from __future__ import annotations

import hashlib
from collections import Counter

from pipelines.plans.characters import normalised_title

HASH_LENGTH = 8


class Identities:
    """Gives the ids of one plan; equal titles get ``-2``, ``-3`` in reading order."""

    def __init__(self, plan_id: str) -> None:
        self._plan_id = plan_id
        self._seen: Counter[str] = Counter()

    def item_id(self, title: str) -> str:
        """plan_id and a short hash of the normalised title."""
        return self._numbered(f"{self._plan_id}-{short_hash(normalised_title(title))}")

    def node_id(self, path: tuple[str, ...]) -> str:
        """plan_id and a short hash of the path of normalised titles, marked ``n``."""
        joined = "\n".join(normalised_title(step) for step in path)
        return self._numbered(f"{self._plan_id}-n{short_hash(joined)}")

    def row_id(self, letter: str, *texts: str) -> str:
        """plan_id, the letter of the table, and a short hash of what the row says."""
        joined = "\n".join(normalised_title(text) for text in texts)
        return self._numbered(f"{self._plan_id}-{letter}{short_hash(joined)}")

    def _numbered(self, identity: str) -> str:
        self._seen[identity] += 1
        count = self._seen[identity]
        return identity if count == 1 else f"{identity}-{count}"


def source_id_of(plan_id: str) -> str:
    """The document of a plan; a corrected file in its place is the same source with a new hash."""
    return f"{plan_id}-document"


def place_of_plan(plan_id: str) -> str:
    """Where a plan's folder lies, from its id ``<municipality_code>-<plan-slug>``."""
    return "plans/" + "/".join(plan_id.split("-", 1))


def short_hash(text: str) -> str:
    """The part of an id that stands for a text: 8 hexadecimal characters of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:HASH_LENGTH]
