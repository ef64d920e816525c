"""A PDF made from a plan text gives the same items as the text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from pipelines.plans.extraction import ExtractedPlan, extract_plan
from pipelines.sources.discovery import RawDocument
from tests.end_to_end.five_plans import CODES, bare, folder, original, text_of
from tests.end_to_end.pdf_writer import printed_lines, printed_tables

ITEM_TEXTS = (
    "number_label", "title", "continuity", "description", "goal_text", "schedule_text",
    "schedule_kind", "start_fy", "end_fy", "department_text", "is_repost", "repost_ref",
    "confidence",
)  # fmt: skip
LINES = [code for code in CODES if code != "072109"]  # its tables live by their TAB


@cache
def from_pdf(code: str) -> ExtractedPlan:
    printed = printed_tables if code == "072109" else printed_lines
    document = RawDocument("plan.pdf", printed(text_of(code)))
    return extract_plan(replace(folder(code), document=document))


@pytest.mark.parametrize("code", CODES)
def test_items_are_those_of_the_text(code: str) -> None:
    plan = from_pdf(code)
    assert plan.readable, plan.problems
    found = [[bare(str(row[name])) for name in ITEM_TEXTS] for row in plan.rows["reform_items"]]
    wanted = [
        [bare(str(row[name])) for name in ITEM_TEXTS] for row in original(code).rows["reform_items"]
    ]
    assert found == wanted


@pytest.mark.parametrize("code", CODES)
def test_outline_departments_and_viewpoints_are_those_of_the_text(code: str) -> None:
    plan = from_pdf(code)
    for table, columns in (
        ("policy_nodes", ("depth", "number_label", "kind_label", "title")),
        ("item_departments", ("seq", "department_name", "branch_name", "scope")),
        ("item_viewpoints", ("viewpoint_code", "viewpoint_label", "viewpoint_text")),
        ("item_targets", ("value", "unit", "due_fy", "baseline_value")),
    ):
        found, wanted = (
            [[bare(str(row[name])) for name in columns] for row in one.rows[table]]
            for one in (plan, original(code))
        )
        assert found == wanted, table


@pytest.mark.parametrize("code", CODES)
def test_pages_are_kept_and_the_source_says_what_it_is(code: str) -> None:
    (source,) = from_pdf(code).rows["sources"]
    assert (source["media_type"], source["encoding"]) == ("application/pdf", None)
    pages = [row["page"] for row in from_pdf(code).rows["reform_items"]]
    assert None not in pages and max(pages) <= source["page_count"]
    assert source["page_count"] > 1
