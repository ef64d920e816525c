"""Which columns hold numbers, and what stands in them besides digits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize

from pipelines.machine_readability.model import Column
from pipelines.machine_readability.rules import words

PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_CODE = re.compile(r"\s*(?:0[0-9]|[0-9]+(?:[-;:/~～〜－][0-9]+)+\s*\Z)")
#: Of the cells of a number column that hold something, at least as many are numbers.
_SHARE = 0.6


@cache
def decorated() -> re.Pattern[str]:
    """A number with what readers like and machines do not: unit, separators, notes, signs."""
    units = "|".join(re.escape(one) for one in sorted(words("units"), key=len, reverse=True))
    digits = r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"
    return re.compile(
        rf"[(（]?\s*(?:約|概ね|およそ)?\s*[△▲+\-−－＋]?\s*[¥￥$]?\s*{digits}\s*(?:{units})?"
        rf"(?:/(?:年|月|年度|日|{units}))?\s*[)）]?\s*(?:[※*＊注][0-9０-９]*)?"
    )


def is_plain(text: str) -> bool:
    """Whether a text is a number that every program reads: digits, a sign, a point."""
    return bool(PLAIN.fullmatch(text.strip()))


def is_decorated(text: str) -> bool:
    """Whether a text is a number with something besides its digits."""
    bare = text.strip()
    return not is_plain(bare) and bool(decorated().fullmatch(bare))


def is_symbol(text: str) -> bool:
    """Whether a text stands in place of a number."""
    return text.strip() in words("dashes") | words("symbols")


def holds_labels(header: str) -> bool:
    """Whether a header ends as those of labels do: 整理番号, No., 枝番, 施設ID, 番号（新）."""
    bare = re.sub(r"\(.*?\)", "", normalize("NFKC", header)).casefold().rstrip(" .。")
    last_word = re.search(r"[a-z]+\Z", bare)
    if last_word is not None:
        return last_word[0] in words("labels")
    return re.sub(r"\s", "", bare).endswith(tuple(words("labels")))


def is_number_column(column: Column) -> bool:
    """Whether most cells that hold something are numbers, or a schema says that it holds them.

    Codes are no numbers: a column that its header says to hold labels, or with digits that begin
    with 0, or with digits in several parts (dates, ranges, telephone numbers), is none.
    """
    if column.declared is not None:
        return column.declared.type in ("number", "integer")
    if holds_labels(column.name):
        return False
    numbers = _count(column, (one for one in column.rows_of if is_plain(one) or is_decorated(one)))
    others = column.filled - numbers - _count(column, filter(is_symbol, column.rows_of))
    if not numbers or any(_CODE.match(one) for one in column.rows_of):
        return False
    return numbers >= _SHARE * (numbers + others)


def _count(column: Column, texts: Iterable[str]) -> int:
    return sum(len(column.rows_of[text]) for text in texts)
