"""Records to the plan's items and indicators: by id, by number and title, by title, by likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.plans.characters import normalised_title
from pipelines.plans.likeness import Likeness
from pipelines.results.cell_words import unit_form
from pipelines.results.model import IndicatorContext, ItemContext
from pipelines.results.values import conversion
from pipelines.sources.workbooks.model import CellFinding

# A title is taken for a reworded one where it is this much alike, and no other comes near.
_ALIKE = 0.75
_AHEAD = 0.15
# With the same number before it, half of the title is enough.
_ALIKE_WITH_NUMBER = 0.5
_NUMBER_MARKS = re.compile(r"^(?:no|№)?\.?|[.．、:：)）]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """The item that a record means.

    Attributes:
        item: None where it could not be found.
        findings: what to tell, without place.
        is_contradicted: whether id and title name different items, so that nothing can be kept.
    """

    item: ItemContext | None
    findings: tuple[CellFinding, ...] = ()
    is_contradicted: bool = False


_NOTHING = ItemMatch(None)


class ItemMatcher:
    """Finds items of one plan; every combination of texts is looked up once."""

    def __init__(self, items: Sequence[ItemContext]) -> None:
        self._items = tuple(items)
        self._by_id = {item.item_id: item for item in items}
        self._by_title: dict[str, list[ItemContext]] = defaultdict(list)
        self._by_number: dict[str, list[ItemContext]] = defaultdict(list)
        for item in items:
            title, number = normalised_title(item.title), _bare_number(item.number_label)
            self._by_title[title].append(item)
            if number:
                self._by_number[number].append(item)
                self._by_title[normalised_title(f"{item.number_label}{item.title}")].append(item)
        self._likeness = Likeness(normalised_title(item.title) for item in items)
        self._found: dict[tuple[str | None, str | None, str | None], ItemMatch] = {}

    def match(self, item_id: str | None, number: str | None, title: str | None) -> ItemMatch:
        """Look up one record's texts; a plan without items finds nothing, and tells nothing."""
        if not self._items or not (item_id or number or title):
            return _NOTHING
        key = (item_id, number, title)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._match(*key)
        return found

    def _match(self, item_id: str | None, number: str | None, title: str | None) -> ItemMatch:
        if item_id and item_id in self._by_id:
            return self._checked(self._by_id[item_id], title)
        found = self._by_texts(number, title)
        if item_id and not found.is_contradicted:
            return ItemMatch(found.item, (_id_unknown(item_id), *found.findings))
        return found

    def _checked(self, item: ItemContext, title: str | None) -> ItemMatch:
        """An item found by its id, compared with the title beside it."""
        others = self._by_title.get(normalised_title(title), []) if title else []
        if not title or item in others or normalised_title(title) == normalised_title(item.title):
            return ItemMatch(item)
        if others:
            return ItemMatch(None, (_id_contradicts(item, title),), is_contradicted=True)
        return ItemMatch(item, (_title_differs(item, title),))

    def _by_texts(self, number: str | None, title: str | None) -> ItemMatch:
        numbered = self._by_number.get(_bare_number(number), []) if number else []
        if title:
            return self._by_title_and(numbered, title)
        if len(numbered) == 1:
            return ItemMatch(numbered[0])
        return ItemMatch(None, (_not_found(number or "", bool(numbered)),))

    def _by_title_and(self, numbered: list[ItemContext], title: str) -> ItemMatch:
        bare = normalised_title(title)
        titled = self._by_title.get(bare, [])
        both = [item for item in titled if item in numbered]
        certain = both if both else titled
        if len(certain) == 1:
            return ItemMatch(certain[0], _number_of_another(certain[0], numbered))
        if certain:
            return ItemMatch(None, (_not_found(title, True),))
        return self._by_likeness(numbered, bare, title)

    def _by_likeness(self, numbered: list[ItemContext], bare: str, title: str) -> ItemMatch:
        ranked = sorted(
            ((self._likeness.likeness(bare, normalised_title(i.title)), i) for i in self._items),
            key=lambda pair: -pair[0],
        )
        best, item = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        wanted = _ALIKE_WITH_NUMBER if [item] == numbered else _ALIKE
        if best < wanted or best - second < _AHEAD:
            return ItemMatch(None, (_not_found(title, False),))
        return ItemMatch(item, (_by_likeness(item, title),))


