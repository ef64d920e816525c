"""Quantitative targets in an item's goal, as a careful reader would put them into a table of KPIs.

Only a number that the goal wants to reach is a target: numbers in brackets that describe a noun
(323組織), thresholds (2.0人未満の路線), shares that explain (約８割にあたる) and what was (※ 令和２
年度は19種類) are none. What a goal holds and no rule takes is given back to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.plans.fields.target_model import FoundTarget, Sentence, TargetReading, TargetsRead
from pipelines.plans.fields.target_names import indicator_of
from pipelines.plans.fields.target_notes import finished, with_baseline, with_notes, with_start
from pipelines.plans.fields.target_roles import comparator, compared, due, from_to, is_wanted, per
from pipelines.plans.fields.target_words import any_of
from pipelines.plans.fields.target_years import Moment, read_moments
from pipelines.plans.lines import Passage
from pipelines.quantities.numbers import Quantity, read_quantities

_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[^。※]*。?|※[^※。]*。?")
_YEAR_AND_VALUE = re.compile(r"^[\s・:：（(、,]*$")


def read_targets(
    title: Passage,
    description: Passage,
    goal: Passage,
    era: str | None = None,
    first_fy: int | None = None,
) -> TargetsRead:
    """Read the targets of one item.

    Args:
        title: the item's title; names the indicator where the goal does not.
        description: the item's description; may hold the value to start from.
        goal: the goal; without one there are no targets.
        era: the document's era, for years without one.
        first_fy: the plan's first fiscal year: what a list states of a year before it is no target.
    """
    if not _DIGIT.search(goal.text):
        return TargetsRead()
    sentences = _sentences(goal.text, era)
    found: list[FoundTarget] = []
    for sentence in sentences:
        if not sentence.is_note:
            found += _of_sentence(sentence, sentences, goal, title, first_fy)
    found = [with_notes(one, sentences, goal) for one in found]
    found = [with_start(one, description) for one in found]
    left = [goal.cut(one.start, one.end) for one in sentences if _is_left(one, found)]
    return TargetsRead([finished(one) for one in found], left)


def _is_left(sentence: Sentence, found: Sequence[FoundTarget]) -> bool:
    """A sentence with quantities of which none is a target, or belongs to one."""
    used = any(sentence.start <= one.quantity.start < sentence.end for one in found)
    told = any(sentence.text.strip() in one.text.text for one in found)
    return bool(sentence.quantities) and not (used or told or sentence.is_note)


def _sentences(text: str, era: str | None) -> list[Sentence]:
    quantities, moments = read_quantities(text), read_moments(text, era)
    found = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if match.group().strip():
            found.append(
                Sentence(
                    start,
                    end,
                    match.group(),
                    tuple(one for one in quantities if start <= one.start < end),
                    tuple(one for one in moments if start <= one.start < end),
                    "※" in text[:end],
                )
            )
    return found


def _of_sentence(
    sentence: Sentence,
    sentences: Sequence[Sentence],
    goal: Passage,
    title: Passage,
    first_fy: int | None,
) -> list[FoundTarget]:
    """The targets of one sentence: a list of years and values, or numbers that it wants."""
    listed = _listed_years(sentence, goal.text)
    if listed:
        text = _list_text(listed, sentence, sentences, goal)
        return _from_list(listed, text, goal, title, first_fy)
    pair = from_to(sentence.quantities, goal.text)
    numbers = [pair[1]] if pair else list(sentence.quantities)
    found = [
        _target(one, sentence, goal, title, pair[0] if pair else one)
        for one in numbers
        if pair or is_wanted(one, sentence, goal.text)
    ]
    if pair and found:
        start = with_baseline(found[0], pair[0], sentence)
        return [start]
    return found


def _listed_years(sentence: Sentence, text: str) -> list[tuple[Moment, Quantity]]:
    """「平成30年度 22路線・令和５年度 11路線」: each year with the value right behind it."""
    pairs: list[tuple[Moment, Quantity]] = []
    for moment in sentence.moments:
        behind = next((one for one in sentence.quantities if one.start >= moment.end), None)
        if behind and _YEAR_AND_VALUE.match(text[moment.end : behind.start]):
            pairs.append((moment, behind))
    units = {quantity.unit for _, quantity in pairs}
    return pairs if len(pairs) >= 2 and len(units) == 1 else []


def _from_list(
    pairs: Sequence[tuple[Moment, Quantity]],
    text: Passage,
    goal: Passage,
    title: Passage,
    first_fy: int | None,
) -> list[FoundTarget]:
    """Every year of a list is wanted, save the one that tells where things stand."""
    start, wanted = _start_of_list(pairs, text.text, first_fy)
    name_from = _before_list(text.text, pairs)
    found: list[FoundTarget] = []
    for moment, quantity in wanted:
        target = TargetReading(
            indicator_of(quantity, name_from, "", title.text),
            text.text,
            comparator(quantity, ""),
            quantity.value,
            quantity.unit,
            text.lines,
            quantity.value_upper,
            is_approximate=quantity.is_approximate,
            due_fy=moment.fiscal_year,
            due_on=moment.day,
            baseline_value=start[1].value if start else None,
            baseline_fy=start[0].fiscal_year if start else None,
            baseline_on=start[0].day if start else None,
        )
        found.append(FoundTarget(target, quantity, text))
    return found


def _start_of_list(
    pairs: Sequence[tuple[Moment, Quantity]], text: str, first_fy: int | None
) -> tuple[tuple[Moment, Quantity] | None, list[tuple[Moment, Quantity]]]:
    """The pair that is the baseline, if there is one, and the others.

    It is the earliest: before the plan's first year, or called the present state; where the plan's
    years are not known, the first of exactly two.
    """
    first, *others = sorted(pairs, key=lambda pair: pair[0].fiscal_year)
    before = first_fy is not None and first[0].fiscal_year < first_fy
    unknown = first_fy is None and len(pairs) == 2
    if before or unknown or any_of("baseline_words").search(text):
        return first, others
    return None, [first, *others]


def _before_list(text: str, pairs: Sequence[tuple[Moment, Quantity]]) -> str:
    """What stands above a list: without it the first value would be taken for a name."""
    first = min(pairs, key=lambda pair: pair[1].start)[1].text
    before = text[: text.find(first)]
    return re.sub(
        r"[・\s（(]*(?:令和|平成|昭和|[RHS])?\s?[\d元]+(?:年度?)?[\s：:は）)]*$", "", before
    )


def _list_text(
    pairs: Sequence[tuple[Moment, Quantity]],
    sentence: Sentence,
    sentences: Sequence[Sentence],
    goal: Passage,
) -> Passage:
    """The list with the sentence above it, which says what the values are."""
    at = sentences.index(sentence)
    opens = sentence.start
    first = min(moment.start for moment, _ in pairs)
    if not goal.text[opens:first].strip("・ 　:："):
        opens = sentences[at - 1].start if at else opens
    return goal.cut(opens, max(quantity.end for _, quantity in pairs))


def _target(
    quantity: Quantity, sentence: Sentence, goal: Passage, title: Passage, first: Quantity
) -> FoundTarget:
    """A target; ``first`` is the number that its name stands before."""
    before = goal.text[sentence.start : first.start]
    behind = goal.text[quantity.end : sentence.end]
    text = goal.cut(sentence.start, sentence.end)
    due_at = due(quantity, sentence, goal.text)
    start = compared(sentence, goal.text)
    target = TargetReading(
        indicator_of(quantity, before, behind, title.text),
        text.text,
        comparator(quantity, behind),
        quantity.value,
        quantity.unit,
        text.lines,
        quantity.value_upper,
        per(quantity, sentence, goal.text),
        quantity.is_approximate,
        due_fy=due_at.fiscal_year if due_at else None,
        due_on=due_at.day if due_at else None,
        baseline_fy=start.fiscal_year if start else None,
        baseline_on=start.day if start else None,
    )
    return FoundTarget(target, quantity, text)
