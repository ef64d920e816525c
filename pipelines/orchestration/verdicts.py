"""What the checks of the tables found, kept in full beside the tables.

Dagster's event log shows the first rows only. A build that a check stops never reaches the
release, so the report of the build is written from here.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from pipelines.orchestration.evidence import release_evidence
from pipelines.orchestration.files import read_json, write_json
from pipelines.orchestration.issues import problems_from_json, problems_to_json
from pipelines.orchestration.workspace import Places
from pipelines.problems import Problem
from pipelines.release.last_build import write_last_build
from pipelines.release.outcome import GateResult, ReleaseOutcome

CHECK_TITLES_JA = {
    "own_rules": "表の値の検査",
    "foreign_keys": "表どうしの参照の検査",
    "published_plans_remain_readable": "公開済みの計画が読めること",
    "some_plan_is_readable": "使える計画があること",
    "corrections_and_changes_hold": "訂正と項目の変更が成り立つこと",
    "every_row_is_accounted_for": "提出された表のすべての行の行き先が分かること",
}


def record_verdict(places: Places, check: str, table: str, problems: Sequence[Problem]) -> None:
    """Keep what a check found; where it found anything, the build's report says so.

    Args:
        places: the folders of the build.
        check: the check's name, a key of ``CHECK_TITLES_JA``.
        table: the table it looked at.
        problems: what it found; none if it has passed.
    """
    path = places.checks / check / f"{table}.json"
    if not problems:
        path.unlink(missing_ok=True)
        return
    write_json(path, problems_to_json(problems))
    write_last_build(places.outputs, blocked_outcome(places))


def forget_verdicts(places: Places) -> None:
    """A new build knows nothing yet."""
    shutil.rmtree(places.checks, ignore_errors=True)


def failed_checks(places: Places) -> dict[str, list[Problem]]:
    """Check -> everything it found in any table; empty if all have passed."""
    found: dict[str, list[Problem]] = {}
    for path in sorted(places.checks.glob("*/*.json")):
        found.setdefault(path.parent.name, []).extend(_read(path))
    return found


def blocked_outcome(places: Places, also: Sequence[Problem] = ()) -> ReleaseOutcome:
    """The outcome of a build that ended before its release.

    Args:
        places: the folders of the build.
        also: problems besides those of the stages and the checks.
    """
    failed = failed_checks(places)
    gates = [
        GateResult(check, CHECK_TITLES_JA.get(check, check), len(problems), tuple(problems))
        for check, problems in failed.items()
    ]
    # A check may look at what a stage has told already.
    problems = dict.fromkeys(
        [
            *release_evidence(places).problems,
            *(problem for found in failed.values() for problem in found),
            *also,
        ]
    )
    return ReleaseOutcome("blocked", gates=tuple(gates), problems=tuple(problems))


def _read(path: Path) -> list[Problem]:
    return problems_from_json(read_json(path) or [])
