"""Which of our plans a city means when it names one on a page of results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.plans.characters import bare_text
from pipelines.plans.front_matter import generation_of

#: What is left of a name must say at least this much before it is looked for in another.
SHORTEST_CORE = 4
_GENERATION = re.compile(r"第(?:\d+|[一二三四五六七八九十]+)(?:次|期|版)")
_NO_LETTERS = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class KnownPlan:
    """A plan of the table ``plans``, as far as it is needed to find it by name.

    Attributes:
        plan_id: its id.
        municipality_code: six digits.
        title: as printed; None where none is known.
        generation: 第4次 is 4; None where the title counts nothing.
        period: first and last fiscal year; None where not known.
    """

    plan_id: str
    municipality_code: str
    title: str | None
    generation: int | None = None
    period: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True)
class NamedPlan:
    """A plan as a page names it."""

    municipality_code: str
    municipality_name: str
    label: str
    period: tuple[int | None, int | None] = (None, None)


def linked_plan(named: NamedPlan, plans: Sequence[KnownPlan]) -> str | None:
    """The id of the one plan that fits; None where none does, or more than one.

    A plan fits when one name holds the other (without municipality, 第n次 and brackets), neither
    generation nor period contradict, and at least one of the two is the same on both sides, or
    the names are the same word for word.
    """
    fitting = {plan.plan_id for plan in plans if _fits(named, plan)}
    return fitting.pop() if len(fitting) == 1 else None


def _fits(named: NamedPlan, plan: KnownPlan) -> bool:
    if plan.municipality_code != named.municipality_code or not plan.title or not named.label:
        return False
    one = _core(named.label, named.municipality_name)
    other = _core(plan.title, named.municipality_name)
    if min(len(one), len(other)) < SHORTEST_CORE or not (one in other or other in one):
        return False
    evidence = [
        _agreement((generation_of(named.label),), (plan.generation or generation_of(plan.title),)),
        _agreement(named.period, plan.period),
    ]
    same_name = bare_text(named.label) == bare_text(plan.title)
    return False not in evidence and (True in evidence or same_name)


def _agreement(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool | None:
    """Whether two statements agree; None where one of them says nothing."""
    if None in one or None in other:
        return None
    return one == other


def _core(title: str, municipality_name: str) -> str:
    """What a title says of the plan: no municipality, no 第n次, no brackets, no punctuation."""
    plain = _IN_BRACKETS.sub("", bare_text(title))
    for pattern in (re.escape(bare_text(municipality_name)), _GENERATION.pattern):
        plain = re.sub(pattern, "", plain) if pattern else plain
    return _NO_LETTERS.sub("", plain)
