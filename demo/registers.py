"""The small registers: departments, the plan's rating scale, published totals, survey rounds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

import yaml

from pipelines.figures.published import COLUMNS as FIGURE_COLUMNS
from pipelines.figures.rating_scales import COLUMNS as SCALE_COLUMNS
from pipelines.results.departments import REGISTER_COLUMNS


def register_files(content: dict[str, Any]) -> dict[str, bytes]:
    """Path below raw/ -> bytes.

    Args:
        content: ``departments``, ``figures`` (with ``scale``) and ``plan``.
    """
    title = content["plan"]["title"]
    figures = content["figures"]
    return {
        "departments/990019.csv": _table(
            REGISTER_COLUMNS,
            content["departments"],
        ),
        "rating_scales/mihon.csv": _table(
            SCALE_COLUMNS,
            (
                ("990019", "みほん市", title, at, *one, figures["scale_url"])
                for at, one in enumerate(figures["scale"], start=1)
            ),
        ),
        "figures/mihon.csv": _table(
            FIGURE_COLUMNS, (_figure(one, title) for one in figures["figures"])
        ),
    }


def _figure(figure: dict[str, Any], title: str) -> list[Any]:
    fixed = {
        "municipality_code": "990019",
        "municipality_name": "みほん市",
        "plan_label": title,
        "period_start_fy": 2023,
        "period_end_fy": 2027,
        "status": "final",
    }
    return [(fixed | figure).get(name) for name in FIGURE_COLUMNS]


def round_file(settings: dict[str, Any]) -> bytes:
    """round.yaml."""
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=100)
    return f"# 架空の見本（みほん市）\n{text}".encode()


def _table(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([["" if one is None else one for one in row] for row in rows])
    return target.getvalue().encode("utf-8")
