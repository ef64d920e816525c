"""Whole rounds of small files: order, repeats, what is outstanding, and the accounts."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import Any

import pytest

from pipelines.results.submissions import PlanResults, plan_results
from pipelines.sources.result_rounds import RoundFolder, SubmittedFile
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.submission_source import SubmissionOrigin
from pipelines.sources.survey_round import RoundSettings
from tests.machine_readability.samples import xlsx_bytes
from tests.results.samples import CODE, PLAN_ID, STUB, department, plan

HEAD = "取組名,担当課,実施内容,削減額（千円）"


def folder(files: dict[str, str], **more: Any) -> RoundFolder:
    """A round with CSV files of one table each; ``receipts`` maps names to numbers."""
    receipts = [{"file": name, "number": at} for name, at in more.pop("receipts", {}).items()]
    status = more.pop("status", "確定")
    settings = {"status": status, "receipts": receipts, "departments": more.pop("departments", [])}
    year, name = more.pop("year", 2023), more.pop("name", "1-kakutei")
    return RoundFolder(
        municipality_code=CODE,
        plan_slug=PLAN_ID.removeprefix(f"{CODE}-"),
        fiscal_year=year,
        period=(year, year),
        name=name,
        place=f"results/{CODE}/keikaku/{year}/{name}",
        settings=RoundSettings.model_validate(settings),
        profile=SheetProfile(),
        origin=SubmissionOrigin(),
        files=tuple(
            SubmittedFile(file, f"{HEAD}\n{lines}\n".encode()) for file, lines in files.items()
        ),
    )


def current(results: PlanResults) -> list[Any]:
    return [row["activity_text"] for row in results.rows["yearly_results"] if row["is_current"]]


def all_balance(results: PlanResults) -> bool:
    return all(one.account.balances for one in results.files if one.account)


FIRST, OTHER = "窓口の見直し,市民課,一部で実施した,10", "窓口の見直し,市民課,全部で実施した,20"


def test_a_file_that_came_back_is_current_and_a_source_of_its_own() -> None:
    files = {"1.csv": FIRST, "2.csv": OTHER, "3.csv": FIRST}
    receipts = {"1.csv": 1, "2.csv": 2, "3.csv": 3}
    results = plan_results([folder(files, receipts=receipts)], STUB)
    assert current(results) == ["一部で実施した"]
    assert len(results.rows["yearly_results"]) == 3
    assert len({row["source_id"] for row in results.rows["sources"]}) == 3
    assert len({row["result_id"] for row in results.rows["yearly_results"]}) == 3
    assert all_balance(results)


def test_sending_a_file_again_without_receipt_changes_nothing() -> None:
    once = plan_results([folder({"1.csv": FIRST})], STUB)
    twice = plan_results([folder({"1.csv": FIRST, "2.csv": FIRST})], STUB)
    assert twice.rows == once.rows
    assert "file_sent_again" in {one.rule for one in twice.problems}


CHANGED = (
    department("市民課", id="1", valid_to="2024-03-31", successor="3"),
    department("年金課", id="2", valid_to="2024-03-31", successor="3"),
    department("市民窓口課", id="3", valid_from="2024-04-01"),
    department("税務課", id="4"),
)


@pytest.mark.parametrize(
    ("asked", "came", "missing"),
    [
        (["市民窓口課", "税務課"], "市民課", ["税務課"]),
        (["市民窓口課"], "年金課", []),
        (["市民課", "年金課"], "市民窓口課", []),
        (["市民課", "年金課"], "市民課", ["年金課"]),
        (["市民課"], "税務課", ["市民課"]),
        (["市民課"], "市民課、各施設所管課", []),
    ],
)
def test_a_department_has_answered_under_its_earlier_or_later_name(
    asked: list[str], came: str, missing: list[str]
) -> None:
    files = {"1.csv": f'窓口の見直し,"{came}",実施した,10'}
    results = plan_results([folder(files, departments=asked)], plan(departments=CHANGED))
    told = [one.message_ja for one in results.problems if one.rule == "department_outstanding"]
    assert len(told) == bool(missing)
    assert all(name in told[0] for name in missing)


def test_a_list_of_departments_is_identified_by_the_registered_one() -> None:
    early = folder({"1.csv": '窓口の見直し,"市民課、各施設所管課",予定,10'}, status="見込み")
    late = folder({"1.csv": "窓口の見直し,市民課,実施した,10"}, name="2-kakutei")
    results = plan_results([early, late], plan(departments=CHANGED))
    rows = results.rows["yearly_results"]
    assert {row["department_id"] for row in rows} == {CHANGED[0].department_id}
    assert rows[0]["department_name"] == "市民課、各施設所管課"
    assert current(results) == ["実施した"]


@pytest.mark.parametrize(
    ("head", "lines", "published"),
    [
        (HEAD, "窓口の見直し,市民課,,-", 1),
        (HEAD, "窓口の見直し,市民課,実施した,-", 1),
        ("項目名,担当課,削減額（千円）", "窓口の見直し,市民課,-", 0),
        ("取組名,削減額（千円）", "窓口の見直し,-", 0),
    ],
)
def test_an_amount_of_a_dash_is_no_amount_and_its_row_is_accounted_for(
    head: str, lines: str, published: int
) -> None:
    one = folder({"1.csv": lines})
    data = one.files[0].data.decode().replace(HEAD, head).encode()
    one = replace(one, files=(SubmittedFile("1.csv", data),))
    results = plan_results([one], STUB)
    assert not results.rows["financial_effects"]
    assert len(results.rows["yearly_results"]) == published
    (outcome,) = results.files
    assert outcome.account is not None
    assert outcome.account.balances
    assert outcome.account.read == 2


def test_the_garbage_collector_is_left_as_it_was() -> None:
    seen: list[bool] = []
    one = folder({"1.csv": FIRST})
    assert gc.isenabled()
    plan_results([one], STUB, lambda _: seen.append(gc.isenabled()))
    assert seen == [False]
    assert gc.isenabled()

    def fails(_: str) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        plan_results([one], STUB, fails)
    assert gc.isenabled()


def test_diagnostics_of_a_spreadsheet_change_no_finding_and_no_row() -> None:
    rows = [HEAD.split(","), FIRST.split(",")]
    plain, merged = (xlsx_bytes([{"rows": rows, **more}]) for more in ({}, {"merge": ["F1:G1"]}))
    rounds = [replace(folder({}), files=(SubmittedFile("1.xlsx", one),)) for one in (plain, merged)]
    first, other = (plan_results([one], STUB) for one in rounds)
    assert [one.rule for one in other.files[0].feedback.diagnostics] == ["L1-12"]
    assert first.files[0].feedback.diagnostics == ()
    assert other.files[0].feedback.findings == first.files[0].feedback.findings
    assert current(other) == current(first) == ["一部で実施した"]
