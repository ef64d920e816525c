"""Problems as JSON and as rows of ``extraction_issues``."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pipelines.problems import Problem

Row = dict[str, Any]

_REFERENCES = {"source_id": "sources", "plan_id": "plans", "municipality_code": "municipalities"}


def problems_to_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as plain JSON values; the inverse of :func:`problems_from_json`."""
    return [asdict(problem) for problem in problems]


def problems_from_json(values: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """The problems of a stored report."""
    return [Problem(**value) for value in values]


def issue_rows(problems: Sequence[Problem], rows: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Problems as rows of ``extraction_issues``.

    ``issue_id`` is a hash of rule, place, column and value; one told twice there gets ``-2``. A
    reference to a source, plan or municipality that is not among ``rows`` is dropped, because a
    plan that is left out reaches no table.
    """
    known = {
        column: {row[column] for row in rows.get(table, ())}
        for column, table in _REFERENCES.items()
    }
    seen: Counter[str] = Counter()
    return [_issue_row(problem, known, seen) for problem in problems]


def _issue_row(problem: Problem, known: Mapping[str, set[Any]], seen: Counter[str]) -> Row:
    said = (problem.rule, problem.place, problem.column_name or "", problem.value or "")
    identity = hashlib.sha256("\0".join(said).encode()).hexdigest()[:12]
    seen[identity] += 1
    row = asdict(problem)
    for column, values in known.items():
        row[column] = row[column] if row[column] in values else None
    suffix = f"-{seen[identity]}" if seen[identity] > 1 else ""
    return {"issue_id": f"issue-{identity}{suffix}", **row}


def severity_counts(problems: Iterable[Problem]) -> dict[str, int]:
    """How many errors, warnings and infos there are, as Dagster metadata."""
    counts = Counter(problem.severity for problem in problems)
    return {f"{severity}s": counts[severity] for severity in ("error", "warning", "info")}
