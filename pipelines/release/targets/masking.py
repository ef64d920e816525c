"""Secrets come from the environment only, and never get into what people or logs see."""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import quote, quote_plus

CKAN_TOKEN: Final = "GYOKAKU_CKAN_TOKEN"
#: Environment variables whose values are never shown.
SECRET_VARIABLES: Final = (
    CKAN_TOKEN,
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
)
MASK: Final = "***"
#: What is shorter is no secret, and would tear messages apart.
_SHORTEST_SECRET: Final = 4


def masked(text: str) -> str:
    """The text with the value of every secret variable replaced, however a server echoes it."""
    values = [os.environ.get(name, "").strip() for name in SECRET_VARIABLES]
    secrets = [one for one in values if len(one) >= _SHORTEST_SECRET]
    forms = {form for one in secrets for form in (one, quote(one), quote_plus(one))}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, MASK)
    return text
