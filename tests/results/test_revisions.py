from __future__ import annotations

from typing import Any

import pytest

from pipelines.results.model import ColumnRole
from pipelines.results.revisions import revise, without_repeats
from tests.results.samples import department, plan, record, rows_of, source

ROUNDS = {"見込み": ("provisional", 1), "確定": ("final", 2)}


def sent(file: str, activity: str, round_name: str = "確定", **more: Any) -> Any:
    """A file with one result of one item."""
    status, order = ROUNDS[round_name]
    context = more.pop("plan", plan())
    texts = {
        name: more.pop(name)
        for name in ("item", "department", "fiscal_year", "edition")
        if name in more
    }
    texts = {"item": "窓口業務の見直し", "department": "市民課"} | texts
    return rows_of(
        record(5, activity=activity, asked=("rating",), **texts),
        source=source(
            source_id=file, round=round_name, round_order=order, result_status=status, **more
        ),
        plan=context,
    )


def history(*submissions: Any, **more: Any) -> list[tuple[str, int, bool]]:
    rows = revise(submissions, **more).rows["yearly_results"]
    return [(row["activity_text"], row["revision"], row["is_current"]) for row in rows]


def test_a_settled_result_supersedes_a_provisional_one() -> None:
    final, early = sent("b", "実施済み"), sent("a", "実施見込み", "見込み")
    assert history(final, early) == [("実施見込み", 1, False), ("実施済み", 2, True)]
    rows = revise([early, final]).rows["yearly_results"]
    ids = [row["result_id"] for row in rows]
    assert [one[-2:] for one in ids] == ["-1", "-2"]
    assert ids[0][:-2] == ids[1][:-2]
    assert not any(name.startswith("_") for row in rows for name in row)


def test_inputs_are_not_changed() -> None:
    submission = sent("a", "実施")
    before = [dict(row) for row in submission.rows["yearly_results"]]
    revise([submission])
    assert submission.rows["yearly_results"] == before


def test_a_row_that_is_not_sent_again_stays_current() -> None:
    assert history(sent("a", "甲", "見込み"), sent("b", "乙", department="税務課")) == [
        ("甲", 1, True), ("乙", 1, True),
    ]  # fmt: skip


def test_a_higher_receipt_number_comes_later_whatever_the_name() -> None:
    assert history(sent("a", "新", receipt=12), sent("z", "旧", receipt=3)) == [
        ("旧", 1, False), ("新", 2, True),
    ]  # fmt: skip


def test_a_round_of_a_later_year_comes_later() -> None:
    early = sent("a", "旧", fiscal_year="2023")
    late = rows_of(
        record(5, item="窓口業務の見直し", department="市民課", activity="新", fiscal_year="2023"),
        source=source(source_id="b", fiscal_year=2024, round_order=1),
    )
    assert [one[:2] for one in history(late, early)] == [("旧", 1), ("新", 2)]


@pytest.mark.parametrize("receipts", [(None, None), (1, None), (2, 2)])
def test_files_without_order_that_contradict_each_other_are_refused(receipts: Any) -> None:
    first, second = receipts
    revised = revise([sent("a", "甲", receipt=first), sent("b", "乙", receipt=second)])
    assert not revised.rows["yearly_results"]
    assert {place: one.rule for place, one in revised.quarantined.items()} == {
        ("a", "実績", 5): "receipt_missing", ("b", "実績", 5): "receipt_missing",
    }  # fmt: skip
    assert "receipts" in revised.findings["a"][0].fix_ja


def test_a_file_without_receipt_disturbs_no_others() -> None:
    submissions = [
        sent("a", "新", receipt=12),
        sent("b", "旧", receipt=3),
        sent("c", "丙", department="税務課"),
    ]
    assert history(*submissions) == [("旧", 1, False), ("新", 2, True), ("丙", 1, True)]


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("新", [("旧", 1, False), ("新", 2, True)]),
        ("旧", []),
        ("別", []),
    ],
)
def test_a_file_without_receipt_matters_only_if_it_contradicts_the_newest(
    without: str, expected: list[tuple[str, int, bool]]
) -> None:
    submissions = [sent("a", "新", receipt=12), sent("b", "旧", receipt=3), sent("c", without)]
    assert history(*submissions) == expected


def test_two_files_with_one_receipt_do_not_hide_a_later_one() -> None:
    submissions = [
        sent("a", "甲", receipt=1), sent("b", "乙", receipt=1), sent("c", "丙", receipt=2),
    ]  # fmt: skip
    assert history(*submissions) == [("丙", 1, True)]


def test_what_was_certain_before_stays_current() -> None:
    early = sent("0", "見込み", "見込み")
    assert history(early, sent("a", "甲"), sent("b", "乙")) == [("見込み", 1, True)]


def test_files_without_order_that_agree_give_one_row() -> None:
    revised = revise([sent("b", "甲"), sent("a", "甲")])
    assert [row["source_id"] for row in revised.rows["yearly_results"]] == ["a"]
    assert revised.aside == {("b", "実績", 5): "repost"}
    assert [one.rule for one in revised.findings["b"]] == ["duplicate_row_same"]


