"""How fast plan texts are read: text to rows, per document and per core.

Each document is varied (another municipality name, other digits), and what was remembered of texts
is forgotten before each, so that nothing cached helps.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

from pipelines.plans.characters import normalised_title, plain_text
from pipelines.plans.extraction import extract_plan
from pipelines.sources.discovery import PlanFolder, RawDocument, discover_plans

ROOT = Path(__file__).resolve().parents[1]
COPIES = 10
PLAN_BYTES = 30_000


def varied(folder: PlanFolder, copy: int) -> PlanFolder:
    """The same plan with every full-width digit moved on by ``copy`` and a name of its own."""
    assert folder.document is not None
    text = folder.document.data.decode("utf-8")
    text = text.replace(folder.settings.municipality_name, f"みほん{copy}市")
    turned = re.sub(r"(?<=令和)[１-７]", lambda year: "１２３４５６７"[copy % 7], text)
    return replace(folder, document=RawDocument(folder.document.name, turned.encode("utf-8")))


def seconds_to_read(folder: PlanFolder) -> tuple[float, float, int]:
    """Seconds for one copy, mean and fastest, and the bytes of one."""
    copies = [varied(folder, number) for number in range(COPIES)]
    spent: list[float] = []
    for copy in copies:
        plain_text.cache_clear()
        normalised_title.cache_clear()
        start = time.perf_counter()
        extract_plan(copy)
        spent.append(time.perf_counter() - start)
    size = len(copies[0].document.data) if copies[0].document else 0
    return sum(spent) / COPIES, min(spent), size


def main() -> None:
    """Print milliseconds per document, and plans of 30 KB per second and core.

    On a machine shared with others the fastest copy tells what the code costs, and the mean what
    the machine gave it.
    """
    print(
        "one core                      bytes   ms mean  ms fastest   30 KB plans/s (mean, fastest)"
    )
    totals = [0.0, 0.0, 0.0]
    for folder in discover_plans(ROOT / "raw").folders:
        if folder.document is not None:
            found = seconds_to_read(folder)
            totals = [one + other for one, other in zip(totals, found, strict=True)]
            print(_row(folder.plan_id, *found))
    print(_row("all", *totals))


def _row(name: str, mean: float, fastest: float, size: float) -> str:
    plans = size / PLAN_BYTES
    return (
        f"{name:26} {size:9,.0f} {mean * 1000:9.1f} {fastest * 1000:11.1f}"
        f" {plans / mean:15.1f} {plans / fastest:8.1f}"
    )
