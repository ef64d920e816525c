from __future__ import annotations

import datetime
from typing import Any

from pipelines.results.model import ColumnRole, ItemContext, Section
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.samples import (
    PLAN_ID,
    STUB,
    department,
    plan,
    record,
    rows_of,
    rules,
    source,
)

ASKED = ("activity", "rating")


def reported(row: int = 5, **texts: Any) -> Any:
    texts = {"item": "窓口業務の見直し", "department": "市民課", "activity": "検討した"} | texts
    return record(row, asked=ASKED, **texts)


def test_a_result_of_an_item() -> None:
    result = rows_of(
        reported(
            rating="（順調）",
            activity="ＩＣＴ化を\n進めた ",
            shortfall_reason="人員不足",
            next_action="継続する",
            internal_note="内線１２",
        ),
        source=source(received_on=datetime.date(2024, 6, 3), as_of_on=datetime.date(2024, 3, 31)),
    )
    (row,) = result.rows["yearly_results"]
    assert row["result_id"].startswith(f"{PLAN_ID}-r")
    assert row["item_id"] == f"{PLAN_ID}-1"
    assert row["activity_text"] == "ICT化を\n進めた"
    assert (row["rating_label"], row["rating"], row["unrated_reason"]) == (
        "順調", "on_track", None,
    )  # fmt: skip
    assert (row["shortfall_reason"], row["next_action"]) == ("人員不足", "継続する")
    assert row["internal_note"] == "内線12"
    assert row["submitted_on"] == datetime.date(2024, 6, 3)
    assert row["as_of_on"] == datetime.date(2024, 3, 31)
    assert (row["sheet"], row["row"], row["source_id"]) == ("実績", 5, "file-1")
    assert not result.findings


def test_internal_notes_go_nowhere_else() -> None:
    result = rows_of(reported(internal_note="内線12番の件"))
    holding = [
        name
        for rows in result.rows.values()
        for row in rows
        for name, value in row.items()
        if "内線12番" in str(value)
    ]
    assert holding == ["internal_note"]
    assert not any("内線12番" in finding.message_ja for finding in result.findings)


def test_blank_not_asked_and_unknown_ratings_differ() -> None:
    result = rows_of(
        reported(5),
        record(6, item="市税収納率の向上", department="税務課", activity="実施"),
        reported(7, department="総務課", rating="良好"),
        reported(8, department="財政課", rating="検討中"),
    )
    assert [row["unrated_reason"] for row in result.rows["yearly_results"]] == [
        "blank", "not_asked", "not_in_scale", "label_does_not_say",
    ]  # fmt: skip
    assert [row["rating"] for row in result.rows["yearly_results"]] == [None] * 4
    (finding,) = result.findings
    assert (finding.rule, finding.row, finding.severity) == ("rating_not_in_scale", 7, "error")


def test_an_unknown_scale_is_told_once() -> None:
    result = rows_of(
        reported(5, rating="順調"),
        reported(6, department="税務課", rating="A"),
        plan=plan(scale={}),
    )
    assert [row["rating_label"] for row in result.rows["yearly_results"]] == ["順調", "A"]
    assert rules(result) == ["rating_scale_unknown"]


def test_year_and_department_come_from_the_nearest_that_says() -> None:
    section = Section(fiscal_year=2021, department="総務課")
    result = rows_of(
        record(5, measure="甲", section=section),
        record(6, measure="乙", section=section, fiscal_year="令和4年度", department="財政課"),
        record(7, measure="丙"),
        plan=STUB,
        source=source(department="企画課"),
    )
    found = [(r["fiscal_year"], r["department_name"]) for r in result.rows["yearly_results"]]
    assert found == [(2021, "総務課"), (2022, "財政課"), (2023, "企画課")]


