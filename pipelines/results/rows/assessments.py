"""Rows of ``item_assessments``: ratings and opinions by others than the department."""

from __future__ import annotations

from pipelines.results.findings import finding
from pipelines.results.model import Record, Row
from pipelines.results.rows.facts import FactReader, Facts, year_fault
from pipelines.results.rows.keys import stem
from pipelines.results.rows.model import ORDER
from pipelines.results.rows.told import Refused

_ASSESSORS = ("headquarters", "council")
#: Fields of ratings and opinions that a department's table may hold beside its own.
ASSESSED = frozenset(f"{one}_{what}" for one in _ASSESSORS for what in ("rating", "opinion"))


def assessment_rows(facts: Facts, reader: FactReader, has_results: bool = False) -> list[Row]:
    """The rows of one record: one for each who rated or gave an opinion.

    Args:
        facts: of the record.
        reader: of the file.
        has_results: whether the department's own results of the record are published.

    Raises:
        Refused: for an assessment of no item of the plan, unless results stand beside it, which are
            published without it; for one of no single year.
    """
    if reader.source.assessor == "department" and ASSESSED.isdisjoint(facts.record.texts):
        return []
    stated = _stated(facts, reader)
    if not stated:
        return []
    record = facts.record
    if facts.item_id is None:
        _tell_unknown_item(reader, record, has_results)
        return []
    if facts.fiscal_year is None:
        raise Refused(reader.told.tell_field(year_fault(facts), record, "fiscal_year"))
    answered = next((one for one in ("council", "other", "headquarters") if one in stated), None)
    return [
        _row(facts, reader, assessor, fields, assessor == answered)
        for assessor, fields in stated.items()
    ]


def _tell_unknown_item(reader: FactReader, record: Record, has_results: bool) -> None:
    """Say that an assessment is left out; of a plan without items once for the whole sheet.

    Raises:
        Refused: where the record holds nothing else.
    """
    has_items = bool(reader.plan.items)
    variant = "" if has_items else "_without_items"
    if not has_results:
        told = finding("item_not_found_assessment" + variant)
        raise Refused(reader.told.tell_field(told, record, "item"))
    column = record.columns.get("item")
    key = ("left out", record.sheet, record.row if has_items else None)
    reader.told.once(key, finding("assessment_left_out" + variant), record, column)


def _stated(facts: Facts, reader: FactReader) -> dict[str, tuple[str, str]]:
    """Assessor -> the fields that hold its rating and its opinion."""
    texts = facts.record.texts
    stated = {
        one: (f"{one}_rating", f"{one}_opinion")
        for one in _ASSESSORS
        if f"{one}_rating" in texts or f"{one}_opinion" in texts
    }
    assessor = reader.source.assessor
    if assessor == "department":
        return stated
    own = stated.get(assessor, (f"{assessor}_rating", f"{assessor}_opinion"))
    has_column = own[0] in facts.record.asked or own[0] in texts
    if "rating" in texts and not has_column:
        stated[assessor] = ("rating", own[1])
    if assessor == "other" and "council_opinion" in texts and "council_rating" not in texts:
        # A sheet of another body heads its opinions as councils do.
        stated["other"] = (stated.get("other", own)[0], "council_opinion")
        stated.pop("council", None)
    if "city_response" in texts and not stated:
        stated[assessor] = own
    return stated


def _row(
    facts: Facts, reader: FactReader, assessor: str, fields: tuple[str, str], is_answered: bool
) -> Row:
    source, record = reader.source, facts.record
    rating_field, opinion_field = fields
    rating = reader.rating(record, rating_field, is_asked=False)
    return {
        "assessment_id": stem(
            source.plan_id, "a", str(facts.item_id), str(facts.fiscal_year), assessor
        ),
        "plan_id": source.plan_id,
        "item_id": facts.item_id,
        "fiscal_year": facts.fiscal_year,
        "assessor": assessor,
        "rating_label": rating.label,
        "rating": rating.rating,
        "opinion": reader.text(record, opinion_field),
        "city_response": reader.text(record, "city_response") if is_answered else None,
        "held_on": reader.day(record, "held_on") or source.held_on,
        "round": source.round,
        "source_id": source.source_id,
        "sheet": record.sheet,
        "row": record.row,
        ORDER: facts.order,
    }
