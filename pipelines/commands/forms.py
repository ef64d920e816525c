"""``gyokaku forms``: one pre-filled result form per department of a plan."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.commands.output import BAD_INPUT, BLOCKED, OK, say, show_problems, shown_path

if TYPE_CHECKING:
    from pipelines.orchestration.municipality import MunicipalityReading
    from pipelines.results.forms.content import FormContent, Paper, Survey
    from pipelines.results.model import Row
    from pipelines.sources.discovery import PlanFolder
    from pipelines.sources.result_rounds import RoundFolder

_PLAN_ID = re.compile(r"(?P<code>\d{6})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)")
FICTIONAL = "99"


def forms(
    raw: Path,
    plan_id: str,
    fiscal_year: int,
    round_name: str | None,
    out: Path,
    paper: Paper = "A4",
) -> int:
    """Write the forms of a plan and a year.

    Args:
        raw: the raw folder; plan, scale, register and earlier results are read from it.
        plan_id: the plan.
        fiscal_year: the year asked.
        round_name: the round's folder name, whose ``round.yaml`` gives the due date.
        out: where the forms go.
        paper: on which the forms are printed.

    Returns:
        0 where forms were written, 1 where the plan gives none, 2 for an unknown plan.
    """
    match = _PLAN_ID.fullmatch(plan_id)
    if match is None:
        say(f"エラー: 計画ID「{plan_id}」は 990019-keiei3 のような形で書いてください。", error=True)
        return BAD_INPUT
    from pipelines.orchestration.municipality import read_municipality

    say(f"{plan_id} の計画とこれまでの実績を読んでいます。")
    reading = read_municipality(raw, match["code"])
    folder = next((one for one in reading.folders if one.plan_id == plan_id), None)
    if folder is None:
        return _no_plan(reading, plan_id)
    asked = _named(reading.rounds, folder, fiscal_year, round_name)
    if round_name is not None and asked is None:
        return _no_round(reading, folder, fiscal_year, round_name)
    contents = _contents(reading, folder, fiscal_year, asked, paper)
    if not contents:
        say(f"{plan_id} には、様式を作れる改革項目がありません。", error=True)
        return BLOCKED
    _write(contents, out)
    return OK


def _no_plan(reading: MunicipalityReading, plan_id: str) -> int:
    show_problems([one for one in reading.problems if one.place.startswith("plans/")])
    known = "、".join(one.plan_id for one in reading.folders) or "なし"
    say(f"エラー: 計画「{plan_id}」がありません。読める計画: {known}", error=True)
    return BAD_INPUT


def _no_round(
    reading: MunicipalityReading, folder: PlanFolder, fiscal_year: int, round_name: str
) -> int:
    place = f"results/{folder.settings.municipality_code}/{folder.path.name}/{fiscal_year}"
    show_problems([one for one in reading.problems if one.place.startswith(place)])
    say(
        f"エラー: 調査の回「{round_name}」がありません。"
        f"raw/{place}/{round_name}/ に round.yaml を置いてください。",
        error=True,
    )
    return BAD_INPUT


def _contents(
    reading: MunicipalityReading,
    folder: PlanFolder,
    fiscal_year: int,
    asked: RoundFolder | None,
    paper: Paper,
) -> list[FormContent]:
    from pipelines.results.context import plan_contexts
    from pipelines.results.forms.selection import form_contents

    survey = _survey(reading, folder, fiscal_year, asked, paper)
    register = plan_contexts(reading.rows, lambda _: {})[folder.plan_id].departments
    rows = {**reading.rows, "item_departments": _transferred(reading.rows, folder, fiscal_year)}
    ended = _ended(reading.rows["item_lineage"], fiscal_year)
    found = form_contents(rows, survey, register, ended)
    show_problems(found.problems)
    return found.forms


def _survey(
    reading: MunicipalityReading,
    folder: PlanFolder,
    fiscal_year: int,
    asked: RoundFolder | None,
    paper: Paper,
) -> Survey:
    from pipelines.results.forms.content import Survey

    earlier = _earlier(reading.rounds, folder.plan_id, fiscal_year, asked)
    plan = next(row for row in reading.rows["plans"] if row["plan_id"] == folder.plan_id)
    settings = asked.settings if asked else None
    return Survey(
        plan_id=folder.plan_id,
        plan_title=plan["title"] or folder.plan_id,
        municipality_name=folder.settings.municipality_name,
        fiscal_year=fiscal_year,
        round=asked.name if asked else None,
        due_on=settings.due_on if settings else None,
        as_of_on=settings.as_of_on if settings else None,
        is_fictional=folder.settings.prefecture_code == FICTIONAL,
        earlier_rounds=tuple(one.name for one in earlier),
        is_after_settled=bool(earlier) and earlier[-1].settings.status != "見込み",
        paper=paper,
    )


def _earlier(
    rounds: Iterable[RoundFolder], plan_id: str, fiscal_year: int, asked: RoundFolder | None
) -> list[RoundFolder]:
    """The departments' rounds of the year before the one asked; all of them where none is named."""
    of_year = [
        one
        for one in rounds
        if (one.plan_id, one.fiscal_year) == (plan_id, fiscal_year)
        and one.settings.assessor == "department"
        and (asked is None or _order(one) < _order(asked))
    ]
    return sorted(of_year, key=_order)


def _order(folder: RoundFolder) -> tuple[int, str]:
    return folder.settings.place, folder.name


def _named(
    rounds: Iterable[RoundFolder], folder: PlanFolder, fiscal_year: int, name: str | None
) -> RoundFolder | None:
    return next(
        (
            one
            for one in rounds
            if (one.plan_id, one.fiscal_year, one.name) == (folder.plan_id, fiscal_year, name)
        ),
        None,
    )


def _ended(lineage: Iterable[Row], fiscal_year: int) -> set[str]:
    """Items that were merged or stopped by the first day of the year."""
    first_day = datetime.date(fiscal_year, 4, 1)
    return {
        row["from_item_id"]
        for row in lineage
        if row["relation"] in ("merged", "stopped")
        and row["from_item_id"]
        and row["changed_on"]
        and row["changed_on"] <= first_day
    }


def _transferred(rows: dict[str, list[Row]], folder: PlanFolder, fiscal_year: int) -> Sequence[Row]:
    """item_departments, where items were handed over by the end of the year to the new one."""
    from pipelines.plans.characters import normalised_title

    last_day = datetime.date(fiscal_year + 1, 3, 31)
    titles = {row["item_id"]: normalised_title(row["title"]) for row in rows["reform_items"]}
    new: dict[str, str] = {}
    for change in sorted(folder.item_changes.values(), key=lambda one: one.date):
        if change.change == "transferred" and change.department and change.date <= last_day:
            names = {*change.items, *(normalised_title(name) for name in change.items)}
            new |= {
                item_id: change.department
                for item_id, title in titles.items()
                if item_id in names or title in names
            }
    kept = [row for row in rows["item_departments"] if row["item_id"] not in new]
    moved = [
        {"item_id": item_id, "seq": 1, "department_name": name, "is_collective": False}
        for item_id, name in new.items()
    ]
    return [*kept, *moved]


def _write(contents: Sequence[FormContent], out: Path) -> None:
    from pipelines.results.forms.writing import write_form

    out.mkdir(parents=True, exist_ok=True)
    for content in contents:
        (out / content.file_name).write_bytes(write_form(content))
        say(f"  {content.file_name}: {len(content.items)}項目")
    say(f"{len(contents)}部署の様式を {shown_path(out)} に作りました。")
