"""実績 in which numbers and sentences stand in turn, beside 目標: each cell is what it looks like.

::

    取組項目 | 目標 | 実績
    収納率   | 98%  | 98.2%              the actual value
    広報     | 10件 | 12件を掲載した。   what was done
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.messages import At
from pipelines.results.model import Record, ValueCell
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.messages import told
from pipelines.results.reading.sentences import is_sentence
from pipelines.sources.workbooks.model import CellFinding

_PLANS = ("planned", "final_target")


class PartedValues:
    """Parts the sentences of such columns from their values.

    Args of the constructor:
        plan: of the table.
        findings: where to tell of it, once for a table, and of each plan in words that is left out.
    """

    def __init__(self, plan: TablePlan, findings: list[CellFinding]) -> None:
        self._plan = plan
        self._findings = findings
        self._is_told = False

    def record(self, record: Record) -> Record:
        """The record with a sentence as what was done; then a plan in words is no value either."""
        done = [one for one in record.values if self._says_done(one)]
        if not done:
            return record
        if not self._is_told:
            self._is_told = True
            self._findings.append(_told("value_says_done", record, done[0]))
        left_out = [one for one in record.values if self._is_plan_in_words(one)]
        self._findings += [_told("plan_in_words", record, one, one.role.field) for one in left_out]
        texts = {**record.texts, "activity": " ".join(one.text for one in done)}
        gone = [*done, *left_out]
        kept = tuple(one for one in record.values if one not in gone)
        return replace(record, texts=texts, values=kept, head=None)

    def _says_done(self, cell: ValueCell) -> bool:
        return cell.column in self._plan.either and is_sentence(cell.text)

    def _is_plan_in_words(self, cell: ValueCell) -> bool:
        return cell.role.field in _PLANS and is_sentence(cell.text)


def _told(name: str, record: Record, cell: ValueCell, field: str | None = None) -> CellFinding:
    return told(name, At(record.sheet, record.row, cell.column), cell.text, field)
