"""Records to the plan's items and indicators: by id, by number and title, by title, by likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.plans.characters import normalised_title
from pipelines.plans.likeness import Likeness
from pipelines.results.cell_words import unit_form
from pipelines.results.findings import finding
from pipelines.results.model import IndicatorContext, ItemContext
from pipelines.results.name_units import unit_behind
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
        by_number: the number that alone says which item is meant; None where more does.
    """

    item: ItemContext | None
    findings: tuple[CellFinding, ...] = ()
    is_contradicted: bool = False
    by_number: str | None = None


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
            told = finding("item_id_unknown", item_id)
            return replace(found, findings=(told, *found.findings))
        return found

    def _checked(self, item: ItemContext, title: str | None) -> ItemMatch:
        """An item found by its id, compared with the title beside it."""
        others = self._by_title.get(normalised_title(title), []) if title else []
        if not title or item in others or normalised_title(title) == normalised_title(item.title):
            return ItemMatch(item)
        if others:
            told = finding("item_id_contradicts_title", title, title=item.title)
            return ItemMatch(None, (told,), is_contradicted=True)
        return ItemMatch(item, (finding("item_title_differs", title, title=item.title),))

    def _by_texts(self, number: str | None, title: str | None) -> ItemMatch:
        numbered = self._by_number.get(_bare_number(number), []) if number else []
        if title:
            return self._by_title_and(numbered, title)
        if len(numbered) == 1:
            return ItemMatch(numbered[0], by_number=number)
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
        return ItemMatch(item, (finding("item_matched_by_likeness", title, title=item.title),))


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
        told = (finding("indicator_id_unknown", indicator_id),) if indicator_id else ()
        candidates = self._by_item.get(item_id, [])
        found = self._named(candidates, name, unit) if name else self._only(candidates, unit)
        return IndicatorMatch(found.indicator, told + found.findings)

    def _named(
        self, candidates: list[IndicatorContext], name: str, unit: str | None
    ) -> IndicatorMatch:
        bare = normalised_title(name)
        same = [one for one in candidates if normalised_title(one.name) == bare]
        same = same or _named_without_unit(candidates, name)
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
        told = finding("indicator_matched_by_likeness", name, known=one.name)
        return IndicatorMatch(one, (told,))

    def _only(self, candidates: list[IndicatorContext], unit: str | None) -> IndicatorMatch:
        """Values without a name belong to the only indicator that the item has."""
        if len(candidates) != 1 or not _units_convert(candidates[0].unit, unit):
            return _NO_INDICATOR
        told = finding("indicator_assumed", known=candidates[0].name)
        return IndicatorMatch(candidates[0], (told,))


_NO_INDICATOR = IndicatorMatch(None)


def _named_without_unit(candidates: list[IndicatorContext], name: str) -> list[IndicatorContext]:
    """Indicators of this name but for the unit in brackets behind it, which goes with theirs."""
    pure, unit = unit_behind(name)
    if unit is None:
        return []
    bare = normalised_title(pure)
    same = [one for one in candidates if normalised_title(one.name) == bare]
    return [one for one in same if _units_convert(one.unit, unit)]


def _units_fit(known: str | None, stated: str | None) -> bool:
    return known is None or stated is None or unit_form(known) == unit_form(stated)


def _units_convert(known: str | None, stated: str | None) -> bool:
    return known is None or stated is None or conversion(stated, known) is not None


def _number_of_another(item: ItemContext, numbered: list[ItemContext]) -> tuple[CellFinding, ...]:
    """The number that stands beside a title is that of one other item: rows may have slipped."""
    if len(numbered) != 1 or item in numbered or not item.number_label:
        return ()
    other = numbered[0]
    told = finding(
        "item_number_differs",
        other.number_label,
        other_title=other.title,
        title=item.title,
        number=item.number_label,
    )
    return (told,)


def _not_found(text: str, is_ambiguous: bool) -> CellFinding:
    return finding("item_ambiguous" if is_ambiguous else "item_not_found", text)
