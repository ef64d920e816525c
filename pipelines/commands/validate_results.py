"""``gyokaku validate`` for what departments sent: look at the files and publish nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.commands.output import BAD_INPUT, BLOCKED, OK, say, show_problems
from pipelines.orchestration.workspace import default_raw

if TYPE_CHECKING:
    from pipelines.problems import Problem
    from pipelines.results.outcomes import FileOutcome
    from pipelines.sources.result_rounds import RoundFolder

_CODE = re.compile(r"\d{6}")
RESULTS = "results"
_WHERE_FEEDBACK_LIES = (
    "部署に返す指摘の一覧（HTML）と印を付けた写しは、raw/results に置いたファイルについて、"
    "gyokaku build が outputs/internal/feedback に書きます。"
)


@dataclass(frozen=True)
class ResultPlace:
    """A place in a raw folder's results: the raw folder, and the parts below ``results``."""

    raw: Path
    parts: tuple[str, ...]

    @property
    def below(self) -> str:
        """The place as people see it."""
        return "/".join((RESULTS, *self.parts))


def result_place(path: Path) -> ResultPlace | None:
    """Where in a raw folder's results a path lies; None for any other path.

    Args:
        path: absolute; a file or folder.
    """
    parts = path.parts
    for at in range(len(parts) - 1, 0, -1):
        below = parts[at + 1 :]
        if parts[at] == RESULTS and (not below or _CODE.fullmatch(below[0])):
            return ResultPlace(Path(*parts[:at]), below)
    return None


def is_submission(path: Path) -> bool:
    """Whether a path is a file that a department may have sent, or a place of such files."""
    return path.is_file() or result_place(path) is not None


def validate_results(path: Path) -> int:
    """Print everything that is found in the submissions at a path.

    Args:
        path: absolute: a file, a round's folder, or any folder of ``raw/results`` above.

    Returns:
        0 without errors, 1 with, 2 where there is nothing to look at.
    """
    place = result_place(path)
    if place is None:
        return validate_loose_file(path)
    codes = [place.parts[0]] if place.parts else _codes(path)
    read = [_read(place, code) for code in codes]
    files = [one for found, _ in read for one in found]
    problems = [one for _, found in read for one in found]
    if not files and not problems:
        say(f"エラー: {path} に提出されたファイルがありません。", error=True)
        return BAD_INPUT
    return _show(files, problems)


def _codes(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if _CODE.fullmatch(one.name))


def _read(place: ResultPlace, code: str) -> tuple[list[FileOutcome], list[Problem]]:
    from pipelines.orchestration.municipality import read_municipality

    def is_wanted(folder: RoundFolder) -> bool:
        return _is_below(folder.place, place.below) or _is_below(place.below, folder.place)

    reading = read_municipality(place.raw, code, is_wanted)
    files = [one for one in reading.results.files if _is_below(one.submission.place, place.below)]
    told = {one.submission.place for one in reading.results.files}
    others = [
        one
        for one in reading.results.problems
        if not any(one.place == file or one.place.startswith(f"{file}: ") for file in told)
        and (_is_below(one.place, place.below) or _is_below(place.below, one.place))
    ]
    return files, others


def _is_below(place: str, above: str) -> bool:
    return place == above or place.startswith((f"{above}/", f"{above}: "))


def _show(files: Sequence[FileOutcome], problems: Iterable[Problem]) -> int:
    from pipelines.problems import errors
    from pipelines.results.feedback.lines import validation_lines

    told = list(problems)
    for one in files:
        for line in validation_lines(one.feedback):
            say(line)
    show_problems(told)
    if any(one.feedback.findings for one in files):
        say(_WHERE_FEEDBACK_LIES)
    faulty = errors(told) or any(one.feedback.counts["error"] for one in files)
    return BLOCKED if faulty else OK


def validate_loose_file(path: Path) -> int:
    """Look at a file that lies anywhere: our own form says itself whose it is."""
    from pipelines.results.feedback.lines import validation_lines
    from pipelines.results.feedback.model import unreadable_file
    from pipelines.results.forms.reading import is_form
    from pipelines.sources.workbooks.model import WorkbookError
    from pipelines.sources.workbooks.reading import read_workbook

    try:
        workbook = read_workbook(path.name, path.read_bytes())
    except WorkbookError as error:
        for line in validation_lines(unreadable_file(path.name, error)):
            say(line)
        return BLOCKED
    if not is_form(workbook):
        say(
            f"エラー: {path.name} はこの仕組みの様式ではないため、どの計画の実績か分かりません。"
            "raw/results/<団体コード>/<計画>/<年度>/<調査の回>/ に置いてから検査してください。",
            error=True,
        )
        return BAD_INPUT
    return _validate_form(path)


def _validate_form(path: Path) -> int:
    """Read a form as if it lay in the round that it names."""
    from pipelines.orchestration.municipality import read_municipality
    from pipelines.results.file_reading import loose_round
    from pipelines.results.submissions import plan_results

    folder = loose_round(path.name, path.read_bytes())
    if folder is None:
        say(f"エラー: {path.name} から計画と年度を読み取れません。", error=True)
        return BLOCKED
    reading = read_municipality(default_raw(), folder.municipality_code, lambda _: False)
    context = reading.results.contexts.get(folder.plan_id)
    if context is None:
        say(
            f"エラー: {path.name} の計画「{folder.plan_id}」が {default_raw()} にありません。",
            error=True,
        )
        return BAD_INPUT
    return _show(plan_results([folder], context).files, [])
