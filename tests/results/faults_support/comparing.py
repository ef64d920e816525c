"""What a case says, beside what came of it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.problems import SEVERITY_LABELS
from pipelines.results.feedback.page import FeedbackContext, feedback_page
from pipelines.results.feedback.texts import shown
from pipelines.results.model import Row
from pipelines.results.outcomes import FileOutcome
from pipelines.results.rows.model import KEY_COLUMNS
from pipelines.sources.workbooks.model import CellFinding
from tests.results.faults_support import world
from tests.results.faults_support.cases import Case, SubmittedCase, Told, faults
from tests.results.faults_support.drafts import SHEET
from tests.results.faults_support.form_file import full_place
from tests.results.faults_support.running import Outcome

#: Columns that are compared, with what they hold where a case does not say.
COLUMNS: dict[str, dict[str, Any]] = {
    "yearly_results": {
        "item": None,
        "measure_text": None,
        "category_label": None,
        "fiscal_year": world.YEAR,
        "department_name": None,
        "is_in_register": True,
        "activity_text": None,
        "rating_label": None,
        "rating": None,
        "unrated_reason": None,
        "shortfall_reason": None,
        "next_action": None,
        "internal_note": None,
        "as_of_on": None,
        "result_status": "final",
        "revision": 1,
        "is_current": True,
    },
    "item_assessments": {
        "item": None,
        "fiscal_year": world.YEAR,
        "assessor": "council",
        "rating_label": None,
        "rating": None,
        "opinion": None,
        "city_response": None,
        "revision": 1,
        "is_current": True,
    },
    "indicator_results": {
        "item": None,
        "indicator": None,
        "fiscal_year": world.YEAR,
        "department_name": None,
        "planned_value": None,
        "planned_text": None,
        "actual_value": None,
        "actual_text": None,
        "missing_reason": None,
        "as_of_on": None,
        "is_approximate": False,
        "result_status": "final",
        "revision": 1,
        "is_current": True,
    },
    "financial_effects": {
        "item": None,
        "measure_text": None,
        "category_label": None,
        "fiscal_year": world.YEAR,
        "department_name": None,
        "effect_kind": None,
        "effect_basis": "not_stated",
        "planned_yen": None,
        "actual_yen": None,
        "amount_text": None,
        "not_computable_reason": None,
        "baseline_fy": None,
        "result_status": "final",
        "revision": 1,
        "is_current": True,
    },
}


def expected_rows(case: Case) -> dict[str, list[Row]]:
    """Table -> rows, as the case and the base of its first file say."""
    first = case.submitted[0]
    sound = faults().bases[first.base].published if first.rows is None else {}
    expected: dict[str, list[Row]] = {}
    for table, defaults in COLUMNS.items():
        rows: dict[str, Any] = {name: dict(row) for name, row in sound.get(table, {}).items()}
        for name, row in case.published.get(table, {}).items():
            rows[name] = None if row is None else rows.get(name, {}) | row
        for row in filter(None, rows.values()):
            assert row.keys() <= defaults.keys(), row.keys() - defaults.keys()
        expected[table] = [defaults | _spelt(row) for row in rows.values() if row is not None]
    return expected


def _spelt(row: Row) -> Row:
    """Long texts, which are given as ``repeat: [text, times]``, in full."""
    return {
        name: value["repeat"][0] * value["repeat"][1] if isinstance(value, dict) else value
        for name, value in row.items()
    }


def published_rows(outcome: Outcome) -> dict[str, list[Row]]:
    """Table -> rows, with the columns that are compared."""
    names = {row["indicator_id"]: row["name"] for row in outcome.results.rows["indicators"]}
    return {
        table: [_compared(row, table, names) for row in outcome.results.rows[table]]
        for table in COLUMNS
    }


def _compared(row: Row, table: str, names: dict[str, str]) -> Row:
    more: dict[str, Any] = {"item": world.item_number(row["item_id"])}
    if row.get("as_of_on"):
        more["as_of_on"] = str(row["as_of_on"])
    if "indicator_id" in row:
        more["indicator"] = world.indicator_number(row["indicator_id"], names)
    if "department_id" in row:
        more["is_in_register"] = row["department_id"] is not None
    known = row | more
    return {name: known[name] for name in COLUMNS[table]}


def place_of(told: str, kind: str) -> str:
    """A place as findings name it: E3 in a workbook is 実績!E3, ``=実績`` the sheet as a whole."""
    if told == "file":
        return ""
    if told.startswith("="):
        return full_place(told[1:])
    return told if kind == "csv" else full_place(told) if "!" in told else f"{SHEET}!{told}"


def expected_told(case: Case, one: SubmittedCase) -> list[Told]:
    """What must be told of one file."""
    return [told for told in case.told if told.file in (None, one.file_name)]


def told_of(outcome: FileOutcome, *severities: str) -> Counter[tuple[str, str, str]]:
    """(severity, rule, place) of every finding."""
    return Counter(
        (one.severity, one.rule, one.cell)
        for one in outcome.feedback.findings
        if one.severity in severities
    )


def wrongly_worded(finding: CellFinding) -> Iterator[str]:
    """What is wrong with the words of a finding, for a clerk who reads Japanese only."""
    texts = {"message": finding.message_ja, "fix": finding.fix_ja}
    for name, text in texts.items():
        if text and not (_is_japanese(text) and text.endswith(("。", "）"))):
            yield f"{finding.rule}: the {name} is no Japanese sentence: {text!r}"
        if "None" in text or "{" in text:
            yield f"{finding.rule}: the {name} shows code: {text!r}"
    if not finding.message_ja:
        yield f"{finding.rule}: no message"
    if finding.severity != "info" and not finding.fix_ja:
        yield f"{finding.rule}: nothing says what to do"


def _is_japanese(text: str) -> bool:
    return any("\u3040" <= letter <= "\u30ff" for letter in text)


def untold(outcome: Outcome, one: FileOutcome) -> Iterator[str]:
    """Findings that the problem list or the page of feedback does not mention."""
    page = html.unescape(feedback_page(one.feedback, FeedbackContext(is_fictional=True)))
    place = one.submission.place
    problems = [problem for problem in outcome.results.problems if problem.place.startswith(place)]
    for finding in one.feedback.findings:
        if not any(
            problem.rule == finding.rule
            and problem.severity == finding.severity
            and problem.message_ja == finding.message_ja + finding.fix_ja
            for problem in problems
        ):
            yield f"{finding.rule} is not in the problem list"
        if shown(finding.message_ja, 2_000) not in page:
            yield f"{finding.rule} is not on the page"
        if SEVERITY_LABELS[finding.severity] not in page:
            yield f"{finding.severity} is not on the page"


def texts_of(outcome: Outcome) -> str:
    """Everything that is published, as one text."""
    tables = [*KEY_COLUMNS, "indicators", "sources"]
    rows = [row for table in tables for row in outcome.results.rows[table]]
    return "\n".join(str(value) for row in rows for value in row.values())
