"""Which departments have answered a round, whatever they were called then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipelines.plans.characters import bare_text
from pipelines.results.departments import DepartmentMatcher, successors_of
from pipelines.results.model import DepartmentContext
from pipelines.results.outcomes import FileOutcome
from pipelines.sources.result_rounds import RoundFolder


class Answers:
    """Whose results came in, round by round.

    A department counts under any name that the register gives it, and has answered where one before
    or behind it in the line of successors has: a round may ask under the names of March, and be
    answered under those of April.
    """

    def __init__(self, register: Sequence[DepartmentContext]) -> None:
        self._matcher = DepartmentMatcher(register)
        self._following = {
            one.department_id: frozenset(successors_of(one.department_id, register))
            for one in register
        }
        self._named: dict[str, set[str]] = defaultdict(set)

    @classmethod
    def of(cls, files: Iterable[FileOutcome], register: Sequence[DepartmentContext]) -> Answers:
        """The answers that files hold."""
        answers = cls(register)
        for one in files:
            for name in one.departments:
                answers.add(name, one.submission.folder)
        return answers

    def add(self, name: str, folder: RoundFolder) -> None:
        """Results of a department came in."""
        self._named[folder.place].add(self.identity(name, folder))

    def has(self, name: str, folder: RoundFolder) -> bool:
        """Whether a department, one that became it, or one that it became has answered."""
        asked = self.identity(name, folder)
        return any(self._are_one(asked, one) for one in self._named[folder.place])

    def _are_one(self, asked: str, other: str) -> bool:
        return (
            asked == other
            or other in self._following.get(asked, ())
            or asked in self._following.get(other, ())
        )

    def is_same(self, name: str, other: str, folder: RoundFolder) -> bool:
        """Whether two names stand for one department, or for one that became the other."""
        return self._are_one(self.identity(name, folder), self.identity(other, folder))

    def identity(self, name: str, folder: RoundFolder) -> str:
        """department_id of a name in the round's year, else the bare name."""
        return self.department_id(name, folder) or bare_text(name)

    def department_id(self, name: str, folder: RoundFolder) -> str | None:
        """Of the register; None where the name is not in it."""
        found = self._matcher.match(name, None, folder.fiscal_year).department
        return found.department_id if found else None
