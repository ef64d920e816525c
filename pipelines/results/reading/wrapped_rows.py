"""Rows that only go on a cell of the row above: tables taken from a PDF line by line.

::

    番号 | 取組項目   | 担当課 | 取組実績
    1    | 窓口業務の | 市民課 | 4月に統合し、待ち時間が
         | 統合       |        | 10分短縮した。

Where the words leave no doubt, both rows are held back: neither the half of a name nor that of a
sentence may be published, and nobody can say how many lines belong together. A row of nothing but
one more whole text (②周知した。 below ①統合した。) makes one text with the one above it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipelines.results.model import Record
from pipelines.results.reading.columns import TablePlan
from pipelines.results.vocabulary import bare, sheet_vocabulary

#: What a name or a sentence cannot end with: particles, commas, opening brackets.
_OPEN_END = re.compile(r"(?:[のをにがはへも、，・(（「『]|[^でこ]と|[^まん]で)$")
_WHOLE = ("。", "．", "！", "？")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LISTED = re.compile(rf"[{_CIRCLED}・○●◆■]")
_CLOSED = ("。", "．", "」", "』", "）", ")", "！", "？")
_SENTENCES = ("activity", "shortfall_reason", "next_action", "council_opinion", "city_response")
_Place = tuple[int, Mapping[tuple[int, int], object]]
_WHO = ("item_number", "department")


def is_continuation(cells: Sequence[str], above: Record, plan: TablePlan, place: _Place) -> bool:
    """Whether a row goes on the texts of the record above.

    Args:
        cells: the row, up to the table's last column.
        above: the record of the row right above.
        plan: of the table.
        place: number of the row, and the blank cells of merged ranges (``Grid.text_above``).
    """
    if plan.has_rows_in_turn or not _is_bare(cells, plan, place):
        return False
    return any(
        _goes_on(name, above.texts[name], cells[at])
        for name, at in plan.texts
        if cells[at] and name in above.texts
    )


def is_lone_text(cells: Sequence[str], plan: TablePlan, place: _Place) -> bool:
    """Whether nothing stands in a row but one more text of what was done, or will be.

    ②周知した。 below ①統合した。 is no note and no heading: those stand where rows begin. Arguments
    as of ``is_continuation``.
    """
    filled = [(at, cell) for at, cell in enumerate(cells) if cell]
    if plan.has_rows_in_turn or len(filled) != 1 or not _is_bare(cells, plan, place):
        return False
    at, text = filled[0]
    is_sentence = any(name in _SENTENCES and column == at for name, column in plan.texts)
    return is_sentence and not bare(text).startswith(sheet_vocabulary().words("note_marks"))


def joined_text(cells: Sequence[str], above: Record, plan: TablePlan) -> tuple[str, str] | None:
    """Field and text of the record above with the text of a lone row below it.

    Args:
        cells: a row for which ``is_lone_text`` holds.
        above: the record of the row right above.
        plan: of the table.

    Returns:
        None where either text may be the half of a sentence.
    """
    at, text = next((at, cell) for at, cell in enumerate(cells) if cell)
    names = [name for name, column in plan.texts if column == at]
    upper = above.texts.get(names[0], "") if len(names) == 1 else ""
    last = upper.rpartition("\n")[2]
    are_whole = last.endswith(_WHOLE) and text.endswith(_WHOLE)
    if not upper or not (are_whole or _are_of_one_list(last, text)):
        return None
    return names[0], f"{upper}\n{text}"


def _are_of_one_list(upper: str, lower: str) -> bool:
    """Whether two lines begin as those of one list do: ・統合 and ・周知, ①統合 and ②周知."""
    first, second = _LISTED.match(upper), _LISTED.match(lower)
    is_cut = upper.endswith(_WHOLE) != lower.endswith(_WHOLE)
    if first is None or second is None or is_cut or _OPEN_END.search(upper):
        return False
    is_next = ord(second[0]) == ord(first[0]) + 1 and first[0] in _CIRCLED
    return is_next or (first[0] == second[0] and first[0] not in _CIRCLED)


def _is_bare(cells: Sequence[str], plan: TablePlan, place: _Place) -> bool:
    """Whether a row has no number, department and value, though its table has a place for them."""
    who = [at for name, at in plan.texts if name in _WHO]
    values = [at - 1 for _, at in plan.values] + [at for at, _ in plan.marks]
    ratings = [at for name, at in plan.texts if name.endswith("rating")]
    is_blank = not any(cells[at] for at in (*who, *values, *ratings))
    row, merged = place
    return bool(who) and is_blank and not any((row, at + 1) in merged for at in who)


def _goes_on(name: str, upper: str, lower: str) -> bool:
    """Whether a text is open at its end, and another can go on it."""
    if _OPEN_END.search(upper):
        return True
    is_open = not upper.endswith(_CLOSED)
    return name in _SENTENCES and is_open and lower.endswith("。")


def first_bare(records: Sequence[Record]) -> int:
    """Where the first record stands that may go on the one above it; their number where none."""
    for at, one in enumerate(records):
        if not one.values and not any(name in one.texts for name in _WHO):
            return at
    return len(records)
