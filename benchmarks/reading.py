"""How fast plan texts are read: bytes of a document to the rows of every table, on one core.

The copies of the plans take turns, as the plans of a prefecture would. Nothing is cleared in
between, as nothing is in a build; the copies share no texts that could be remembered
(``benchmarks.copies``; the share of lines that two copies have in common is printed). Seconds are
those the processor spent on it, so that other programs on the machine do not count.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.copies import PLAN_BYTES, ROOT, varied_copy
from pipelines.plans.extraction import ExtractedPlan, extract_plan
from pipelines.sources.discovery import PlanFolder, discover_plans

COPIES = 16
WARM_UP = 1
LONG_LINE = 8
_HEADER = ("plan", "layout", "items", "KB", "lines shared", "ms mean", "ms least", "plans/s")


@dataclass
class Measured:
    """What reading the copies of one plan took."""

    layout: str = ""
    items: int = 0
    sizes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    shared: float = 0.0

    @property
    def plans_a_second(self) -> float:
        """Plans of ``PLAN_BYTES`` that one core reads in a second."""
        return sum(self.sizes) / PLAN_BYTES / sum(self.seconds)


def measure(folders: Sequence[PlanFolder], copies: int = COPIES) -> dict[str, Measured]:
    """Read all copies in turns; the first round warms up and does not count."""
    found = {folder.plan_id: Measured() for folder in folders}
    for number in range(WARM_UP + copies):
        for folder in folders:
            copy = varied_copy(folder, number)
            start = time.process_time()
            plan = extract_plan(copy)
            spent = time.process_time() - start
            if number >= WARM_UP:
                _note(found[folder.plan_id], copy, plan, spent)
    for folder in folders:
        found[folder.plan_id].shared = shared_lines(
            varied_copy(folder, WARM_UP), varied_copy(folder, WARM_UP + 1)
        )
    return found


def _note(measured: Measured, copy: PlanFolder, plan: ExtractedPlan, spent: float) -> None:
    assert copy.document is not None
    assert plan.readable, plan.problems
    measured.sizes.append(len(copy.document.data))
    measured.seconds.append(spent)
    measured.layout = plan.rows["plans"][0]["layout"]
    measured.items = len(plan.rows["reform_items"])


def shared_lines(one: PlanFolder, other: PlanFolder) -> float:
    """Share of the longer lines of one copy that the other holds too."""
    lines, others = _long_lines(one), set(_long_lines(other))
    return sum(line in others for line in lines) / max(1, len(lines))


def _long_lines(copy: PlanFolder) -> list[str]:
    assert copy.document is not None
    lines = map(str.strip, copy.document.data.decode().split("\n"))
    return [line for line in lines if len(line) >= LONG_LINE]


def main() -> None:
    """Print a row per plan, and the plans of 30 KB that one core reads in a second."""
    folders = [one for one in discover_plans(ROOT / "raw").folders if one.document is not None]
    start = time.perf_counter()
    found = measure(folders)
    wall = time.perf_counter() - start
    print(f"{_HEADER[0]:26} {_HEADER[1]:18} {_HEADER[2]:>5} {_HEADER[3]:>5}", end=" ")
    print(" ".join(f"{name:>12}" for name in _HEADER[4:]))
    for plan_id, measured in found.items():
        print(_row(plan_id, measured))
    total = Measured(
        sizes=[size for one in found.values() for size in one.sizes],
        seconds=[second for one in found.values() for second in one.seconds],
    )
    print(
        f"\n{total.plans_a_second:.1f} plans of {PLAN_BYTES // 1000} KB a second on one core"
        f" ({len(total.sizes)} plans, {sum(total.sizes) / 1000:.0f} KB,"
        f" {sum(total.seconds):.2f} s of processor time; {wall:.2f} s with making the copies)"
    )
    print(_machine())


def _row(plan_id: str, measured: Measured) -> str:
    count = len(measured.sizes)
    mean, least = sum(measured.seconds) / count, min(measured.seconds)
    return (
        f"{plan_id:26} {measured.layout:18} {measured.items:5}"
        f" {sum(measured.sizes) / count / 1000:5.1f} {measured.shared:12.0%}"
        f" {mean * 1000:12.1f} {least * 1000:12.1f} {measured.plans_a_second:12.1f}"
    )


def _machine() -> str:
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("pyarrow", "duckdb", "pypdfium2")
    )
    return (
        f"Python {platform.python_version()}, {versions}; {platform.system()}"
        f" {platform.machine()}, {os.cpu_count()} cores, of which one was used"
    )