def test_the_last_days_of_a_year_say_it_only_where_the_round_asks_for_several() -> None:
    one = reported(section=Section(ended_year=2023))
    several = source(fiscal_year=None, period=(2021, 2025))
    result = rows_of(one, source=several)
    assert [row["fiscal_year"] for row in result.rows["yearly_results"]] == [2023]
    assert rules(result) == ["year_taken_from_day"]
    for other in (source(fiscal_year=2022), source(fiscal_year=None, period=(2018, 2022))):
        result = rows_of(one, source=other)
        assert "year_taken_from_day" not in rules(result)
        assert 2023 not in [row["fiscal_year"] for row in result.rows["yearly_results"]]
    declared = SheetProfile(fiscal_year=2021)
    result = rows_of(one, source=several, profile=declared)
    assert [row["fiscal_year"] for row in result.rows["yearly_results"]] == [2021]


def test_the_profiles_year_goes_before_the_rounds() -> None:
    result = rows_of(reported(), profile=SheetProfile(fiscal_year=2020))
    assert result.rows["yearly_results"][0]["fiscal_year"] == 2020


def test_what_nobody_says_is_refused_with_its_reason() -> None:
    nowhere = source(fiscal_year=None)
    refused = {
        "department_missing": rows_of(reported(department="")),
        "item_missing": rows_of(reported(item="")),
        "year_missing": rows_of(reported(), source=nowhere),
        "year_unreadable": rows_of(reported(fiscal_year="5年度ごろ")),
        "year_impossible": rows_of(reported(fiscal_year="4010")),
    }
    for rule, result in refused.items():
        assert [one.rule for one in result.quarantined.values()] == [rule]
        assert not result.rows["yearly_results"]
        assert [one.rule for one in result.findings if one.severity == "error"] == [rule]


def test_years_far_from_the_plan_are_refused() -> None:
    period = plan(period=(2020, 2024))
    result = rows_of(
        reported(5, fiscal_year="2014"),
        reported(6, fiscal_year="2015"),
        reported(7, fiscal_year="2029"),
        reported(8, fiscal_year="2030"),
        plan=period,
    )
    assert [row["fiscal_year"] for row in result.rows["yearly_results"]] == [2015, 2029]
    assert [row for _, row in result.quarantined] == [5, 8]


def test_a_row_of_values_alone_says_whether_a_rating_was_left_blank() -> None:
    role = ColumnRole("actual", unit="%")
    result = rows_of(
        record(5, (role, "93.1"), item="市税収納率の向上", department="税務課", asked=ASKED)
    )
    (row,) = result.rows["yearly_results"]
    assert (row["measure_text"], row["unrated_reason"]) == ("市税収納率の向上", "blank")
    assert len(result.rows["indicator_results"]) == 1


def test_a_second_indicator_of_an_item_contradicts_nothing() -> None:
    role = ColumnRole("actual", unit="%")
    shared = {"item": "市税収納率の向上", "department": "税務課"}
    result = rows_of(
        record(5, (role, "93.1"), indicator="市税の収納率", asked=ASKED, activity="催告", **shared),
        record(6, (role, "80"), indicator="国保税の収納率", asked=ASKED, **shared),
    )
    (row,) = result.rows["yearly_results"]
    assert row["activity_text"] == "催告"
    assert len(result.rows["indicator_results"]) == 2
    assert not result.quarantined
    assert "duplicate_row_same" not in rules(result)


def test_a_row_in_which_nothing_is_reported_is_set_aside() -> None:
    result = rows_of(record(5, item="窓口業務の見直し", department="市民課", asked=ASKED))
    assert result.aside == {("実績", 5): "unfilled"}
    assert rules(result) == ["nothing_reported"]


def test_the_same_row_twice_is_taken_once() -> None:
    result = rows_of(reported(5), reported(6))
    assert [row["row"] for row in result.rows["yearly_results"]] == [5]
    assert result.aside == {("実績", 6): "repost"}
    assert rules(result) == ["duplicate_row_same"]


def test_rows_that_contradict_each_other_are_both_refused() -> None:
    result = rows_of(
        reported(5), reported(6, activity="別の内容"), reported(7, department="税務課")
    )
    assert [row["row"] for row in result.rows["yearly_results"]] == [7]
    assert [one.rule for one in result.quarantined.values()] == ["duplicate_row"] * 2
    assert "実績!5行、実績!6行" in result.findings[0].message_ja


