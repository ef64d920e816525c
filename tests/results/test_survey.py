"""Who was asked in a round, who answered under which name, and when."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.results.answers import Answers
from pipelines.results.feedback.model import FeedbackFile
from pipelines.results.model import DepartmentContext, Row
from pipelines.results.outcomes import FileOutcome, SubmissionAccount
from pipelines.results.submissions import submission
from pipelines.results.survey import round_id, survey_rows
from pipelines.sources.result_rounds import RoundFolder, SubmittedFile, discover_rounds
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.checks import check_tables
from tests.tables.samples import REAL_SCHEMAS

from .samples import PLAN_ID, department, plan

PLACE = PLAN_ID.replace("-", "/", 1)
ASKED = "status: 確定\ndue_on: 2024-06-14\ndepartments:\n  - 総務課\n  - 市民課\n"


def a_round(
    raw: Path, settings: str = ASKED, years: str = "2023", name: str = "2-kakutei"
) -> RoundFolder:
    folder = raw / "results" / PLACE / years / name
    folder.mkdir(parents=True)
    (folder / "round.yaml").write_text(settings, encoding="utf-8")
    found = discover_rounds(raw)
    assert not found.problems
    (one,) = (one for one in found.rounds if (one.name, one.place.split("/")[-2]) == (name, years))
    return one


def came_in(
    folder: RoundFolder, *departments: str, day: int | None = None, **account: int
) -> FileOutcome:
    """A file of June 2024 with results of some departments."""
    name = f"{'・'.join(departments)}-{day}.csv"
    one = submission(folder, SubmittedFile(name, name.encode()))
    received = datetime.date(2024, 6, day) if day else None
    source = dataclasses.replace(one.source, received_on=received)
    counts = {"read": 10, "published": 6, "quarantined": 1, **account}
    aside = {"heading": counts["read"] - counts["published"] - counts["quarantined"]}
    told = SubmissionAccount(
        source.source_id, counts["read"], counts["published"], aside, counts["quarantined"]
    )
    one = dataclasses.replace(one, source=source)
    return FileOutcome(one, FeedbackFile(name, None, ()), (), told, departments)


def unread(folder: RoundFolder) -> FileOutcome:
    one = submission(folder, SubmittedFile("broken.xls", b"?"))
    return FileOutcome(one, FeedbackFile("broken.xls", None, ()))


def rows(
    folder: RoundFolder, *files: FileOutcome, register: tuple[DepartmentContext, ...] = ()
) -> dict[str, list[Row]]:
    return survey_rows([folder], files, plan(departments=register))


def by_name(found: dict[str, list[Row]], column: str) -> dict[str, Any]:
    return {row["department_name"]: row[column] for row in found["survey_departments"]}


def test_a_round_tells_where_its_rows_went(tmp_path: Path) -> None:
    folder = a_round(tmp_path)
    short = came_in(folder, "市民課", read=5, published=4)
    (row,) = rows(folder, came_in(folder, "総務課"), short, unread(folder))["survey_rounds"]
    wanted = {
        "round_id": f"{PLAN_ID}-r2023-2-kakutei",
        "plan_id": PLAN_ID,
        "fiscal_year": 2023,
        "period_start_fy": 2023,
        "period_end_fy": 2023,
        "round": "2-kakutei",
        "round_order": 2,
        "round_status": "確定",
        "result_status": "final",
        "due_on": datetime.date(2024, 6, 14),
        "file_count": 3,
        "unread_file_count": 1,
        "read_row_count": 15,
        "published_row_count": 10,
        "quarantined_row_count": 2,
    }
    assert {name: row[name] for name in wanted} == wanted


def test_rows_have_the_columns_of_their_tables(tmp_path: Path) -> None:
    folder = a_round(tmp_path)
    found = rows(folder, came_in(folder, "総務課", day=3), unread(folder))
    names = ("survey_rounds", "survey_departments", "departments", "plans", "sources")
    names = (*names, "municipalities")
    schemas = {name: REAL_SCHEMAS[name] for name in names}
    tables = {name: rows_to_table(schemas[name], found.get(name, [])) for name in names}
    # The plan itself is not in these tables: only that reference may be missing.
    assert {one.columns for one in check_tables(schemas, tables)} == {("plan_id",)}


def test_a_round_of_several_years_and_a_name_with_a_space(tmp_path: Path) -> None:
    folder = a_round(tmp_path, years="2019-2022", name="1 公表")
    (row,) = rows(folder)["survey_rounds"]
    assert (row["round_id"], row["fiscal_year"]) == (f"{PLAN_ID}-r2019-2022-1-公表", None)
    assert (row["period_start_fy"], row["period_end_fy"]) == (2019, 2022)
    assert row["file_count"] == row["read_row_count"] == 0


@pytest.mark.parametrize(
    ("years", "name"), [("2023", "2-kakutei"), ("2019-2022", "1 公表"), ("2023", "2-kakutei-r2")]
)
def test_the_source_id_of_a_file_begins_as_its_round(tmp_path: Path, years: str, name: str) -> None:
    """submission_status finds the round of a row by it."""
    folder = a_round(tmp_path, years=years, name=name)
    source_id = submission(folder, SubmittedFile("a.csv", b"a")).source.source_id
    assert round_id(folder).replace(f"{PLAN_ID}-r", f"{PLAN_ID}-", 1) == source_id[:-13]
    assert source_id[-13] == "-"


def test_who_was_asked_has_answered_or_not(tmp_path: Path) -> None:
    folder = a_round(tmp_path)
    found = rows(folder, came_in(folder, "総務課", day=3))
    assert by_name(found, "was_asked") == {"総務課": True, "市民課": True}
    assert by_name(found, "has_answered") == {"総務課": True, "市民課": False}
    assert by_name(found, "first_received_on")["市民課"] is None
    assert by_name(found, "is_late")["市民課"] is None


def test_who_answers_without_being_asked(tmp_path: Path) -> None:
    folder = a_round(tmp_path)
    found = rows(folder, came_in(folder, "税務課"), came_in(folder, "税務課", day=3))
    assert by_name(found, "was_asked") == {"総務課": True, "市民課": True, "税務課": False}
    assert by_name(found, "has_answered")["税務課"] is True


def test_without_a_list_nobody_can_say_who_was_asked(tmp_path: Path) -> None:
    folder = a_round(tmp_path, "status: 見込み\n")
    assert by_name(rows(folder, came_in(folder, "税務課")), "was_asked") == {"税務課": None}
    assert rows(folder)["survey_departments"] == []


def test_a_department_listed_twice_is_asked_once(tmp_path: Path) -> None:
    folder = a_round(tmp_path, ASKED + "  - 総務課\n  - 総　務課\n")
    assert list(by_name(rows(folder), "was_asked")) == ["総務課", "市民課"]


@pytest.mark.parametrize(
    ("days", "is_late", "first", "last"),
    [
        ((14,), False, 14, 14),
        ((15,), True, 15, 15),
        ((20, 14), False, 14, 20),
        ((20, 15), True, 15, 20),
        ((None,), None, None, None),
        ((None, 14), False, 14, 14),
        ((None, 15), None, 15, 15),
    ],
)
def test_the_first_file_decides_who_is_late(
    tmp_path: Path,
    days: tuple[int | None, ...],
    is_late: bool | None,
    first: int | None,
    last: int | None,
) -> None:
    folder = a_round(tmp_path)
    found = rows(folder, *(came_in(folder, "総務課", day=day) for day in days))
    row = next(one for one in found["survey_departments"] if one["department_name"] == "総務課")
    june = [one and datetime.date(2024, 6, one) for one in (first, last)]
    assert [row["first_received_on"], row["last_received_on"]] == june
    assert row["is_late"] is is_late
    assert row["has_answered"] is True


def test_nobody_is_late_where_no_day_was_due(tmp_path: Path) -> None:
    folder = a_round(tmp_path, "status: 確定\ndepartments: [総務課]\n")
    assert by_name(rows(folder, came_in(folder, "総務課", day=30)), "is_late") == {"総務課": None}


REGISTER = (
    department("総務課", valid_to="2024-03-31", successor="企画総務課"),
    department("企画課", valid_to="2024-03-31", successor="企画総務課"),
    department("企画総務課", valid_from="2024-04-01"),
    department("市民課"),
)


def test_a_renamed_department_has_answered_under_its_new_name(tmp_path: Path) -> None:
    folder = a_round(tmp_path)
    found = rows(folder, came_in(folder, "企画総務課", day=3), register=REGISTER)
    assert by_name(found, "has_answered") == {"総務課": True, "市民課": False}
    assert by_name(found, "department_id")["総務課"] == "990019-d-総務課"


def test_a_department_asked_under_its_new_name_has_answered_under_an_old_one(
    tmp_path: Path,
) -> None:
    folder = a_round(tmp_path, "status: 確定\ndepartments: [企画総務課]\n")
    found = rows(folder, came_in(folder, "企画課", day=3), register=REGISTER)
    assert by_name(found, "has_answered") == {"企画総務課": True}


def test_one_of_two_departments_that_became_one_does_not_answer_for_the_other(
    tmp_path: Path,
) -> None:
    folder = a_round(tmp_path, "status: 確定\ndepartments: [総務課, 企画課]\n")
    found = rows(folder, came_in(folder, "企画課", day=3), register=REGISTER)
    assert by_name(found, "has_answered") == {"総務課": False, "企画課": True}


def test_a_council_is_no_department(tmp_path: Path) -> None:
    folder = a_round(tmp_path, "status: 確定\nassessor: council\nheld_on: 2024-10-01\n")
    found = rows(folder, came_in(folder, "総務課"))
    assert found["survey_departments"] == []
    (row,) = found["survey_rounds"]
    assert (row["answered_by"], row["held_on"]) == ("council", datetime.date(2024, 10, 1))


def test_each_round_has_its_own_files(tmp_path: Path) -> None:
    first = a_round(tmp_path, name="1-mikomi")
    second = a_round(tmp_path, name="2-kakutei")
    files = [came_in(first, "総務課"), came_in(second, "市民課"), unread(second)]
    found = survey_rows([first, second], files, plan())
    assert [row["file_count"] for row in found["survey_rounds"]] == [1, 2]
    answered = [
        (row["round_id"][-1], row["department_name"])
        for row in found["survey_departments"]
        if row["has_answered"]
    ]
    assert answered == [("i", "総務課"), ("i", "市民課")]


def test_answers_by_any_name_of_the_line(tmp_path: Path) -> None:
    folder = a_round(tmp_path)
    other = a_round(tmp_path, name="3-sai")
    answers = Answers.of([came_in(folder, "企画総務課")], REGISTER)
    assert answers.has("総務課", folder) and answers.has("企画課", folder)
    assert answers.has("企画 総務課", folder)
    assert not answers.has("市民課", folder)
    assert not answers.has("企画総務課", other)
    assert answers.is_same("総務課", "企画総務課", folder)
    assert not answers.is_same("総務課", "企画課", folder)


def test_without_a_register_the_bare_name_counts(tmp_path: Path) -> None:
    folder = a_round(tmp_path)
    answers = Answers.of([came_in(folder, "総 務 課")], ())
    assert answers.has("総務課", folder)
    assert answers.department_id("総務課", folder) is None
    assert not answers.has("総務", folder)
