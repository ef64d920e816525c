"""Ruby lines: the reading of a Latin word, printed as a line of its own below it.

``（Sustainable`` / ``サステイナブル`` / ``Development`` / ``デベロップメント``. Only documents that
set their lines apart by blank lines show them safely: there, a line of kana alone, tight under one
that ends in Latin letters, is a reading.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from pipelines.plans.lines import Line, Removed, Repaired

STEP = "ruby"
_KANA_ONLY = re.compile(r"^[ァ-ヺー・\s]+$")
_LATIN_AT_END = re.compile(r"[A-Za-z]\s*$")
DOUBLE_SPACED_SHARE = 0.6


def remove_ruby(lines: list[Line]) -> Repaired:
    """Take the readings out; nothing where the document's lines are not set apart."""
    if not _is_double_spaced(lines):
        return Repaired(lines, [])
    kept: list[Line] = []
    removed: list[Removed] = []
    for line in lines:
        if kept and _is_reading_of(line, kept[-1]):
            removed.append(Removed(line.number, line.text, STEP))
            kept.append(line.with_text(""))
        else:
            kept.append(line)
    return Repaired(kept, removed)


def _is_double_spaced(lines: list[Line]) -> bool:
    after_blank = [before.is_blank for before, line in pairwise(lines) if not line.is_blank]
    return bool(after_blank) and sum(after_blank) / len(after_blank) >= DOUBLE_SPACED_SHARE


def _is_reading_of(line: Line, above: Line) -> bool:
    """Blank lines, the half of such a document, are seen first: widths cost more to normalise."""
    if line.is_blank or above.is_blank:
        return False
    if not _KANA_ONLY.match(unicodedata.normalize("NFKC", line.text)):
        return False
    return _LATIN_AT_END.search(unicodedata.normalize("NFKC", above.text)) is not None
