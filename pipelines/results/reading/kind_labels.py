"""Labels of groups that say of which kind the amounts of their rows are: 歳入, ２ 歳出の削減.

::

    区分 | 取組項目   | 効果額
    歳入 | 市有地貸付 | 4,560      revenue_increase
         | 命名権     | 0          likewise
    歳出 | 清掃委託   | 950        cost_reduction

Only a label that is such a word, apart from its number, says so: 歳入確保と歳出削減 and
財政の健全化 name a policy. What the heading of the amounts says itself (歳出削減額) stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipelines.messages import At
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.lines import number_style
from pipelines.results.reading.messages import told
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_fields import EffectKind
from pipelines.sources.workbooks.model import CellFinding

_AMOUNTS = ("amount", "planned_amount")
_NAMES = ("item_id", "item_number", "item", "measure")
_IN_CHARGE = ("bureau", "department")
_AROUND = "()[]【】〔〕<>〈〉「」■□◆◇●○・*:"


@lru_cache(maxsize=8_192)
def kind_of_label(text: str) -> EffectKind | None:
    """The kind that a group label is the word of; None for all other texts."""
    kinds = sheet_vocabulary().kind_labels
    return kinds.get(bare(text).strip(_AROUND)) or kinds.get(
        bare(number_style(text)[1]).strip(_AROUND)
    )


class KindLabels:
    """The group labels of one table that say of which kind its amounts are.

    Args of the constructor:
        plan: of the table, without what the lines above it say.
        grid: the sheet.
        findings: where to tell of it, once for the table.

    ``columns`` are those (from 0) of such labels; none where the headings of amounts or a column
    of their own say the kind, and in most tables.
    """

    def __init__(self, plan: TablePlan, grid: Grid, findings: list[CellFinding]) -> None:
        self._sheet = grid.sheet.name
        self._findings = findings
        self._is_told = False
        self._seen: set[EffectKind] = set()
        self._names = [at for name, at in plan.texts if name in _NAMES]
        self._of_item = [at for name, at in plan.texts if name in (*_NAMES, *_IN_CHARGE)]
        self.columns = tuple(
            at
            for at in (_label_columns(plan) if _is_open(plan) else ())
            if any(map(kind_of_label, grid.texts_of(at)))
        )

    def forget(self) -> None:
        """What stands below belongs to no row above: a heading or a total came between."""
        self._seen = set()

    def fill(self, cells: list[str], above: Mapping[int, str]) -> None:
        """Give a row that names nothing the item of the row above, if its kind is another one.

        Args:
            cells: of a row as it stands; changed in place.
            above: column (from 0) -> the text last seen in it.
        """
        if not self.columns:
            return
        kinds = {kind for at in self.columns if (kind := kind_of_label(cells[at]))}
        is_named = any(cells[at] for at in self._names)
        goes_on = bool(self._seen) and len(kinds) == 1 and kinds.isdisjoint(self._seen)
        if is_named or not goes_on:
            self._seen = kinds if is_named else set()
            return
        self._seen |= kinds
        for at in self._of_item:
            cells[at] = cells[at] or above.get(at, "")

    def texts(self, row: int, cells: Sequence[str]) -> dict[str, str]:
        """What a row's labels say of its amounts, as a text of its own.

        Args:
            row: its number.
            cells: its cells, group labels filled in.
        """
        labels = [cells[at] for at in self.columns if kind_of_label(cells[at])]
        kinds = set(map(kind_of_label, labels))
        if len(kinds) != 1:
            return {}
        if not self._is_told:
            self._is_told = True
            self._findings.append(told("kind_by_label", At(self._sheet, row), labels[-1]))
        return {"effect_kind": str(kinds.pop())}


def _is_open(plan: TablePlan) -> bool:
    """Whether a table has amounts of which no heading says the kind."""
    amounts = [role for role, _ in plan.values if role.field in _AMOUNTS]
    says_none = all(role.effect_kind is None for role in amounts)
    return bool(amounts) and says_none and "effect_kind" not in plan.asked


def _label_columns(plan: TablePlan) -> list[int]:
    single = [at for name, at in plan.texts if name == "category"]
    return single + [at for name, many in plan.joined if name == "category" for at in many]
