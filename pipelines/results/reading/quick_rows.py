"""Rows that need no second look: by far the most of a long list, read with as little as can be.

Nothing is searched here that a set or a dictionary can answer, and cells with the same text are one
object. A row is left to the careful reader where anything in it could mean more than it says: marks
of repetition, words of totals and seals, blank group labels, fewer than three cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from pipelines.results.model import ColumnRole, Record, Section, ValueCell
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.not_results import is_part
from pipelines.results.reading.totals import RowWords
from pipelines.results.vocabulary import sheet_vocabulary

_LEAST_CELLS = 3
_YEAR = "fiscal_year"
#: With so many texts, one at least stands beside a name and a unit.
_OTHERS_BESIDE = 3
#: More texts than any row has.
_NEVER = 1_000_000


class _Cells(dict[str, ValueCell]):
    """Text -> the value cell of one column; equal cells without marks are one object."""

    def __init__(self, role: ColumnRole, column: int) -> None:
        super().__init__()
        self._role = role
        self._column = column

    def __missing__(self, text: str) -> ValueCell:
        cell = self[text] = ValueCell(self._role, text, self._column)
        return cell


class _Values(dict[tuple[str, ...], tuple[ValueCell, ...]]):
    """Texts of all value columns of a row -> its cells that are not blank."""

    def __init__(self, values: Sequence[tuple[ColumnRole, int]]) -> None:
        super().__init__()
        self._cells = [(at, _Cells(role, column)) for at, (role, column) in enumerate(values)]

    def __missing__(self, texts: tuple[str, ...]) -> tuple[ValueCell, ...]:
        values = tuple([cells[text] for at, cells in self._cells if (text := texts[at])])
        self[texts] = values
        return values


class _PlainNames(dict[tuple[str, ...], int]):
    """Texts that name a row -> how many texts it must have to be plain; a great many where never.

    歳出計 marks a total only where nothing else stands in the row.
    """

    def __init__(self, words: RowWords) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, texts: tuple[str, ...]) -> int:
        filled = list(filter(None, texts))
        least = self[texts] = self._least(filled) if filled else _NEVER
        return least

    def _least(self, filled: list[str]) -> int:
        name = "\n".join(filled)
        if not self._words.may_mark(name):
            return 0
        return _NEVER if _marks(filled, self._words) else _OTHERS_BESIDE


class _Joined(dict[tuple[str, ...], tuple[str, int]]):
    """Texts of cells that make one text -> that text, and how many texts a plain row must have."""

    def __init__(self, words: RowWords, never: frozenset[str]) -> None:
        super().__init__()
        self._words, self._never = words, never

    def __missing__(self, texts: tuple[str, ...]) -> tuple[str, int]:
        filled = [text for text in texts if text]
        joined = self[texts] = " ".join(filled), self._least(filled)
        return joined

    def _least(self, filled: list[str]) -> int:
        if not self._never.isdisjoint(filled):
            return _NEVER
        if not self._words.may_mark_parts(filled):
            return 0
        return _NEVER if any(map(self._is_total, filled)) else _OTHERS_BESIDE

    def _is_total(self, text: str) -> bool:
        return self._words.level(text, is_alone=False) is not None


def _marks(names: list[str], words: RowWords) -> bool:
    """Whether names mark a row as a total, a part or a repeated row, whatever else it holds."""
    if len(names) == 1 and words.is_label(names[0]):
        return True
    return words.is_repost(names) or any(
        words.level(one, is_alone=False) is not None or is_part(one, has_nothing_else=False)
        for one in names
    )


class QuickRows:
    """Reads plain rows of one table below one heading.

    Args of the constructor:
        sheet: name of the sheet.
        plan: the table's plan, under the section.
        section: what the lines above say.
        words: of totals and repeated rows.
        width: how many cells a row must have.
        never: texts that no plain row holds (``never_plain``).
    """

    def __init__(
        self,
        sheet: str | None,
        plan: TablePlan,
        section: Section,
        words: RowWords,
        width: int,
        never: frozenset[str],
    ) -> None:
        self._sheet, self._plan, self._section, self._width = sheet, plan, section, width
        self._never = never
        self._never_or_blank = never | {""}
        columns = dict(plan.texts)
        year_column = columns.pop(_YEAR, None)
        self._year_column = -1 if year_column is None else year_column
        self._names = tuple(columns)
        self._texts = _getter(tuple(columns.values()))
        self._head = _getter((*columns.values(), *(at for _, many in plan.joined for at in many)))
        self._keys = _getter(tuple(columns[key] for key in plan.keys if key in columns))
        self._least = _PlainNames(words)
        self._joined = [
            (name, _getter(columns), _Joined(words, never)) for name, columns in plan.joined
        ]
        in_joined = {at for _, many in plan.joined for at in many}
        self._joins_labels = not in_joined.isdisjoint(plan.filled_down)
        self._value_texts = _getter(tuple(at - 1 for _, at in plan.values))
        self._values = _Values(plan.values)

    def read(self, rows: Sequence[list[str]], first: int, last: int) -> list[Record]:
        """The records of the rows from ``first`` on, up to the first that is not plain."""
        records: list[Record] = []
        add, head_of, year_at = records.append, self._head, self._year_column
        value_texts, values = self._value_texts, self._values
        sheet, section, plan = self._sheet, self._section, self._plan
        columns, roles, asked = plan.columns, plan.roles, plan.asked
        # Rows that follow each other often differ in their year and values only.
        last_head: tuple[str, ...] | None = None
        shared: dict[str, str] = {}
        least = _NEVER
        for row in range(first, last + 1):
            cells = rows[row - 1]
            if len(cells) < self._width:
                break
            head = head_of(cells)
            if head != last_head:
                last_head = head
                shared, least = self._texts_of(cells)
            texts = shared.copy()
            if year_at >= 0 and (year := cells[year_at]):
                texts[_YEAR] = year
            found = values[value_texts(cells)]
            size = len(texts)
            if size < least or size + len(found) < _LEAST_CELLS or not self._has_year(cells):
                break
            add(Record(sheet, row, texts, found, columns, section, roles, asked, shared))
        return records

    def _has_year(self, cells: list[str]) -> bool:
        """Whether the year of a row, where its table has a column for it, needs no second look."""
        at = self._year_column
        if at < 0:
            return True
        return cells[at] not in self._never and bool(cells[at] or at not in self._plan.filled_down)

    def _texts_of(self, cells: list[str]) -> tuple[dict[str, str], int]:
        """Texts of a row but its year, and how many texts it must have to be plain."""
        if self._joins_labels and self._may_repeat(cells):
            return {}, _NEVER
        least, found = self._least[self._keys(cells)], self._texts(cells)
        texts = dict(zip(self._names, found))  # noqa: B905 - as many as the getter takes
        if not self._never_or_blank.isdisjoint(found):
            if not self._never.isdisjoint(found) or self._may_repeat(cells):
                return {}, _NEVER
            texts = {name: text for name, text in texts.items() if text}
        for name, parts, known in self._joined:
            text, others = known[parts(cells)]
            if text:
                texts[name] = text
                least = max(least, others)
        return texts, least

    def _may_repeat(self, cells: list[str]) -> bool:
        """Whether a group label is blank, so that the one above may stand for it."""
        return not all(cells[at] for at in self._plan.filled_down if at != self._year_column)


def never_plain(grid: Grid, plan: TablePlan, words: RowWords) -> frozenset[str]:
    """Texts that no plain row of a table holds: signs of repetition, seals, totals.

    Group labels and notes that can mark a total or a repeated row (再掲) are among them.
    """
    vocabulary = sheet_vocabulary()
    listed = ("ditto", "stamp_words", "sides_of_comparisons")
    never = {*words.levels, *(word for name in listed for word in vocabulary.words(name))}
    for name, at in plan.texts:
        if name in ("category", "internal_note"):
            never.update(filter(words.may_mark, grid.texts_of(at) - {""}))
    return frozenset(never)


def _getter(columns: tuple[int, ...]) -> Callable[[list[str]], tuple[str, ...]]:
    """Takes the cells of these columns (from 0)."""
    if len(columns) > 1:
        return itemgetter(*columns)
    if not columns:
        return lambda cells: ()
    (at,) = columns
    return lambda cells: (cells[at],)
