"""Telephone numbers and mail addresses in texts that are to be published."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.plans.characters import half_width

#: Numbers of Japan begin with 0 and have ten or eleven digits, in three groups.
_TELEPHONE = re.compile(
    r"(?<![\d-])0\d{1,4}(?:-\d{1,4}-|\(\d{1,4}\)-?)\d{3,4}(?![\d-])"
    r"|(?<![\d(-])\(0\d{1,4}\)\d{1,4}-\d{3,4}(?![\d-])"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_HYPHENS = str.maketrans("－‐‑−–ー（）＠", "------()@")


@lru_cache(maxsize=8_192)
def personal_data(text: str) -> str | None:
    """The first telephone number or mail address of a text, as a person reads it; None for none."""
    plain = half_width(text).translate(_HYPHENS)
    numbers = (match for match in _TELEPHONE.finditer(plain) if _is_telephone(match[0]))
    found = next(numbers, None) or _MAIL.search(plain)
    return found[0] if found else None


def _is_telephone(text: str) -> bool:
    return sum(map(str.isdigit, text)) in (10, 11)
