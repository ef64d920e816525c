"""Rows of one table to records: quickly where a row is plain, with care where it is not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from pipelines.messages import At
from pipelines.results.model import ColumnRole, Record, Section, ValueCell
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.departments_below import field_with_department, with_department
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.kind_labels import KindLabels
from pipelines.results.reading.labels import says_only_a_total
from pipelines.results.reading.marked_ratings import chosen
from pipelines.results.reading.messages import told
from pipelines.results.reading.parted_values import PartedValues
from pipelines.results.reading.quick_rows import QuickRows, never_plain
from pipelines.results.reading.rows_in_turn import RowKinds
from pipelines.results.reading.texts_in_turn import TextRows
from pipelines.results.reading.totals import RowWords
from pipelines.results.reading.wrapped_rows import first_bare
from pipelines.results.reading.year_records import records_by_year
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding

#: Keys that say of which item a row is; a row without them is of the item above its table.
_ITEMS = frozenset({"item", "item_id", "item_number", "measure", "content"})


class Unclear(Exception):
    """A row that cannot be published; ``name`` is that of the text that says why."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass
class RowReader:
    """Reads the rows of one table.

    Attributes:
        grid: the sheet.
        plan: the table's plan, under the section that is open.
        section: what the lines above say.
        words: of totals and repeated rows.
        findings: what was resolved while reading.
    """

    grid: Grid
    plan: TablePlan
    profile: SheetProfile
    section: Section
    words: RowWords
    findings: list[CellFinding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._base = self.plan
        self._name = self.grid.sheet.name
        self._ditto = frozenset(sheet_vocabulary().words("ditto"))
        self._above: dict[int, str] = {}
        self._last_plain: list[str] | None = None
        self.kinds = RowKinds(self.plan, self._name, self.findings)
        self._parted = PartedValues(self.plan, self.findings)
        self._row_texts = TextRows(self.plan.row_texts, self.findings)
        self._kind_labels = KindLabels(self.plan, self.grid, self.findings)
        self._told: set[int] = set()
        self._kinds_of_groups: set[str | None] = set()
        self._is_year_told = False
        self._with_department = field_with_department(self.plan)
        self._told_labels: set[str] = set()
        self._width = max(
            [at + 1 for _, at in self.plan.texts]
            + [at for _, at in self.plan.values]
            + [at + 1 for at in (self.plan.row_kind,) if at is not None]
            + [at + 1 for at, _ in self.plan.marks]
            + [at + 1 for _, at in self.plan.row_texts]
            + [at + 1 for texts in self.plan.yearly.values() for _, at in texts]
            + [at + 1 for _, columns in self.plan.joined for at in columns],
            default=0,
        )
        self._text_columns = sorted(
            {at for _, at in self.plan.texts}
            | {at for _, many in self.plan.joined for at in many}
            | {at for texts in self.plan.yearly.values() for _, at in texts}
        )
        self._is_plain = not any(
            (
                self.plan.repeated,
                self.plan.marks,
                self.plan.yearly,
                self.plan.either,
                self.plan.has_rows_in_turn,
                self._kind_labels.columns,
                self.grid.sheet.merged,
                self.grid.sheet.marks,
            )
        )
        self.under(self.section)

    def under(self, section: Section) -> None:
        """Go on below another heading."""
        self.section = section
        self._kinds_of_groups.add(section.effect_kind)
        self.plan = self._base.under(section, self.profile)
        self._roles = self.plan.roles
        self._quick: QuickRows | None = None

    def role_of_groups(self, role: ColumnRole) -> ColumnRole:
        """The role of a total of several groups, of one kind only where all of them are."""
        if len(self._kinds_of_groups) < 2 or any(one.effect_kind for one in self._base.roles):
            return role
        return replace(role, effect_kind=None)

    def _year_of_texts(self, row: int, year: int) -> dict[str, str]:
        """The year of a row, from its headings; that they contradict a title is told once."""
        above = self.section.fiscal_year
        if above and not self._is_year_told:
            self._is_year_told = True
            self.findings.append(told("year_conflict", At(self._name, row), str(year), above=above))
        return {"fiscal_year": f"{year}年度"}

    @property
    def _other_year(self) -> int | None:
        """The year that headings of texts name, where the lines above do not say the same."""
        year = self.plan.year_of_texts
        return year if year != self.section.fiscal_year else None

    def forget_above(self) -> None:
        """A group is closed: blank cells below it do not repeat its label."""
        self._above = {}
        self._last_plain = None
        self.kinds.forget()
        self._kind_labels.forget()

    @cached_property
    def _never_plain(self) -> frozenset[str]:
        return never_plain(self.grid, self._base, self.words)

    def quick(self, rows: list[list[str]], first: int, last: int) -> list[Record]:
        """The records of rows that need no second look, up to the first that does."""
        if not self._is_plain or self.section.item or self._other_year or self._with_department:
            return []
        if self._quick is None:
            self._quick = QuickRows(
                self._name, self.plan, self.section, self.words, self._width, self._never_plain
            )
        records = self._quick.read(rows, first, last)
        if not self.plan.asked.isdisjoint(("department", "item_number")):
            del records[first_bare(records) :]
        if records:
            self._last_plain = rows[records[-1].row - 1]
        return records

    def _values(self, row: int, cells: list[str]) -> tuple[ValueCell, ...]:
        marks = self.grid.sheet.marks
        return tuple(
            ValueCell(role, text, at, marks.get((row, at), ()))
            for role, at in self.plan.values
            if (text := cells[at - 1])
        )

    def _record(self, row: int, texts: dict[str, str], values: tuple[ValueCell, ...]) -> Record:
        return Record(
            self._name,
            row,
            texts,
            values,
            self.plan.columns,
            self.section,
            self._roles,
            self.plan.asked,
        )

    def padded(self, cells: list[str]) -> list[str]:
        """The cells of a row with blank ones up to the table's last column."""
        return cells + [""] * (self._width - len(cells))

    def careful(self, row: int, cells: list[str]) -> list[Record]:
        """The record of a row with ditto marks, merged cells and group labels filled in.

        One for each year where the table has texts of several years.

        Raises:
            Unclear: where the row names nothing, or nobody can say of which year its texts are.
        """
        if self._last_plain is not None:
            self.remember(self._last_plain)
            self._last_plain = None
        cells = self.padded(cells)
        self.kinds.fill(row, cells, self._above)
        self._kind_labels.fill(cells, self._above)
        for at in self._text_columns:
            cells[at] = self._resolved(row, at, cells[at])
        self._fill_down(row, cells)
        self.remember(cells)
        texts = self._texts_of(cells) | self._texts_around(row, cells)
        if not any(key in texts for key in self.plan.keys or ("item", "measure")):
            raise Unclear("row_without_name")
        if self.plan.row_texts:
            named = self._record(row, texts, ())
            return self._row_texts.records(named, self.kinds.kind(cells), cells)
        record = self._record(row, texts, self.kinds.values(self._values(row, cells)))
        if self._with_department:
            record = with_department(record, self._with_department)
        record = self._parted.record(record) if self.plan.either else record
        return self._by_year(record, cells) if self.plan.yearly else [record]

    def _texts_around(self, row: int, cells: list[str]) -> dict[str, str]:
        """What headings and labels of groups say of a row: its year, name and kind of amounts."""
        texts: dict[str, str] = {}
        if self._other_year:
            texts |= self._year_of_texts(row, self._other_year)
        if self.section.item and _ITEMS.isdisjoint(self.plan.keys):
            texts["item"] = self.section.item
        elif not self.plan.keys:
            texts |= self._named_by_heading(row)
        if self._kind_labels.columns:
            texts |= self._kind_labels.texts(row, cells)
        return texts

    def _named_by_heading(self, row: int) -> dict[str, str]:
        """What a table of departments and values is about: the heading above it."""
        label = self.section.label
        if label is None or says_only_a_total(label):
            return {}
        if label not in self._told_labels:
            self._told_labels.add(label)
            self.findings.append(told("named_by_heading", At(self._name, row), label))
        return {"measure": label}

    def _texts_of(self, cells: list[str]) -> dict[str, str]:
        texts = {name: text for name, at in self.plan.texts if (text := cells[at])}
        for name, columns in self.plan.joined:
            text = " ".join(cells[at] for at in columns if cells[at])
            if text:
                texts[name] = text
        choice = chosen(cells, self.plan.marks)
        if not choice.is_clear:
            raise Unclear("rating_mark_unclear")
        return texts | ({"rating": choice.label} if choice.label else {})

    def _by_year(self, record: Record, cells: list[str]) -> list[Record]:
        texts = {
            year: {name: text for name, at in fields if (text := cells[at])}
            for year, fields in self.plan.yearly.items()
        }
        records = records_by_year(record, texts)
        if records is None:
            raise Unclear("row_of_unclear_year")
        return records

    def _resolved(self, row: int, at: int, text: str) -> str:
        """A cell's text, or the text above it where 同上 or a merged cell says so."""
        if not text:
            top = self.grid.text_above.get((row, at + 1))
            return self.grid.cell(*top) if top else ""
        if bare(text) not in self._ditto:
            return text
        above = self._above.get(at, "")
        name = "ditto_resolved" if above else "ditto_without_text"
        if above == "" or at not in self._told:
            self.findings.append(told(name, At(self._name, row, at + 1), text))
            self._told.add(at)
        return above

    def _fill_down(self, row: int, cells: list[str]) -> None:
        """Group labels on the rows below them; a new label ends the finer ones right of it."""
        is_new = False
        for at in self.plan.filled_down:
            if cells[at]:
                is_new = is_new or cells[at] != self._above.get(at)
            elif not is_new and self._above.get(at):
                cells[at] = self._above[at]
                if at in self.plan.labels:
                    self._tell_label(row, at)

    def _tell_label(self, row: int, at: int) -> None:
        if at in self._told:
            return
        self._told.add(at)
        text = self._above[at]
        self.findings.append(told("group_label_filled", At(self._name, row, at + 1), text))

    def remember_labels(self, cells: list[str]) -> None:
        """Keep the group labels of a total that stands above its rows."""
        if self._last_plain is not None:
            self.remember(self._last_plain)
            self._last_plain = None
        for at in self.plan.filled_down:
            if cells[at] and self.words.level(cells[at], is_alone=False) is None:
                self._above[at] = cells[at]

    def remember(self, cells: list[str]) -> None:
        """Keep the texts of a row for those below it."""
        filled = self._above
        for at in self._text_columns:
            if at not in self.plan.filled_down or cells[at]:
                filled[at] = cells[at]
