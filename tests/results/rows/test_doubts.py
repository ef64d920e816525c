"""What is published as it stands and may be a slip: each is told, at its place, and no more."""

from __future__ import annotations

import datetime
from pathlib import PurePath
from typing import Any

import pytest

from pipelines.results.model import ColumnRole, IndicatorContext, ItemContext, Section
from pipelines.results.outstanding import receipt_problems
from pipelines.results.rows.personal import personal_data
from pipelines.sources.result_rounds import RoundFolder
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.submission_source import SubmissionOrigin
from pipelines.sources.survey_round import RoundSettings
from tests.results.samples import (
    CODE,
    INDICATORS,
    ITEMS,
    PLAN_ID,
    REDUCTION,
    STUB,
    department,
    plan,
    record,
    rows_of,
    rules,
    source,
)

ITEM = "窓口業務の見直し"
ACTUAL = ColumnRole("actual")


def reported(row: int = 5, /, *values: tuple[ColumnRole, str], **texts: Any) -> Any:
    known = {"item": ITEM, "department": "市民課", "activity": "見直した。"}
    return record(row, *values, **{**known, **texts})


class TestYears:
    def test_a_year_that_was_not_asked_is_told_once(self) -> None:
        result = rows_of(
            reported(5, fiscal_year="令和4年度"), reported(6, fiscal_year="R4", item="別の取組")
        )
        assert rules(result).count("year_not_asked") == 1
        assert {row["fiscal_year"] for row in result.rows["yearly_results"]} == {2022}

    def test_a_title_of_another_year_is_told_unless_the_profile_says_so(self) -> None:
        one = reported(section=Section(fiscal_year=2022))
        assert "year_not_asked" in rules(rows_of(one))
        declared = SheetProfile.model_validate(
            {"sections": [{"match": "昨年度", "fiscal_year": 2022}]}
        )
        assert "year_not_asked" not in rules(rows_of(one, profile=declared))

    def test_rounds_of_several_years_ask_for_each(self) -> None:
        several = source(fiscal_year=None, period=(2021, 2023))
        result = rows_of(reported(fiscal_year="令和4年度"), source=several)
        assert "year_not_asked" not in rules(result)

    def test_a_blank_year_is_the_rounds_and_told(self) -> None:
        assert "year_taken_from_round" in rules(rows_of(reported(asked=("fiscal_year",))))
        assert "year_taken_from_round" not in rules(rows_of(reported()))

    def test_a_period_has_no_place_among_years(self) -> None:
        result = rows_of(reported(fiscal_year="令和3年度～令和5年度"))
        assert [finding.rule for finding in result.quarantined.values()] == ["year_is_period"]


class TestEffects:
    def test_an_effect_of_nothing_named_is_held_back(self) -> None:
        result = rows_of(record(5, (REDUCTION, "10"), department="財政課"))
        assert not result.rows["financial_effects"]
        assert [finding.rule for finding in result.quarantined.values()] == ["item_missing"]

    def test_an_effect_of_a_group_needs_no_item(self) -> None:
        result = rows_of(record(5, (REDUCTION, "10"), category="人件費", department="財政課"))
        assert len(result.rows["financial_effects"]) == 1

    @pytest.mark.parametrize(("kind", "told"), [("form", True), ("sheet", False)])
    def test_our_form_asks_for_positive_savings(self, kind: Any, told: bool) -> None:
        result = rows_of(reported(5, (REDUCTION, "-10")), source=source(kind=kind))
        (row,) = result.rows["financial_effects"]
        assert row["actual_yen"] == (-10_000 if told else 10_000)
        assert ("amount_negative" in rules(result)) is told

    @pytest.mark.parametrize(
        ("amounts", "told"),
        [
            (("1200000", "350", "800"), True),
            (("1200500", "350", "800"), False),
            (("1200000", "900000", "800000"), False),
            (("1200000",), False),
        ],
    )
    def test_yen_in_a_column_of_thousands(self, amounts: tuple[str, ...], told: bool) -> None:
        records = [
            reported(row, (REDUCTION, text), item=f"取組{row}")
            for row, text in enumerate(amounts, start=5)
        ]
        assert ("amount_out_of_scale" in rules(rows_of(*records))) is told

    def test_what_cannot_be_computed_is_a_reason(self) -> None:
        result = rows_of(reported(5, (REDUCTION, "算定不能")))
        (row,) = result.rows["financial_effects"]
        assert (row["actual_yen"], row["not_computable_reason"]) == (None, "算定不能")
        assert "amount_not_computable" in rules(result)

    def test_an_amount_and_a_reason_contradict(self) -> None:
        result = rows_of(reported(5, (REDUCTION, "10"), not_computable_reason="按分できない"))
        assert "amount_and_reason" in rules(result)

    def test_nothing_is_nothing_in_every_unit(self) -> None:
        plain = ColumnRole("amount", effect_kind="cost_reduction")
        (row,) = rows_of(reported(5, (plain, "0"))).rows["financial_effects"]
        assert row["actual_yen"] == 0
        assert "amount_without_unit" in rules(rows_of(reported(5, (plain, "10"))))


