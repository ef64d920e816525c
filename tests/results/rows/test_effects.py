from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipelines.results.model import ColumnRole, Section
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.samples import PLAN_ID, REDUCTION, STUB, record, rows_of, rules, source

REVENUE = ColumnRole("amount", unit="千円", effect_kind="revenue_increase")
OTHER = ColumnRole("amount", unit="千円")
PLANNED = ColumnRole("planned_amount", unit="千円", effect_kind="cost_reduction")


def measure(row: int, *values: Any, **texts: Any) -> Any:
    return record(row, *values, **{"measure": f"取組{row}", "department": "財政課"} | texts)


def yen(result: Any) -> list[int | None]:
    return [row["actual_yen"] for row in result.rows["financial_effects"]]


def test_a_column_of_negative_amounts_is_one_of_savings() -> None:
    result = rows_of(measure(5, (REDUCTION, "△16,565")), measure(6, (REDUCTION, "△ 45")), plan=STUB)
    assert yen(result) == [16_565_000, 45_000]
    assert rules(result) == ["amount_sign_inferred"]
    row = result.rows["financial_effects"][0]
    assert row["amount_text"] == "△16,565"
    assert (row["effect_kind"], row["effect_basis"]) == ("cost_reduction", "not_stated")
    assert (row["fiscal_year"], row["period_start_fy"]) == (2023, None)
    assert len(result.rows["yearly_results"]) == 2


def test_a_column_of_both_signs_is_refused_with_advice() -> None:
    result = rows_of(measure(5, (REDUCTION, "△10")), measure(6, (REDUCTION, "20")), plan=STUB)
    assert not result.rows["financial_effects"]
    assert not result.rows["yearly_results"]
    assert [one.rule for one in result.quarantined.values()] == ["amount_sign_mixed"] * 2
    assert "amount_sign" in result.findings[0].fix_ja
    assert result.findings[0].cell == "実績!T5"


def test_signs_are_looked_at_column_by_column_and_sheet_by_sheet() -> None:
    result = rows_of(
        measure(5, (REDUCTION, "△10"), (REVENUE, "30")),
        measure(6, (REDUCTION, "20"), sheet="別の表"),
        plan=STUB,
    )
    assert yen(result) == [10_000, 30_000, 20_000]


@pytest.mark.parametrize(
    ("sign", "expected"),
    [("positive_is_saving", [-10_000, 20_000]), ("negative_is_saving", [10_000, -20_000])],
)
def test_a_declared_sign_is_followed(sign: Any, expected: list[int]) -> None:
    result = rows_of(
        measure(5, (REDUCTION, "△10")),
        measure(6, (REDUCTION, "20")),
        plan=STUB,
        profile=SheetProfile(amount_sign=sign),
    )
    assert yen(result) == expected


def test_falling_revenue_is_negative() -> None:
    result = rows_of(measure(5, (REVENUE, "△10")), measure(6, (REVENUE, "20")), plan=STUB)
    assert yen(result) == [-10_000, 20_000]
    assert rules(result) == ["revenue_decrease"]


def test_a_negative_amount_of_no_stated_kind_is_refused_alone() -> None:
    result = rows_of(measure(5, (OTHER, "△10")), measure(6, (OTHER, "20")), plan=STUB)
    assert yen(result) == [20_000]
    assert [one.rule for one in result.quarantined.values()] == ["amount_sign_ambiguous"]


def test_an_amount_without_a_unit_keeps_its_text_only() -> None:
    role = ColumnRole("amount", effect_kind="cost_reduction")
    result = rows_of(measure(5, (role, "16,565")), plan=STUB)
    (row,) = result.rows["financial_effects"]
    assert (row["actual_yen"], row["amount_text"]) == (None, "16,565")
    assert [(one.rule, one.severity) for one in result.findings] == [
        ("amount_without_unit", "error")
    ]


@pytest.mark.parametrize(
    ("section", "profile", "texts"),
    [
        (Section(unit="千円"), SheetProfile(), {}),
        (Section(), SheetProfile(units={"amount": "千円"}), {}),
        (Section(), SheetProfile(), {"unit": "千円"}),
        (Section(unit="千円"), SheetProfile(), {"unit": "人"}),
    ],
)
def test_units_come_from_row_section_or_profile(
    section: Section, profile: SheetProfile, texts: dict[str, str]
) -> None:
    role = ColumnRole("amount", effect_kind="cost_reduction")
    result = rows_of(measure(5, (role, "5"), section=section, **texts), plan=STUB, profile=profile)
    assert yen(result) == [5_000]


