"""The headings above a row: a stack by the style of their numbers.

A style that is already open closes everything down to it; a new one goes below what is open. A line
without a number takes the place of the last such line, unless no table came in between. The first
line of a sheet is its title and stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.results.model import Section
from pipelines.results.reading.heading_years import year_of_sheet
from pipelines.results.reading.labels import label_of
from pipelines.results.reading.lines import Line
from pipelines.results.vocabulary import bare
from pipelines.sources.sheet_profile import SheetProfile

_YEAR = r"(?:(?:令和|平成|昭和|[RHS])\.?)?(?:元|\d{1,4})(?:年度|年)?"
_ONLY_WHEN = re.compile(
    rf"[(\[【<〈■□●○◆・]*{_YEAR}(?:[~〜～\-－―から]+{_YEAR})?(?:の|分)?[)\]】>〉]*"
)


@dataclass(eq=False)
class Node:
    """One heading and what stands below it.

    Attributes:
        line: the heading.
        rows: rows of records below it.
        below: headings below it that state totals of their own.
        has_table: whether a table came below it.
        is_first: whether it is the first line of its sheet, above all tables.
        section: what this heading and those above it say.
    """

    line: Line
    rows: list[int] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)
    has_table: bool = False
    is_first: bool = False
    section: Section = field(default_factory=Section)


class Outline:
    """The open headings of one sheet, and all that state a total.

    Attributes:
        stating: headings that state a total, in order.
        is_skipped: whether the last heading that a rule matched leaves out what is below it.
        section: what the open headings say.
    """

    def __init__(self, profile: SheetProfile, sheet: str | None = None) -> None:
        self._profile = profile
        self._year_of_sheet = year_of_sheet(sheet or "")
        self._open: list[Node] = []
        self.stating: list[Node] = []
        self._stating_open: list[Node] = []
        self.is_skipped = False
        self._is_begun = False
        self.section = self._section()

    def add(self, line: Line) -> Node:
        """Open a heading; returns it."""
        node = Node(line, is_first=not self._is_begun and not line.is_unit_only)
        self._is_begun = self._is_begun or node.is_first
        if line.is_unit_only:
            self._open.append(node)
        else:
            self._close_for(line)
            self._open.append(node)
        if line.amount is not None:
            self._note_total(node)
        self._stating_open = [one for one in self._open if one.line.amount is not None]
        rules = [one.line.skip for one in self._open if one.line.by_rule]
        self.is_skipped = bool(rules) and rules[-1]
        self.section = node.section = self._section()
        return node

    def _close_for(self, line: Line) -> None:
        if line.item:
            self._close_item()
        if line.style == "plain":
            self._close_plain(line)
            return
        styles = [node.line.style for node in self._open]
        if line.style in styles:
            del self._open[styles.index(line.style) :]
            return
        while self._open and self._is_spent(self._open[-1]):
            self._open.pop()

    def _close_item(self) -> None:
        """What was said of one item, its department too, says nothing of the next one."""
        named = [at for at, node in enumerate(self._open) if node.line.item]
        del self._open[min(named, default=len(self._open)) :]

    def _is_spent(self, node: Node) -> bool:
        return node.line.style == "plain" and node.has_table and not self._is_title(node)

    def _close_plain(self, line: Line) -> None:
        while self._open and self._open[-1].line.style == "plain" and self._open[-1].has_table:
            if self._is_title(self._open[-1]) and (_says_only_when(line) or not _says_when(line)):
                return
            self._open.pop()
            if self._open and not self._open[-1].line.is_unit_only:
                return

    def _is_title(self, node: Node) -> bool:
        return node is self._open[0] and not node.line.is_unit_only

    def _note_total(self, node: Node) -> None:
        above = next(
            (one for one in reversed(self._open[:-1]) if one.line.amount is not None), None
        )
        if above is not None:
            above.below.append(node)
        self.stating.append(node)

    def saw_table(self) -> None:
        """A table begins below the open headings."""
        self._is_begun = True
        for node in self._open:
            node.has_table = True

    def saw_records(self, rows: Sequence[int]) -> None:
        """Records stand below the open headings that state totals."""
        for node in self._stating_open:
            node.rows += rows

    def _section(self) -> Section:
        lines = [node.line for node in reversed(self._open)]
        year, period = self._time(lines)
        return Section(
            label_of([(node.line, node.is_first) for node in reversed(self._open)]),
            year,
            period,
            next((line.effect_kind for line in lines if line.effect_kind), None),
            next((line.effect_basis for line in lines if line.effect_basis), None),
            next((line.department for line in lines if line.department), None),
            next((line.unit for line in lines if line.unit), None),
            next((line.item for line in lines if line.item), None),
            next((line.ended_year for line in lines if line.ended_year), None),
        )

    def _time(self, lines: list[Line]) -> tuple[int | None, tuple[int, int] | None]:
        for line in lines:
            if line.fiscal_year or line.period:
                return line.fiscal_year, line.period
        if self._year_of_sheet:
            return self._year_of_sheet, None
        profile = self._profile
        if profile.fiscal_year is None and profile.period_start_fy and profile.period_end_fy:
            return None, (profile.period_start_fy, profile.period_end_fy)
        return profile.fiscal_year, None


def _says_when(line: Line) -> bool:
    return bool(line.fiscal_year or line.period)


def _says_only_when(line: Line) -> bool:
    """平成19年度, （令和5年度分）: what the sheet's title says of kind and unit still holds."""
    return _says_when(line) and not line.unit and _ONLY_WHEN.fullmatch(bare(line.label)) is not None
