"""Departments that were asked in a round and have not answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipelines.plans.characters import bare_text
from pipelines.problems import Problem
from pipelines.results.departments import DepartmentMatcher, successors_of
from pipelines.results.model import DepartmentContext, PlanContext
from pipelines.results.outcomes import FileOutcome
from pipelines.sources.result_rounds import RoundFolder
from pipelines.sources.survey_round import ROUND_FILE


def outstanding_departments(
    rounds: Sequence[RoundFolder], files: Iterable[FileOutcome], plan: PlanContext
) -> list[Problem]:
    """One warning per round with the departments of which nothing came in.

    A department counts under any name that the register gives it, and has answered where a
    department before or behind it in the line of successors has: a round may ask under the names
    of March, and be answered under those of April. Rounds that do not say whom they asked are not
    looked at.
    """
    answers = _Answers(plan.departments)
    for one in files:
        for name in one.departments:
            answers.add(name, one.submission.folder)
    return [problem for folder in rounds for problem in _of_round(folder, answers, plan)]


class _Answers:
    """Whose results came in, round by round."""

    def __init__(self, register: Sequence[DepartmentContext]) -> None:
        self._matcher = DepartmentMatcher(register)
        self._following = {
            one.department_id: frozenset(successors_of(one.department_id, register))
            for one in register
        }
        self._named: dict[str, set[str]] = defaultdict(set)

    def add(self, name: str, folder: RoundFolder) -> None:
        self._named[folder.place].add(self._identity(name, folder))

    def has(self, name: str, folder: RoundFolder) -> bool:
        """Whether a department, one that became it, or one that it became has answered."""
        asked = self._identity(name, folder)
        later = self._following.get(asked, frozenset())
        return any(
            one == asked or one in later or asked in self._following.get(one, ())
            for one in self._named[folder.place]
        )

    def _identity(self, name: str, folder: RoundFolder) -> str:
        found = self._matcher.match(name, None, folder.fiscal_year).department
        return found.department_id if found else bare_text(name)


def _of_round(folder: RoundFolder, answers: _Answers, plan: PlanContext) -> Iterator[Problem]:
    asked = folder.settings.departments
    missing = [name for name in asked if not answers.has(name, folder)]
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
