"""``gyokaku lint``: any municipal file against the rules for machine-readable data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pipelines.commands.output import BAD_INPUT, BLOCKED, OK, say, shown_path
from pipelines.machine_readability.lint import LintReport, lint_file
from pipelines.machine_readability.model import Breach
from pipelines.machine_readability.rules import rule_list
from pipelines.problems import SEVERITY_LABELS
from pipelines.results.feedback.texts import one_line, shown
from pipelines.sources.workbooks.model import WorkbookError
from pipelines.tables.schema import TableSchema

#: Of a value, so much is shown.
_VALUE_SHOWN = 40
_ENCODINGS = {
    "utf-8-sig": "UTF-8（BOM付き）",
    "utf-8": "UTF-8（BOMなし）",
    "cp932": "Shift_JIS（cp932）",
    "utf-16": "UTF-16",
}


def lint(paths: Sequence[Path], schemas: Mapping[str, TableSchema]) -> int:
    """Print what every file breaks and what it does not decide; returns the exit code.

    Args:
        paths: CSV, xlsx, xls or ods files.
        schemas: tables of this project; a file with the header of one of them is held to it.

    Returns:
        0 without an error, 1 with one, 2 where a file cannot be read.
    """
    codes = [_lint(path, schemas) for path in paths]
    return max(codes, default=BAD_INPUT)


def _lint(path: Path, schemas: Mapping[str, TableSchema]) -> int:
    name = _safe(shown_path(path))
    try:
        report = lint_file(path.name, path.read_bytes(), schemas)
    except WorkbookError as error:
        say(f"エラー: {name} {error.finding.message_ja}{error.finding.fix_ja}", error=True)
        return BAD_INPUT
    except OSError as error:
        say(f"エラー: {name} を読めません（{error.strerror}）。", error=True)
        return BAD_INPUT
    say(f"{name}（{_form(report)}）")
    for rule, breaches in groupby(sorted(report.breaches, key=_rank), lambda one: one.rule):
        say(f"  {rule} {rule_list().rules[rule].title}")
        for breach in breaches:
            _show(breach)
    _show_end(report)
    return BLOCKED if any(one.severity == "error" for one in report.breaches) else OK


def _rank(breach: Breach) -> tuple[str, int]:
    return breach.rule, list(SEVERITY_LABELS).index(breach.severity)


def _form(report: LintReport) -> str:
    parts = [report.form.upper() if report.form == "csv" else report.form]
    if report.encoding is not None:
        parts.append(f"文字コード: {_ENCODINGS.get(report.encoding, report.encoding)}")
    parts.append(f"表{report.tables}個")
    if report.schema is not None:
        parts.append(f"定義: {report.schema.name}（{report.schema.title}）")
    return "、".join(parts)


def _show(breach: Breach) -> None:
    label = SEVERITY_LABELS[breach.severity]
    place = f"{breach.place_ja} " if breach.place_ja else ""
    column = f"[{breach.column_name}] " if breach.column_name else ""
    value = breach.value or ""
    value = value if len(value) <= _VALUE_SHOWN else f"{value[:_VALUE_SHOWN]}…"
    told = f"値:「{value}」 " if value else ""
    say(f"    {label}: {_safe(place + column + told)}")
    say(f"      {_safe(breach.message_ja)}")
    say(f"      直し方: {_safe(breach.fix_ja)}")


def _show_end(report: LintReport) -> None:
    """Counts, what of rules is looked at in part, and what is not decided."""
    counts = Counter(one.severity for one in report.breaches)
    told = "、".join(f"{label}{counts[key]}件" for key, label in SEVERITY_LABELS.items())
    rules = rule_list()
    checked = [one for one in rules.rules.values() if one.id not in report.unchecked]
    say(f"  確認した規則{len(checked)}項目: {told}")
    say("  一部だけ確認した規則:")
    for rule in checked:
        if rule.partly:
            say(f"    {rule.id} {rule.title}: {rule.partly}")
    say("  未確認の規則（合格ではありません）:")
    for rule_id, reason in report.unchecked.items():
        say(f"    {rule_id} {rules.rules[rule_id].title}: {reason}")
    say(f"  規則: {rules.source}")


def _safe(text: str) -> str:
    """A text as a terminal may show it: no control characters, nothing that turns its direction."""
    return one_line(shown(text))
