"""Rows of ``yearly_results``: what the department reported of an item or measure for a year."""

from __future__ import annotations

from pipelines.results.findings import finding
from pipelines.results.model import Row
from pipelines.results.rows.facts import FactReader, Facts, marked, year_fault
from pipelines.results.rows.keys import bare, stem
from pipelines.results.rows.model import BARE
from pipelines.results.rows.told import Refused
from pipelines.sources.workbooks.model import CellFinding

#: Fields that only a department fills in, beside the measure's name.
REPORTED = ("activity", "rating", "shortfall_reason", "next_action", "internal_note")
_REPORTED = frozenset(REPORTED)
#: Fields of which nothing may be lost; a note is internal, and costs nobody an amount.
_PUBLISHED = _REPORTED - {"internal_note"}
#: What a report cannot do without, although an effect beside it can.
_LOSES_A_REPORT = frozenset({"department_missing", "item_missing"})
_ASKED = frozenset({"activity", "rating"})


def yearly_row(facts: Facts, reader: FactReader, has_effects: bool) -> Row | None:
    """The row of one record; None where it reports nothing of a year.

    Args:
        facts: of the record.
        reader: of the file.
        has_effects: whether the record gives rows of effects, which need no department.

    Raises:
        Refused: for a report of which nobody says whose, of what, or of which year it is.
    """
    record = facts.record
    reports = not _REPORTED.isdisjoint(record.texts)
    is_bare = not reports and "measure" not in record.texts
    if is_bare and (not record.values or _ASKED.isdisjoint(record.asked)):
        return None
    if not reports and (_has_years_across(facts) or (has_effects and facts.fiscal_year is None)):
        return None
    if not _has_all(facts, reader, has_effects or is_bare):
        return None
    return _row(facts, reader, is_bare)


def _has_years_across(facts: Facts) -> bool:
    """Whether the columns say the years, so that the round's own says nothing of the measure."""
    return any(cell.role.fiscal_year is not None for cell in facts.record.values)


def _has_all(facts: Facts, reader: FactReader, can_do_without: bool) -> bool:
    """Whether year, subject and department are known.

    Raises:
        Refused: where one is not, and what was reported would be lost.
    """
    record, told = facts.record, reader.told
    if facts.fiscal_year is None and facts.period and can_do_without:
        told.once(("period", record.sheet), finding("texts_of_period_left"), record, None)
        return False
    missing = _missing(facts)
    if missing is None:
        return True
    if missing.rule == "item_missing" and _is_of_indicator(facts):
        told.once(("item", record.sheet), finding("item_not_named"), record, None)
        return False
    loses = missing.rule in _LOSES_A_REPORT and not _PUBLISHED.isdisjoint(record.texts)
    if can_do_without and not loses:
        if "internal_note" in record.texts:
            told.tell_field(finding("note_left_out"), record, "internal_note")
        return False
    raise Refused(told.tell_field(missing, record, missing.column_name or "fiscal_year"))


def _missing(facts: Facts) -> CellFinding | None:
    """The first thing that a report of a year cannot be without."""
    if facts.fiscal_year is None:
        return year_fault(facts)
    if facts.measure_text is None:
        return finding("item_missing")
    return finding("department_missing") if facts.department is None else None


def _is_of_indicator(facts: Facts) -> bool:
    """Whether an indicator names the row, so that its values are published without an item.

    A table that also asks for amounts is one of items: their column was lost.
    """
    record = facts.record
    if any(role.field in ("amount", "planned_amount") for role in record.roles):
        return False
    return bool(record.values) and "indicator" in record.texts


def _row(facts: Facts, reader: FactReader, is_bare: bool) -> Row:
    source, record = reader.source, facts.record
    rating = reader.rating(record, "rating", "rating" in record.asked)
    year = str(facts.fiscal_year)
    row: Row = {
        "result_id": stem(
            source.plan_id, "r", bare(facts.subject), bare((facts.department_key,)), year
        ),
        "plan_id": source.plan_id,
        "item_id": facts.item_id,
        "category_label": facts.category,
        "section_label": facts.section,
        "measure_text": facts.measure_text,
        "fiscal_year": facts.fiscal_year,
        "department_id": facts.department_id,
        "department_name": facts.department,
        "activity_text": reader.text(record, "activity"),
        "rating_label": rating.label,
        "rating": rating.rating,
        "unrated_reason": rating.unrated_reason,
        "shortfall_reason": reader.text(record, "shortfall_reason"),
        "next_action": reader.text(record, "next_action"),
        "internal_note": reader.text(record, "internal_note"),
        "result_status": source.result_status,
        "round": source.round,
        "as_of_on": reader.day(record, "as_of_on") or source.as_of_on,
        "submitted_on": source.received_on,
        "source_id": source.source_id,
        "sheet": record.sheet,
        "row": record.row,
        BARE: is_bare,
    }
    return marked(row, facts, year)
