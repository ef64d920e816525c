"""What the form shows of the year before: result, indicator values, the council's opinion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.plans.characters import bare_text
from pipelines.results.forms.definition import form_definition
from pipelines.results.model import Row

Rows = Mapping[str, Sequence[Row]]


class PreviousYear:
    """Current rows of the year before the one that is asked."""

    def __init__(self, rows: Rows, fiscal_year: int) -> None:
        self._results = _by_id(rows.get("yearly_results", ()), "item_id", fiscal_year - 1)
        self._values = _by_id(rows.get("indicator_results", ()), "indicator_id", fiscal_year - 1)
        assessments = _by_id(rows.get("item_assessments", ()), "item_id", fiscal_year - 1)
        self._opinions = {
            item_id: [row for row in found if row["assessor"] == "council" and row.get("opinion")]
            for item_id, found in assessments.items()
        }

    def result(self, item_id: str, department: str) -> str | None:
        """What the department reported; what the others did, by name, where it reported nothing."""
        rows = self._results.get(item_id, [])
        own = _of(rows, department)
        if own:
            return _joined(_result_text(row) for row in own)
        named = ((row.get("department_name"), _result_text(row)) for row in rows)
        return _joined(f"（{name}）{text}" for name, text in named if text)

    def value(self, indicator_id: str, department: str) -> str | None:
        """The actual value as submitted, or why there was none."""
        rows = self._values.get(indicator_id, [])
        reasons: dict[Any, str] = dict(form_definition().missing_reasons.items())
        texts = (
            row.get("actual_text") or reasons.get(row.get("missing_reason") or "")
            for row in _of(rows, department) or rows
        )
        return _joined(text or "" for text in texts)

    def opinion(self, item_id: str) -> str | None:
        """The council's opinion, with the city's answer where there is one."""
        return _joined(
            _joined([row["opinion"], _labelled("市の回答", row.get("city_response"))]) or ""
            for row in self._opinions.get(item_id, [])
        )


def _by_id(rows: Iterable[Row], key: str, fiscal_year: int) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get(key) and row["fiscal_year"] == fiscal_year and row.get("is_current", True):
            found[row[key]].append(row)
    return found


def _of(rows: Iterable[Row], department: str) -> list[Row]:
    return [
        row for row in rows if bare_text(row.get("department_name") or "") == bare_text(department)
    ]


def _result_text(row: Row) -> str:
    parts = [_labelled("評価", row.get("rating_label")), row.get("activity_text") or ""]
    return _joined(parts) or ""


def _labelled(label: str, text: str | None) -> str:
    return f"［{label}］{text}" if text else ""


def _joined(texts: Iterable[str]) -> str | None:
    """The different texts on lines of their own; None where all are blank."""
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None
