"""What the reading of sheets tells a clerk: the texts of ``messages.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipelines.messages import At, MessageList
from pipelines.sources.workbooks.model import CellFinding

#: Names of fields in messages; others are shown as they are.
FIELD_NAMES = {
    "item": "取組項目",
    "item_number": "番号",
    "measure": "実施内容",
    "category": "区分",
    "activity": "取組実績",
    "rating": "評価",
    "department": "担当課",
    "indicator": "指標",
    "planned": "目標値",
    "actual": "実績値",
    "planned_amount": "計画の効果額",
    "amount": "効果額",
    "final_target": "最終目標値",
    "shortfall_reason": "未達成の理由",
    "next_action": "今後の対応",
    "fiscal_year": "年度",
    "unit": "単位",
    "outcome": "実績",
    "content": "取組内容",
    "progress": "進捗状況",
    "bureau": "部局",
    "item_id": "項目ID",
    "period": "期間",
    "edition": "公開年度",
    "internal_note": "備考",
    "headquarters_rating": "本部評価",
    "headquarters_opinion": "本部意見",
    "council_rating": "外部評価",
    "council_opinion": "審議会意見",
    "city_response": "市の対応",
    "held_on": "開催日",
    "indicator_id": "指標ID",
    "due_fy": "目標年度",
    "as_of_on": "基準日",
    "baseline_fy": "基準年度",
    "effect_kind": "効果区分",
    "effect_basis": "効果額の種別",
    "not_computable_reason": "算定不能の理由",
    "missing_reason": "実績値がない理由",
    "row_kind": "計画・実績の別",
}


def field_name(name: str | None) -> str:
    """A field as a message names it."""
    return FIELD_NAMES.get(name or "", name or "")


@cache
def reading_messages() -> MessageList:
    """The texts of ``messages.yaml``."""
    return MessageList(Path(__file__).with_suffix(".yaml"))


def told(
    name: str,
    at: At,
    cell: str | None = None,
    column_name: str | None = None,
    **words: Any,
) -> CellFinding:
    """A finding of ``messages.yaml`` at a place; arguments as ``MessageList.finding``."""
    return reading_messages().finding(name, cell, column_name, at, **words)
