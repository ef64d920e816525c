"""Shares and changes against the figures they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from pipelines.figures.checks.evidence import Figure, Scope, distinct, grouped, the_one
from pipelines.figures.checks.verdicts import Comparison
from pipelines.figures.metrics import Metric

#: Enough for the largest figure divided by the smallest.
DIGITS = 80
TRUNCATED = "端数が切り捨てられています。"


def progress_ratios(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """進捗率 = actual / planned of the same basis.

    Planned is for the whole period, or for the same year where that comes nearer: pages seldom say.
    The quotient is rounded to the digits of the published share before they are compared.
    """
    for _, group in grouped(figures, _family):
        for _, shares in grouped(_with_suffix(group, "_progress"), lambda one: one.year):
            for share in distinct(shares):
                yield from _progress_of(share, group)


def _family(figure: Figure) -> tuple[Scope, str, str, str, str]:
    """What a share and its two figures have in common: 効果額, or one indicator."""
    metric = figure.metric
    thing = metric.stem.split("_", 1)[0]
    return figure.scope, thing, metric.of, metric.pillar, figure.basis


def _with_suffix(figures: Sequence[Figure], suffix: str) -> list[Figure]:
    return [one for one in figures if one.metric.stem.endswith(suffix)]


def _progress_of(share: Figure, group: Sequence[Figure]) -> Iterator[Comparison]:
    actual = _of_year(_with_suffix(group, "_actual"), share.year)
    plans = _with_suffix(group, "_planned")
    compared = [
        _ratio(share, actual, planned)
        for year in dict.fromkeys((None, share.year))
        if actual and (planned := _of_year(plans, year)) and _can_divide(actual, planned)
    ]
    if compared:
        yield min(compared, key=lambda one: abs(one.found - one.expected))


def _of_year(figures: Sequence[Figure], year: int | None) -> Figure | None:
    return the_one([one for one in figures if one.year == year])


def _can_divide(actual: Figure, planned: Figure) -> bool:
    """A plan of nothing has no progress; neither do figures that rounding alone could undo."""
    same = actual.compared_unit == planned.compared_unit
    return same and planned.amount > planned.half_step and planned.amount > 0


def _ratio(share: Figure, actual: Figure, planned: Figure) -> Comparison:
    with localcontext(prec=DIGITS):
        return _exact_ratio(share, actual, planned)


def _exact_ratio(share: Figure, actual: Figure, planned: Figure) -> Comparison:
    exact = 100 * actual.amount / planned.amount
    step = _step(share)
    low = 100 * (actual.amount - actual.half_step) / (planned.amount + planned.half_step)
    high = 100 * (actual.amount + actual.half_step) / (planned.amount - planned.half_step)
    found = exact.quantize(step, ROUND_HALF_UP)
    is_truncated = found == share.value + step and exact < found
    reaches = low - step / 2 <= share.value <= high + step / 2
    tolerance = abs(found - share.value) if reaches or is_truncated else Decimal(0)
    return Comparison(
        "ratio",
        "実績÷計画",
        share,
        (actual, planned),
        share.value,
        found,
        share.unit,
        tolerance,
        TRUNCATED if is_truncated else None,
    )


def _step(share: Figure) -> Decimal:
    """One unit of the last digit published, as ``quantize`` wants it: 0.1, not 0.10."""
    return (2 * share.half_step).normalize()


def indicator_changes(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """増減 = the value of the period's last year minus that of its first."""
    indicators = [one for one in figures if one.metric.stem.startswith("indicator_")]
    for _, group in grouped(indicators, lambda one: (one.scope, _name(one.metric))):
        actual = [one for one in group if one.metric.stem == "indicator_actual"]
        first, last = (
            _of_year(actual, year) for year in (group[0].scope.start, group[0].scope.end)
        )
        changes = [one for one in group if one.metric.stem == "indicator_change"]
        for change in distinct([one for one in changes if one.year is None]):
            if first and last and first is not last and change.unit == first.unit == last.unit:
                yield _change(change, first, last)


def _name(metric: Metric) -> tuple[str, str]:
    return metric.of, metric.pillar


def _change(change: Figure, first: Figure, last: Figure) -> Comparison:
    return Comparison(
        "sum",
        "期間の最後の年度と最初の年度の差",
        change,
        (last, first),
        change.amount,
        last.amount - first.amount,
        change.compared_unit,
        change.half_step + first.half_step + last.half_step,
    )
