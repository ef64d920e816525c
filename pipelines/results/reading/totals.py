"""Rows of totals: which words mark them, and which rows they sum up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_profile import SheetProfile

#: 歳入計 or 財政課 計, where nothing else stands in the row.
_ENDING_ALONE = "計"
#: ①＋②: a row that sums up other totals.
_FORMULA = re.compile(r"^[(]?[\dA-Za-z](?:\+[\dA-Za-z])+[)]?$")
#: What needs a second look besides words of totals: parts of the row above, sums of totals.
_OTHER = re.compile(r"(?:^|\n)[(（\[【]?(?:うち|内\s*[、：:)）\]】])|内数|[+＋]", re.M)
#: One of these is in all that ``_OTHER`` finds; a substring is found at once.
_SIGNS_OF_OTHER = ("うち", "内", "+", "＋")
_TAIL = re.compile(r"(?:\([^()]*\)|[①-⑳A-Za-z\d:])+$")
SUBTOTAL, OF_THE_TABLE, OF_THE_SHEET, OF_NO_ROWS = 1, 3, 4, 0


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word))


@dataclass(frozen=True)
class RowWords:
    """The words that mark rows of totals and rows counted elsewhere, the profile's included."""

    profile: SheetProfile

    @cached_property
    def levels(self) -> dict[str, int]:
        """Word of a total -> its level."""
        own = {bare(word): SUBTOTAL for word in self.profile.subtotal_words}
        return {**sheet_vocabulary().totals, **own}

    @cached_property
    def longest(self) -> int:
        """A text that is longer is no word of a total, however it is spaced out and bracketed."""
        return 4 * max(map(len, self.levels)) + 40

    @cached_property
    def _reposts(self) -> tuple[str, ...]:
        return (*sheet_vocabulary().words("repost"), *map(bare, self.profile.repost_words))

    @cached_property
    def suspect(self) -> re.Pattern[str]:
        """Finds what a row of totals or a repeated row can hold: a quick look before a slow one."""
        # Names are joined by line breaks; letters may stand apart (合　計).
        at_start = "|".join(map(_spaced, sorted(self.levels)))
        at_end = "|".join(map(_spaced, sheet_vocabulary().words("total_endings")))
        anywhere = "|".join(map(_spaced, self._reposts))
        at_end = f"{at_end}|{_ENDING_ALONE}"
        return re.compile(rf"(?:^|\n)(?:{at_start})|(?:{at_end})(?:\W.*)?$|{anywhere}", re.M)

    def may_mark_parts(self, parts: Iterable[str]) -> bool:
        """The same of texts that together make one; sentences among them mark no total."""
        short = [one for one in parts if len(one) <= self.longest or "掲" in one or "うち" in one]
        return self._has_own_words or self.may_mark("\n".join(short))

    def may_mark(self, name: str) -> bool:
        """Whether a row's name (its texts, with line breaks between) needs a second look."""
        if any(sign in name for sign in _SIGNS_OF_OTHER) and _OTHER.search(name):
            return True
        if self._has_own_words:
            return name in self._exact or self.suspect.search(name) is not None
        # Every common word holds 計 or 掲 or is listed as it is; a substring is found at once.
        if "計" in name or "掲" in name:
            return self.suspect.search(name) is not None
        return name in self._exact

    def is_label(self, name: str) -> bool:
        """Whether a row's whole name is a word of totals, or a label of forms."""
        return name in self._exact

    @cached_property
    def _exact(self) -> frozenset[str]:
        """Whole names that need a second look: totals, and labels of forms below a table."""
        words = sheet_vocabulary()
        return frozenset((*self.levels, *words.headings, *words.words("totals_alone")))

    @cached_property
    def _has_own_words(self) -> bool:
        return bool(self.profile.subtotal_words or self.profile.repost_words)

    def level(self, text: str, is_alone: bool) -> int | None:
        """What kind of total a text marks; None where it marks none.

        Args:
            text: a cell.
            is_alone: whether no other text stands in the row, so that 歳出計 or 総務部 小計 can be
                told from an item whose title ends so.
        """
        if not is_alone and len(text) > self.longest:
            return None
        word = bare(text)
        pure = _TAIL.sub("", word) or word
        for form in (word, pure):
            if form in self.levels:
                return self.levels[form]
        if not is_alone:
            return None
        return self._level_alone(word, pure)

    def _level_alone(self, word: str, pure: str) -> int | None:
        """The level of a text beside which nothing but numbers stands."""
        words = sheet_vocabulary()
        if word in words.words("totals_alone") or pure in words.words("totals_alone"):
            return OF_THE_TABLE
        if _FORMULA.match(word):
            return OF_NO_ROWS
        for ending in words.words("total_endings"):
            if pure.endswith(ending):
                return self.levels[ending]
        is_other = pure.endswith(words.words("not_total_endings"))
        return SUBTOTAL if pure.endswith(_ENDING_ALONE) and not is_other else None

    def is_repost(self, texts: Sequence[str]) -> bool:
        """Whether a row is counted elsewhere: 再掲 beside its name."""
        return any(word in bare(text) for text in texts for word in self._reposts)


@dataclass
class TotalCover:
    """Which rows the totals of one sheet sum up, while it is read from top to bottom.

    Attributes:
        sheet_rows: records since the last total of the sheet.
        table_rows: records of the open table.
    """

    sheet_rows: list[int] = field(default_factory=list)
    table_rows: list[int] = field(default_factory=list)
    _since: dict[int, int] = field(default_factory=dict)
    _last: tuple[int, ...] = ()

    def begin_table(self) -> None:
        """Another table begins."""
        self.table_rows = []
        self._since = {}
        self._last = ()

    def begin_group(self) -> None:
        """A heading inside a table begins a group."""
        self._since[SUBTOTAL] = len(self.table_rows)

    def add(self, rows: Sequence[int]) -> None:
        """Records."""
        self.table_rows += rows
        self.sheet_rows += rows

    def covered(self, level: int) -> tuple[int, ...]:
        """The rows that a total of this level sums up, which then count as summed up."""
        if level == OF_NO_ROWS:
            return ()
        if level == OF_THE_SHEET:
            rows, self.sheet_rows = tuple(self.sheet_rows), []
            return rows
        rows = self._of_table(level)
        for lower in range(SUBTOTAL, level + 1):
            self._since[lower] = len(self.table_rows)
        self._last = rows
        return rows

    def _of_table(self, level: int) -> tuple[int, ...]:
        start = max(self._since.get(one, 0) for one in range(level, OF_THE_SHEET))
        rows = tuple(self.table_rows[start:]) or tuple(self.table_rows)
        if level < OF_THE_TABLE:
            return rows
        if rows == self._last:
            # A 合計 right behind the only 小計 of its table sums up the tables before it, too.
            rows = tuple(self.sheet_rows)
        self.sheet_rows = []
        return rows
