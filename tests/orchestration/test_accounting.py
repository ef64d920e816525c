from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipelines.orchestration.accounting import (
    accounting_from_json,
    cited_lines,
    line_accounting,
)
from pipelines.plans.extraction import ExtractedPlan
from pipelines.plans.lines import Removed
from pipelines.sources.discovery import discover_plans
from tests.orchestration.samples import add_plan, read_plainly


def test_every_line_is_counted_once(tmp_path: Path) -> None:
    add_plan(tmp_path, text="題\n\n柱 1\n- 1 -\n余り\n重重重ね\n")
    (folder,) = discover_plans(tmp_path).folders
    read = read_plainly(folder)
    read.rows["reform_items"] = read.rows["reform_items"][:1]
    removed = [
        Removed(4, "- 1 -", "page_number"),
        Removed(5, "余", "margin"),
        Removed(6, "重重重ね", "fake_bold"),
    ]
    plan = ExtractedPlan(read.plan_id, read.rows, [], True, removed)
    account = line_accounting(plan, folder)
    assert account == {
        "source_id": "032093-plan-a-document",
        "read": 6,
        "published": 1,
        "set_aside": {"blank": 1, "page_number": 1, "unused": 3},
    }
    assert accounting_from_json(account).balances


@given(st.sets(st.integers(1, 60)))
def test_cited_lines_are_those_named(numbers: set[int]) -> None:
    text = ";".join(str(one) for one in sorted(numbers))
    rows = {"reform_items": [{"source_lines": text or None}, {"source_lines": "3-5"}]}
    assert cited_lines(rows) == numbers | {3, 4, 5}
