"""The survey rounds of a plan as rows: who was asked, who answered when, and where rows went."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from pipelines.results.answers import Answers
from pipelines.results.model import DepartmentContext, PlanContext, Row
from pipelines.results.outcomes import FileOutcome
from pipelines.sources.result_rounds import RoundFolder

_Day = datetime.date | None


def survey_rows(
    rounds: Sequence[RoundFolder], files: Sequence[FileOutcome], plan: PlanContext
) -> dict[str, list[Row]]:
    """Rows of ``survey_rounds`` and ``survey_departments``.

    Args:
        rounds: of one plan.
        files: what came of every file of these rounds.
        plan: with the municipality's register.
    """
    rows: dict[str, list[Row]] = {"survey_rounds": [], "survey_departments": []}
    for folder in rounds:
        own = [
            one
            for one in files
            if one.submission.folder.place == folder.place and not one.came_before
        ]
        rows["survey_rounds"].append(_round_row(folder, own))
        if folder.settings.assessor == "department":
            rows["survey_departments"] += _department_rows(folder, own, plan.departments)
    return rows


def round_id(folder: RoundFolder) -> str:
    """plan_id, the letter r, the years and the round's folder."""
    years = "-".join(str(year) for year in dict.fromkeys(folder.period))
    return f"{folder.plan_id}-r{years}-{'-'.join(folder.name.split())}"


def _round_row(folder: RoundFolder, files: Sequence[FileOutcome]) -> Row:
    settings = folder.settings
    accounts = [one.account for one in files if one.account]
    return {
        "round_id": round_id(folder),
        "plan_id": folder.plan_id,
        "fiscal_year": folder.fiscal_year,
        "period_start_fy": folder.period[0],
        "period_end_fy": folder.period[1],
        "round": folder.name,
        "round_order": settings.place,
        "round_status": settings.status,
        "result_status": settings.status_of_results,
        "answered_by": settings.assessor,
        "as_of_on": settings.as_of_on,
        "due_on": settings.due_on,
        "held_on": settings.held_on,
        "published_on": folder.origin.published_on,
        "file_count": len(files),
        "unread_file_count": len(files) - len(accounts),
        "read_row_count": sum(one.read for one in accounts),
        "published_row_count": sum(one.published for one in accounts),
        "quarantined_row_count": sum(one.quarantined for one in accounts),
        "source_url": folder.origin.source_url,
    }


def _department_rows(
    folder: RoundFolder, files: Sequence[FileOutcome], register: Sequence[DepartmentContext]
) -> Iterator[Row]:
    """One row per department asked, and per department that answered without being on the list."""
    answers = Answers(register)
    asked = _once(folder, answers)
    received = [
        (name, one.submission.source.received_on) for one in files for name in one.departments
    ]
    for name in asked:
        days = [day for other, day in received if answers.is_same(name, other, folder)]
        yield _department_row(folder, name, days, answers, was_asked=True)
    others: dict[str, tuple[str, list[_Day]]] = {}
    for other, day in received:
        if not any(answers.is_same(name, other, folder) for name in asked):
            others.setdefault(answers.identity(other, folder), (other, []))[1].append(day)
    for name, days in others.values():
        yield _department_row(folder, name, days, answers, was_asked=False if asked else None)


def _once(folder: RoundFolder, answers: Answers) -> list[str]:
    """The names on the list of those asked, each department once."""
    found: dict[str, str] = {}
    for name in folder.settings.departments:
        found.setdefault(answers.identity(name, folder), name)
    return list(found.values())


def _department_row(
    folder: RoundFolder,
    name: str,
    days: Sequence[datetime.date | None],
    answers: Answers,
    *,
    was_asked: bool | None,
) -> Row:
    first, last = _ends(days)
    return {
        "round_id": round_id(folder),
        "department_id": answers.department_id(name, folder),
        "department_name": name,
        "was_asked": was_asked,
        "has_answered": bool(days),
        "first_received_on": first,
        "last_received_on": last,
        "is_late": _is_late(days, first, folder.settings.due_on),
    }


def _is_late(days: Sequence[_Day], first: _Day, due: _Day) -> bool | None:
    """None where nobody can say: a file without a day may have come in before the others."""
    if first is None or due is None or (first > due and None in days):
        return None
    return first > due


def _ends(days: Iterable[_Day]) -> tuple[_Day, _Day]:
    known = [day for day in days if day]
    return min(known, default=None), max(known, default=None)
