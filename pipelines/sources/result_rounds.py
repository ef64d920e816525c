"""The survey rounds of ``raw/results/``, and everything that is wrong with their folders, at once.

A round is ``raw/results/<municipality_code>/<plan-slug>/<fy or from-to>/<round>/``: the files that
came in, untouched, beside our ``round.yaml`` and, where they are needed, ``profile.yaml`` and
``source.yaml``. The latter two also count from the folders above (a year's, a plan's).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pipelines.problems import Problem
from pipelines.sources.municipality_code import fault_of_code
from pipelines.sources.sheet_profile import PROFILE_FILE, PROFILE_RULE, SheetProfile
from pipelines.sources.submission_source import SOURCE_FILE, SOURCE_RULE, SubmissionOrigin
from pipelines.sources.survey_round import ROUND_FILE, ROUND_RULE, RoundSettings
from pipelines.sources.yaml_text import Model, parse_settings

_YEARS = re.compile(r"(?P<first>(?:19|20)\d{2})(?:-(?P<last>(?:19|20)\d{2}))?")
_OURS = frozenset({ROUND_FILE, PROFILE_FILE, SOURCE_FILE})
#: Files that programs leave behind: they hold no results.
_LEFT_BEHIND = re.compile(r"~\$.*|\..*|Thumbs\.db|desktop\.ini", re.IGNORECASE)


@dataclass(frozen=True)
class SubmittedFile:
    """A file as it came in: its name below the round's folder, with forward slashes, and bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Hash of the untouched bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class RoundFolder:
    """One usable round.

    Attributes:
        municipality_code: six digits.
        plan_slug: the plan's folder name.
        fiscal_year: the year asked for; None where the folder stands for several.
        period: first and last year; equal where it stands for one.
        name: the round's folder name.
        place: the folder as people see it, ``results/990019/keiei3/2025/1-mikomi``.
        settings: of ``round.yaml``.
        profile: of ``profile.yaml``; without any, the common words alone.
        origin: of ``source.yaml``.
        files: what came in, by name.
    """

    municipality_code: str
    plan_slug: str
    fiscal_year: int | None
    period: tuple[int, int]
    name: str
    place: str
    settings: RoundSettings
    profile: SheetProfile
    origin: SubmissionOrigin
    files: tuple[SubmittedFile, ...]

    @property
    def plan_id(self) -> str:
        """``<municipality_code>-<plan-slug>``."""
        return f"{self.municipality_code}-{self.plan_slug}"


@dataclass(frozen=True)
class RoundDiscovery:
    """All rounds: usable ones, and the problems of all."""

    rounds: list[RoundFolder] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def discover_rounds(raw: Path) -> RoundDiscovery:
    """Read every round below ``raw/results``; nothing is raised for a faulty one.

    Args:
        raw: the raw folder; without ``results`` in it there are no rounds.
    """
    found = RoundDiscovery()
    for municipality in _folders(raw / "results", "results", found.problems):
        fault = fault_of_code(municipality.name)
        if fault:
            _tell(found, "results_place", f"results/{municipality.name}", fault)
            continue
        for plan in _folders(municipality, f"results/{municipality.name}", found.problems):
            _take_plan(plan, f"results/{municipality.name}/{plan.name}", found)
    return found


def _take_plan(plan: Path, place: str, found: RoundDiscovery) -> None:
    for years in _folders(plan, place, found.problems, ours=True):
        match = _YEARS.fullmatch(years.name)
        if match is None or int(match["last"] or match["first"]) < int(match["first"]):
            message = (
                f"フォルダー名「{years.name}」が年度（2025）でも期間（2019-2022）でもありません。"
                "西暦の年度に直してください。"
            )
            _tell(found, "results_place", f"{place}/{years.name}", message)
            continue
        first, last = int(match["first"]), int(match["last"] or match["first"])
        for folder in _folders(years, f"{place}/{years.name}", found.problems, ours=True):
            read = read_round(folder, (first, last), found.problems)
            if read is not None:
                found.rounds.append(read)


