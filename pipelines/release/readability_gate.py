"""The gate on machine-readability: the rules of the Digital Agency that our CSV files decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipelines.machine_readability.lint import lint_file
from pipelines.machine_readability.model import Breach
from pipelines.machine_readability.rules import rule_list
from pipelines.problems import Problem
from pipelines.release.layout import csv_path
from pipelines.release.outcome import GateResult
from pipelines.sources.workbooks.model import WorkbookError
from pipelines.tables.schema import TableSchema


def machine_readability_gate(folder: Path, schemas: Mapping[str, TableSchema]) -> GateResult:
    """Every CSV file of the release against the rules, with what the schemas say of its columns.

    What columns that quote documents break is noted, not refused: it is counted in
    ``details["noted"]``. Rules that no file decides are listed with the reason.

    Args:
        folder: the finished files.
        schemas: the public schemas.
    """
    problems: list[Problem] = []
    noted: list[Breach] = []
    for name, schema in schemas.items():
        place = csv_path(name)
        try:
            breaches = lint_file(place, (folder / place).read_bytes(), {name: schema}).breaches
        except WorkbookError as error:
            problems.append(error.finding.problem(place))
            continue
        problems += [_problem(place, one) for one in breaches if one.severity != "info"]
        noted += [one for one in breaches if one.severity == "info"]
    title = "機械可読性（デジタル庁のルール）"
    details = _details(noted)
    return GateResult("machine_readability", title, len(schemas), tuple(problems), details)


def _details(noted: Iterable[Breach]) -> dict[str, Any]:
    """What quality.json tells besides: rules checked, noted in columns, and not checked."""
    rules = rule_list()
    unchecked = rules.unchecked("csv", has_schema=True)
    checked = [rule for rule in rules.rules.values() if rule.id not in unchecked]
    return {
        "source": rules.source,
        "checked_rules": [
            {"rule": one.id, "title": one.title, **({"partly": one.partly} if one.partly else {})}
            for one in checked
        ],
        "noted_columns": dict(sorted(Counter(one.rule for one in noted).items())),
        "unchecked_rules": [
            {"rule": rule, "title": rules.rules[rule].title, "reason": reason}
            for rule, reason in unchecked.items()
        ],
    }


def _problem(place: str, breach: Breach) -> Problem:
    return Problem(
        breach.severity,
        breach.rule,
        f"{place}: {breach.place_ja}" if breach.place_ja else place,
        breach.message_ja + breach.fix_ja,
        column_name=breach.column_name,
        value=breach.value,
    )
