"""Sums: years, areas, pillars, ratings, and the two kinds of effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pipelines.figures.checks.evidence import (
    Figure,
    Scope,
    distinct,
    grouped,
    is_additive,
    the_one,
)
from pipelines.figures.checks.verdicts import Comparison, total_against_parts
from pipelines.figures.metrics import ADDITIVE_OVER_AREAS

CUMULATIVE, SINGLE_YEAR = "cumulative", "single_year"
SOME_UNRATED = "評価していない項目がある可能性があります。"
SOME_MISSING = "内訳の一部だけが公表されている可能性があります。"


def yearly_sums(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """The years of a series against its cumulative figures, where every year is published.

    A cumulative figure sums up from the first year of the period, or goes on from the cumulative
    figure before it.
    """
    for _, series in grouped(figures, lambda one: (one.scope, one.metric)):
        if is_additive(series[0]):
            yield from _yearly_sums_of(series)


def _yearly_sums_of(series: Sequence[Figure]) -> Iterator[Comparison]:
    years = single_years(series)
    totals = cumulative_by_year(series)
    for last, candidates in totals.items():
        parts = _complete_years(years, series[0].scope.start, last)
        rule = "年度別の値の合計と累計"
        if not parts:
            parts = _since_last_total(years, totals, last)
            rule = "前の累計にその後の各年度を足した値と累計"
        for total in distinct(candidates):
            if parts and _one_unit((total, *parts)):
                yield total_against_parts(rule, total, parts)


def single_years(series: Sequence[Figure]) -> dict[int, Figure | None]:
    """Year to its figure; None where two contradict each other."""
    single = [one for one in series if one.basis == SINGLE_YEAR and one.year is not None]
    return {int(year or 0): the_one(group) for year, group in grouped(single, lambda one: one.year)}


def cumulative_by_year(series: Sequence[Figure]) -> dict[int, list[Figure]]:
    """Last year summed up to the cumulative figures; without a year, that of the period."""
    cumulative = [one for one in series if one.basis == CUMULATIVE]
    groups = grouped(cumulative, lambda one: (one.year or one.scope.end, one.year is None))
    found: dict[int, list[Figure]] = {}
    for (year, _), group in groups:
        if year is not None:
            found[year] = [*found.get(year, []), *distinct(group)]
    return dict(sorted(found.items()))


def _complete_years(years: dict[int, Figure | None], start: int | None, last: int) -> list[Figure]:
    if start is None or last <= start:
        return []
    parts = [years.get(year) for year in range(start, last + 1)]
    return [one for one in parts if one] if all(parts) else []


def _since_last_total(
    years: dict[int, Figure | None], totals: dict[int, list[Figure]], last: int
) -> list[Figure]:
    before = max((year for year in totals if year < last), default=None)
    base = the_one(totals[before]) if before is not None else None
    if base is None or before is None:
        return []
    parts = [years.get(year) for year in range(before + 1, last + 1)]
    return [base, *(one for one in parts if one)] if all(parts) else []


def rating_sums(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """How many items have each rating, against how many were rated, else how many there are."""
    counts = [one for one in figures if one.metric.stem in ("items_rated", "items_total")]
    for _, group in grouped(counts, _table_cell):
        parts = _one_for_each(
            [one for one in group if one.metric.stem == "items_rated" and one.metric.of]
        )
        totals = [one for one in group if not one.metric.of]
        rated = [one for one in totals if one.metric.stem == "items_rated"]
        for total in distinct(rated or totals):
            if len(parts) > 1:
                yield _rating_sum(total, parts)


def _rating_sum(total: Figure, parts: Sequence[Figure]) -> Comparison:
    comparison = total_against_parts("評価別の項目数の合計", total, parts)
    short = comparison.found < comparison.expected and total.metric.stem == "items_total"
    return replace(comparison, explanation=SOME_UNRATED if short else None)


def _table_cell(figure: Figure) -> tuple[Scope, int | None, str, str]:
    return figure.scope, figure.year, figure.basis, figure.metric.pillar


def steady_rating_totals(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """Ratings of all items add up to the same number every year, where no total is published.

    Years are compared only where both count the same ratings.
    """
    counts = [one for one in figures if one.metric.stem in ("items_rated", "items_total")]
    for _, group in grouped(counts, lambda one: (one.scope, one.basis, one.metric.pillar)):
        if any(not one.metric.of for one in group):
            continue
        by_year = [
            parts
            for year, ratings in grouped(group, lambda one: one.year)
            if year is not None and len(parts := _one_for_each(ratings)) > 1
        ]
        for before, after in pairwise(by_year):
            if {one.metric for one in before} == {one.metric for one in after}:
                yield _same_total(before, after)


def _same_total(before: Sequence[Figure], after: Sequence[Figure]) -> Comparison:
    """The total is about all ratings: the label says no single one."""
    whole = replace(after[0].metric, of="")
    return Comparison(
        "sum",
        f"評価別の項目数の合計が{before[0].year}年度と同じ",
        replace(after[0], metric=whole),
        [*after[1:], *before],
        expected=sum((one.amount for one in before), Decimal(0)),
        found=sum((one.amount for one in after), Decimal(0)),
        unit=after[0].compared_unit,
    )


def part_sums(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """Areas against the metric they are areas of, and pillars against the whole plan.

    Both are compared only where they are published on one page in one unit. Parts that make up
    less than half of the total are plainly a choice of some, and no check.
    """
    additive = [one for one in figures if is_additive(one)]
    areas = [one for one in additive if one.metric.stem in ADDITIVE_OVER_AREAS]
    yield from _sums_over("of", areas)
    yield from _sums_over("pillar", additive)


def _sums_over(part: Literal["of", "pillar"], figures: Sequence[Figure]) -> Iterator[Comparison]:
    rule = "分野別の値の合計" if part == "of" else "柱別の値の合計"
    for _, group in grouped(figures, lambda one: _table_without(part, one)):
        parts = _one_for_each([one for one in group if getattr(one.metric, part)])
        totals = [one for one in group if not getattr(one.metric, part)]
        for total in distinct(totals):
            comparison = total_against_parts(rule, total, parts)
            if len(parts) > 1 and 2 * abs(comparison.found) >= abs(total.amount):
                yield replace(comparison, explanation=_explained(comparison))


def _table_without(part: Literal["of", "pillar"], figure: Figure) -> tuple[object, ...]:
    metric = replace(figure.metric, of="") if part == "of" else replace(figure.metric, pillar="")
    return (figure.scope, figure.year, figure.basis, metric, figure.unit, figure.source_url)


def _explained(comparison: Comparison) -> str | None:
    """Where less than the total was found, by as much as a part or more, one may be missing."""
    short = comparison.expected - comparison.found
    smallest = min((abs(one.amount) for one in comparison.parts), default=None)
    return SOME_MISSING if smallest is not None and short >= smallest > 0 else None


def effect_sums(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """効果額 = 削減額 + 収入額, of one year or cumulative."""
    stems = ("effect_actual", "cost_reduction", "revenue_increase")
    amounts = [one for one in figures if one.metric.stem in stems]
    for _, group in grouped(amounts, _effect_cell):
        by_stem = {stem: [one for one in group if one.metric.stem == stem] for stem in stems}
        parts = [the_one(by_stem[stem]) for stem in stems[1:]]
        for total in distinct(by_stem[stems[0]]):
            if all(parts):
                yield total_against_parts("削減額と収入額の合計", total, [p for p in parts if p])


def _effect_cell(figure: Figure) -> tuple[object, ...]:
    metric = figure.metric
    return figure.scope, figure.year, figure.basis, metric.of, metric.pillar


def _one_for_each(figures: Sequence[Figure]) -> list[Figure]:
    """One figure for each metric; none at all where figures of one metric contradict."""
    parts = [the_one(group) for _, group in grouped(figures, lambda one: one.metric)]
    sound = [one for one in parts if one]
    return sound if len(sound) == len(parts) and _one_unit(sound) else []


def _one_unit(figures: Sequence[Figure]) -> bool:
    return len({one.compared_unit for one in figures}) <= 1
