"""Rows of ``yearly_results``: what the department reported of an item or measure for a year."""

from __future__ import annotations

from pipelines.results.model import Row
from pipelines.results.ratings import scale_unknown
from pipelines.results.rows import faults
from pipelines.results.rows.facts import FactReader, Facts, Refused, marked, year_fault
from pipelines.results.rows.keys import bare, stem
from pipelines.results.rows.model import BARE
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
        told.once(("period", record.sheet), faults.texts_of_period(), record, None)
        return False
    missing = (
        (facts.fiscal_year, year_fault(facts)),
        (facts.measure_text, faults.item_missing()),
        (facts.department, faults.department_missing()),
    )
    for known, finding in missing:
        if known is None:
            if finding.rule == "item_missing" and _is_of_indicator(facts):
                told.once(("item", record.sheet), _report_of_indicator(), record, None)
                return False
            loses = finding.rule in _LOSES_A_REPORT and not _PUBLISHED.isdisjoint(record.texts)
            if can_do_without and not loses:
                if "internal_note" in record.texts:
                    told.tell_field(faults.note_left_out(), record, "internal_note")
                return False
            raise Refused(told.tell_field(finding, record, finding.column_name or "fiscal_year"))
    return True


def _is_of_indicator(facts: Facts) -> bool:
    """Whether an indicator names the row, so that its values are published without an item.

    A table that also asks for amounts is one of items: their column was lost.
    """
    record = facts.record
    if any(role.field in ("amount", "planned_amount") for role in record.roles):
        return False
    return bool(record.values) and "indicator" in record.texts


def _report_of_indicator() -> CellFinding:
    """A rating or a text beside an indicator, without an item that it could be of."""
    return CellFinding(
        "warning",
        "item_not_named",
        "指標の表に取組項目の列がないため、評価や取組の文がどの項目のものか分かりません。"
        "指標の値だけを公開し、評価と文は公開しません。",
        "評価や文も公開する場合は、取組項目の列を加えてください。",
    )


def _row(facts: Facts, reader: FactReader, is_bare: bool) -> Row:
    source, record = reader.source, facts.record
    rating = reader.ratings.read(record.texts.get("rating"), "rating" in record.asked)
    if rating.finding:
        reader.told.tell_field(rating.finding, record, "rating")
    elif rating.label and not reader.ratings.knows_a_scale:
        reader.told.once(("scale",), scale_unknown(), record, record.columns.get("rating"))
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