def read_round(
    folder: Path, period: tuple[int, int], problems: list[Problem]
) -> RoundFolder | None:
    """One round's folder; None where it cannot be used, with the reasons among ``problems``."""
    years, plan = folder.parent, folder.parent.parent
    place = f"results/{plan.parent.name}/{plan.name}/{years.name}/{folder.name}"
    settings = _read_settings(folder, place, problems)
    near = [(folder, place), (years, place.rsplit("/", 1)[0]), (plan, place.rsplit("/", 2)[0])]
    profile = _nearest(near, PROFILE_FILE, PROFILE_RULE, SheetProfile, problems)
    origin = _nearest(near, SOURCE_FILE, SOURCE_RULE, SubmissionOrigin, problems)
    if settings is None or profile is None or origin is None:
        return None
    files = tuple(_submitted(folder, place, problems))
    problems.extend(_unknown_receipts(settings, files, place))
    return RoundFolder(
        municipality_code=plan.parent.name,
        plan_slug=plan.name,
        fiscal_year=period[0] if period[0] == period[1] else None,
        period=period,
        name=folder.name,
        place=place,
        settings=settings,
        profile=profile,
        origin=origin,
        files=files,
    )


def _read_settings(folder: Path, place: str, problems: list[Problem]) -> RoundSettings | None:
    if not (folder / ROUND_FILE).exists():
        message = (
            "round.yaml がないため、この回のファイルを読みませんでした。"
            "status（見込み、確定、再調査）などを書いた round.yaml を置いてください。"
        )
        problems.append(Problem("error", "round_missing", f"{place}/{ROUND_FILE}", message))
        return None
    return _read_yaml(folder / ROUND_FILE, place, ROUND_RULE, RoundSettings, problems)


def _nearest(
    folders: list[tuple[Path, str]],
    name: str,
    rule: str,
    model: type[Model],
    problems: list[Problem],
) -> Model | None:
    """The file of this name in the nearest folder; the model without keys where there is none."""
    for folder, place in folders:
        if (folder / name).exists():
            return _read_yaml(folder / name, place, rule, model, problems)
    return model()


def _read_yaml(
    path: Path, place: str, rule: str, model: type[Model], problems: list[Problem]
) -> Model | None:
    try:
        value, faults = parse_settings(path.read_bytes().decode("utf-8-sig"), model)
    except UnicodeDecodeError:
        value, faults = None, [(None, "UTF-8ではありません。UTF-8で保存し直してください。")]
    except OSError as error:
        value, faults = None, [(None, f"開けません（{error.strerror}）。権限を確かめてください。")]
    where = f"{place}/{path.name}"
    told = [Problem("error", rule, where, message, key) for key, message in faults]
    problems.extend(one for one in told if one not in problems)
    return value


def _submitted(folder: Path, place: str, problems: list[Problem]) -> Iterator[SubmittedFile]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name in _OURS or _LEFT_BEHIND.fullmatch(path.name):
            continue
        try:
            yield SubmittedFile(name, path.read_bytes())
        except OSError as error:
            message = f"開けません（{error.strerror}）。読み取りの権限を確かめてください。"
            problems.append(Problem("error", "submission_unreadable", f"{place}/{name}", message))


def _unknown_receipts(
    settings: RoundSettings, files: tuple[SubmittedFile, ...], place: str
) -> Iterator[Problem]:
    names = {one.name for one in files}
    for receipt in settings.receipts:
        if receipt.file not in names:
            message = (
                f"receipts のファイル「{receipt.file}」がこの回のフォルダーにありません。"
                "名前を直すか、ファイルを置いてください。"
            )
            where = f"{place}/{ROUND_FILE}"
            yield Problem("error", "receipt_without_file", where, message, "receipts")


def _folders(
    folder: Path, place: str, problems: list[Problem], *, ours: bool = False
) -> list[Path]:
    """Sub-folders in name order; files beside them are told, but for ours where they may stand."""
    if not folder.is_dir():
        return []
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        message = f"フォルダーを開けません（{error.strerror}）。読み取りの権限を確かめてください。"
        problems.append(Problem("error", "folder_unreadable", place, message))
        return []
    for entry in entries:
        known = ours and entry.name in (PROFILE_FILE, SOURCE_FILE)
        if not entry.is_dir() and not known and not _LEFT_BEHIND.fullmatch(entry.name):
            message = "実績のファイルは <年度>/<調査の回>/ に置きます。これは読みませんでした。"
            problems.append(Problem("warning", "stray_file", f"{place}/{entry.name}", message))
    return [entry for entry in entries if entry.is_dir() and not entry.name.startswith(".")]


def _tell(found: RoundDiscovery, rule: str, place: str, message: str) -> None:
    found.problems.append(Problem("error", rule, place, message))
