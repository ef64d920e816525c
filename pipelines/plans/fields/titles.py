"""What hangs on a title: continuity in brackets, 再掲 references, a closing など."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from pipelines.plans.vocabulary import vocabulary, words

LONGEST_CONTINUITY = 40
_BRACKET = r"[（(【\[〔［]\s*{}\s*[）)】\]〕］]"
_CLOSING_BRACKETS = frozenset("）)】]〕］")
_BRACKET_AT_END = re.compile(
    r"^(?P<head>.*?)(?P<tail>[（(【\[〔［][^（(【\[〔［]*[）)】\]〕］])\s*$", re.S
)
_CLOSING_WORD = re.compile(r"[\s\u3000]+(?:など|等)[\s\u3000]*$")


def continuity_of(text: str) -> Literal["new", "continuing"] | None:
    """The continuity a line like ``（継続）`` states; None for any other line."""
    if len(text) > LONGEST_CONTINUITY:
        return None
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    inside = re.fullmatch(r"[(\[【〔]?([^()\[\]【】〔〕]+)[)\]】〕]?", bare)
    if not inside:
        return None
    if inside.group(1) in vocabulary()["continuity"]["new"]:
        return "new"
    return "continuing" if inside.group(1) in vocabulary()["continuity"]["continuing"] else None


def split_continuity(text: str) -> tuple[str, Literal["new", "continuing"] | None]:
    """A continuity in brackets at a title's end, taken off: ``支援（継続）`` to ``支援``."""
    match = _BRACKET_AT_END.match(text) if text.rstrip()[-1:] in _CLOSING_BRACKETS else None
    found = continuity_of(match["tail"]) if match else None
    if match and found and match["head"].strip():
        return match["head"].rstrip(), found
    return text, None


def split_repost(title: str) -> tuple[str, bool, str | None]:
    """A 再掲 note at a title's end, taken off.

    Returns:
        The title without the note, whether there is one, and the number it refers to, if any
        (``（再掲：方策 1-1-3 掲載）`` to ``1-1-3``).
    """
    marks = "|".join(map(re.escape, words("repost_words")))
    match = re.search(_BRACKET.format(rf"(?:{marks})(?P<where>[^（()）]*)") + r"\s*$", title)
    if not match:
        return title, False, None
    printed = re.search(r"[①-⑳]", match["where"])
    where = unicodedata.normalize("NFKC", match["where"])
    reference = printed or re.search(r"[0-9]+(?:[-.][0-9]+)*", where)
    return title[: match.start()].rstrip(), True, reference.group() if reference else None


def without_closing_word(text: str) -> str:
    """A list's closing など, set apart by white space, is no part of its last title."""
    return _CLOSING_WORD.sub("", text)
