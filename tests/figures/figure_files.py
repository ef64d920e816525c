"""Invented files of figures, and the real ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipelines.figures.published import COLUMNS, read_published_figures
from pipelines.figures.reading import FigureReading

ROOT = Path(__file__).resolve().parents[2]
FIGURES = (ROOT / "raw" / "figures" / "published_figures.csv").read_bytes()
SCALES = (ROOT / "raw" / "rating_scales" / "rating_scales.csv").read_bytes()
PLAN = "第2次みほん市行政改革プラン"


def figure(metric: str, value: float, printed: str = "", **columns: Any) -> dict[str, str]:
    """A row of an invented file; the unit follows from the metric unless given."""
    stem = metric.partition(":")[0].partition("/")[0]
    units = {"items": "項目", "indicator": "人"}
    unit = "%" if stem.endswith("_progress") else units.get(stem.split("_")[0], "千円")
    row = {
        "municipality_code": "990019",
        "municipality_name": "みほん市",
        "plan_label": PLAN,
        "period_start_fy": "2020",
        "period_end_fy": "2022",
        "fiscal_year": "",
        "metric": metric,
        "basis": "",
        "unit": unit,
        "value": f"{value}",
        "status": "final",
        "published_as": printed or f"{value}",
        "source_url": "https://example.jp/figures",
    }
    return row | {name: str(text) for name, text in columns.items()}


def year(fiscal_year: int, metric: str, value: float, **columns: Any) -> dict[str, str]:
    """A figure of one year alone."""
    return figure(metric, value, fiscal_year=fiscal_year, basis="single_year", **columns)


def total(metric: str, value: float, **columns: Any) -> dict[str, str]:
    """A cumulative figure of the whole period, unless a year is given."""
    return figure(metric, value, **({"basis": "cumulative"} | columns))


def csv_bytes(
    rows: Iterable[dict[str, str]],
    columns: Iterable[str] = COLUMNS,
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), lineterminator="\r\n", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def read(*rows: dict[str, str]) -> FigureReading:
    """Invented figures as read."""
    return read_published_figures("mihon.csv", csv_bytes(rows))


def published(*rows: dict[str, str]) -> list[dict[str, Any]]:
    """Rows of ``published_figures`` for invented figures that have no fault."""
    reading = read(*rows)
    assert [one.line_ja() for one in reading.problems if one.severity == "error"] == []
    return reading.rows


def real_rows() -> list[dict[str, str]]:
    """The rows of the real file as texts."""
    return list(csv.DictReader(io.StringIO(FIGURES.decode("utf-8"), newline="")))
