"""What stands between a sheet and the tables: records of cells that have a role.

::

    Workbook --reading--> SheetReading (records, stated totals, rows set aside, findings)
             --rows-----> rows of yearly_results, item_assessments, indicator_results,
                          financial_effects, indicators; quarantined rows
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pipelines.sources.sheet_fields import EffectBasis, EffectKind
from pipelines.sources.workbooks.model import CellFinding, Mark

Row = dict[str, Any]

#: ``ColumnRole.pair`` of a cell whose second value is of another year, and left out.
OTHER_YEAR = "other_year"

Assessor = Literal["headquarters", "council", "other"]


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a column holds, from its heading and the profile.

    Attributes:
        field: one of ``sheet_fields.TEXT_FIELDS`` or ``VALUE_FIELDS``.
        fiscal_year: of a column of one year (H18); None where the row or the sheet says it.
        unit: from the heading, such as 千円 or %; None where it names none.
        effect_kind: of an amount.
        effect_basis: of an amount.
        indicator: an indicator named by the heading itself.
        pair: for a cell that holds two values, which field stands in brackets or second
            (``actual`` for 計画（実績）, ``OTHER_YEAR`` for one that is left out); None for a plain
            cell.
        period: first and last fiscal year of a column that is of several: 目標額（R3～R7）.
        is_saving: whether the heading says that a plain amount is a saving: 削減額（A－B）, A being
            what there was before.
    """

    field: str
    fiscal_year: int | None = None
    unit: str | None = None
    effect_kind: EffectKind | None = None
    effect_basis: EffectBasis | None = None
    indicator: str | None = None
    pair: str | None = None
    period: tuple[int, int] | None = None
    is_saving: bool = False


@dataclass(frozen=True, slots=True)
class ValueCell:
    """A cell of a value field: its role, text as displayed (not blank), column and marks.

    ``row`` is its own where it was read together with the row of a record above; else None.
    """

    role: ColumnRole
    text: str
    column: int
    marks: tuple[Mark, ...] = ()
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What the lines above a table say of its rows.

    Attributes:
        label: the nearest heading, without its number.
        fiscal_year: the year that a heading or the sheet's title names.
        period: first and last fiscal year, where a heading names several years.
        effect_kind: of the amounts, where a heading says (収入成果).
        effect_basis: likewise.
        department: where a heading or the sheet's head names one for all rows.
        unit: of the values, where a line such as （単位：千円） says.
        item: where a line names the one item of all rows (取組項目：窓口の改善).
        ended_year: the fiscal year at whose end a line speaks (令和6年3月31日現在); of the rows
            where nothing else says their year.
    """

    label: str | None = None
    fiscal_year: int | None = None
    period: tuple[int, int] | None = None
    effect_kind: EffectKind | None = None
    effect_basis: EffectBasis | None = None
    department: str | None = None
    unit: str | None = None
    item: str | None = None
    ended_year: int | None = None


@dataclass(slots=True)
class Record:
    """One row of a table in a sheet.

    Attributes:
        sheet: name of the sheet; None for CSV.
        row: its row.
        texts: field -> text, stripped; blank cells are left out.
        values: cells of value fields that are not blank, left to right.
        columns: field -> column of the sheet, for messages.
        section: what the lines above say.
        roles: every value column of the table, blank in this row or not.
        asked: text fields that the table has a column for, blank in this row or not.
        head: the texts but the year, one object for rows that follow each other and share them;
            None where nobody looked.
    """

    sheet: str | None
    row: int
    texts: dict[str, str]
    values: tuple[ValueCell, ...]
    columns: Mapping[str, int]
    section: Section
    roles: tuple[ColumnRole, ...] = ()
    asked: frozenset[str] = frozenset()
    head: Mapping[str, str] | None = field(default=None, compare=False, repr=False)


#: Why a row of a sheet gives no record. ``title``: lines above the first table; ``heading``: a line
#: between tables; ``header``: column headings; ``total``: subtotals and totals; ``note``: notes
#: under a table; ``blank``; ``repost``: 再掲, counted elsewhere; ``hidden``: hidden by the clerk;
#: ``skipped``: left out by the profile, or a sheet that is not read; ``guide``: instructions of our
#: own form; ``unfilled``: a row of our own form in which nothing was filled in; ``joined``: read
#: together with the row above it, as 実績 below 目標.
AsideReason = Literal[
    "title",
    "heading",
    "header",
    "total",
    "note",
    "blank",
    "repost",
    "hidden",
    "skipped",
    "guide",
    "unfilled",
    "joined",
]


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total that the sheet states about its own rows.

    Attributes:
        sheet: name of the sheet; None for CSV.
        row: where it stands.
        label: in the sheet's words (小計, (1)令和元年度における削減額).
        role: of the column it sums up, or of the amounts of the rows it covers.
        text: as displayed, unit included where it stands in the cell.
        rows: the rows of records (in the same sheet) that it sums up; or of other totals.
        sums_totals: whether ``rows`` are rows of other totals.
        is_partial: whether the sheet lists only the main measures, so that rows need not add up.
        section: where it stands.
    """

    sheet: str | None
    row: int
    label: str
    role: ColumnRole
    text: str
    rows: tuple[int, ...]
    sums_totals: bool = False
    is_partial: bool = False
    section: Section = Section()