def test_blank_and_dash_are_no_effect_and_zero_is_one() -> None:
    result = rows_of(
        measure(5, (REDUCTION, "-")),
        measure(6, (REDUCTION, "0")),
        measure(7, roles=[REDUCTION]),
        plan=STUB,
    )
    assert yen(result) == [0]
    assert len(result.rows["yearly_results"]) == 3


def test_plan_and_actual_stand_in_one_row() -> None:
    result = rows_of(measure(5, (PLANNED, "100"), (REDUCTION, "90")), plan=STUB)
    (row,) = result.rows["financial_effects"]
    assert (row["planned_yen"], row["actual_yen"]) == (100_000, 90_000)
    assert (row["planned_text"], row["amount_text"]) == ("100", "90")


def test_a_planned_amount_alone_gives_the_text() -> None:
    result = rows_of(measure(5, (PLANNED, "100"), (REDUCTION, "")), plan=STUB)
    (row,) = result.rows["financial_effects"]
    assert (row["planned_yen"], row["actual_yen"], row["amount_text"]) == (100_000, None, "100")


def test_plan_and_actual_in_one_cell() -> None:
    role = ColumnRole("planned_amount", unit="千円", effect_kind="cost_reduction", pair="actual")
    result = rows_of(measure(5, (role, "100\n(90)")), plan=STUB)
    (row,) = result.rows["financial_effects"]
    assert (row["planned_yen"], row["actual_yen"]) == (100_000, 90_000)


def test_bases_are_never_mixed() -> None:
    single = ColumnRole("amount", unit="千円", effect_kind="cost_reduction",
                        effect_basis="single_year")  # fmt: skip
    total = ColumnRole("amount", unit="千円", effect_kind="cost_reduction",
                       effect_basis="cumulative")  # fmt: skip
    result = rows_of(measure(5, (single, "10"), (total, "30")), plan=STUB)
    rows = result.rows["financial_effects"]
    assert {row["effect_basis"]: row["actual_yen"] for row in rows} == {
        "single_year": 10_000, "cumulative": 30_000,
    }  # fmt: skip
    assert len({row["effect_id"] for row in rows}) == 2


def test_kind_and_basis_of_the_row_win() -> None:
    result = rows_of(
        measure(5, (OTHER, "10"), effect_kind="歳入の確保", effect_basis="累計"),
        measure(6, (OTHER, "10"), effect_kind="？", effect_basis="？"),
        plan=STUB,
    )
    kinds = [(r["effect_kind"], r["effect_basis"]) for r in result.rows["financial_effects"]]
    assert kinds == [("revenue_increase", "cumulative"), ("other", "not_stated")]
    assert rules(result) == ["effect_kind_unknown", "effect_basis_unknown"]


def test_two_cells_for_one_amount_are_refused() -> None:
    result = rows_of(measure(5, (REDUCTION, "10"), (REDUCTION, "20")), plan=STUB)
    assert [one.rule for one in result.quarantined.values()] == ["cells_repeated"]
    assert not result.rows["financial_effects"]


def test_a_reason_why_nothing_can_be_computed() -> None:
    result = rows_of(
        measure(5, roles=[REDUCTION], not_computable_reason="効果は定性的なもののため"), plan=STUB
    )
    (row,) = result.rows["financial_effects"]
    assert (row["actual_yen"], row["effect_kind"]) == (None, "cost_reduction")
    assert row["not_computable_reason"] == "効果は定性的なもののため"
    assert row["amount_text"] == "（記載なし）"


def test_effects_of_a_period_have_no_year_and_no_yearly_row() -> None:
    section = Section(label="主な収入成果", period=(2019, 2022), effect_kind="revenue_increase")
    result = rows_of(measure(5, (OTHER, "625"), section=section), plan=STUB)
    (row,) = result.rows["financial_effects"]
    years = [row[name] for name in ("fiscal_year", "period_start_fy", "period_end_fy")]
    assert years == [None, 2019, 2022]
    assert row["effect_kind"] == "revenue_increase"
    assert not result.rows["yearly_results"]


def test_years_across_columns() -> None:
    roles = [ColumnRole("amount", year, "千円", "cost_reduction") for year in (2006, 2007)]
    result = rows_of(
        measure(5, (roles[0], "10"), (roles[1], "20")), plan=STUB, source=source(fiscal_year=2007)
    )
    found = {row["fiscal_year"]: row["actual_yen"] for row in result.rows["financial_effects"]}
    assert found == {2006: 10_000, 2007: 20_000}
    assert not result.rows["yearly_results"]


def test_the_base_year() -> None:
    result = rows_of(
        measure(5, (REDUCTION, "10"), baseline_fy="平成27年度比"),
        measure(6, (REDUCTION, "10"), baseline_fy="前年度比"),
        plan=STUB,
    )
    assert [row["baseline_fy"] for row in result.rows["financial_effects"]] == [2015, None]
    assert rules(result) == ["baseline_year_unreadable"]


