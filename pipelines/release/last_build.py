"""outputs/last_build/: what the last build did, as JSON and as a page for people.

Not published: it shows the values found faulty. No clock, so that equal builds tell the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pipelines.problems import Problem
from pipelines.release.csv_files import one_line
from pipelines.release.durable import json_bytes, write_atomically
from pipelines.release.line_reasons import account_ja
from pipelines.release.outcome import GateResult, ReleaseOutcome, SourceAccounting
from pipelines.release.quality import accounting_entry, gate_entry, problem_counts

STATES_JA: Final = {
    "published": "新しい版を公開しました",
    "unchanged": "前の版から変更がないため、公開していません",
    "candidate": "新しい版を作りました。承認を待っています",
    "blocked": "検査に合格しなかったため、公開していません",
}
SEVERITIES_JA: Final = {"error": "エラー", "warning": "注意", "info": "参考"}


def write_last_build(
    outputs: Path, outcome: ReleaseOutcome, accounting: Sequence[SourceAccounting] = ()
) -> None:
    """Writes report.json and report.md, each in one step."""
    folder = outputs / "last_build"
    report = report_content(outcome, accounting)
    write_atomically(folder / "report.json", json_bytes(report))
    write_atomically(folder / "report.md", report_page(outcome, accounting).encode())


def report_content(
    outcome: ReleaseOutcome, accounting: Sequence[SourceAccounting]
) -> dict[str, Any]:
    """The content of report.json: every gate and every problem, values included."""
    return {
        "state": outcome.state,
        "version": outcome.version,
        "previous_version": outcome.previous_version,
        "path": _place(outcome),
        "counts": dict(outcome.counts),
        "changes": list(outcome.changes),
        "gates": [gate_entry(gate) for gate in outcome.gates],
        "row_accounting": [accounting_entry(one) for one in accounting],
        "problem_counts": problem_counts(outcome.problems),
        "problems": [asdict(problem) for problem in outcome.problems],
    }


def report_page(outcome: ReleaseOutcome, accounting: Sequence[SourceAccounting]) -> str:
    """report.md, in Japanese."""
    lines = ["# 処理結果", "", STATES_JA[outcome.state] + "。", ""]
    lines += _facts(outcome)
    lines += _section("変更点", [f"- {change}" for change in outcome.changes])
    lines += _section("検査", [_gate_line(gate) for gate in outcome.gates])
    lines += _section("行数", [f"- {name}: {count}行" for name, count in outcome.counts.items()])
    lines += _section("行の行方", [_accounting_line(one) for one in accounting])
    lines += _problem_sections(outcome.problems)
    return "\n".join(lines).rstrip("\n") + "\n"


def _place(outcome: ReleaseOutcome) -> str | None:
    """Where the version lies, relative to ``outputs``."""
    if outcome.version is None:
        return None
    folder = "candidates" if outcome.state == "candidate" else "releases"
    return f"{folder}/{outcome.version}"


def _facts(outcome: ReleaseOutcome) -> list[str]:
    facts = [
        ("版", outcome.version),
        ("場所", _place(outcome)),
        ("前の版", outcome.previous_version),
    ]
    return [f"- {name}: {value}" for name, value in facts if value]


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = list(lines)
    return ["", f"## {title}", "", *body] if body else []


def _gate_line(gate: GateResult) -> str:
    verdict = "合格" if gate.passed else f"不合格（{len(gate.problems)}件）"
    return f"- {gate.title_ja}: {verdict}"


def _accounting_line(one: SourceAccounting) -> str:
    if one.unit == "lines" and one.balances and not one.quarantined:
        return f"- {one.source_id}: {account_ja(one.read, one.published, one.set_aside)}"
    unit = {"rows": "行", "lines": "行（原文）"}[one.unit]
    aside = sum(one.set_aside.values())
    verdict = "" if one.balances else " **合計が合いません**"
    return (
        f"- {one.source_id}: 読込{one.read}{unit} = 公開{one.published} + 対象外{aside}"
        f" + 保留{one.quarantined}{verdict}"
    )


def _problem_sections(problems: Sequence[Problem]) -> list[str]:
    lines: list[str] = []
    for severity, title in SEVERITIES_JA.items():
        found = [problem for problem in problems if problem.severity == severity]
        entries = [f"- {one_line(problem.line_ja())}" for problem in found]
        lines += _section(f"{title}（{len(found)}件）", entries)
    return lines
