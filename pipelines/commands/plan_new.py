"""``gyokaku plan new`` and ``gyokaku plan show``: a new plan without a line of Python."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import typer

from pipelines.commands.output import BAD_INPUT, BLOCKED, OK, say, show_problems, shown_path
from pipelines.commands.plan_preview import best_layout, show_plan
from pipelines.commands.plan_scaffold import (
    fault_of_slug,
    known_name,
    plan_yaml,
    slug_of,
    with_layout,
    write_folder,
)
from pipelines.commands.unchanged import table_titles
from pipelines.orchestration.workspace import schema_directory
from pipelines.sources.decoding import DecodingError
from pipelines.sources.discovery import DOCUMENT_SUFFIXES, PlanFolder, discover_plans
from pipelines.sources.documents.text import document_text
from pipelines.sources.municipality_code import fault_of_code

_NAME_ON_COVER = re.compile(
    r"^[\s\u3000]*(?P<name>[一-龠々ぁ-んァ-ヶー]{1,8}[市町村区])[\s\u3000]*$"
)
COVER_LINES = 40


def new_plan(
    file: Path, municipality: str, name: str | None, slug: str | None, raw: Path, yes: bool
) -> int:
    """Scaffold the folder of a new plan and show what it would give.

    Returns:
        0 where a layout reads the document, 1 where none does (the folder is made all the same),
        2 where an argument is wrong; then nothing is written.
    """
    slug = slug or _asked("計画の短い名前（フォルダー名）", slug_of(file.stem), yes)
    faults = _faults(file, municipality, slug)
    folder = raw / "plans" / municipality / slug
    if not faults and folder.exists():
        faults = [f"{shown_path(folder)} はもうあります。--slug で別の名前を付けてください。"]
    name = name or (None if faults else _name_for(municipality, file, raw))
    if not faults and not name and not yes:
        name = _asked("団体の名前", "", yes)
    if not faults and not name:
        faults = ["団体の名前が分かりません。--name で指定してください（例: --name ○○市）。"]
    if faults or name is None:
        for fault in faults:
            say(f"エラー: {fault}", error=True)
        return BAD_INPUT
    write_folder(folder, file, _plan_yaml(municipality, name, yes))
    say(f"{shown_path(folder)} を作りました（{file.name} と plan.yaml）。")
    return _detect_and_show(folder, raw)


def show(path: Path) -> int:
    """Print again what a plan's folder gives.

    Returns:
        0 where it can be read, 1 where not, 2 where there is no such folder.
    """
    folder = path.absolute()
    if not (folder / "plan.yaml").is_file():
        say(f"エラー: {shown_path(folder)} に plan.yaml がありません。", error=True)
        return BAD_INPUT
    return _show(folder, folder.parents[2])


def _faults(file: Path, municipality: str, slug: str) -> list[str]:
    """Everything that is wrong with the arguments, at once."""
    faults = [fault for fault in (fault_of_code(municipality), fault_of_slug(slug)) if fault]
    if not file.is_file():
        faults.append(f"文書 {file} がありません。置き場所を確かめてください。")
    elif file.suffix.lower() not in DOCUMENT_SUFFIXES:
        known = "、".join(sorted(DOCUMENT_SUFFIXES))
        faults.append(f"文書 {file.name} の種類は読めません。{known} のどれかにしてください。")
    return faults


def _asked(question: str, default: str, yes: bool) -> str:
    """The answer of a person, or the default where nothing is to be asked."""
    if yes:
        return default
    return str(typer.prompt(question, default=default or None, show_default=bool(default)))


def _plan_yaml(municipality: str, name: str, yes: bool) -> str:
    kind = _asked("文書の種類（full / summary / excerpt / framework）", "full", yes)
    url = _asked("文書の公開URL（なければ空）", "", yes) if yes else _optional("文書の公開URL")
    terms = "" if yes else _optional("文書の利用条件（例 CC-BY-4.0）")
    today = "" if yes else datetime.date.today().isoformat()
    return plan_yaml(municipality, name, kind, url, terms, retrieved_on=today)


def _optional(question: str) -> str:
    return str(typer.prompt(f"{question}。分からなければそのままEnter", default="")).strip()


def _name_for(code: str, file: Path, raw: Path) -> str | None:
    """The name that other plans of the code bear, or the only one on the document's cover."""
    folders = discover_plans(raw).folders if (raw / "plans").is_dir() else []
    known = known_name(code, folders)
    if known:
        return known
    try:
        text = document_text(file.name, file.read_bytes()).text
    except DecodingError:
        return None
    head = [line for line in text.splitlines() if line.strip()][:COVER_LINES]
    names = {match["name"] for line in head if (match := _NAME_ON_COVER.match(line))}
    return names.pop() if len(names) == 1 else None


def _detect_and_show(folder: Path, raw: Path) -> int:
    """Write the layout that reads best into ``plan.yaml``, then show what it gives."""
    found = _discovered(folder, raw)
    layout = best_layout(found) if found else None
    if layout:
        settings = folder / "plan.yaml"
        text = with_layout(settings.read_text(encoding="utf-8"), layout)
        settings.write_text(text, encoding="utf-8")
        say(f"レイアウトは {layout} と判断し、plan.yaml に書きました。")
    code = _show(folder, raw)
    say("")
    if code == OK:
        say("plan.yaml を確かめ、必要なら直して、gyokaku build で公開します。")
    else:
        say("この文書はまだ読めません。plan.yaml の layout に言葉を足して、次で確かめてください:")
        say(f"  gyokaku plan show {shown_path(folder)}")
    return code


def _show(folder: Path, raw: Path) -> int:
    found = _discovered(folder, raw)
    if found is None:
        return BLOCKED
    plan = show_plan(found, table_titles(schema_directory()))
    return OK if plan.readable else BLOCKED


def _discovered(folder: Path, raw: Path) -> PlanFolder | None:
    """The checked folder; its faults are told where there are any."""
    discovery = discover_plans(raw)
    place = "/".join(folder.parts[-2:])
    for one in discovery.folders:
        if one.relative == place:
            return one
    show_problems([one for one in discovery.problems if place in one.place])
    return None