def test_files_of_different_departments_need_no_receipts() -> None:
    assert len(history(sent("a", "甲"), sent("b", "乙", department="税務課"))) == 2


def test_a_place_that_contradicts_gives_no_other_rows_either() -> None:
    role = ColumnRole("amount", unit="千円", effect_kind="cost_reduction")

    def with_amount(file: str, amount: str) -> Any:
        return rows_of(
            record(5, (role, amount), measure="委託の見直し", department="財政課"),
            source=source(source_id=file),
        )

    revised = revise([with_amount("a", "10"), with_amount("b", "20")])
    assert not any(revised.rows.values())
    assert len(revised.quarantined) == 2


def test_the_same_file_sent_again_changes_nothing() -> None:
    first, again = source(source_id="a", sha256="x"), source(source_id="b", sha256="x")
    other = source(source_id="c", sha256="y")
    next_round = source(source_id="d", sha256="x", round="3-再調査")
    kept, dropped = without_repeats([again, other, first, next_round])
    assert {one.source_id for one in kept} == {"a", "c", "d"}
    assert {key: one.rule for key, one in dropped.items()} == {id(again): "file_sent_again"}


@pytest.mark.parametrize(
    ("files", "left"),
    [
        ([("x", 1), ("y", 2), ("x", 3)], [1, 2, 3]),
        ([("x", 1), ("y", 2), ("x", 1)], [1, 2]),
        ([("x", 1), ("y", 2), ("x", None)], [1, 2]),
        ([("x", None), ("y", 2), ("x", 1)], [1, 2]),
        ([("x", 1), ("x", 2), ("y", 3)], [1, 3]),
        ([("x", None), ("y", None), ("x", None)], [None, None]),
    ],
)
def test_a_file_sent_again_after_another_one_counts_with_a_receipt(
    files: list[tuple[str, int | None]], left: list[int | None]
) -> None:
    sources = [source(source_id=name, sha256=name, receipt=number) for name, number in files]
    kept, dropped = without_repeats(sources)
    assert [one.receipt for one in kept] == left
    assert len(kept) + len(dropped) == len(files)


def test_editions_of_one_file_are_revisions() -> None:
    role = ColumnRole("actual", unit="件")
    texts = {"item": "窓口業務の見直し", "indicator": "受付数", "department": "市民課"}
    submission = rows_of(
        record(5, (role, "9"), edition="2018", **texts),
        record(6, (role, "7"), edition="2016", **texts),
        record(7, (role, "8"), edition="2017", **texts),
    )
    rows = revise([submission]).rows["indicator_results"]
    assert [(row["actual_value"], row["revision"], row["is_current"]) for row in rows] == [
        (7, 1, False), (8, 2, False), (9, 3, True),
    ]  # fmt: skip


OLD = department("市民課", id="1", valid_to="2024-03-31", successor="2")
NEW = department("市民窓口課", id="2", valid_from="2024-04-01")
REGISTER = (OLD, NEW)


def test_a_renamed_departments_later_report_supersedes() -> None:
    context = plan(departments=REGISTER)
    early = sent("a", "見込み", "見込み", plan=context)
    late = sent("b", "確定", department="市民窓口課", plan=context)
    assert history(early, late, register=REGISTER) == [("見込み", 1, False), ("確定", 1, True)]
    assert [one[2] for one in history(early, late)] == [True, True]


def test_a_successors_earlier_report_supersedes_nothing() -> None:
    context = plan(departments=REGISTER)
    early = sent("a", "見込み", "見込み", department="市民窓口課", plan=context)
    late = sent("b", "確定", plan=context)
    assert {one[2] for one in history(early, late, register=REGISTER)} == {True}


def test_two_departments_that_were_merged_both_give_way() -> None:
    register = (OLD, department("住民課", id="3", successor="2"), NEW)
    context = plan(departments=register)
    submissions = [
        sent("a", "甲", "見込み", plan=context),
        sent("b", "乙", "見込み", plan=context, department="住民課"),
        sent("c", "丙", plan=context, department="市民窓口課"),
    ]
    assert history(*submissions, register=register) == [
        ("甲", 1, False), ("乙", 1, False), ("丙", 1, True),
    ]  # fmt: skip


def test_indicators_of_several_files_are_listed_once_and_only_where_used() -> None:
    role = ColumnRole("actual", unit="件")
    texts = {"item": "窓口業務の見直し", "indicator": "受付数", "department": "市民課"}
    files = [
        rows_of(record(5, (role, "9"), **texts), source=source(source_id=name, receipt=number))
        for number, name in enumerate("ba")
    ]
    revised = revise(files)
    assert [row["source_id"] for row in revised.rows["indicators"]] == ["b"]
    files[0].rows["indicator_results"].clear()
    files[1].rows["indicator_results"].clear()
    assert not revise(files).rows["indicators"]