def _bare_number(label: str | None) -> str:
    return _NUMBER_MARKS.sub("", normalised_title(label)) if label else ""


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """The plan's indicator that a value belongs to; None where it is one of its own."""

    indicator: IndicatorContext | None
    findings: tuple[CellFinding, ...] = ()


class IndicatorMatcher:
    """Finds indicators of one plan, each within its item."""

    def __init__(self, indicators: Sequence[IndicatorContext]) -> None:
        self._by_id = {one.indicator_id: one for one in indicators}
        self._by_item: dict[str | None, list[IndicatorContext]] = defaultdict(list)
        for one in indicators:
            self._by_item[one.item_id].append(one)
        self._found: dict[tuple[str | None, ...], IndicatorMatch] = {}

    def match(
        self, indicator_id: str | None, item_id: str | None, name: str | None, unit: str | None
    ) -> IndicatorMatch:
        """Look up one indicator.

        Args:
            indicator_id: from our own form.
            item_id: the item it was reported under; None for the plan as a whole.
            name: as the sheet prints it.
            unit: of heading, row or cell, where one is stated.
        """
        if not self._by_id and not indicator_id:
            return _NO_INDICATOR
        key = (indicator_id, item_id, name, unit)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._match(*key)
        return found

    def _match(
        self, indicator_id: str | None, item_id: str | None, name: str | None, unit: str | None
    ) -> IndicatorMatch:
        if indicator_id and indicator_id in self._by_id:
            return IndicatorMatch(self._by_id[indicator_id])
        told = (_indicator_id_unknown(indicator_id),) if indicator_id else ()
        candidates = self._by_item.get(item_id, [])
        found = self._named(candidates, name, unit) if name else self._only(candidates, unit)
        return IndicatorMatch(found.indicator, told + found.findings)

    def _named(
        self, candidates: list[IndicatorContext], name: str, unit: str | None
    ) -> IndicatorMatch:
        bare = normalised_title(name)
        same = [one for one in candidates if normalised_title(one.name) == bare]
        if len(same) == 1:
            # Its values are converted, or kept as text where they cannot be: no second indicator.
            return IndicatorMatch(same[0])
        for fit in (_units_fit, _units_convert):
            fitting = [one for one in same or candidates if fit(one.unit, unit)]
            if same and len(fitting) == 1:
                return IndicatorMatch(fitting[0])
        return _NO_INDICATOR if same or not fitting else self._alike(fitting, bare, name)

    def _alike(self, candidates: list[IndicatorContext], bare: str, name: str) -> IndicatorMatch:
        likeness = Likeness(normalised_title(one.name) for one in candidates)
        ranked = sorted(
            ((likeness.likeness(bare, normalised_title(one.name)), one) for one in candidates),
            key=lambda pair: -pair[0],
        )
        best, one = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if best < _ALIKE or best - second < _AHEAD:
            return _NO_INDICATOR
        return IndicatorMatch(one, (_indicator_by_likeness(one, name),))

    def _only(self, candidates: list[IndicatorContext], unit: str | None) -> IndicatorMatch:
        """Values without a name belong to the only indicator that the item has."""
        if len(candidates) != 1 or not _units_convert(candidates[0].unit, unit):
            return _NO_INDICATOR
        return IndicatorMatch(candidates[0], (_indicator_assumed(candidates[0]),))


_NO_INDICATOR = IndicatorMatch(None)


def _units_fit(known: str | None, stated: str | None) -> bool:
    return known is None or stated is None or unit_form(known) == unit_form(stated)


