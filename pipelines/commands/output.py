"""What the command line shows, and its exit codes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.problems import SEVERITY_LABELS, Problem
from pipelines.release.line_reasons import account_ja
from pipelines.text_width import text_width

OK = 0
BLOCKED = 1
BAD_INPUT = 2

#: Infos beyond this many are told as counts.
INFOS_SHOWN = 10


def say(text: str, *, error: bool = False) -> None:
    """Print a line; what a terminal's encoding cannot show is replaced, never an exception."""
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=stream, flush=True)


def show_problems(problems: Sequence[Problem], infos: int = INFOS_SHOWN) -> None:
    """Every problem once, errors first; infos beyond ``infos`` as counts by rule."""
    unique = list(dict.fromkeys(problems))
    for severity in SEVERITY_LABELS:
        found = [one for one in unique if one.severity == severity]
        shown = found[:infos] if severity == "info" else found
        for problem in shown:
            say(problem.line_ja())
        if len(found) > len(shown):
            say(f"参考: ほか{len(found) - len(shown)}件（{_by_rule(found[len(shown) :])}）")
    if unique:
        say(f"以上、{counts_line(unique)}。")


def counts_line(problems: Iterable[Problem]) -> str:
    """How many problems of each severity there are."""
    counts = Counter(problem.severity for problem in problems)
    return "、".join(f"{label}{counts[key]}件" for key, label in SEVERITY_LABELS.items())


def _by_rule(problems: Sequence[Problem]) -> str:
    counts = Counter(problem.rule for problem in problems)
    return "、".join(f"{rule} {count}件" for rule, count in sorted(counts.items()))


def show_counts(counts: Mapping[str, int], titles: Mapping[str, str]) -> None:
    """What a release holds: Japanese title, table name, rows, in aligned columns."""
    width = max((text_width(titles.get(name, name)) for name in counts), default=0)
    names = max((len(name) for name in counts), default=0)
    for name, rows in counts.items():
        title = titles.get(name, name)
        say(f"  {title}{' ' * (width - text_width(title))}  {name:<{names}}  {rows:>8,}行")


def show_accounts(accounts: Iterable[Mapping[str, Any]]) -> None:
    """Where the lines of each document went."""
    told = [one for one in accounts if one["unit"] == "lines"]
    if told:
        say("資料の行:")
    for one in told:
        plan = str(one["source_id"]).removesuffix("-document")
        say(f"  {plan}: {account_ja(one['read'], one['published'], one['set_aside'])}")


def show_reviews(folder: Path) -> None:
    """How many rows of each plan's review list wait for a person."""
    files = sorted(folder.glob("*.csv"))
    if files:
        say(f"人が見て確かめる所（{shown_path(folder)} の表）:")
    for path in files:
        rows = max(0, len(path.read_text(encoding="utf-8-sig").splitlines()) - 1)
        say(f"  {path.stem}: {rows}件")


def shown_path(path: Path) -> str:
    """A path as short as it can be told from where the person stands."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
