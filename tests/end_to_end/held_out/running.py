"""Runs one held-out sheet through the path of real submissions."""

from __future__ import annotations

from typing import Any

import yaml

from pipelines.results.model import PlanContext
from pipelines.results.submissions import PlanResults, plan_results
from pipelines.sources.result_rounds import RoundFolder, SubmittedFile
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.submission_source import SubmissionOrigin
from pipelines.sources.survey_round import RoundSettings

from .cases import HeldOut
from .drawing import WRITERS

CODE, SLUG = "990019", "gyokaku"

#: Columns compared, besides those that say what the row is of.
EFFECT = (
    "measure_text",
    "department_name",
    "fiscal_year",
    "effect_kind",
    "effect_basis",
    "planned_yen",
    "actual_yen",
)
RESULT = (
    "measure_text",
    "department_name",
    "fiscal_year",
    "activity_text",
    "rating_label",
    "rating",
    "shortfall_reason",
    "next_action",
)
INDICATOR = (
    "department_name",
    "fiscal_year",
    "planned_value",
    "actual_value",
    "planned_text",
    "actual_text",
    "missing_reason",
)
ASSESSMENT = ("fiscal_year", "assessor", "rating_label", "rating", "opinion", "city_response")
NAMES = {
    "financial_effects": EFFECT,
    "yearly_results": RESULT,
    "indicator_results": INDICATOR,
    "item_assessments": ASSESSMENT,
}


def run(case: HeldOut) -> PlanResults:
    """What comes of a sheet, as of a settled round with this one file."""
    file = SubmittedFile(f"jisseki.{case.kind}", WRITERS[case.kind](case.drawn()))
    first, last = case.years
    folder = RoundFolder(
        municipality_code=CODE,
        plan_slug=SLUG,
        fiscal_year=first if first == last else None,
        period=case.years,
        name="1",
        place=f"results/{CODE}/{SLUG}/{first}/1",
        settings=RoundSettings.model_validate({"status": "確定"}),
        profile=SheetProfile.model_validate(yaml.safe_load(case.profile) or {}),
        origin=SubmissionOrigin(),
        files=(file,),
    )
    plan = PlanContext(f"{CODE}-{SLUG}", CODE, scale=case.scale)
    return plan_results([folder], plan)


def published(results: PlanResults, table: str) -> list[list[Any]]:
    """Rows of a table as lists of the columns compared, in the order of the sheet.

    Those of indicator_results begin with the indicator's name and unit.
    """
    known = {row["indicator_id"]: row for row in results.rows["indicators"]}
    found = []
    for row in sorted(results.rows[table], key=lambda one: (one["sheet"] or "", one["row"])):
        before: list[Any] = []
        if table == "indicator_results":
            one = known.get(row["indicator_id"], {})
            before = [one.get("name"), one.get("unit")]
        found.append(before + [row[column] for column in NAMES[table]])
    return found


def told(results: PlanResults) -> list[tuple[Any, ...]]:
    """Everything told of the file: severity, rule, row, column."""
    return [
        (one.severity, one.rule, one.row, one.column)
        for file in results.files
        for one in file.feedback.findings
    ]
