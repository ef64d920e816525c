"""Pre-filled rows of the form's tables: what stands in the locked cells."""

from __future__ import annotations

from pipelines.results.forms.content import FormContent, ItemRow
from pipelines.results.forms.definition import TableName, form_definition

GivenRow = dict[str, str]


def given_rows(content: FormContent, table: TableName) -> list[GivenRow]:
    """The rows of a table: column key -> text; blank texts are left out."""
    rows = {"activities": _activities, "indicators": _indicators, "effects": _effects}[table]
    return [
        {key: text for key, text in row.items() if text}
        for item in content.items
        for row in rows(item)
    ]


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
    references = {
        "goal": shortened(item.goal_text),
        "previous_result": shortened(item.previous_text),
        "previous_opinion": shortened(item.opinion_text),
    }
    return [_item(item) | references]


def _indicators(item: ItemRow) -> list[GivenRow]:
    return [
        _item(item)
        | {
            "indicator_id": one.indicator_id,
            "indicator": one.name,
            "unit": one.unit,
            "target": shortened(one.target_text),
            "previous_actual": shortened(one.previous_text),
        }
        for one in item.indicators
    ]


def _effects(item: ItemRow) -> list[GivenRow]:
    definition = form_definition()
    return [
        _item(item) | {"effect_kind": kind, "effect_basis": basis}
        for kind in definition.effect_kinds.values()
        for basis in definition.effect_bases.values()
    ]
