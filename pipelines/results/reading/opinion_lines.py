"""Opinions of which each stands in a row of its own below the item they are on.

::

    番号 | 取組項目     | 担当課 | 委員会の意見           | 市の対応
    1    | 自主財源確保 | 財政課 | 使用料を見直されたい。 | 4年度に見直す。
    1    | 自主財源確保 | 財政課 | 広告を増やされたい。   | 検討する。

They are one assessment of the item, whose opinion has several lines.
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.messages import At
from pipelines.results.model import Record
from pipelines.results.reading.messages import told
from pipelines.results.reading.outcome import SheetOutcome

OPINIONS = ("council_opinion", "headquarters_opinion")
_LINES = (*OPINIONS, "city_response")
_NAMES = ("item_id", "item_number", "item", "measure")


def join_opinions(outcome: SheetOutcome) -> None:
    """Make one record of rows that follow each other and differ in nothing but their opinions."""
    kept: list[Record] = []
    last_row = 0
    joined: list[Record] = []
    for record in outcome.records:
        above = kept[-1] if kept else None
        if above is not None and record.row == last_row + 1 and _goes_on(above, record):
            kept[-1] = replace(above, texts=_joined(above, record), head=None)
            outcome.aside[record.row] = "joined"
            joined.append(record)
        else:
            kept.append(record)
        last_row = record.row
    if joined:
        outcome.records[:] = kept
        first = joined[0]
        outcome.findings.append(told("opinions_joined", At(first.sheet, first.row)))


def _goes_on(above: Record, record: Record) -> bool:
    """Whether a record says nothing but another opinion on the item of the one above it."""
    if record.values or above.section is not record.section or above.roles is not record.roles:
        return False
    others = {name: text for name, text in record.texts.items() if name not in _LINES}
    is_named = any(name in others for name in _NAMES)
    is_same = all(above.texts.get(name) == text for name, text in others.items())
    is_new = any(_is_new(name, above, record) for name in OPINIONS)
    return is_named and is_same and is_new


def _is_new(name: str, above: Record, record: Record) -> bool:
    upper, lower = above.texts.get(name), record.texts.get(name)
    return upper is not None and lower is not None and lower not in upper.split("\n")


def _joined(above: Record, record: Record) -> dict[str, str]:
    texts = dict(above.texts)
    for name in _LINES:
        lower = record.texts.get(name)
        if lower is not None and lower not in texts.get(name, "").split("\n"):
            texts[name] = "\n".join(filter(None, (texts.get(name), lower)))
    return texts
