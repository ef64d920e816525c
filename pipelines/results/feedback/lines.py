"""What a terminal tells of a submitted file: the same as the page, in the same order."""

from __future__ import annotations

from pipelines.problems import SEVERITY_LABELS, Severity
from pipelines.results.feedback.model import Entry, FeedbackFile
from pipelines.results.feedback.page import (
    PLACES_SHOWN,
    account_ja,
    aside_words,
    held_words,
    place_ja,
    places_ja,
    verdict_ja,
)
from pipelines.results.feedback.texts import one_line, shown

_VALUE_LIMIT = 60
_TEXT_LIMIT = 2_000


def validation_lines(file: FeedbackFile) -> list[str]:
    """Lines in Japanese: verdict, account of the rows, every entry of the list, counts.

    A line holds no control characters, so that no submitted text can steer the terminal.
    """
    lines = [f"{file.name}: {verdict_ja(file)}"]
    if file.account is not None:
        lines.append(f"  {account_ja(file.account)}")
        aside = "、".join(f"{reason} {count:,}" for reason, count in aside_words(file.account))
        lines += [f"  対象外: {aside}"] if aside else []
        lines += [f"  保留: {places} {reason}" for reason, places in held_words(file.account)]
    lines += [_entry_line(entry) for entry in file.entries]
    if file.findings:
        lines.append(f"  以上、{_counts(file.counts)}。")
    return [_safe(line) for line in lines]


def _safe(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    return indent + one_line(shown(line, 3 * _TEXT_LIMIT))


def _entry_line(entry: Entry) -> str:
    places = [_place_and_value(entry, position) for position in range(len(entry.findings))]
    fix = f" → {entry.first.fix_ja}" if entry.first.fix_ja else ""
    return (
        f"  {entry.label} {entry.number}: {places_ja(places)} "
        f"{entry.first.message_ja}{fix}（{entry.first.rule}）"
    )


def _place_and_value(entry: Entry, position: int) -> str:
    finding = entry.findings[position]
    if position >= PLACES_SHOWN or not finding.value:
        return place_ja(finding)
    return f"{place_ja(finding)}「{shown(finding.value, _VALUE_LIMIT)}」"


def _counts(counts: dict[Severity, int]) -> str:
    return "、".join(f"{label}{counts[key]:,}件" for key, label in SEVERITY_LABELS.items())
