"""One problem found in an input, told so that the person who sent it can mend it.

Every stage returns its problems as values instead of raising at the first one, so that a build
shows all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]

#: What severities are called, worst first: the order of every list.
SEVERITY_LABELS: dict[Severity, str] = {"error": "エラー", "warning": "注意", "info": "参考"}


@dataclass(frozen=True)
class Problem:
    """Something a person should look at; becomes a row of ``extraction_issues``.

    Attributes:
        severity: ``error`` (left out or blocked), ``warning`` (kept, look at it), ``info``.
        rule: stable name of the rule in lower-case words, such as ``plan_yaml_missing``.
        place: file or table and the place in it, such as ``990019/x/plan.yaml`` or ``…: 15-18行``.
        message_ja: what is wrong and what to do, in Japanese, one or two sentences.
        column_name: the column or key concerned, if one is.
        value: the value found; never published.
        source_id: the source document, where it was read far enough to have one.
        plan_id: the plan, where it reached the tables.
        municipality_code: six digits, where the municipality reached the tables.
    """

    severity: Severity
    rule: str
    place: str
    message_ja: str
    column_name: str | None = None
    value: str | None = None
    source_id: str | None = None
    plan_id: str | None = None
    municipality_code: str | None = None

    def line_ja(self) -> str:
        """The problem as one line for a terminal: severity, place, column, value, message."""
        label = SEVERITY_LABELS[self.severity]
        column = f" [{self.column_name}]" if self.column_name else ""
        value = f" 値:「{self.value}」" if self.value else ""
        return f"{label}: {self.place}{column}{value} {self.message_ja}（{self.rule}）"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that leave something out or block a build."""
    return [problem for problem in problems if problem.severity == "error"]
