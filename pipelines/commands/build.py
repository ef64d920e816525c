"""``gyokaku build``: what is decided before Dagster starts, and what is said after it ended."""

from __future__ import annotations

import re
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.commands.output import (
    BAD_INPUT,
    BLOCKED,
    OK,
    say,
    show_accounts,
    show_counts,
    show_problems,
    show_reviews,
    shown_path,
)
from pipelines.commands.progress import BarReporter, PlainReporter
from pipelines.commands.submitted_files import show_submissions
from pipelines.commands.unchanged import (
    BuildInput,
    build_input,
    remember,
    table_titles,
    unchanged_release,
)
from pipelines.orchestration.files import read_json, write_text
from pipelines.orchestration.issues import problems_from_json
from pipelines.orchestration.workspace import Places, schema_directory
from pipelines.release.versions import is_version
from pipelines.sources.fingerprints import Listing, list_contents

if TYPE_CHECKING:
    from pipelines.problems import Problem
    from pipelines.release.outcome import ReleaseOutcome


def build(places: Places, *, force: bool = False, version: str | None = None) -> int:
    """Build and publish; returns the exit code of the contract.

    Args:
        places: where to read and write.
        force: build although nothing changed, and read every plan again.
        version: what the release is to be called; None for what its changes propose.
    """
    if version is not None and not is_version(version):
        say(f"エラー: 版「{version}」は 1.2.3 の形ではありません。", error=True)
        return BAD_INPUT
    try:
        listing = list_contents(places.raw)
    except OSError as error:
        return _refuse(places, _unusable_raw(places.raw, error))
    if not _has_plan_folder(listing):
        return _refuse(places, _no_plans(places))
    if not _can_write(places.outputs):
        return BAD_INPUT
    made_from = build_input(listing)
    unchanged = None if force else unchanged_release(places, made_from)
    if unchanged is not None:
        return _say_unchanged(places, unchanged, version)
    return _build(places, made_from, force=force, version=version)


def _build(places: Places, made_from: BuildInput, *, force: bool, version: str | None) -> int:
    if force:
        for root in (places.extracted, places.figures, places.results):
            for report in root.glob("*/report.json"):
                report.unlink()
    error_log = places.last_build / "error.log"
    error_log.unlink(missing_ok=True)
    try:
        code, faults = _run(places, made_from, version)
    except Exception:
        code, faults = BLOCKED, {"build": traceback.format_exc()}
    if faults:
        write_text(error_log, "\n\n".join(f"{step}\n{text}" for step, text in faults.items()))
        say(
            f"エラー: 処理「{next(iter(faults))}」で予期しない不具合が起き、公開していません。"
            f"詳しい記録は {shown_path(error_log)} にあります。開発者に渡してください。",
            error=True,
        )
    return code


def _run(places: Places, made_from: BuildInput, version: str | None) -> tuple[int, dict[str, str]]:
    """Run the job; exit code, and what nobody expected."""
    watched = BarReporter() if sys.stdout.isatty() else PlainReporter()
    with watched as reporter:
        reporter.stage("準備")
        from pipelines.orchestration.in_process import run_build

        result = run_build(places, reporter, version)
    # The bar is gone from here on: what is said now stays on the terminal.
    if result.faults:
        return BLOCKED, result.faults
    if watched.outcome is None:
        return _say_stopped(places), {}
    return _say_outcome(places, watched.outcome, made_from, version), {}


def _say_outcome(
    places: Places, outcome: ReleaseOutcome, made_from: BuildInput, version: str | None
) -> int:
    show_problems(outcome.problems)
    if outcome.state == "blocked":
        failed = "、".join(gate.title_ja for gate in outcome.gates if not gate.passed)
        return _say_blocked(places, failed)
    if outcome.state != "candidate":
        remember(places, made_from)
    if outcome.state == "published":
        say(f"版 {outcome.version} を公開しました。")
        for change in outcome.changes:
            say(f"  変更点: {change}")
    elif outcome.state == "candidate":
        _say_candidate(outcome)
    else:
        say(f"作り直しましたが、公開中の版 {outcome.version} から変更はありません。")
        _say_version_unused(version)
    _say_where(places, str(outcome.path), dict(outcome.counts))
    return OK