@dataclass(frozen=True, slots=True)
class FormHead:
    """What one of our own forms says about itself, on every sheet.

    Attributes:
        form_version: of the layout.
        plan_id: the plan.
        fiscal_year: the year asked.
        round: name of the survey round; None where forms were made without one.
        department: the department asked.
    """

    form_version: str
    plan_id: str
    fiscal_year: int
    round: str | None
    department: str


@dataclass
class SheetReading:
    """What was read of one submitted file.

    Attributes:
        records: rows that hold results, in order.
        totals: what the sheets state about their own rows.
        aside: (sheet, row) -> why the row gives no record.
        quarantined: (sheet, row) -> why the row cannot be published.
        findings: everything to tell the clerk, those of the workbook included.
        form_heads: heads of our own forms, by sheet; empty for other sheets.
        rows_read: how many rows the file has, blank ones included.
    """

    records: list[Record] = field(default_factory=list)
    totals: list[StatedTotal] = field(default_factory=list)
    aside: dict[tuple[str | None, int], AsideReason] = field(default_factory=dict)
    quarantined: dict[tuple[str | None, int], CellFinding] = field(default_factory=dict)
    findings: list[CellFinding] = field(default_factory=list)
    form_heads: dict[str | None, FormHead] = field(default_factory=dict)
    rows_read: int = 0


@dataclass(frozen=True)
class ItemContext:
    """An item of the plan, as results are matched with it."""

    item_id: str
    number_label: str | None
    title: str
    departments: tuple[str, ...] = ()
    goal_text: str | None = None
    node_title: str | None = None


@dataclass(frozen=True)
class IndicatorContext:
    """An indicator of the plan."""

    indicator_id: str
    item_id: str | None
    name: str
    unit: str | None
    target_text: str | None = None


@dataclass(frozen=True)
class DepartmentContext:
    """A department of the register; dates are ISO texts or None."""

    department_id: str
    name: str
    bureau: str | None
    valid_from: str | None
    valid_to: str | None
    successor_id: str | None


@dataclass(frozen=True)
class PlanContext:
    """What is known of a plan before its results are read.

    Attributes:
        plan_id: the plan.
        municipality_code: six digits.
        items: its items; none for a stub.
        indicators: its indicators.
        scale: rating label (as ``characters.normalised_title`` gives it) -> rating, None where the
            label says nothing of the progress; empty where no scale is known.
        departments: the municipality's register; empty where none is kept.
        period: first and last fiscal year of the plan, where known.
    """

    plan_id: str
    municipality_code: str
    items: tuple[ItemContext, ...] = ()
    indicators: tuple[IndicatorContext, ...] = ()
    scale: Mapping[str, str | None] = field(default_factory=dict)
    departments: tuple[DepartmentContext, ...] = ()
    period: tuple[int | None, int | None] = (None, None)
