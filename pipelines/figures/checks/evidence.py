"""Published figures as the checks see them: exact values, and how coarsely they were printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pipelines.figures.metrics import Metric, read_metric
from pipelines.figures.printed import read_printed, step_of_value
from pipelines.figures.words import is_percent, yen_of
from pipelines.plans.characters import bare_text, normalised_title
from pipelines.quantities.numbers import unit_kinds

Row = dict[str, Any]
#: Kinds of units (``quantities/units.yaml``) in which whole things are counted: never rounded.
COUNTED_KINDS = ("people", "things", "places")


@dataclass(frozen=True)
class Scope:
    """What figures must share before they are compared: a plan, as one city names it.

    Attributes:
        municipality_code: six digits.
        plan: the plan's label, for comparing (NFKC, no white space).
        start: first fiscal year of the period; None where none is stated.
        end: last fiscal year.
    """

    municipality_code: str
    plan: str
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Figure:
    """One row of ``published_figures``.

    Attributes:
        figure_id: its id.
        scope: the plan it belongs to.
        plan_id: our plan, where linked.
        plan_label: the plan as printed.
        metric: taken apart.
        metric_text: as typed.
        year: its fiscal year; None where it stands for the whole period.
        basis: single_year, cumulative or blank.
        value: in ``unit``, exact.
        unit: as published.
        amount: in ``compared_unit``; a saving is positive.
        compared_unit: 円, 項目, or the unit as published.
        half_step: the most that rounding can have changed it, in ``compared_unit``.
        status: provisional or final.
        published_as: as printed.
        source_url: the page.
        source_id: the file in raw/.
    """

    figure_id: str
    scope: Scope
    plan_id: str | None
    plan_label: str
    metric: Metric
    metric_text: str
    year: int | None
    basis: str
    value: Decimal
    unit: str
    amount: Decimal
    compared_unit: str
    half_step: Decimal
    status: str
    published_as: str
    source_url: str
    source_id: str


def figures_of(rows: Iterable[Row]) -> list[Figure]:
    """Rows of ``published_figures`` as evidence, in an order of their own; no derived ones."""
    figures = [_figure(row) for row in rows if not row["is_derived"]]
    return sorted(figures, key=lambda one: (one.year or 0, one.metric, one.figure_id))


def exact(value: float) -> Decimal:
    """A number of a table as the decimal it was typed as."""
    decimal = Decimal(repr(float(value)))
    return decimal.quantize(Decimal(1)) if decimal == decimal.to_integral_value() else decimal


def _figure(row: Row) -> Figure:
    value, unit = exact(row["value"]), str(row["unit"])
    return Figure(
        figure_id=row["figure_id"],
        scope=Scope(
            row["municipality_code"],
            normalised_title(row["plan_label"]),
            row["period_start_fy"],
            row["period_end_fy"],
        ),
        plan_id=row["plan_id"],
        plan_label=row["plan_label"],
        metric=read_metric(row["metric"]),
        metric_text=row["metric"],
        year=row["fiscal_year"],
        basis=row["basis"] or "",
        value=value,
        unit=unit,
        amount=exact(row["value_normalized"]),
        compared_unit=row["unit_normalized"],
        half_step=_half_step(value, unit, row["published_as"]),
        status=row["result_status"],
        published_as=row["published_as"],
        source_url=row["source_url"],
        source_id=row["source_id"],
    )


def _half_step(value: Decimal, unit: str, published_as: str) -> Decimal:
    """Half a unit of the last digit printed, in yen for money; things counted are never rounded."""
    printed = read_printed(published_as, unit)
    step = printed.step if printed else step_of_value(value)
    counted = unit_kinds().get(bare_text(unit)) in COUNTED_KINDS
    yen = yen_of(unit) or 1
    if step <= 1 and (counted or bare_text(unit) == "円"):
        return Decimal(0)
    return step * yen / 2


def is_additive(figure: Figure) -> bool:
    """Whether figures of this kind can be summed and subtracted: shares and changes cannot."""
    stem = figure.metric.stem
    return not is_percent(figure.unit) and not stem.endswith(("_progress", "_change"))


Key = TypeVar("Key")


def grouped(
    figures: Iterable[Figure], key: Callable[[Figure], Key]
) -> Iterator[tuple[Key, list[Figure]]]:
    """Figures by a key, in the order in which the keys first come."""
    groups: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[key(figure)].append(figure)
    yield from groups.items()


def settled(figures: Sequence[Figure]) -> list[Figure]:
    """Final figures where there are some, else the provisional ones."""
    return [one for one in figures if one.status == "final"] or list(figures)


def the_one(figures: Sequence[Figure]) -> Figure | None:
    """The figure that stands for one thing; None for none, or where two contradict each other."""
    candidates = settled(figures)
    amounts = {(one.amount, one.compared_unit) for one in candidates}
    return candidates[0] if len(amounts) == 1 else None


def distinct(figures: Sequence[Figure]) -> list[Figure]:
    """One figure for each amount that is published for one thing."""
    kept: dict[tuple[Decimal, str], Figure] = {}
    for one in settled(figures):
        kept.setdefault((one.amount, one.compared_unit), one)
    return list(kept.values())