def test_one_measure_in_two_sections_is_no_repeat() -> None:
    result = rows_of(
        record(5, measure="印刷の見直し", department="各課", section=Section(label="削減効果")),
        record(9, measure="印刷の見直し", department="各課", section=Section(label="収入成果")),
        plan=STUB,
    )
    assert len({row["result_id"] for row in result.rows["yearly_results"]}) == 2
    labels = [row["category_label"] for row in result.rows["yearly_results"]]
    assert labels == ["削減効果", "収入成果"]


def test_ids_do_not_depend_on_width_or_place() -> None:
    (one,) = rows_of(record(5, measure="ＩＣＴ の活用", department="総務課"), plan=STUB).rows[
        "yearly_results"
    ]
    (other,) = rows_of(record(9, measure="ICTの活用", department="総務課"), plan=STUB).rows[
        "yearly_results"
    ]
    assert one["result_id"] == other["result_id"]


def test_departments_of_the_register() -> None:
    register = (department("市民課", id="d1"), department("旧課", id="d2", valid_to="2020-03-31"))
    result = rows_of(
        reported(5),
        reported(6, department="旧課"),
        reported(7, department="みほん課"),
        plan=plan(departments=register),
    )
    ids = [row["department_id"] for row in result.rows["yearly_results"]]
    assert ids == ["990019-d-d1", "990019-d-d2", None]
    assert rules(result) == ["department_out_of_date", "department_not_in_register"]


def test_only_the_tables_asked_for_are_made() -> None:
    result = rows_of(reported(), profile=SheetProfile(publish=["indicator_results"]))
    assert not result.rows["yearly_results"]
    assert result.aside == {("実績", 5): "skipped"}
    assert not result.findings


ITEMS_WITH_DEPARTMENTS = (
    ItemContext(f"{PLAN_ID}-1", "1", "窓口業務の見直し", ("市民課",)),
    ItemContext(f"{PLAN_ID}-2", "2", "公用車の削減", ("財政課", "総務課")),
    ItemContext(f"{PLAN_ID}-3", "3", "市税収納率の向上", ("関係各課",)),
    ItemContext(f"{PLAN_ID}-4", "4", "会議の見直し"),
)


def numbered(number: int, department: str, **texts: Any) -> Any:
    known = {"item_number": str(number), "department": department, "activity": "実施した"}
    return record(number, **known | texts)


def test_a_mere_number_names_no_item_of_another_department() -> None:
    known = plan(items=ITEMS_WITH_DEPARTMENTS)
    result = rows_of(numbered(1, "管財課"), numbered(2, "税務課"), plan=known)
    assert [one.rule for one in result.quarantined.values()] == [
        "item_number_of_other_department"
    ] * 2
    told = result.findings[0]
    assert (told.column_name, told.value) == ("item_number", "1")
    assert all(word in told.message_ja for word in ("窓口業務の見直し", "市民課", "管財課"))
    assert not result.rows["yearly_results"]


def test_a_mere_number_is_enough_where_the_department_may_be_the_plans() -> None:
    rows = (
        numbered(1, "市民部市民課"),
        numbered(2, "契約課、総務課"),
        numbered(3, "税務課"),
        numbered(4, "税務課"),
    )
    result = rows_of(*rows, plan=plan(items=ITEMS_WITH_DEPARTMENTS))
    assert [row["item_id"][-1] for row in result.rows["yearly_results"]] == ["1", "2", "3", "4"]
    assert rules(result) == []


def test_a_title_goes_before_the_department() -> None:
    row = numbered(1, "管財課", item="窓口業務の見直し")
    result = rows_of(row, plan=plan(items=ITEMS_WITH_DEPARTMENTS))
    assert result.rows["yearly_results"][0]["item_id"] == f"{PLAN_ID}-1"


def test_a_mere_number_is_enough_for_a_department_renamed_since() -> None:
    register = (
        department("市民課", successor="窓口課"),
        department("窓口課"),
        department("管財課"),
    )
    known = plan(items=ITEMS_WITH_DEPARTMENTS, departments=register)
    result = rows_of(numbered(1, "窓口課"), plan=known)
    assert result.rows["yearly_results"][0]["item_id"] == f"{PLAN_ID}-1"
    result = rows_of(numbered(1, "管財課"), plan=known)
    assert [one.rule for one in result.quarantined.values()] == ["item_number_of_other_department"]
