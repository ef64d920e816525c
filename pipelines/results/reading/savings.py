"""Headings that say how their amounts come about: 削減額（A－B） beside 導入前経費（A）."""

from __future__ import annotations

import re

from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.vocabulary import bare

_DIFFERENCE = re.compile(r"[(\[]?([A-Z])[\-−–―ー－]([A-Z])[)\]]?$")
_LETTER = re.compile(r"[(\[]?([A-Z])[)\]]?$")
#: What there was before; what was received before a change is no cost.
_BEFORE = re.compile(r"前(?!年|回|期)|従前|従来")
_RECEIVED = re.compile("収入|歳入|料収|税収|増収")


def says_saving(column: HeadColumn, header: Header) -> bool:
    """Whether a heading takes what there is now from what was spent before: a saving is positive.

    Args:
        column: of amounts.
        header: of the table, in which another heading bears the letter of the minuend.
    """
    match = _DIFFERENCE.search(bare(column.text))
    if match is None:
        return False
    letters = [(one, _LETTER.search(bare(one.text))) for one in header.columns]
    named = [bare(one.text) for one, found in letters if found and found[1] == match[1]]
    return (
        len(named) == 1 and _BEFORE.search(named[0]) is not None and not _RECEIVED.search(named[0])
    )
