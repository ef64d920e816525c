"""``gyokaku validate``: look at plan folders and publish nothing."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.commands.output import BAD_INPUT, BLOCKED, OK, say, show_problems
from pipelines.commands.validate_results import RESULTS, is_submission, validate_results
from pipelines.problems import Problem, errors

if TYPE_CHECKING:
    from pipelines.sources.discovery import PlanFolder


def validate(paths: Iterable[Path]) -> int:
    """Print every problem of the plans and submissions below ``paths``.

    A path is a raw folder, its ``plans``, a municipality's folder or a plan's folder; or a file
    that a department sent, or any folder of ``raw/results``.

    Returns:
        0 without errors, 1 with, 2 where a path is missing or holds no plan folder.
    """
    code, problems = OK, list[Problem]()
    for path in paths:
        if is_submission(path.absolute()):
            code = max(code, validate_results(path.absolute()))
            continue
        folders = plan_folders(path.absolute())
        if (path / RESULTS).is_dir():
            code = max(code, validate_results((path / RESULTS).absolute()))
        if not folders:
            say(_nothing_there(path), error=True)
            code = BAD_INPUT
        else:
            say(f"{path}: 計画のフォルダー{len(folders)}個を検査します。")
            problems += problems_of(folders)
    show_problems(problems)
    if errors(problems):
        return max(code, BLOCKED)
    if code == OK:
        say("エラーはありません。")
    return code


def _nothing_there(path: Path) -> str:
    if not path.exists():
        return f"エラー: {path} がありません。置き場所を確かめてください。"
    return (
        f"エラー: {path} に計画のフォルダーがありません。"
        "計画か団体のフォルダー、または raw フォルダーを指定してください。"
    )


def plan_folders(path: Path) -> list[Path]:
    """The plan folders that a path stands for; none where it is no such folder."""
    if (path / "plan.yaml").is_file() or _looks_like_plan(path):
        return [path]
    if (path / "plans").is_dir():
        path = path / "plans"
    children = _subfolders(path)
    if any(_looks_like_plan(child) or (child / "plan.yaml").exists() for child in children):
        return children
    return [plan for child in children for plan in _subfolders(child)]


def _looks_like_plan(path: Path) -> bool:
    """A plan folder whose plan.yaml is missing: its document lies in it."""
    return path.is_dir() and any(one.suffix in (".txt", ".md", ".pdf") for one in path.iterdir())


def _subfolders(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    return sorted(one for one in path.iterdir() if one.is_dir() and not one.name.startswith("."))


def problems_of(folders: Iterable[Path]) -> list[Problem]:
    """What discovery, reading and comparing say about these plan folders, and not about others.

    The other plans of their municipalities are read too: editions and items refer to them.
    """
    from pipelines.sources.discovery import discover_plans, place_of

    asked = list(folders)
    with tempfile.TemporaryDirectory() as directory:
        raw = Path(directory)
        for folder in dict.fromkeys([*asked, *_other_plans(asked)]):
            link = raw / "plans" / folder.parent.name / folder.name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(folder, target_is_directory=True)
        discovery = discover_plans(raw)
        problems = [*discovery.problems, *_problems_of_plans(discovery.folders)]
    places = tuple(place_of(folder) for folder in asked)
    return [one for one in problems if _is_below(one.place, places)]


def _other_plans(folders: Iterable[Path]) -> list[Path]:
    """The other plan folders of municipality folders (named by a code of six digits)."""
    municipalities = dict.fromkeys(folder.parent for folder in folders)
    return [
        path
        for municipality in municipalities
        if re.fullmatch(r"\d{6}", municipality.name)
        for path in _subfolders(municipality)
        if (path / "plan.yaml").is_file()
    ]


def _problems_of_plans(folders: Sequence[PlanFolder]) -> list[Problem]:
    from pipelines.orchestration.workspace import schema_directory
    from pipelines.plans.corrections import correct_plan
    from pipelines.plans.extraction import extract_plan
    from pipelines.plans.linking import link_plans
    from pipelines.tables.schemas import load_schemas

    schemas = load_schemas(schema_directory())
    problems: list[Problem] = []
    rows: dict[str, list[dict[str, Any]]] = {}
    for folder in folders:
        say(f"  {folder.relative}")
        plan = correct_plan(extract_plan(folder), folder, schemas)
        problems += plan.problems
        for name, values in plan.rows.items():
            rows.setdefault(name, []).extend(values)
    return problems + link_plans(folders, rows).problems


def _is_below(place: str, above: Iterable[str]) -> bool:
    return any(re.match(rf"{re.escape(one)}(?![^/:])", place) for one in above)
