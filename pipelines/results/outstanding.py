"""Departments that were asked in a round and have not answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipelines.plans.characters import bare_text
from pipelines.problems import Problem
from pipelines.results.departments import DepartmentMatcher
from pipelines.results.model import PlanContext
from pipelines.results.outcomes import FileOutcome
from pipelines.sources.result_rounds import RoundFolder
from pipelines.sources.survey_round import ROUND_FILE


def outstanding_departments(
    rounds: Sequence[RoundFolder], files: Iterable[FileOutcome], plan: PlanContext
) -> list[Problem]:
    """One warning per round with the departments of which nothing came in.

    A department counts under any name that the register gives it. Rounds that do not say whom they
    asked are not looked at.
    """
    matcher = DepartmentMatcher(plan.departments)
    answered: dict[str, set[str]] = {}
    for one in files:
        folder = one.submission.folder
        names = answered.setdefault(folder.place, set())
        names |= {_identity(name, folder, matcher) for name in one.departments}
    return [
        problem
        for folder in rounds
        for problem in _of_round(folder, answered.get(folder.place, set()), matcher, plan)
    ]


def _of_round(
    folder: RoundFolder, answered: set[str], matcher: DepartmentMatcher, plan: PlanContext
) -> Iterator[Problem]:
    asked = folder.settings.departments
    missing = [name for name in asked if _identity(name, folder, matcher) not in answered]
    if missing:
        message = (
            f"照会した{len(asked)}部署のうち、{'、'.join(missing)}の{len(missing)}部署の実績が"
            "まだありません。届いていれば、この回のフォルダーに置いてください。"
        )
        yield Problem(
            "warning",
            "department_outstanding",
            f"{folder.place}/{ROUND_FILE}",
            message,
            "departments",
            plan_id=plan.plan_id,
            municipality_code=plan.municipality_code,
        )


def _identity(name: str, folder: RoundFolder, matcher: DepartmentMatcher) -> str:
    found = matcher.match(name, None, folder.fiscal_year).department
    return found.department_id if found else bare_text(name)
