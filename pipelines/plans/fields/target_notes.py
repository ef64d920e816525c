"""What notes and the description add to a target: where it starts from, or other words for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.plans.fields.target_model import FoundTarget, Sentence, TargetReading
from pipelines.plans.fields.target_roles import compared, from_to
from pipelines.plans.fields.target_words import any_of
from pipelines.plans.lines import Passage
from pipelines.quantities.numbers import Quantity, flat, read_quantities


def with_notes(found: FoundTarget, sentences: Sequence[Sentence], goal: Passage) -> FoundTarget:
    """What notes and other sentences say of the value a target starts from, or call it else."""
    for sentence in sentences:
        equivalent = _equivalent(found, sentence, goal)
        if equivalent:
            found = equivalent
            continue
        if found.target.baseline_fy is None and (sentence.is_note or _tells_start(sentence)):
            found = _noted_baseline(found, sentence, goal)
    return found


def _tells_start(sentence: Sentence) -> bool:
    return bool(any_of("baseline_words").search(sentence.text))


def _noted_baseline(found: FoundTarget, sentence: Sentence, goal: Passage) -> FoundTarget:
    """「※ 令和２年度は19種類」, or only the day to compare with."""
    moment = compared(sentence, goal.text) or next(iter(sentence.moments), None)
    if moment is None:
        return found
    value = next(
        (
            one
            for one in sentence.quantities
            if one.unit == found.target.unit and one.start >= moment.end
            if re.match(r"^[^。]{0,8}$", goal.text[moment.end : one.start])
        ),
        None,
    )
    compares = bool(any_of("compared_words").search(sentence.text))
    if value is None and not compares:
        return found
    end = value.end if value else sentence.end
    noted = goal.cut(moment.start, end)
    target = replace(
        found.target,
        baseline_value=value.value if value else None,
        baseline_fy=moment.fiscal_year,
        baseline_on=moment.day,
    )
    return replace(found, target=target, others=(*found.others, noted))


def _equivalent(found: FoundTarget, sentence: Sentence, goal: Passage) -> FoundTarget | None:
    """「概ね１割は約72,000㎡」: the amount itself takes the place of the share."""
    share = found.quantity
    if share.kind != "share":
        return None
    for same, amount in zip(sentence.quantities, sentence.quantities[1:], strict=False):
        is_same = flat(same.text) == flat(share.text) and same.start != share.start
        if is_same and re.match(r"^は[、,]?\s*$", goal.text[same.end : amount.start]):
            noted = goal.cut(same.start, amount.end)
            target = replace(
                found.target,
                value=amount.value,
                unit=amount.unit,
                is_approximate=amount.is_approximate or share.is_approximate,
                equivalent_text=share.text,
            )
            start = compared(sentence, goal.text) if sentence.is_note else None
            if start:
                target = replace(target, baseline_fy=start.fiscal_year, baseline_on=start.day)
            return replace(found, target=target, others=(*found.others, noted))
    return None


def with_start(found: FoundTarget, description: Passage) -> FoundTarget:
    """「月２回から月１回に見直す」 in the description: the value that the target starts from."""
    target = found.target
    if target.baseline_value is not None or not description:
        return found
    pair = from_to(read_quantities(description.text), description.text)
    if pair and pair[1].unit == target.unit and pair[1].value == target.value:
        return replace(found, target=replace(target, baseline_value=pair[0].value))
    return found


def with_baseline(found: FoundTarget, start: Quantity, sentence: Sentence) -> FoundTarget:
    """The value and year that a pair starts from, and the year it ends in."""
    moments = [one for one in sentence.moments if one.start < found.quantity.start]
    first = next((one for one in moments if one.start < start.end + 10), None)
    last = next((one for one in sentence.moments if one.start >= found.quantity.end), None)
    years = len(sentence.moments) >= 2
    target = replace(
        found.target,
        baseline_value=start.value,
        baseline_fy=first.fiscal_year if first and years else None,
        due_fy=last.fiscal_year if last and years else found.target.due_fy,
    )
    return replace(found, target=target)


def finished(found: FoundTarget) -> TargetReading:
    """The target with every line it comes from, and its direction where the text gives one."""
    target = found.target
    numbers = [*found.text.lines, *(number for one in found.others for number in one.lines)]
    return replace(target, lines=tuple(sorted(set(numbers))), direction=_direction(found))


def _direction(found: FoundTarget) -> str | None:
    target = found.target
    if target.comparator == "reduce_by":
        return "down"
    if target.comparator == "increase_by":
        return "up"
    if target.baseline_value is not None and target.baseline_value != target.value:
        return "up" if target.value > target.baseline_value else "down"
    return {"at_least": "up", "at_most": "down"}.get(target.comparator)
