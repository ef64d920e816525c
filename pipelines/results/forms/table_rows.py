"""Pre-filled rows of the form's tables: the locked cells, and what was answered before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.results.forms.content import FormContent, ItemRow, ScaleLabel
from pipelines.results.forms.definition import ColumnDefinition, TableName, form_definition
from pipelines.results.forms.earlier import answer_text

GivenRow = dict[str, str]
#: The reference that shows what was answered in an earlier round of the year.
EARLIER_COLUMNS: dict[TableName, str] = {
    "activities": "earlier_answer",
    "indicators": "earlier_actual",
    "effects": "earlier_amount",
}


def given_rows(content: FormContent, table: TableName) -> list[GivenRow]:
    """The rows of a table: column key -> text; blank texts are left out."""
    rows = {"activities": _activities, "indicators": _indicators, "effects": _effects}[table]
    return [
        {key: text for key, text in row.items() if text}
        for item in content.items
        for row in rows(item)
    ]


def answered_rows(content: FormContent, table: TableName) -> list[GivenRow]:
    """What the inputs of the same rows begin with: column key -> the text of an earlier round.

    Words and rating only. The numbers of a 見込み are what the round of the settled ones replaces:
    one that nobody touched must not come back as settled, so they are shown and not filled in.
    """
    if table != "activities":
        return [{} for _ in given_rows(content, table)]
    return [_answer(item, content.scale) for item in content.items]


def shows_earlier(content: FormContent, table: TableName) -> bool:
    """Whether any row of a table shows what was answered in an earlier round of the year."""
    return any(EARLIER_COLUMNS[table] in row for row in given_rows(content, table))


def columns_of(content: FormContent, table: TableName) -> list[ColumnDefinition]:
    """The columns of a table, left to right, without references that no row has."""
    used = {key for row in given_rows(content, table) for key in row}
    columns = form_definition().tables[table].columns
    return [one for one in columns if one.role != "reference" or one.key in used]


def shortened(text: str | None) -> str:
    """A text for reference, cut where a row of a spreadsheet could not show it."""
    limit = form_definition().longest_reference
    text = (text or "").strip()
    return text if len(text) <= limit else f"{text[:limit]}…（以下略）"


def _item(item: ItemRow) -> GivenRow:
    return {
        "item_id": item.item_id,
        "item_number": item.number_label or "",
        "item": item.title,
    }


def _activities(item: ItemRow) -> list[GivenRow]:
    opinion = f"［審議会の意見］{item.opinion_text}" if item.opinion_text else ""
    references = {
        "goal": shortened(item.goal_text),
        "previous_result": "\n".join(
            filter(None, (shortened(item.previous_text), shortened(opinion)))
        ),
        "earlier_answer": shortened(answer_text(item.earlier)) if item.earlier else "",
    }
    return [_item(item) | references]


def _answer(item: ItemRow, scale: Sequence[ScaleLabel]) -> GivenRow:
    earlier = item.earlier
    if earlier is None:
        return {}
    labels = {one.label for one in scale}
    rating = earlier.rating if earlier.rating in labels or not labels else None
    answers = {
        "activity": earlier.activity,
        "rating": rating,
        "shortfall_reason": earlier.shortfall_reason,
        "next_action": earlier.next_action,
    }
    return {key: text for key, text in answers.items() if text}


def _indicators(item: ItemRow) -> list[GivenRow]:
    return [
        _item(item)
        | {
            "indicator_id": one.indicator_id,
            "indicator": one.name,
            "unit": one.unit,
            "target": shortened(one.target_text),
            "previous_actual": shortened(one.previous_text),
            "earlier_actual": shortened(one.earlier),
        }
        for one in item.indicators
    ]


def _effect_codes() -> list[tuple[str, str]]:
    """Kind and basis of the rows of one item, in their order."""
    definition = form_definition()
    return [(kind, basis) for kind in definition.effect_kinds for basis in definition.effect_bases]


def _effects(item: ItemRow) -> list[GivenRow]:
    kinds: dict[Any, str] = dict(form_definition().effect_kinds.items())
    bases: dict[Any, str] = dict(form_definition().effect_bases.items())
    return [
        _item(item)
        | {
            "effect_kind": kinds[kind],
            "effect_basis": bases[basis],
            "earlier_amount": shortened(item.earlier_effects.get((kind, basis))),
        }
        for kind, basis in _effect_codes()
    ]
