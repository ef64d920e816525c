"""The layouts by name, and the choice among them by scoring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipelines.plans.labels import label_of
from pipelines.plans.layouts.bullet_outline import read_bullet_outline
from pipelines.plans.layouts.flat_table import read_flat_table
from pipelines.plans.layouts.form_sheets import read_form_sheets
from pipelines.plans.layouts.item_table import read_item_table
from pipelines.plans.layouts.reading import LayoutReading
from pipelines.plans.layouts.tab_table import read_tab_table
from pipelines.plans.lines import Line

READERS: dict[str, Callable[[Sequence[Line]], LayoutReading]] = {
    "item_table": read_item_table,
    "bullet_outline": read_bullet_outline,
    "form_sheets": read_form_sheets,
    "tab_table": read_tab_table,
    "flat_table": read_flat_table,
}
AUTO = "auto"
LEAST_SCORE = 0.5


@dataclass(frozen=True)
class Layout:
    """A named layout: its reader and the label kinds its outline begins with."""

    name: str
    title_ja: str
    reader: str
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A layout with what it read and how well, 0 to 1."""

    layout: Layout
    reading: LayoutReading
    score: float


@cache
def layouts() -> dict[str, Layout]:
    """Every layout of ``layouts.yaml`` by name."""
    path = Path(__file__).with_name("layouts.yaml")
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        name: Layout(name, entry["title_ja"], entry["reader"], tuple(entry.get("levels", ())))
        for name, entry in entries.items()
    }


def choose_layout(lines: Sequence[Line], name: str = AUTO) -> Choice | None:
    """The named layout, or the one that reads the document best.

    Args:
        lines: the repaired lines.
        name: a name of ``layouts.yaml``, or ``auto``.

    Returns:
        None where no layout reads the document well enough: it is refused, never half-guessed.

    Raises:
        KeyError: no layout has that name.
    """
    if name == AUTO:
        best = _best_layout(lines)
        return best if best.score >= LEAST_SCORE else None
    layout = layouts()[name]
    reading = READERS[layout.reader](lines)
    return Choice(layout, reading, _score(layout, reading)) if reading.items else None


def _best_layout(lines: Sequence[Line]) -> Choice:
    """The choice of the highest score, the first of equals; behind a perfect one none is tried."""
    readings: dict[str, LayoutReading] = {}
    best: Choice | None = None
    for layout in layouts().values():
        if layout.reader not in readings:
            readings[layout.reader] = READERS[layout.reader](lines)
        reading = readings[layout.reader]
        choice = Choice(layout, reading, _score(layout, reading))
        if best is None or choice.score > best.score:
            best = choice
        if best.score == 1.0:
            break
    assert best is not None  # there are layouts
    return best


def score_layouts(lines: Sequence[Line]) -> list[Choice]:
    """Every layout tried on the document, in the order of ``layouts.yaml``."""
    readings = {name: reader(lines) for name, reader in READERS.items()}
    return [
        Choice(layout, readings[layout.reader], _score(layout, readings[layout.reader]))
        for layout in layouts().values()
    ]


def _score(layout: Layout, reading: LayoutReading) -> float:
    """Share of the places read without doubt; less where the outline is of another kind."""
    items = len(reading.items)
    if not items:
        return 0.0
    doubtful = sum(item.confidence == "review" for item in reading.items)
    sure = (items - doubtful) / (items + reading.doubts)
    return round(sure * (1.0 if _levels_fit(layout, reading) else 0.9), 3)


def _levels_fit(layout: Layout, reading: LayoutReading) -> bool:
    if not layout.levels:
        return True
    labels = (label_of(Line(0, f"{node.number_label} {node.title.text}")) for node in reading.nodes)
    kinds = dict.fromkeys(label.kind for label in labels if label)
    return tuple(kinds)[: len(layout.levels)] == layout.levels
