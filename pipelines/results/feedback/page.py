"""The page that tells a department what was found in the file it sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipelines.problems import SEVERITY_LABELS
from pipelines.results.feedback.model import (
    ASIDE_LABELS,
    Entry,
    FeedbackFile,
    RowAccount,
)
from pipelines.results.feedback.texts import shown
from pipelines.sources.workbooks.model import CellFinding

#: Cells that are named one by one in an entry.
PLACES_SHOWN = 20
_TEXT_LIMIT = 2_000


@dataclass(frozen=True)
class FeedbackContext:
    """For whom a page is, as far as it is known.

    Attributes:
        department: name of the department that sent the file.
        plan_title: title of the plan.
        fiscal_year: the year asked.
        round: name of the survey round.
        is_fictional: whether everything in the file was made up (the demonstration).
    """

    department: str | None = None
    plan_title: str | None = None
    fiscal_year: int | None = None
    round: str | None = None
    is_fictional: bool = False


def feedback_page(file: FeedbackFile, context: FeedbackContext) -> str:
    """One HTML page in Japanese that needs no other file: what was read, and what to mend."""
    return _template().render(
        file_name=shown(file.name),
        context=context,
        verdict=verdict_ja(file),
        verdict_class=next((key for key in ("error", "warning") if file.counts[key]), "fine"),
        needs_answer=any(file.counts[key] for key in ("error", "warning")),
        counts=[(key, label, file.counts[key]) for key, label in SEVERITY_LABELS.items()],
        is_readable=file.workbook is not None,
        account=file.account,
        aside=[] if file.account is None else aside_words(file.account),
        held=[] if file.account is None else held_words(file.account),
        faultless=_faultless_sheets(file),
        entries=[_entry(entry) for entry in file.entries],
        diagnostics=[_diagnostic(one) for one in file.diagnostics],
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")


def verdict_ja(file: FeedbackFile) -> str:
    """What comes of the file, in one or two sentences."""
    if file.workbook is None and not file.counts["error"]:
        return "このファイルは読んでいません。理由は下のとおりです。送り直す必要はありません。"
    if file.workbook is None:
        return "このファイルは読み取れませんでした。下の説明のとおりに直して、送り直してください。"
    if file.counts["error"]:
        return (
            f"直していただく所が{file.counts['error']:,}件あります。"
            "直して送り直していただくまで、その所は公開できません。"
        )
    if file.counts["warning"]:
        return (
            f"エラーはありません。確かめていただきたい所が{file.counts['warning']:,}件あります。"
            "このままでよければ、送り直す必要はありません。"
        )
    return "直していただく所はありません。送り直す必要はありません。"


def account_ja(account: RowAccount) -> str:
    """The account of the rows as one line: 読み取った行 = 公開 + 対象外 + 保留."""
    line = (
        f"読み取った行 {account.read:,} = 公開 {account.published:,}"
        f" + 対象外 {account.set_aside:,} + 保留 {len(account.quarantined):,}"
    )
    if account.unexplained:
        line += f"（差 {account.unexplained:,}行。集計の誤りです。担当課に知らせてください）"
    return line


def aside_words(account: RowAccount) -> list[tuple[str, int]]:
    """Why rows are no results, in words, with how many rows; reasons that occur."""
    return [(ASIDE_LABELS[one], count) for one, count in sorted(account.aside.items()) if count]


def held_words(account: RowAccount) -> list[tuple[str, str]]:
    """Why rows cannot be published -> the rows."""
    reasons: dict[str, list[str]] = {}
    for (sheet, row), finding in account.quarantined.items():
        place = f"{sheet}!{row}行" if sheet else f"{row}行"
        reasons.setdefault(shown(finding.message_ja, _TEXT_LIMIT), []).append(shown(place))
    return [(reason, places_ja(places)) for reason, places in reasons.items()]


def places_ja(places: list[str]) -> str:
    """The first places, and how many there are besides."""
    more = len(places) - PLACES_SHOWN
    rest = f" ほか{more:,}件" if more > 0 else ""
    return "、".join(places[:PLACES_SHOWN]) + rest


def place_ja(finding: CellFinding) -> str:
    """Where a finding stands: ``実績!C12``, ``実績!12行``, a sheet's name or ファイル全体."""
    return shown(finding.cell) or "ファイル全体"


def _faultless_sheets(file: FeedbackFile) -> list[str]:
    """Shown sheets of a file with several in which there is nothing to mend or to look at."""
    if file.workbook is None or len(file.workbook.sheets) < 2:
        return []
    faulty = {one.sheet for one in file.findings if one.severity != "info"}
    shown_sheets = [sheet for sheet in file.workbook.sheets if not sheet.is_hidden]
    return [shown(one.name or "") for one in shown_sheets if one.name not in faulty]


def _entry(entry: Entry) -> Mapping[str, object]:
    first = entry.first
    return {
        "number": entry.number,
        "severity": first.severity,
        "label": entry.label,
        "rule": first.rule,
        "message": shown(first.message_ja, _TEXT_LIMIT),
        "fix": shown(first.fix_ja, _TEXT_LIMIT),
        "places": _places(entry.findings[:PLACES_SHOWN]),
        "more": max(0, len(entry.findings) - PLACES_SHOWN),
    }


def _diagnostic(finding: CellFinding) -> Mapping[str, str]:
    return {
        "rule": finding.rule,
        "place": place_ja(finding),
        "message": shown(finding.message_ja, _TEXT_LIMIT),
        "fix": shown(finding.fix_ja, _TEXT_LIMIT),
    }


def _places(findings: Iterable[CellFinding]) -> list[tuple[str, str | None]]:
    """Places, each with the value that stands there; None where nothing stands there."""
    return [(place_ja(one), shown(one.value) if one.value else None) for one in findings]
