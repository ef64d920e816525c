"""What the columns of a sheet of results can hold: the fields that headings and profiles name."""

from __future__ import annotations

from typing import Literal

EffectKind = Literal["cost_reduction", "revenue_increase", "other"]
EffectBasis = Literal["single_year", "cumulative", "continuing", "not_stated"]
#: Fields of which a record has one each, as text (``Record.texts``).
TEXT_FIELDS = (
    "item_id",  # our own id, in our own forms
    "item_number",  # number label of the item
    "item",  # title of the item
    "category",  # group label
    "measure",  # what was done as the sheet's own unit, where it is finer than the item
    "bureau",
    "department",
    "fiscal_year",
    "period",  # 令和元年度～令和4年度
    "edition",  # what orders the submissions of a file that holds several (公開年度)
    "activity",
    "rating",  # the department's own
    "headquarters_rating",
    "council_rating",
    "headquarters_opinion",
    "council_opinion",
    "city_response",
    "held_on",
    "shortfall_reason",
    "next_action",
    "internal_note",  # never published
    "indicator_id",
    "indicator",
    "unit",
    "missing_reason",  # why there is no actual value, in the words of our own form
    "due_fy",
    "as_of_on",
    "effect_kind",
    "effect_basis",
    "not_computable_reason",
    "baseline_fy",
)

#: Fields of which a record can have several cells (``Record.values``): one per year, kind or basis.
VALUE_FIELDS = (
    "planned",
    "actual",
    "final_target",
    "planned_amount",
    "amount",
)
