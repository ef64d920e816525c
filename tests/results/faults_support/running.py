"""A case as files below ``raw/results``, read by the real path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipelines.problems import Problem
from pipelines.results.outcomes import FileOutcome
from pipelines.results.submissions import PlanResults, plan_results
from pipelines.sources.result_rounds import discover_rounds
from tests.results.faults_support import world
from tests.results.faults_support.cases import Case, SubmittedCase, faults
from tests.results.faults_support.damage import damaged
from tests.results.faults_support.drafts import change_draft, drafted
from tests.results.faults_support.form_file import form_file
from tests.results.faults_support.writers import write_draft

#: What is told of a round as a whole, and not of one of its files.
OF_ROUNDS = ("department_outstanding", "receipt_number_twice", "received_late")
_USUAL_ROUND = {"status": "確定"}


@dataclass(frozen=True)
class Outcome:
    """What came of a case: its results, and the problems of its folders."""

    results: PlanResults
    folder_problems: list[Problem]

    def file(self, name: str) -> FileOutcome:
        """The outcome of the file of a name."""
        return next(one for one in self.results.files if one.submission.file.name == name)


def run(case: Case, raw: Path) -> Outcome:
    """Write the case's files, and read them as a build does."""
    plan_folder = raw / "results" / world.CODE / world.SLUG
    rounds = {one.folder: _USUAL_ROUND for one in case.submitted} | case.rounds
    for name, settings in rounds.items():
        _write_round(_folder(plan_folder, name), settings)
    if case.profile:
        _write_yaml(plan_folder / "profile.yaml", case.profile)
    for one in case.submitted:
        path = _folder(plan_folder, one.folder) / one.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file_of(one))
    found = discover_rounds(raw)
    results = plan_results(found.rounds, world.plan_context(case.plan))
    of_folders = [one for one in results.problems if one.rule in OF_ROUNDS]
    return Outcome(results, [*found.problems, *of_folders])


def _folder(plan_folder: Path, name: str) -> Path:
    """Below the plan's folder; ``..`` leads out of it, as a wrong place."""
    return (plan_folder / name).resolve()


def _write_round(folder: Path, settings: Mapping[str, Any] | str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(settings, str):
        (folder / "round.yaml").write_text(settings, encoding="utf-8")
    elif settings is not None:
        _write_yaml(folder / "round.yaml", settings)


def _write_yaml(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(yaml.safe_dump(dict(content), allow_unicode=True), encoding="utf-8")


def file_of(one: SubmittedCase) -> bytes:
    """The bytes of a file as a clerk sends it."""
    if one.base == "form":
        return form_file(one.change, one.folder.rpartition("/")[2])
    rows = one.rows if one.rows is not None else faults().bases[one.base].rows
    draft = drafted(rows)
    later = [change for change in one.change if not change_draft(draft, change)]
    data = write_draft(draft, one.kind)
    for change in later:
        data = damaged(data, change)
    return data
