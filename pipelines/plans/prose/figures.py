"""Figures that a plan states outside its targets: what reforms brought, ranks, amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.plans.fields.target_names import indicator_of
from pipelines.plans.fields.target_roles import comparator
from pipelines.plans.fields.target_years import read_moments
from pipelines.plans.layouts.reading import NodeReading, StatementReading
from pipelines.plans.lines import Passage
from pipelines.plans.prose.model import FigureReading
from pipelines.plans.vocabulary import words
from pipelines.quantities.numbers import Quantity, read_quantities

# Amounts, shares and ranks say something of themselves; counts only where something was reached.
TELLING_KINDS = ("money", "share", "rank")
COUNTING_KINDS = ("people", "things", "measures")
_NOUN_BEFORE = re.compile(r"[一-龠々ァ-ヶー]{1,10}\s?$")
_MEASURED = re.compile(
    r"^(?:る|た|回る|える)?の?(?P<what>[^、。をがにで（）()]{2,20})(?:を|が|$|）|\))"
)
_SURVEY = re.compile(
    r"(?P<what>[一-龠々ァ-ヶーA-Za-z]{2,20})(?:（?※\s?\d+）?)?で(?:全国|県内|道内|都内|府内)?$"
)


def read_figures(
    statements: list[StatementReading], nodes: list[NodeReading], era: str | None
) -> list[FigureReading]:
    """The figures of statements and of the outline's headings, in their order.

    Args:
        statements: the plan's prose.
        nodes: the plan's own headings; a figure may stand in one.
        era: the document's era, for years without one.
    """
    found = [
        figure
        for one in statements
        for figure in _of_text(one.text, one.heading.text, one.node, era)
    ]
    found += [figure for node in nodes for figure in _of_text(node.title, "", node, era)]
    return sorted(found, key=lambda one: min(one.lines, default=0))


def _of_text(
    text: Passage, heading: str, node: NodeReading | None, era: str | None
) -> Iterator[FigureReading]:
    for quantity in read_quantities(text.text):
        before, behind = text.text[: quantity.start], text.text[quantity.end :]
        if not _tells(quantity, before, behind):
            continue
        figure = _figure_text(text, quantity, before, behind)
        years = [one for one in read_moments(text.text, era) if one.end <= quantity.start]
        yield FigureReading(
            _indicator(quantity, before, behind, heading),
            figure.text,
            comparator(quantity, behind),
            quantity.value,
            quantity.unit,
            quantity.is_approximate,
            figure.lines,
            years[-1].fiscal_year if years else None,
            node,
        )


def _tells(quantity: Quantity, before: str, behind: str) -> bool:
    """Whether a number says what was, or is to be, reached; one in quotes is said by others."""
    if before.count("「") > before.count("」"):
        return False
    if quantity.kind in TELLING_KINDS:
        return True
    reached = any(word in behind.split("。")[0] for word in words("prose", "outcome_words"))
    describes = re.match(r"\s?(?:で構成|からなる|による|以上の(?!増|減)|について)", behind)
    return quantity.kind in COUNTING_KINDS and reached and not describes


def _figure_text(text: Passage, quantity: Quantity, before: str, behind: str) -> Passage:
    """The number with the noun right before it, and what came of it right behind."""
    noun = _NOUN_BEFORE.search(before)
    start = noun.start() if noun else quantity.start
    ends = [
        at + len(word)
        for word in words("prose", "outcome_words")
        if 0 <= (at := behind.find(word)) <= 20 and not re.search("[、。（）()]", behind[:at])
    ]
    return text.cut(start, quantity.end + min(ends, default=0))


def _indicator(quantity: Quantity, before: str, behind: str, heading: str) -> str:
    survey = _SURVEY.search(before)
    if survey and quantity.kind == "rank":
        return survey["what"]
    measured = _MEASURED.match(behind)
    named = indicator_of(quantity, before, "", "")
    direct = bool(_NOUN_BEFORE.search(before)) and quantity.kind != "rank"
    if measured and not (direct and named) and not named.endswith(("率", "額", "数")):
        return measured["what"].removeprefix("の")
    return named or (measured["what"] if measured else "") or heading or quantity.text
