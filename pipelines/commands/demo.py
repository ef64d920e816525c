"""``gyokaku demo``: the whole yearly cycle on a fictional municipality, round by round."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipelines.commands import build as build_command
from pipelines.commands import forms as forms_command
from pipelines.commands.output import BAD_INPUT, OK, say, shown_path
from pipelines.orchestration.workspace import Places
from pipelines.sources.fingerprints import PROJECT_ROOT

DEMO_RAW = PROJECT_ROOT / "demo" / "raw"
_YEAR = re.compile(r"\d{4}")


def demo(out: Path) -> int:
    """Let the rounds of three years come in one after the other, and publish after each.

    Args:
        out: a folder of its own: raw/ (what came in), forms/ (what goes out next), outputs/.

    Returns:
        0, or the exit code of the build that stopped; 2 where ``out`` holds other things.
    """
    if not DEMO_RAW.is_dir():
        say(f"エラー: 見本のフォルダー {DEMO_RAW} がありません。", error=True)
        return BAD_INPUT
    if out.exists() and any(one.name not in _OURS for one in out.iterdir()):
        say(
            f"エラー: {shown_path(out)} にほかのものがあります。空のフォルダーを指定してください。",
            error=True,
        )
        return BAD_INPUT
    for name in _OURS:
        shutil.rmtree(out / name, ignore_errors=True)
    return _run(Places(raw=out / "raw", outputs=out / "outputs"), out / "forms")


_OURS = ("raw", "forms", "outputs")


def _run(places: Places, forms: Path) -> int:
    say("これは架空の団体「みほん市」の見本です。実在の団体とは関係ありません。")
    shutil.copytree(DEMO_RAW, places.raw, ignore=_results_only)
    rounds = list(_rounds(DEMO_RAW))
    for number, folder in enumerate(rounds, start=1):
        below = folder.relative_to(DEMO_RAW)
        files = sum(one.is_file() and one.name != "round.yaml" for one in folder.rglob("*"))
        say(f"\n== {number}/{len(rounds)} {below}: {files}個のファイルが届きました ==")
        shutil.copytree(folder, places.raw / below)
        code = build_command.build(places)
        if code != OK:
            return code
    return _forms(places.raw, rounds[-1], forms) if rounds else OK


def _results_only(folder: str, names: list[str]) -> set[str]:
    """Years of results are left out at first: they come in round by round."""
    return {name for name in names if _YEAR.fullmatch(name) and "results" in Path(folder).parts}


def _rounds(raw: Path) -> Iterator[Path]:
    """The rounds in the order in which they came in."""
    yield from sorted(one.parent for one in raw.glob("results/*/*/*/*/round.yaml"))


def _forms(raw: Path, last: Path, out: Path) -> int:
    code, slug, year = last.parts[-4:-1]
    following = int(year) + 1
    say(f"\n== 次の照会（{following}年度）の様式 ==")
    return forms_command.forms(raw, f"{code}-{slug}", following, None, out)
