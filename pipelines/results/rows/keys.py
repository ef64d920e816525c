"""Ids of rows before their revision: plan_id, the table's letter and a hash of what they are of."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
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
    """Texts as they identify: width, white space and footnote marks do not matter."""
    return _BETWEEN.join(map(_bare_part, parts))


@lru_cache(maxsize=65_536)
def _bare_part(text: str) -> str:
    """What ``normalised_title`` gives, found at once where nothing special is in the text."""
    if text.isascii():
        return "".join(text.split())
    if "※" in text or _RADICALS.search(text):
        return normalised_title(text)
    return "".join(unicodedata.normalize("NFKC", text).split())
