"""Targets of an indicator in a few words for the form: 令和7年度: 50件以上."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.results.forms.heads import fiscal_year_label
from pipelines.results.model import Row

_AFTER = {
    "at_least": "以上",
    "at_most": "以下",
    "reduce_by": "減",
    "increase_by": "増",
    "maintain": "を維持",
}


def target_text(rows: Iterable[Row]) -> str | None:
    """One line per target in the order of the plan; None where there is none.

    Args:
        rows: rows of ``item_targets`` of one indicator.
    """
    ordered = sorted(rows, key=lambda row: row["seq"])
    return "\n".join(dict.fromkeys(_line(row) for row in ordered)) or None


def _line(row: Row) -> str:
    due = fiscal_year_label(row["due_fy"]) + "：" if row.get("due_fy") else ""
    about = "約" if row.get("is_approximate") else ""
    value = plain_number(row["value"])
    if row.get("value_upper") is not None:
        value = f"{value}～{plain_number(row['value_upper'])}"
    unit = "" if "（" in row["unit"] else row["unit"]
    per = f"{row['per']}当たり" if row.get("per") else ""
    return (
        f"{due}{per}{about}{value}{unit}{_AFTER.get(row['comparator'], '')}{_baseline(row, unit)}"
    )


def _baseline(row: Row, unit: str) -> str:
    if row.get("baseline_value") is None:
        return ""
    year = f"{fiscal_year_label(row['baseline_fy'])} " if row.get("baseline_fy") else ""
    return f"（基準 {year}{plain_number(row['baseline_value'])}{unit}）"


def plain_number(value: float) -> str:
    """With thousands commas and no needless decimals: 1,234 and 93.1."""
    return f"{value:,.10f}".rstrip("0").rstrip(".")
