"""What the terminal says of submitted files: where their rows went, and where the feedback lies.

Internal: it names the files. Nothing of it stands in a release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from pipelines.commands.output import say, shown_path
from pipelines.orchestration.files import read_json
from pipelines.orchestration.internal_places import internal_places
from pipelines.orchestration.workspace import Places
from pipelines.problems import SEVERITY_LABELS
from pipelines.results.feedback.model import ASIDE_LABELS
from pipelines.results.feedback.texts import one_line, shown
from pipelines.text_width import text_width

Account = Mapping[str, Any]
#: Beyond this many files, those of a round in which nothing is to be mended are told as a sum.
FILES_NAMED = 100


def show_submissions(places: Places, others: Iterable[Account] = ()) -> None:
    """Where the rows of every submitted file went, round by round, and where its feedback lies.

    Args:
        places: the reports of the store and the internal files are looked up here.
        others: accounts of ``report.json``; those of files of figures are told too.
    """
    files = list(_submissions(places))
    if files:
        say("提出されたファイルの行:")
    named = len(files) <= FILES_NAMED
    for folder, group in groupby(files, lambda one: one["folder"]):
        say(f"  {folder}")
        for line in _round_lines(list(group), places, named):
            say(f"    {line}")
    known = {one["source_id"] for one in files}
    rest = [one for one in others if one["unit"] == "rows" and one["source_id"] not in known]
    if rest:
        say("公表値・評価区分のファイルの行:")
    for one in rest:
        say(f"  {one['source_id']}: {rows_ja(one)}")


def _submissions(places: Places) -> Iterator[dict[str, Any]]:
    """The log of submissions with the accounts of their rows, by place."""
    for path in sorted(places.results.glob("*/report.json")):
        report = read_json(path) or {}
        accounts = {one["source_id"]: one for one in report.get("accounts", ())}
        for one in sorted(report.get("submissions", ()), key=lambda one: str(one["file"])):
            folder, _, name = str(one["file"]).rpartition("/")
            account = accounts.get(one["source_id"])
            yield {**one, "folder": _safe(folder), "name": _safe(name), "account": account}


def _round_lines(files: list[dict[str, Any]], places: Places, named: bool) -> Iterator[str]:
    """Where the feedback of a round lies, and a line per file."""
    told = [one for one in files if named or _needs_attention(one)]
    found = [internal_places(places.internal, str(one["file"])) for one in files]
    yield f"指摘の一覧と、印を付けた写し: {_safe(shown_path(found[0].page.parent))}"
    if any(one["rows_quarantined"] for one in files):
        yield f"保留した行: {_safe(shown_path(found[0].quarantine.parent))}"
    width = max((text_width(one["name"]) for one in told), default=0)
    for one in told:
        padding = " " * (width - text_width(one["name"]))
        pointed = _to_look_at(one, places) if _needs_attention(one) else ""
        yield f"{one['name']}{padding}  {_came_of(one)}{pointed}"
    rest = [one["account"] for one in files if one not in told and one["account"]]
    if rest:
        yield f"ほか{len(rest)}個（直す所なし）  {rows_ja(_sum(rest))}"


def _needs_attention(one: Mapping[str, Any]) -> bool:
    return one["account"] is None or bool(
        one["errors"] or one["warnings"] or one["rows_quarantined"]
    )


def _came_of(one: Mapping[str, Any]) -> str:
    rows = rows_ja(one["account"]) if one["account"] else "読んでいません"
    counts = [
        f"{label}{one[f'{severity}s']}件"
        for severity, label in SEVERITY_LABELS.items()
        if severity != "info" and one[f"{severity}s"]
    ]
    return "。".join([rows, "、".join(counts)]) if counts else rows


def _to_look_at(one: Mapping[str, Any], places: Places) -> str:
    """The files to open, as far as they exist; a very long file gets no marked copy."""
    found = internal_places(places.internal, str(one["file"]))
    names = [path.name for path in (found.page, found.copy, found.quarantine) if path.is_file()]
    return f" → {_safe('、'.join(names))}" if names else ""


def rows_ja(account: Account) -> str:
    """One account in one line: read = published + set aside by reason + quarantined."""
    aside = account["set_aside"]
    reasons = "、".join(
        f"{_label(reason)}{count:,}" for reason, count in sorted(aside.items()) if count
    )
    return (
        f"{account['read']:,}行 = 公開{account['published']:,} "
        f"+ 対象外{sum(aside.values()):,}{f'（{reasons}）' if reasons else ''} "
        f"+ 保留{account['quarantined']:,}"
    )


def _label(reason: str) -> str:
    return {str(key): label for key, label in ASIDE_LABELS.items()}.get(reason, reason)


def _sum(accounts: list[Account]) -> dict[str, Any]:
    reasons = sorted({reason for one in accounts for reason in one["set_aside"]})
    return {
        **{name: sum(one[name] for one in accounts) for name in ("read", "published")},
        "quarantined": sum(one["quarantined"] for one in accounts),
        "set_aside": {
            reason: sum(one["set_aside"].get(reason, 0) for one in accounts) for reason in reasons
        },
    }


def _safe(text: str) -> str:
    """A name as a terminal may show it: no control characters, nothing that turns its direction."""
    return one_line(shown(text))