def _units_convert(known: str | None, stated: str | None) -> bool:
    return known is None or stated is None or conversion(stated, known) is not None


def _id_unknown(item_id: str) -> CellFinding:
    return CellFinding(
        "warning",
        "item_id_unknown",
        f"項目ID「{item_id}」はこの計画にありません。番号と名称で項目を探しました。",
        "様式の項目IDの欄は書き換えないでください。",
        value=item_id,
        column_name="item_id",
    )


def _id_contradicts(item: ItemContext, title: str) -> CellFinding:
    return CellFinding(
        "error",
        "item_id_contradicts_title",
        f"項目IDは「{item.title}」のものですが、名称は別の項目「{title}」です。"
        "どちらの実績か決められないため、この行は公開しません。",
        "行の貼り付け位置を確かめ、項目IDと名称を組み合わせ直してください。",
        value=title,
        column_name="item_id",
    )


def _title_differs(item: ItemContext, title: str) -> CellFinding:
    return CellFinding(
        "warning",
        "item_title_differs",
        f"名称「{title}」が計画の項目「{item.title}」と違います。項目IDのとおりに読みました。",
        "名称を書き換えた場合は、元に戻してください。",
        value=title,
        column_name="item",
    )


def _number_of_another(item: ItemContext, numbered: list[ItemContext]) -> tuple[CellFinding, ...]:
    """The number that stands beside a title is that of one other item: rows may have slipped."""
    if len(numbered) != 1 or item in numbered or not item.number_label:
        return ()
    other = numbered[0]
    finding = CellFinding(
        "warning",
        "item_number_differs",
        f"番号「{other.number_label}」は項目「{other.title}」のものですが、名称は"
        f"「{item.title}」（番号「{item.number_label}」）です。名称のとおりに読みました。",
        "番号か名称のどちらかがずれていないか確かめ、直してください。",
        value=other.number_label,
        column_name="item_number",
    )
    return (finding,)


def _not_found(text: str, is_ambiguous: bool) -> CellFinding:
    why = "二つ以上あり、一つに決められません" if is_ambiguous else "見つかりません"
    return CellFinding(
        "warning",
        "item_ambiguous" if is_ambiguous else "item_not_found",
        f"「{text}」に当たる計画の項目が{why}。計画の項目と結び付けずに載せます。",
        "計画の項目の番号と名称を、計画のとおりに書いてください。",
        value=text,
        column_name="item",
    )


def _by_likeness(item: ItemContext, title: str) -> CellFinding:
    return CellFinding(
        "warning",
        "item_matched_by_likeness",
        f"「{title}」は、よく似た計画の項目「{item.title}」の実績として読みました。",
        "違うときは、計画の項目の名称を計画のとおりに書いてください。",
        value=title,
        column_name="item",
    )


def _indicator_id_unknown(indicator_id: str) -> CellFinding:
    return CellFinding(
        "warning",
        "indicator_id_unknown",
        f"指標ID「{indicator_id}」はこの計画にありません。名称と単位で指標を探しました。",
        "様式の指標IDの欄は書き換えないでください。",
        value=indicator_id,
        column_name="indicator_id",
    )


def _indicator_by_likeness(one: IndicatorContext, name: str) -> CellFinding:
    return CellFinding(
        "warning",
        "indicator_matched_by_likeness",
        f"指標「{name}」は、よく似た計画の指標「{one.name}」の値として読みました。",
        "違うときは、指標の名称を計画のとおりに書いてください。",
        value=name,
        column_name="indicator",
    )


def _indicator_assumed(one: IndicatorContext) -> CellFinding:
    return CellFinding(
        "info",
        "indicator_assumed",
        f"指標の名称がないため、この項目のただ一つの指標「{one.name}」の値として読みました。",
        "違うときは、指標の名称の欄を設けてください。",
        column_name="indicator",
    )