def _say_candidate(outcome: ReleaseOutcome) -> None:
    say(f"版 {outcome.version} を作りました。承認を待っています（まだ公開していません）。")
    for change in outcome.changes:
        say(f"  変更点: {change}")
    say(
        f"承認: gyokaku releases approve {outcome.version} "
        "--decision 決裁番号 --decided-on 決裁日 --public-on 公開日"
    )


def _say_stopped(places: Places) -> int:
    """A check of the tables stopped the job before its release."""
    from pipelines.orchestration.verdicts import CHECK_TITLES_JA, blocked_outcome, failed_checks

    failed = failed_checks(places)
    show_problems(blocked_outcome(places).problems)
    if set(failed) == {"some_plan_is_readable"}:
        say("使える入力がないため、何も公開していません。", error=True)
        _say_report(places)
        return BAD_INPUT
    return _say_blocked(places, "、".join(CHECK_TITLES_JA.get(one, one) for one in failed))


def _say_blocked(places: Places, failed: str) -> int:
    reason = f"（{failed}）" if failed else ""
    say(f"検査に通らなかったため、公開していません{reason}。", error=True)
    show_submissions(places)
    _say_report(places)
    return BLOCKED


def _say_unchanged(places: Places, newest: dict[str, Any], version: str | None) -> int:
    report = read_json(places.last_build / "report.json") or {}
    show_problems(problems_from_json(report.get("problems", [])), infos=0)
    say(f"前回から変更はありません。公開中の版は {newest['version']} です。")
    _say_version_unused(version)
    _say_where(places, str(places.outputs / newest["path"]), dict(newest["counts"]))
    return OK


def _say_version_unused(version: str | None) -> None:
    if version is not None:
        say(f"公開する変更がないため、--version {version} は使いませんでした。")


def _say_where(places: Places, path: str, counts: dict[str, int]) -> None:
    is_newest = (places.outputs / "latest").resolve() == Path(path).resolve()
    also = f"（{shown_path(places.outputs / 'latest')} からも開けます）" if is_newest else ""
    say(f"場所: {shown_path(Path(path))}{also}")
    show_counts(counts, table_titles(schema_directory()))
    report = read_json(places.last_build / "report.json") or {}
    show_accounts(report.get("row_accounting", []))
    show_submissions(places, report.get("row_accounting", []))
    show_reviews(places.review)
    _say_report(places)


def _say_report(places: Places) -> None:
    say(f"報告: {shown_path(places.last_build / 'report.md')}")


def _refuse(places: Places, problems: list[Problem]) -> int:
    """No usable input at all: say why, and report it if the outputs can be written."""
    from pipelines.release.last_build import write_last_build
    from pipelines.release.outcome import ReleaseOutcome

    show_problems(problems)
    say("使える入力がないため、何も公開していません。", error=True)
    if _can_write(places.outputs):
        places.fingerprint.unlink(missing_ok=True)
        write_last_build(places.outputs, ReleaseOutcome("blocked", problems=tuple(problems)))
        _say_report(places)
    return BAD_INPUT


def _unusable_raw(raw: Path, error: OSError) -> list[Problem]:
    from pipelines.problems import Problem

    reason = {
        FileNotFoundError: "ありません",
        NotADirectoryError: "フォルダーではありません",
        PermissionError: "読み取れません",
    }.get(type(error), f"開けません（{error.strerror}）")
    message = (
        f"入力フォルダーが{reason}。--raw の指定と置き場所、読み取りの権限を確かめてください。"
    )
    return [Problem("error", "raw_unusable", str(raw), message)]


def _no_plans(places: Places) -> list[Problem]:
    from pipelines.problems import Problem
    from pipelines.sources.discovery import discover_plans

    message = (
        "計画のフォルダーが一つもありません。"
        "plans/<団体コード>/<計画の短い名前>/ に plan.yaml と文書を置いてください。"
    )
    problem = Problem("error", "no_plan_folder", str(places.plans), message)
    return [*discover_plans(places.raw).problems, problem]


def _has_plan_folder(listing: Listing) -> bool:
    """Whether there is a plan folder, or a folder that cannot be looked into."""
    return any(re.fullmatch(r"plans/[^/]+/[^/]+/", name) for name in listing)


def _can_write(outputs: Path) -> bool:
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        (outputs / "last_build").mkdir(exist_ok=True)
    except OSError as error:
        say(
            f"エラー: 出力フォルダー {outputs} に書けません（{error.strerror}）。"
            "--out の指定と書き込みの権限を確かめてください。",
            error=True,
        )
        return False
    return True
