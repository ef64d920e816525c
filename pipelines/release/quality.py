"""quality.json: every gate and its result, row counts, row accounting, problems by rule.

The file is public: it counts problems and never repeats a value or the name of a submitted file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.problems import Problem
from pipelines.release.outcome import GateResult, ReleaseEvidence, SourceAccounting


def quality_report(
    version: str,
    counts: Mapping[str, int],
    gates: Sequence[GateResult],
    evidence: ReleaseEvidence,
) -> dict[str, Any]:
    """The content of quality.json; ``counts`` are rows by table."""
    return {
        "version": version,
        "gates": [gate_entry(gate) for gate in gates],
        "row_counts": dict(counts),
        "row_accounting": [accounting_entry(one) for one in evidence.accounting],
        "problems": problem_counts(evidence.problems),
    }


def gate_entry(gate: GateResult) -> dict[str, Any]:
    """One gate: verdict, number of things checked, findings by rule."""
    return {
        "gate": gate.gate,
        "title": gate.title_ja,
        "passed": gate.passed,
        "checked": gate.checked,
        "problems": problem_counts(gate.problems),
        **gate.details,
    }


def accounting_entry(one: SourceAccounting) -> dict[str, Any]:
    """Where the rows of one source went, and whether the sum is right."""
    return {
        "source_id": one.source_id,
        "unit": one.unit,
        "read": one.read,
        "published": one.published,
        "set_aside": dict(sorted(one.set_aside.items())),
        "quarantined": one.quarantined,
        "balances": one.balances,
    }


def problem_counts(problems: Iterable[Problem]) -> dict[str, dict[str, int]]:
    """severity -> rule -> count; severities from error to info, rules in alphabetical order."""
    counts: Counter[tuple[str, str]] = Counter(
        (problem.severity, problem.rule) for problem in problems
    )
    return {
        severity: {rule: counts[severity, rule] for rule in _rules(counts, severity)}
        for severity in ("error", "warning", "info")
    }


def _rules(counts: Mapping[tuple[str, str], int], severity: str) -> list[str]:
    return sorted(rule for found, rule in counts if found == severity)
