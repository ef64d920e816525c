"""Which item or indicator of the plan a row of the form means: by its id, else by its texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipelines.plans.characters import bare_text, normalised_title
from pipelines.results.forms.definition import TableName
from pipelines.results.model import IndicatorContext, ItemContext, PlanContext


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something of the plan that a row can mean.

    Attributes:
        identity: item_id or indicator_id.
        item: the item; of an indicator the one it belongs to, None for the plan as a whole.
        indicator: None for an item.
    """

    identity: str
    item: ItemContext | None
    indicator: IndicatorContext | None = None

    @property
    def number(self) -> str:
        """Number label of the item, as texts are compared; blank where it has none."""
        return bare_text((self.item and self.item.number_label) or "")

    @property
    def names(self) -> tuple[str, ...]:
        """Title of the item; for an indicator also its name and unit."""
        title = normalised_title(self.item.title) if self.item else ""
        if self.indicator is None:
            return (title,)
        return (title, normalised_title(self.indicator.name), bare_text(self.indicator.unit or ""))


@dataclass(frozen=True, slots=True)
class GivenTexts:
    """What stands in the locked cells of a row; blank where it was deleted."""

    identity: str
    number: str
    item: str
    indicator: str = ""
    unit: str = ""


#: ``repaired``: the id is broken and the texts fit one candidate only; ``changed``: the id is right
#: and a text differs from the plan's; ``conflict``: the id is of one candidate, the texts of
#: another; ``foreign``: an id of another plan; ``unknown``: neither id nor texts fit.
Standing = Literal["certain", "repaired", "changed", "conflict", "foreign", "unknown"]


class Candidates:
    """All that rows of one table can mean."""

    def __init__(self, table: TableName, context: PlanContext) -> None:
        self._plan_id = context.plan_id
        self._has_indicators = table == "indicators"
        found = _indicators(context) if self._has_indicators else _items(context)
        self._all = tuple(found)
        self._by_id = {bare_text(one.identity): one for one in self._all}

    def match(self, given: GivenTexts) -> tuple[Standing, Candidate | None]:
        """What a row means and how sure that is.

        Args:
            given: texts of the row. A number that a program may have turned into a date must be
                left blank.
        """
        identity = bare_text(given.identity)
        by_id = self._by_id.get(identity)
        if by_id is not None:
            return self._compared(given, by_id), by_id
        if _is_of_another_plan(identity, self._plan_id):
            return "foreign", None
        fitting = self._fitting(given)
        return ("repaired", fitting[0]) if len(fitting) == 1 else ("unknown", None)

    def _compared(self, given: GivenTexts, candidate: Candidate) -> Standing:
        told = self._names(given)
        pairs = zip(told, candidate.names, strict=True)
        if not any(text and text != name for text, name in pairs):
            return "certain"
        is_another = any(one.names == told for one in self._all)
        return "conflict" if is_another else "changed"

    def _fitting(self, given: GivenTexts) -> list[Candidate]:
        """Candidates with the row's texts, and its number where it still has one."""
        told, number = self._names(given), bare_text(given.number)
        if not any(told[:2]):
            return []
        return [one for one in self._all if one.names == told and number in ("", one.number)]

    def _names(self, given: GivenTexts) -> tuple[str, ...]:
        title = normalised_title(given.item)
        if not self._has_indicators:
            return (title,)
        return (title, normalised_title(given.indicator), bare_text(given.unit))


def _is_of_another_plan(identity: str, plan_id: str) -> bool:
    """A whole id (six digits, a name, a hash) that begins with another plan's id."""
    parts = identity.split("-")
    looks_whole = len(parts) >= 3 and len(parts[0]) == 6 and parts[0].isdecimal()
    return looks_whole and not identity.startswith(f"{bare_text(plan_id)}-")


def _items(context: PlanContext) -> Iterable[Candidate]:
    return (Candidate(item.item_id, item) for item in context.items)


def _indicators(context: PlanContext) -> Iterable[Candidate]:
    items = {item.item_id: item for item in context.items}
    return (
        Candidate(one.indicator_id, items.get(one.item_id or ""), one) for one in context.indicators
    )
