"""A department that stands below the item in its cell, where the heading says so.

::

    取組項目         | 評価
    （担当課）       |
    投票所の統合     | A
    （総務課）       |
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.results.model import Record
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.departments_named import departments_alone
from pipelines.results.vocabulary import bare, sheet_vocabulary

_FIELDS = ("item", "measure")
_HEADING = re.compile(r"^.+?[(\[【〔]([^()\[\]【】〔〕]+)[)\]】〕]$")
_FRAMED = re.compile(
    r"^(?P<item>.+?)\s*[（(［\[【〔](?P<name>[^（）()［］\[\]【】〔〕\n]+)[)）\]］】〕]$", re.S
)
_BELOW = re.compile(r"^(?P<item>.+?)\s*\n\s*(?P<name>[^（）()\n]+)$", re.S)


def field_with_department(plan: TablePlan) -> str | None:
    """The field whose cells also hold a department, as its heading says: 取組項目（担当課）."""
    if "department" in plan.columns:
        return None
    words = sheet_vocabulary().words("department_words")
    headings = {one.column: bare("".join(one.parts)) for one in plan.header.columns}
    for name in _FIELDS:
        match = _HEADING.match(headings.get(plan.columns.get(name, 0), ""))
        if match and match[1] in words:
            return name
    return None


def with_department(record: Record, name: str) -> Record:
    """The record with the department parted from its item; as it is where nobody can be sure."""
    text = record.texts.get(name, "")
    match = _FRAMED.match(text) or _BELOW.match(text)
    if match is None or not _is_department(match["name"]):
        return record
    texts = {**record.texts, name: match["item"].strip(), "department": match["name"].strip()}
    columns = {**record.columns, "department": record.columns[name]}
    asked = record.asked | {"department"}
    return replace(record, texts=texts, columns=columns, asked=asked, head=None)


def _is_department(text: str) -> bool:
    """Whether a text names departments or places; （再掲） and （拡大） are none."""
    endings = sheet_vocabulary().words("place_endings")
    return departments_alone(text) is not None or bare(text).endswith(endings)
