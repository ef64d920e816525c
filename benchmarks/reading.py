"""How fast plan texts are read: text to rows, per document and per core.

Each document is varied (another municipality name, other digits) so that nothing cached helps.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

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


def seconds_to_read(folder: PlanFolder) -> tuple[float, int]:
    """Seconds for one copy (mean) and the bytes of one."""
    copies = [varied(folder, number) for number in range(COPIES)]
    start = time.perf_counter()
    for copy in copies:
        extract_plan(copy)
    size = len(copies[0].document.data) if copies[0].document else 0
    return (time.perf_counter() - start) / COPIES, size


def main() -> None:
    """Print seconds per document and documents of 30 KB per second."""
    print("plan                          bytes   ms/document   30 KB plans/s")
    total_seconds, total_bytes = 0.0, 0
    for folder in discover_plans(ROOT / "raw").folders:
        if folder.document is None:
            continue
        seconds, size = seconds_to_read(folder)
        total_seconds, total_bytes = total_seconds + seconds, total_bytes + size
        rate = size / PLAN_BYTES / seconds
        print(f"{folder.plan_id:28} {size:7,} {seconds * 1000:12.1f} {rate:15.1f}")
    rate = total_bytes / PLAN_BYTES / total_seconds
    print(f"{'all':28} {total_bytes:7,} {total_seconds * 1000:12.1f} {rate:15.1f}")
