"""Amounts whose own cell says of which kind or basis they are."""

from __future__ import annotations

import pytest

from pipelines.results.model import ColumnRole
from tests.results.samples import STUB, record, rows_of, rules

OPEN = ColumnRole("amount", unit="千円", effect_kind="other")
REVENUE = ColumnRole("amount", unit="千円", effect_kind="revenue_increase")
SINGLE = ColumnRole("amount", unit="千円", effect_basis="single_year")


def said(text: str, role: ColumnRole = OPEN, **texts: str) -> list[tuple[str, str, int | None]]:
    result = rows_of(
        record(5, (role, text), measure="広告", department="財政課", **texts), plan=STUB
    )
    columns = ("effect_kind", "effect_basis", "actual_yen")
    found = [tuple(row[name] for name in columns) for row in result.rows["financial_effects"]]
    return sorted(found, key=repr)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "yen"),
    [
        ("（歳入）1,350", "revenue_increase", 1_350_000),
        ("(歳出) 2,080千円", "cost_reduction", 2_080_000),
        ("（増収） 40", "revenue_increase", 40_000),
        ("（削減額）：5", "cost_reduction", 5_000),
    ],
)
def test_a_kind_before_an_amount(text: str, kind: str, yen: int) -> None:
    assert said(text) == [(kind, "not_stated", yen)]


@pytest.mark.parametrize(
    "text",
    [
        "単年度　1,200\n累計　3,400",
        "（単年度）1,200／\n（累計）3,400",
        "累計：3,400\n単年度：1,200",
    ],
)
def test_two_amounts_each_with_its_basis(text: str) -> None:
    assert said(text) == [
        ("other", "cumulative", 3_400_000),
        ("other", "single_year", 1_200_000),
    ]


def test_two_amounts_each_with_its_kind() -> None:
    assert said("（歳入）10\n（歳出）－") == [("revenue_increase", "not_stated", 10_000)]


@pytest.mark.parametrize(
    ("text", "role", "texts"),
    [
        ("（歳出）10", REVENUE, {}),
        ("（歳出）10", OPEN, {"effect_kind": "歳入"}),
        ("（累計）10", SINGLE, {}),
        ("（累計）10", OPEN, {"effect_basis": "単年度"}),
        ("（歳入）10\n（歳入）20", OPEN, {}),
        ("（歳入）10\n（累計）20", OPEN, {}),
        ("（歳入）10\n20", OPEN, {}),
        ("（国）10\n（県）20", OPEN, {}),
        ("（歳入）約束", OPEN, {}),
    ],
)
def test_what_contradicts_or_is_not_clear_is_kept_as_text(
    text: str, role: ColumnRole, texts: dict[str, str]
) -> None:
    assert [yen for _, _, yen in said(text, role, **texts)] == [None]


def test_a_minus_is_one_of_its_own_kind() -> None:
    result = rows_of(
        record(5, (OPEN, "（歳出）△10"), measure="委託", department="財政課"),
        record(6, (OPEN, "（歳入）20"), measure="広告", department="財政課"),
        plan=STUB,
    )
    assert [row["actual_yen"] for row in result.rows["financial_effects"]] == [10_000, 20_000]
    assert rules(result) == ["amount_sign_inferred"]
