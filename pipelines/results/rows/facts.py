"""What all rows of one record share: year, department, item, and the words of the sheet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipelines.plans.characters import half_width
from pipelines.results.cell_words import is_dash_sign
from pipelines.results.departments import DepartmentMatcher, without_contact
from pipelines.results.findings import finding
from pipelines.results.matching import IndicatorMatcher, ItemMatch, ItemMatcher
from pipelines.results.model import PlanContext, Record, Row
from pipelines.results.ratings import RatingReader, RatingReading
from pipelines.results.rows.dates import read_day, read_fiscal_year
from pipelines.results.rows.in_charge import DepartmentsInCharge, of_other_department
from pipelines.results.rows.model import ORDER, REPORT, SubmissionSource
from pipelines.results.rows.personal import personal_data
from pipelines.results.rows.told import Refused, Told
from pipelines.results.rows.years import YearReader
from pipelines.results.staff_names import without_staff_name
from pipelines.results.values import ValueReader
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding

#: What says that a row is published without its item.
_OF_UNKNOWN_ITEMS = frozenset({"item_not_found", "item_ambiguous"})
_OF_CONTEXT = (
    "item_id",
    "item_number",
    "item",
    "measure",
    "category",
    "department",
    "bureau",
)


@lru_cache(maxsize=65_536)
def clean(text: str) -> str:
    """A text as tables hold it: half-width digits and Latin letters, line breaks kept."""
    return half_width(text).strip()


class Context:
    """What does not change over the rows of one item or measure; compared by identity.

    Attributes:
        names: ``item_id`` to ``department_id`` of ``Facts``, in that order.
        subject: what identifies the item or measure within the plan.
        findings: what to tell of each record, with the field.
        is_refused: whether the last finding means that no record can be published.
        series: what the indicators of the item share over the years, by ``indicator_rows``.
    """

    __slots__ = ("findings", "is_refused", "names", "series", "subject")

    def __init__(self) -> None:
        self.names: tuple[str | None, ...] = (None,) * 7
        self.subject: tuple[str, ...] = ()
        self.findings: list[tuple[CellFinding, str]] = []
        self.is_refused = False
        self.series: dict[object, Any] = {}


@dataclass(slots=True)
class Facts:
    """What the rows of one record share.

    Attributes:
        record: the record.
        fiscal_year: of the record; None where it stands for several years, or nobody says.
        period: first and last fiscal year, where it stands for several.
        order: what orders the record among those of all submissions.
        context: what it shares with other records.
        subject: what identifies the item or measure within the plan.
        item_id: the plan's item; None where it could not be found.
        item_title: the title as the sheet prints it, else the plan's.
        measure: the measure's text where the sheet has a column for it.
        category: group label, else the section's.
        section: the section's label.
        department: name; None where nobody says.
        department_id: of the register.
    """

    record: Record
    fiscal_year: int | None
    period: tuple[int, int] | None
    order: tuple[object, ...]
    context: Context
    subject: tuple[str, ...]
    item_id: str | None
    item_title: str | None
    measure: str | None
    category: str | None
    section: str | None
    department: str | None
    department_id: str | None

    @property
    def measure_text(self) -> str | None:
        """What the sheet names: the measure, else the item."""
        return self.measure or self.item_title

    @property
    def department_key(self) -> str:
        """What identifies the department."""
        return self.department_id or self.department or ""


def marked(row: Row, facts: Facts, *parts: str) -> Row:
    """The row with what it reports apart from its department, if that is in the register.

    Args:
        row: to mark.
        facts: of its record.
        parts: what identifies the row beside its subject and department.
    """
    row[ORDER] = facts.order
    if facts.department_id:
        row[REPORT] = ((*facts.subject, *parts), facts.department_id)
    return row


class FactReader:
    """Reads what the rows of each record share, for one file."""

    def __init__(
        self,
        source: SubmissionSource,
        plan: PlanContext,
        profile: SheetProfile,
        told: Told,
        titles: Mapping[str | None, Sequence[int]] | None = None,
    ) -> None:
        self.source, self.plan, self.profile, self.told = source, plan, profile, told
        self.items = ItemMatcher(plan.items)
        self.indicators = IndicatorMatcher(plan.indicators)
        self.departments = DepartmentMatcher(plan.departments)
        self.ratings = RatingReader(plan.scale, profile.rating_words)
        self.values = ValueReader(profile.missing_words)
        self.in_charge = DepartmentsInCharge(plan, self.departments)
        self._contexts: dict[tuple[object, ...], Context] = {}
        self._orders: dict[str, tuple[object, ...]] = {}
        self.calendar = YearReader(source, plan, profile, told, titles or {})
        #: Text of the column of the year -> what it says, as far as read.
        self.years = self.calendar.known

    def facts(self, record: Record) -> Facts:
        """The shared facts of one record.

        Raises:
            Refused: for a year that cannot be, or an item whose id and title contradict.
        """
        facts = self.untold(record)
        if facts.context.findings:
            self._tell(facts.context, record)
        return facts

    def untold(self, record: Record) -> Facts:
        """The shared facts of one record, without what is to be told of its context."""
        fiscal_year, period = self.calendar.when(record)
        texts, section = record.texts, record.section
        key = (
            *map(texts.get, _OF_CONTEXT),
            section.label,
            section.department,
            fiscal_year if self.plan.departments else None,
        )
        context = self._contexts.get(key)
        if context is None:
            context = self._contexts[key] = self._context(record, fiscal_year)
        edition = texts.get("edition", "")
        order = self._orders.get(edition) or self._order(edition)
        return Facts(record, fiscal_year, period, order, context, context.subject, *context.names)

    def _tell(self, context: Context, record: Record) -> None:
        for told, field in context.findings:
            if told.rule in _OF_UNKNOWN_ITEMS and self.source.assessor != "department":
                continue  # Nothing of the row is published: the assessment's own fault says so.
            placed = self.told.tell_field(told, record, field)
        if context.is_refused:
            raise Refused(placed)

    def _context(self, record: Record, fiscal_year: int | None) -> Context:
        texts, section = record.texts, record.section
        context = Context()
        title, measure = texts.get("item"), texts.get("measure")
        match = self._item(texts, title or measure, context)
        if context.is_refused:
            return context
        department, department_id = self._department(record, match, fiscal_year, context)
        if context.is_refused:
            return context
        item_id = match.item.item_id if match.item else None
        known_title = match.item.title if match.item else None
        label = clean(section.label) if section.label else None
        title = clean(title) if title else known_title
        measure = clean(measure) if measure else None
        category = clean(texts["category"]) if "category" in texts else label
        name = clean(department) if department else None
        context.names = (item_id, title, measure, category, label, name, department_id)
        context.subject = _subject(item_id, title, measure, category, label)
        return context

    def _item(self, texts: Mapping[str, str], title: str | None, context: Context) -> ItemMatch:
        match = self.items.match(texts.get("item_id"), texts.get("item_number"), title)
        context.findings += [(one, one.column_name or "item") for one in match.findings]
        context.is_refused = match.is_contradicted
        return match

    def _department(
        self, record: Record, match: ItemMatch, fiscal_year: int | None, context: Context
    ) -> tuple[str | None, str | None]:
        """Name and id of the department; refused where a mere number names an item of others."""
        texts = record.texts
        name = texts.get("department") or record.section.department or self.source.department
        name = without_contact(name or "")
        if not name:
            return None, None
        found = self.departments.match(name, texts.get("bureau"), fiscal_year)
        unit = name if found.department else without_staff_name(name)
        if unit != name:
            told = finding("staff_name_left_out", name, "department", unit=unit)
            context.findings.append((told, "department"))
            name, found = unit, self.departments.match(unit, texts.get("bureau"), fiscal_year)
        if found.finding:
            context.findings.append((found.finding, "department"))
        department_id = found.department.department_id if found.department else None
        if match.by_number and self.in_charge.is_of_others(match, name, department_id):
            context.findings.append((of_other_department(match, name), "item_number"))
            context.is_refused = True
        elif match.item and department_id and not found.finding and _names_its_own(texts):
            self.in_charge.note(match.item.item_id, department_id, record)
        return name, department_id

    def _order(self, edition: str) -> tuple[object, ...]:
        """Round, edition and receipt, so that tuples of one plan compare."""
        source = self.source
        year = source.fiscal_year or (source.period[1] if source.period else 0)
        number = read_fiscal_year(edition) if edition else None
        within = (number or (int(edition) if edition.isdecimal() else 0), edition)
        found = (year, source.round_order, *within, source.receipt or 0)
        self._orders[edition] = found
        return found

    def day(self, record: Record, field: str) -> datetime.date | None:
        """The day in a text field; told where it cannot be read."""
        text = record.texts.get(field)
        if not text:
            return None
        day = read_day(text)
        if day is None:
            self.told.tell_field(finding("date_unreadable", text), record, field)
        return day

    def rating(self, record: Record, field: str, is_asked: bool) -> RatingReading:
        """The rating in a text field; told where it is none, and once where no scale is known."""
        reading = self.ratings.read(record.texts.get(field), is_asked)
        if reading.finding:
            self.told.tell_field(reading.finding, record, field)
        elif reading.label and not self.ratings.knows_a_scale:
            unknown = finding("rating_scale_unknown")
            self.told.once(("scale",), unknown, record, record.columns.get(field))
        return reading

    def text(self, record: Record, field: str) -> str | None:
        """A text field as tables hold it; None for blank and for a dash."""
        text = record.texts.get(field)
        if text and field != "internal_note":
            found = personal_data(text)
            if found:
                what = "メールアドレス" if "@" in found else "電話番号"
                told = finding("personal_data_suspected", found, what=what)
                self.told.tell_field(told, record, field)
        return clean(text) if text and not is_dash_sign(text) else None


def _names_its_own(texts: Mapping[str, str]) -> bool:
    """Whether a record names the department of a whole item.

    One of a measure within an item does not, nor does one of our own form, which asks by item.
    """
    is_part = "item_id" in texts or ("measure" in texts and "item" in texts)
    return "department" in texts and not is_part


def year_fault(facts: Facts) -> CellFinding:
    """Why a record has no single year: none is stated, or several are."""
    text = facts.record.texts.get("fiscal_year")
    if text and facts.period:
        return finding("year_is_period", text)
    return finding("year_missing")


def _subject(
    item_id: str | None,
    title: str | None,
    measure: str | None,
    category: str | None,
    section: str | None,
) -> tuple[str, ...]:
    """What identifies an item or measure: the plan's id, else all that the sheet says of it."""
    if item_id:
        return (item_id, measure if measure and measure != title else "")
    return (title or "", measure or "", category or "", section or "")