class TestIndicators:
    @pytest.mark.parametrize(
        ("text", "target", "told"),
        [
            ("0.987", "98.5%以上", True),
            ("0.987", "0.9", False),
            ("98.7", "98.5", False),
            ("0.987", None, False),
            ("0", "98.5", False),
        ],
    )
    def test_fractions_for_percent(self, text: str, target: str | None, told: bool) -> None:
        known = IndicatorContext(f"{PLAN_ID}-k1", ITEMS[2].item_id, "市税の収納率", "%", target)
        one = record(5, (ACTUAL, text), item=ITEMS[2].title, department="税務課")
        result = rows_of(one, plan=plan(indicators=(known,)))
        assert ("fraction_for_percent" in rules(result)) is told
        assert len(result.rows["indicator_results"]) == 1

    def test_named_values_are_told(self) -> None:
        one = record(5, (ACTUAL, "補助台数:103台、普及率:21.2%"), item=ITEM, department="税務課")
        result = rows_of(one, plan=plan(indicators=INDICATORS))
        assert len(result.rows["indicator_results"]) == 2
        assert rules(result).count("values_named_apart") == 1


class TestItemsAndDepartments:
    REGISTER = (
        department("市民課"),
        department("税務課", id="古い税務課", valid_to="2022-03-31", successor="収納課"),
        department("収納課", valid_from="2022-04-01"),
    )

    def read(self, named: tuple[str, ...], *names: str, **texts: Any) -> list[str]:
        item = ItemContext(ITEMS[0].item_id, "1-1", ITEM, named)
        records = [
            reported(row, department=name, **texts) for row, name in enumerate(names, start=5)
        ]
        return rules(rows_of(*records, plan=plan(items=(item,), departments=self.REGISTER)))

    def test_a_department_that_is_not_in_charge_is_told(self) -> None:
        assert "department_not_in_charge" in self.read(("市民課",), "収納課")
        assert "department_not_in_charge" not in self.read(("市民課",), "市民課")

    def test_successors_are_in_charge(self) -> None:
        assert "department_not_in_charge" not in self.read(("税務課",), "収納課")

    def test_others_may_report_beside_the_one_in_charge(self) -> None:
        assert "department_not_in_charge" not in self.read(("市民課",), "収納課", "市民課")

    def test_nobody_can_say_of_collective_names_and_measures(self) -> None:
        assert "department_not_in_charge" not in self.read(("関係各課",), "収納課")
        assert "department_not_in_charge" not in self.read(("市民課",), "収納課", measure="電話")

    @pytest.mark.parametrize(
        ("number", "told"), [("1-1", False), ("1-2", True), ("9", False), ("", False)]
    )
    def test_the_number_of_another_item_is_told(self, number: str, told: bool) -> None:
        result = rows_of(reported(item_number=number))
        assert ("item_number_differs" in rules(result)) is told
        assert result.rows["yearly_results"][0]["item_id"] == ITEMS[0].item_id


class TestAssessments:
    @pytest.mark.parametrize("known", [plan(), STUB])
    def test_an_opinion_on_no_item_leaves_the_departments_result(self, known: Any) -> None:
        one = reported(item="無い項目", rating="順調", council_opinion="急ぐこと。")
        result = rows_of(one, plan=known)
        assert len(result.rows["yearly_results"]) == 1
        assert not result.rows["item_assessments"]
        assert not result.quarantined
        assert "assessment_left_out" in rules(result)

    def test_a_plan_without_items_is_told_once(self) -> None:
        records = [reported(row, item=f"取組{row}", council_opinion="可") for row in range(5, 9)]
        assert rules(rows_of(*records, plan=STUB)).count("assessment_left_out") == 1

    def test_a_row_of_an_opinion_only_is_held_back(self) -> None:
        records = [record(row, item=f"取組{row}", council_opinion="可") for row in (5, 6)]
        result = rows_of(*records, plan=STUB)
        assert len(result.quarantined) == 2
        assert "登録されていません" in result.quarantined["実績", 6].fix_ja


class TestTexts:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("電話 0120-000-000 まで", "0120-000-000"),
            ("（０３－００００－００００）", "03-0000-0000"),
            ("03(0000)0000", "03(0000)0000"),
            ("mihon@example.jp へ", "mihon@example.jp"),
            ("2023-04-01に開始", None),
            ("0-10-100を100-0-10に", None),
            ("1,200千円", None),
        ],
    )
    def test_telephone_numbers_and_addresses(self, text: str, found: str | None) -> None:
        assert personal_data(text) == found

    def test_internal_notes_are_not_published(self) -> None:
        assert "personal_data_suspected" not in rules(rows_of(reported(internal_note="a@b.jp")))
        assert "personal_data_suspected" in rules(rows_of(reported(activity="a@b.jp")))

    def test_a_dash_is_no_text(self) -> None:
        (row,) = rows_of(reported(next_action="－", shortfall_reason="なし")).rows["yearly_results"]
        assert (row["next_action"], row["shortfall_reason"]) == (None, "なし")


def _folder(**settings: Any) -> RoundFolder:
    return RoundFolder(
        CODE, "keikaku", 2023, (2023, 2023), "2", str(PurePath("raw/2")),
        RoundSettings.model_validate({"status": "確定", **settings}),
        SheetProfile(), SubmissionOrigin(), (),
    )  # fmt: skip


class TestReceipts:
    def test_a_number_given_twice(self) -> None:
        receipts = [{"file": name, "number": 1} for name in ("a.csv", "b.csv")]
        (problem,) = receipt_problems([_folder(receipts=receipts)], STUB)
        assert (problem.rule, problem.severity) == ("receipt_number_twice", "error")
        assert "a.csv、b.csv" in problem.message_ja

    @pytest.mark.parametrize(("day", "rules_told"), [(30, []), (31, ["received_late"])])
    def test_a_file_after_the_due_date(self, day: int, rules_told: list[str]) -> None:
        receipts = [{"file": "a.csv", "number": 1, "received_on": datetime.date(2024, 5, day)}]
        folder = _folder(receipts=receipts, due_on=datetime.date(2024, 5, 30))
        assert [one.rule for one in receipt_problems([folder], STUB)] == rules_told
