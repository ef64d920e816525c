"""Rows of totals inside a table: found by their words, stated with the rows they sum up."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.results.model import ColumnRole, Section, StatedTotal
from pipelines.results.reading.departments_named import is_department_name
from pipelines.results.reading.outcome import SheetOutcome
from pipelines.results.reading.outline import Node
from pipelines.results.reading.row_looks import Filled, is_amount, names_of, text_columns
from pipelines.results.reading.rows import RowReader
from pipelines.results.reading.stated_totals import StatedTotals
from pipelines.results.reading.totals import OF_THE_TABLE, SUBTOTAL, RowWords, TotalCover
from pipelines.results.vocabulary import bare
from pipelines.sources.sheet_profile import SheetProfile


class TotalRows:
    """Reads the rows of totals of one sheet.

    Attributes:
        is_behind: whether the last total is one of the whole table, and no record came since.
    """

    def __init__(
        self, name: str | None, profile: SheetProfile, words: RowWords, outcome: SheetOutcome
    ) -> None:
        self._words = words
        self._outcome = outcome
        self._cover = TotalCover()
        self._totals = StatedTotals(name, profile, self._cover)
        self._header_end = self._last = 0
        self.is_behind = False

    def begin_table(self, header_end: int) -> None:
        """A table begins below the row ``header_end``."""
        self._header_end = header_end
        self._totals.end_table()
        self._cover.begin_table()
        self.is_behind = False

    def begin_group(self) -> None:
        """A heading stands between the rows."""
        self._cover.begin_group()
        self.is_behind = False

    def saw_records(self, rows: Sequence[int]) -> None:
        """Rows of records, which the next total sums up."""
        self._cover.add(rows)

    def all(self, stating: Sequence[Node]) -> list[StatedTotal]:
        """Every total of the sheet, with those that headings state."""
        return self._totals.add_headings(stating)

    def read(
        self, row: int, cells: list[str], filled: Filled, table: RowReader, section: Section
    ) -> bool:
        """State the totals of a row, if it is one of totals."""
        plan = table.plan
        if self._is_second_half(row, table.padded(cells), table):
            return True
        others = {at for _, at in plan.values} | {at + 1 for at, _ in plan.marks}
        others |= {at + 1 for name, at in plan.texts if name == "unit"}  # 平均値 is one
        read = text_columns(plan)
        texts = [
            (at, text)
            for at, text in filled
            if at not in others and (at in read or not is_amount(text))
        ]
        first = min(read, default=0)
        left_out = {one.column for one in plan.header.columns if one.text and one.column > first}
        left_out -= read
        for text in [text for at, text in texts if at not in left_out]:
            level = self._words.level(text, is_alone=len(texts) == 1)
            if level is not None and _may_be_total(texts, text):
                self._state((row, text), level, table.padded(cells), table, section)
                return True
        return False

    def _is_second_half(self, row: int, padded: list[str], table: RowReader) -> bool:
        """Whether a row without a name holds 実績 of the total right above; then it is stated."""
        goes_on = table.plan.has_rows_in_turn and self._last == row - 1
        if not goes_on or names_of(padded, table.plan):
            return False
        kind = table.kinds.lower or table.kinds.kind(padded)
        self._totals.again(row, self._stated(padded, table, kind))
        self._last = row if kind else 0
        return True

    def _stated(
        self, padded: list[str], table: RowReader, kind: str | None
    ) -> list[tuple[ColumnRole, str]]:
        return [
            (table.kinds.role(role, at, kind), padded[at - 1])
            for role, at in table.plan.values
            if padded[at - 1]
        ]

    def _state(
        self,
        place: tuple[int, str],
        level: int,
        padded: list[str],
        table: RowReader,
        section: Section,
    ) -> None:
        stated = self._stated(padded, table, table.kinds.kind(padded))
        if level > SUBTOTAL:
            stated = [(table.role_of_groups(role), text) for role, text in stated]
        table.kinds.forget()
        self._last = place[0]
        is_first, own = self._is_first_row(place[0]), self._rows_of_department(place[1])
        self.is_behind = level >= OF_THE_TABLE
        if self._totals.state(place, level, stated, section, is_first, own):
            self.is_behind = False
            table.remember_labels(padded)  # its group's label stands above the rows of the group
        elif level == SUBTOTAL:
            table.forget_above()

    def _rows_of_department(self, label: str) -> tuple[int, ...] | None:
        """The rows of the open table that 財政課 計 sums up; None where it names no department.

        A row that names none goes on the one above: its department stands on the first row only.
        """
        name = bare(label).removesuffix("計").removesuffix("小").removesuffix("合")
        if not is_department_name(name):
            return None
        rows, found, last = set(self._cover.table_rows), [], ""
        for record in self._outcome.records:
            if record.row in rows:
                last = bare(record.texts.get("department", "")) or last
                found += [record.row] if last == name else []
        return tuple(dict.fromkeys(found))

    def _is_first_row(self, row: int) -> bool:
        """Whether nothing but headings and blank rows stands between a table's head and a row."""
        between = range(self._header_end + 1, row)
        return all(
            self._outcome.aside.get(one) in ("blank", "heading", "total", "title")
            for one in between
        )


def _may_be_total(texts: Filled, label: str) -> bool:
    """A total names no department and no contents of its own, only groups left of its label."""
    behind = [text for _, text in texts[[text for _, text in texts].index(label) + 1 :]]
    return all(len(text) <= 12 for text in behind) and len(behind) <= 2
