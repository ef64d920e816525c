from __future__ import annotations

from typing import Any

import pytest

from pipelines.results.model import ColumnRole
from pipelines.results.revisions import Revised, revise
from tests.results.samples import department, plan, record, rows_of, source

SINGLE, TOTAL = "single_year", "cumulative"


def sent(file: str, order: int, *amounts: tuple[str, str | None], **texts: Any) -> Any:
    """A file with amounts of one measure: text and basis."""
    register = texts.pop("register", ())
    roles = [
        (ColumnRole("amount", unit="千円", effect_kind="cost_reduction", effect_basis=basis), text)
        for text, basis in amounts
    ]
    texts = {"measure": "委託の見直し", "department": "財政課"} | texts
    return rows_of(
        record(5, *roles, **texts),
        source=source(source_id=file, round=str(order), round_order=order),
        plan=plan(items=(), departments=register),
    )


def current(revised: Revised) -> list[tuple[int, str]]:
    rows = [row for row in revised.rows["financial_effects"] if row["is_current"]]
    return sorted((row["actual_yen"] // 1000, row["effect_basis"]) for row in rows)


def rules(revised: Revised) -> list[tuple[str, str]]:
    return [(name, one.rule) for name, some in revised.findings.items() for one in some]


@pytest.mark.parametrize(
    ("early", "late", "expected"),
    [
        (("10", None), ("12", SINGLE), (12, SINGLE)),
        (("10", SINGLE), ("12", None), (12, "not_stated")),
        (("10", None), ("12", TOTAL), (12, TOTAL)),
    ],
)
def test_an_amount_without_basis_is_that_of_the_only_basis(
    early: Any, late: Any, expected: tuple[int, str]
) -> None:
    revised = revise([sent("b", 2, late), sent("a", 1, early)])
    assert current(revised) == [expected]
    assert len(revised.rows["financial_effects"]) == 2
    assert rules(revised) == [("b", "effect_basis_assumed")]


def test_bases_that_are_both_stated_are_never_mixed() -> None:
    revised = revise([sent("a", 1, ("10", SINGLE)), sent("b", 2, ("30", TOTAL))])
    assert current(revised) == [(10, SINGLE), (30, TOTAL)]
    assert not revised.findings


def test_of_two_bases_nobody_knows_which_is_meant() -> None:
    revised = revise([sent("a", 1, ("10", SINGLE), ("30", TOTAL)), sent("b", 2, ("31", None))])
    assert current(revised) == [(10, SINGLE), (30, TOTAL), (31, "not_stated")]
    assert rules(revised) == [("b", "effect_basis_undecided")]


def test_one_file_with_both_says_that_they_differ() -> None:
    files = [sent("a", 1, ("10", None), ("30", TOTAL)), sent("b", 2, ("11", None))]
    revised = revise(files)
    assert current(revised) == [(11, "not_stated"), (30, TOTAL)]
    assert not revised.findings


def test_files_of_one_moment_are_left_as_they_are() -> None:
    revised = revise([sent("a", 1, ("10", None)), sent("b", 1, ("12", SINGLE))])
    assert current(revised) == [(10, "not_stated"), (12, SINGLE)]
    assert rules(revised) == [("a", "effect_basis_undecided")]


def test_other_departments_years_and_kinds_are_others() -> None:
    files = [
        sent("a", 1, ("10", None)),
        sent("b", 2, ("12", SINGLE), department="総務課"),
        sent("c", 2, ("13", SINGLE), fiscal_year="2022"),
        sent("d", 2, ("14", SINGLE), measure="別の取組"),
        sent("e", 2, ("15", SINGLE), effect_kind="収入増"),
    ]
    assert len(current(revise(files))) == 5


def test_a_renamed_department_is_the_same() -> None:
    register = (
        department("財政課", id="1", valid_to="2024-03-31", successor="2"),
        department("経営課", id="2", valid_from="2024-04-01"),
    )
    files = [
        sent("a", 1, ("10", None), register=register),
        sent("b", 2, ("12", SINGLE), register=register, department="経営課"),
    ]
    assert current(revise(files, register)) == [(12, SINGLE)]


def test_departments_that_are_merged_later_are_two_before() -> None:
    register = (
        department("財政課", id="1", successor="3"),
        department("総務課", id="2", successor="3"),
        department("経営課", id="3", valid_from="2024-04-01"),
    )
    files = [
        sent("a", 1, ("10", None), register=register),
        sent("b", 2, ("5", SINGLE), register=register, department="総務課"),
    ]
    assert current(revise(files, register)) == [(5, SINGLE), (10, "not_stated")]
    merged = sent("c", 3, ("15", SINGLE), register=register, department="経営課")
    assert current(revise([*files, merged], register)) == [(15, SINGLE)]
