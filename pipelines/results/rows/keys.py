"""Ids of rows before their revision: plan_id, the table's letter and a hash of what they are of."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from pipelines.plans.characters import normalised_title

_BETWEEN = "\x01"  # no white space, and in no cell
_RADICALS = re.compile(r"[\u2e80-\u2fdf]")
#: Longer than the 8 of plans: a national file holds 80,000 rows of one plan, and 8 would clash.
HASH_LENGTH = 12


def stem(plan_id: str, letter: str, *parts: str) -> str:
    """The id of a row without its revision."""
    identity = "\n".join(parts)
    return f"{plan_id}-{letter}{digest(identity)}"


def digest(identity: str) -> str:
    """The part of an id that stands for a text."""
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]


def bare(parts: tuple[str, ...]) -> str:
    """Texts as they identify: width, white space and footnote marks do not matter.

    What ``normalised_title`` gives of each, found for all at once where nothing special is in them.
    """
    joined = _BETWEEN.join(parts)
    if joined.isascii():
        return "".join(joined.split())
    if "※" in joined or _RADICALS.search(joined):
        return _BETWEEN.join(map(normalised_title, parts))
    return "".join(unicodedata.normalize("NFKC", joined).split())
