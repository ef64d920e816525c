"""Lines that name a department for all rows below: 担当課：税務課, １　教育総務課, 【管財課】."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.results.vocabulary import bare, sheet_vocabulary

_LONGEST = 60
_LONGEST_NAME = 20
_SEPARATORS = re.compile(r"[・、,，/／\s]+")
_NAME = re.compile(r"^[^\d第。「」()（）:：～~【】\[\]]{1,17}(?:課|室|局|係|部|センター)$")
#: 【担当課】管財課
_FRAMED = re.compile(r"^[【\[［〔]([^【】\[\]［］〔〕]+)[】\]］〕]\s*[:：]?\s*([^【】\[\]:：]+)$")
_BRACKETS = "()（）[]［］【】〔〕<>〈〉《》"


def department_of(cells: Sequence[str], label: str) -> str | None:
    """The department that a line names; None where it is about something else.

    Args:
        cells: of the line, the unit left out.
        label: its text without number.
    """
    beside = (departments_alone(cell) for cell in cells[1:])  # 様式第1号 | 総務課
    return (
        _labelled(cells)
        or _behind_label(label)
        or departments_alone(label)
        or next(filter(None, beside), None)
    )


def _labelled(cells: Sequence[str]) -> str | None:
    """担当課：総務課 in one cell, or in two."""
    framed = _FRAMED.match(cells[0].strip()) if len(cells) == 1 else None
    if framed:
        label, name = framed.groups()
    elif len(cells) == 1 and re.search("[:：]", cells[0]):
        label, name = re.split("[:：]", cells[0], maxsplit=1)
    elif len(cells) == 2:
        label, name = cells
    else:
        return None
    return name.strip() if _is_label(label) and name.strip() and len(name) <= _LONGEST else None


def _is_label(text: str) -> bool:
    return bare(text).strip(f":{_BRACKETS}") in sheet_vocabulary().words("department_words")


def _behind_label(label: str) -> str | None:
    """所属名 税務課: a label and a name in one cell."""
    first, _, rest = label.partition(" ")
    if not rest:
        first, _, rest = label.partition("　")
    rest = rest.strip()
    return rest if _is_label(first) and rest and len(rest) <= _LONGEST else None


def departments_alone(label: str) -> str | None:
    """A line of nothing but the names of departments; 各課 and 一部 are none."""
    text = label.strip().strip(_BRACKETS).strip()
    parts = [part for part in _SEPARATORS.split(text) if part]
    return " ".join(text.split()) if parts and all(map(is_department_name, parts)) else None


def is_department_name(text: str) -> bool:
    """Whether a word is the name of one department, as far as its ending can say."""
    plain = bare(text)
    if len(plain) > _LONGEST_NAME or not _NAME.match(plain):
        return False
    words = sheet_vocabulary()
    is_other = plain in words.words("not_departments")
    return not is_other and not plain.endswith(words.words("not_department_endings"))