def test_no_department_is_needed() -> None:
    result = rows_of(record(5, (REDUCTION, "10"), measure="委託の見直し"), plan=STUB)
    (row,) = result.rows["financial_effects"]
    assert row["department_name"] is None
    assert row["plan_id"] == PLAN_ID
    assert not result.quarantined
    assert not result.rows["yearly_results"]


def test_an_amount_whose_heading_names_the_rounds_year_goes_with_one_that_names_none() -> None:
    dated = ColumnRole("amount", 2023, "千円", "cost_reduction")
    before = ColumnRole("amount", 2022, "千円", "cost_reduction")
    result = rows_of(measure(5, (PLANNED, "100"), (before, "80"), (dated, "90")), plan=STUB)
    found = [
        (row["fiscal_year"], row["planned_yen"], row["actual_yen"])
        for row in result.rows["financial_effects"]
    ]
    assert sorted(found) == [(2022, None, 80_000), (2023, 100_000, 90_000)]
    assert rules(result) == []


def test_an_amount_with_and_one_without_the_rounds_year_are_two_cells_for_one() -> None:
    dated = ColumnRole("amount", 2023, "千円", "cost_reduction")
    result = rows_of(measure(5, (REDUCTION, "80"), (dated, "90")), plan=STUB)
    assert [one.rule for one in result.quarantined.values()] == ["cells_repeated"]


def test_an_amount_without_a_sign_costs_nothing_beside_it() -> None:
    result = rows_of(
        measure(5, (OTHER, "△10"), activity="見直した。"),
        measure(6, (OTHER, "20")),
        measure(7, (ColumnRole("planned_amount", unit="千円"), "30"), (OTHER, "△10")),
        plan=STUB,
    )
    assert yen(result) == [20_000, None]
    assert [row["planned_yen"] for row in result.rows["financial_effects"]] == [None, 30_000]
    texts = [row["activity_text"] for row in result.rows["yearly_results"]]
    assert texts == ["見直した。", None, None]
    assert not result.quarantined
    assert [(one.rule, one.cell) for one in result.findings] == [
        ("amount_sign_ambiguous", "実績!T5"),
        ("amount_sign_ambiguous", "実績!U7"),
    ]


def test_nothing_has_no_sign() -> None:
    result = rows_of(
        *(measure(at, (REDUCTION, text)) for at, text in enumerate(("△10", "20", "0"), start=5)),
        plan=STUB,
    )
    assert yen(result) == [0]


def test_a_note_costs_no_amount() -> None:
    result = rows_of(
        record(5, (REDUCTION, "10"), category="人件費", internal_note="一部は次年度"), plan=STUB
    )
    assert yen(result) == [10_000]
    assert rules(result) == ["note_left_out"]
    assert not result.rows["yearly_results"]
    result = rows_of(
        record(5, (REDUCTION, "10"), category="人件費", activity="直した。"), plan=STUB
    )
    assert [one.rule for one in result.quarantined.values()] == ["item_missing"]


def test_rows_that_say_themselves_that_they_hold_amounts() -> None:
    columns = [ColumnRole("actual", year) for year in (2022, 2023)]
    cells = [(ColumnRole("amount", year), "10") for year in (2022, 2023)]
    section = Section(unit="千円")
    result = rows_of(measure(5, *cells, roles=columns, section=section), plan=STUB)
    assert yen(result) == [10_000, 10_000]


PERIOD = ColumnRole("planned_amount", unit="百万円", period=(2021, 2025))


def test_a_target_of_a_period_is_of_no_single_year() -> None:
    values = (PERIOD, "400"), (ColumnRole("amount", 2023, "百万円"), "62")
    result = rows_of(measure(5, *values), plan=STUB)
    columns = ("fiscal_year", "period_start_fy", "period_end_fy", "planned_yen", "actual_yen")
    assert [tuple(map(row.get, columns)) for row in result.rows["financial_effects"]] == [
        (None, 2021, 2025, 400_000_000, None),
        (2023, None, None, None, 62_000_000),
    ]


def test_a_period_that_cannot_be_is_refused() -> None:
    result = rows_of(measure(5, (replace(PERIOD, period=(2021, 4025)), "400")), plan=STUB)
    assert [one.rule for one in result.quarantined.values()] == ["year_impossible"]


def test_a_finding_of_a_cell_of_a_joined_row_names_that_row() -> None:
    one = measure(5, (REDUCTION, "数百万"))
    below = replace(one.values[0], row=6)
    result = rows_of(replace(one, values=(below,)), plan=STUB)
    assert [(told.rule, told.row) for told in result.findings] == [("amount_unreadable", 6)]
