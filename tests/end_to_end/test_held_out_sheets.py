"""Sheets of other cities, as people who never met us would drop them into ``raw/results``.

Every layout is one that Japanese cities publish; item names, departments and numbers are invented.
What comes of each is compared with what a careful person would publish.
"""

from __future__ import annotations

import pytest

from .held_out.cases import CASES, NOT_JUDGED
from .held_out.running import NAMES, published, run, told

JUDGED = [
    pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=case.gap)) if case.gap else name
    for name, case in CASES.items()
]


@pytest.mark.parametrize("name", JUDGED)
def test_what_is_published_is_what_a_careful_person_would_publish(name: str) -> None:
    results, expected = run(CASES[name]), CASES[name].published
    for table in NAMES:
        rows = expected.get(table, [])
        if rows != NOT_JUDGED:
            assert sorted(published(results, table), key=repr) == sorted(rows, key=repr)


@pytest.mark.parametrize("name", CASES)
def test_every_row_is_accounted_for_and_no_row_is_held_back_untold(name: str) -> None:
    (outcome,) = run(CASES[name]).files
    assert outcome.account is not None
    assert outcome.account.balances
    if outcome.account.quarantined:
        assert any(one.severity == "error" and one.fix_ja for one in outcome.feedback.findings)


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("effects_years_two_level", {"amount_unreadable"}),
        ("spacers_and_written_amounts", {"amount_unreadable"}),
        ("upper_target_lower_actual", {"stacked_values"}),
        ("upper_target_lower_actual_heading", {"stacked_values"}),
        ("year_column", {"year_unreadable"}),
        ("ratings_that_are_none", {"rating_not_in_scale", "rating_two_labels"}),
        ("unlike_amounts", {"amount_unreadable", "amount_unit_contradiction"}),
        ("all_negative", {"amount_sign_inferred"}),
        ("kpi_text_values", {"value_kept_as_text"}),
        ("cover_key_and_counts_around", {"key_sheet_not_read"}),
        ("unit_column_of_amounts", {"amount_unit_unknown"}),
    ],
)
def test_what_is_left_out_is_told(name: str, rules: set[str]) -> None:
    assert rules <= {rule for _, rule, _, _ in told(run(CASES[name]))}


@pytest.mark.parametrize("name", ["symbols_with_legend", "five_steps"])
def test_a_key_of_ratings_is_no_heading(name: str) -> None:
    results = run(CASES[name])
    assert {row["section_label"] for row in results.rows["yearly_results"]} == {None}


def test_a_title_of_another_year_than_the_round_is_told() -> None:
    assert any(severity != "info" for severity, *_ in told(run(CASES["title_of_last_year"])))
