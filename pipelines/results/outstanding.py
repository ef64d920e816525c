"""What is told of a round as a whole: who has not answered, and what its receipts say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipelines.problems import Problem, Severity
from pipelines.results.answers import Answers
from pipelines.results.model import PlanContext
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
    answers = Answers.of(files, plan.departments)
    return [problem for folder in rounds for problem in _of_round(folder, answers, plan)]


def receipt_problems(rounds: Sequence[RoundFolder], plan: PlanContext) -> list[Problem]:
    """Receipt numbers given twice, and files that came in after the round's due date."""
    return [
        Problem(
            severity,
            rule,
            f"{folder.place}/{ROUND_FILE}",
            message,
            "receipts",
            plan_id=plan.plan_id,
            municipality_code=plan.municipality_code,
        )
        for folder in rounds
        for severity, rule, message in (*_given_twice(folder), *_late(folder))
    ]


def _given_twice(folder: RoundFolder) -> Iterator[tuple[Severity, str, str]]:
    files: dict[int, list[str]] = defaultdict(list)
    for one in folder.settings.receipts:
        files[one.number].append(one.file)
    for number, names in sorted(files.items()):
        if len(names) > 1:
            yield (
                "error",
                "receipt_number_twice",
                f"受付番号{number}が{'、'.join(names)}の{len(names)}件に付いているため、"
                "どれが後に届いたか分かりません。届いた順に別の番号を付けてください。",
            )


def _late(folder: RoundFolder) -> Iterator[tuple[Severity, str, str]]:
    due = folder.settings.due_on
    late = [
        f"{one.file}（{one.received_on.isoformat()}）"
        for one in folder.settings.receipts
        if due and one.received_on and one.received_on > due
    ]
    if due and late:
        yield (
            "warning",
            "received_late",
            f"期限（{due.isoformat()}）の後に届いたファイルがあります: {'、'.join(late)}。"
            "内容は期限内のものと同じように載せました。受付日が正しいか確かめてください。",
        )


def _of_round(folder: RoundFolder, answers: Answers, plan: PlanContext) -> Iterator[Problem]:
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
