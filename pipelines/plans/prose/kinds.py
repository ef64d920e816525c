"""What a heading says of the text below it, by the word lists of the vocabulary."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.plans.vocabulary import Vocabulary, current, words

_ANNOUNCES = re.compile(
    r"(?P<what>[^、，。]{1,24}?)は[、，]?次の\s*[0-9０-９一二三四五六七八九十]*\s*つ"
)


def kind_of_heading(title: str, at_end: bool = False) -> str | None:
    """The kind of the first word list of which a word stands in the heading.

    Args:
        title: the heading.
        at_end: whether the word has to close the heading; an entry of a numbered series is named
            by what it is about (効率と成果の両立重視), which says nothing of its kind.
    """
    return _kind(title, at_end, current())


@lru_cache(maxsize=4_096)
def _kind(title: str, at_end: bool, plan: Vocabulary) -> str | None:
    for kind in plan.content["prose"]["kinds"]:
        listed = plan.words(("prose", "kinds", str(kind)))
        if title.endswith(listed) if at_end else any(word in title for word in listed):
            return str(kind)
    return None


def reviews(title: str) -> bool:
    """Whether a heading looks back on what was done."""
    return any(word in title for word in words("prose", "reviewing_words"))


def announced_kind(text: str) -> str | None:
    """「改革の目的は次の３つを」 announces purposes."""
    if "次の" not in text:
        return None
    match = _ANNOUNCES.search(text)
    return kind_of_heading(match["what"]) if match else None
