"""Rows that look like results and are none: examples, parts of the row above, lines below a total.

The rules come from published sheets: （うち…） and 内数 are counted in the row above them; 前年度,
差引 and 一般財源 below 合計 compare or divide the total; 記入例 shows how to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter

from pipelines.results.vocabulary import bare, sheet_vocabulary

Filled = Sequence[tuple[int, str]]

_EXAMPLE = re.compile(
    r"^(?:[(\[【<〈]?(?:記入|記載|入力|作成)?例\d{0,2}[)\]】>〉:]?$"
    r"|[(\[【<〈](?:記入|記載|入力)?例\d{0,2}[)\]】>〉]|例\d{0,2}[:)]|(?:記入|記載|入力)例[:)])"
)
_PART = re.compile(r"^(?:[(\[【]?(?:うち|内)[、:]|[(\[【]うち|[(\[【]内[)\]】]|うち)")
_PART_IN_BRACKETS = re.compile(r"^[(\[【]うち|[(\[【]内数[)\]】]")
_REFERENCE = re.compile(r"^[(\[【]?(?:参考|再掲)")
_PLACES_OF_EXAMPLES = 3


def example_rows(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Rows (from 1) whose first cells mark them as examples of how to fill in."""
    first = set(chain.from_iterable(map(itemgetter(slice(_PLACES_OF_EXAMPLES)), rows)))
    if not any("例" in text for text in first):
        return frozenset()
    return frozenset(
        at
        for at, cells in enumerate(rows, 1)
        if any("例" in cell for cell in cells[:_PLACES_OF_EXAMPLES]) and is_example(cells)
    )


def is_example(cells: Sequence[str]) -> bool:
    """Whether a row of several cells begins with 例, 記入例 or （例）…, in one of its first two."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and any(_EXAMPLE.match(bare(cell)) for cell in filled[:2])


def is_part(name: str, *, has_nothing_else: bool) -> bool:
    """Whether a name says that its row is counted in the one above: うち…, （うち…）, …（内数）.

    Args:
        name: of the row.
        has_nothing_else: whether no number, department or other text stands beside it; うち alone
            can begin the title of an item.
    """
    plain = bare(name)
    if _PART_IN_BRACKETS.search(plain):
        return True
    is_other_word = plain.startswith(sheet_vocabulary().words("not_parts"))
    return has_nothing_else and not is_other_word and _PART.match(plain) is not None


def is_side_of_comparison(name: str) -> bool:
    """Whether a row holds what there was before or after a change: 見直し前, 導入後."""
    return bare(name).strip("()[]【】・:") in sheet_vocabulary().words("sides_of_comparisons")


def speaks_of_a_total(name: str) -> bool:
    """Whether a row below a total compares or divides it: 前年度, 差引, 一般財源, （参考）…."""
    plain = bare(name)
    if _REFERENCE.match(plain):
        return True
    words = sheet_vocabulary().words("beside_totals")
    return plain.strip("()[]【】:").startswith(words) or plain.endswith(("累計", "比", "率", "差"))
