"""The totals that one sheet states: in rows of totals, and in the headings above tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.results.model import ColumnRole, Section, StatedTotal
from pipelines.results.reading.outline import Node
from pipelines.results.reading.totals import OF_NO_ROWS, TotalCover
from pipelines.sources.sheet_profile import SheetProfile

Cells = Sequence[tuple[ColumnRole, str]]


@dataclass
class StatedTotals:
    """Collects totals while a sheet is read from top to bottom.

    Where the first row of a table is a total, all totals of its level in that table stand above
    their rows, and sum up those that follow.

    Attributes:
        sheet: name of the sheet.
        profile: of the round.
        cover: which rows a total sums up.
        found: the totals.
    """

    sheet: str | None
    profile: SheetProfile
    cover: TotalCover
    found: list[StatedTotal] = field(default_factory=list)
    _leading: dict[int, tuple[int, list[int]]] = field(default_factory=dict)

    def state(
        self,
        place: tuple[int, str],
        level: int,
        cells: Cells,
        section: Section,
        is_first: bool,
        own_rows: tuple[int, ...] | None = None,
    ) -> bool:
        """Note the totals of a row; returns whether they stand above their rows.

        Args:
            place: row and label.
            level: what the label says they sum up.
            cells: role and text of the row's values.
            section: where it stands.
            is_first: whether nothing but headings stands between it and the headings of its table.
            own_rows: the rows that its label names, as 財政課 計 does.
        """
        is_leading = level in self._leading or (is_first and level != OF_NO_ROWS)
        if is_leading:
            self._close(level)
            added = range(len(self.found), len(self.found) + len(cells))
            self._leading[level] = (len(self.cover.table_rows), list(added))
        rows = () if is_leading else self.cover.covered(level)
        if own_rows and not is_leading:
            rows = own_rows
        self.found += [self._total(place, role, text, rows, section) for role, text in cells]
        return is_leading

    def again(self, row: int, cells: Cells) -> None:
        """Note another row of the last total: 実績 below its 計画."""
        last = self.found[-1] if self.found else None
        if last is None or last.row != row - 1:
            return
        added = range(len(self.found), len(self.found) + len(cells))
        self.found += [replace(last, row=row, role=role, text=text) for role, text in cells]
        for _, leading in self._leading.values():
            if added.start - 1 in leading:
                leading += added

    def _total(
        self,
        place: tuple[int, str],
        role: ColumnRole,
        text: str,
        rows: tuple[int, ...],
        section: Section,
    ) -> StatedTotal:
        is_partial = self.profile.lists_only_main_rows and bool(rows)
        row, label = place[0], " ".join(place[1].split())
        return StatedTotal(
            self.sheet, row, label, role, text, rows, is_partial=is_partial, section=section
        )

    def _close(self, most: int) -> None:
        """What stands above its rows, up to this level, sums up the rows since."""
        is_partial = self.profile.lists_only_main_rows
        for level in [level for level in self._leading if level <= most]:
            start, added = self._leading.pop(level)
            rows = tuple(self.cover.table_rows[start:])
            for at in added:
                partial = is_partial and bool(rows)
                self.found[at] = replace(self.found[at], rows=rows, is_partial=partial)

    def end_table(self) -> None:
        """The open table ends."""
        self._close(max(self._leading, default=0))

    def add_headings(self, stating: Sequence[Node]) -> list[StatedTotal]:
        """All totals in order, with those of headings, once all that stands below them is known."""
        self.end_table()
        self.found += [self._of_heading(node) for node in stating]
        self.found.sort(key=lambda total: total.row)
        return self.found

    def _of_heading(self, node: Node) -> StatedTotal:
        line = node.line
        below = tuple(one.line.row for one in node.below)
        rows = below or tuple(node.rows)
        is_bare = not (line.amount or "").endswith("円")
        role = ColumnRole(
            "amount",
            line.fiscal_year,
            node.section.unit if is_bare else None,
            node.section.effect_kind or self.profile.effect_kind or "other",
            node.section.effect_basis or self.profile.effect_basis,
        )
        return StatedTotal(
            self.sheet,
            line.row,
            line.label,
            role,
            line.amount or "",
            rows,
            sums_totals=bool(below),
            is_partial=self.profile.lists_only_main_rows and not below and bool(rows),
            section=node.section,
        )
