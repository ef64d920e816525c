"""Rows that report on several years at once: one record for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipelines.results.model import Record

#: Texts that say what a row is about, and hold for all of its years.
OF_ALL_YEARS = frozenset(
    {
        "item_id",
        "item_number",
        "item",
        "category",
        "measure",
        "bureau",
        "department",
        "indicator_id",
        "indicator",
        "unit",
        "edition",
        "internal_note",
        "due_fy",
        "baseline_fy",
        "effect_kind",
        "effect_basis",
    }
)


def records_by_year(record: Record, texts: Mapping[int, Mapping[str, str]]) -> list[Record] | None:
    """The records of a row whose table has texts for several years.

    What names no year goes to the year of the lines above; None where it reports something and
    they name none of the years, so that nobody can say of which year it is.

    Args:
        record: the row without its texts of single years.
        texts: year -> field -> text; blank cells are left out.
    """
    shared = {name: text for name, text in record.texts.items() if name in OF_ALL_YEARS}
    own = {name: text for name, text in record.texts.items() if name not in OF_ALL_YEARS}
    years = {year for year, cells in texts.items() if cells}
    years |= {cell.role.fiscal_year for cell in record.values if cell.role.fiscal_year}
    undated = [cell for cell in record.values if not cell.role.fiscal_year]
    home = record.section.fiscal_year
    if (own or undated) and home not in texts:
        return None
    if own or undated:
        years.add(home or 0)
    return [
        replace(
            record,
            texts={
                **shared,
                **(own if year == home else {}),
                **texts.get(year, {}),
                "fiscal_year": f"{year}年度",
            },
            values=tuple(cell for cell in record.values if (cell.role.fiscal_year or home) == year),
        )
        for year in sorted(years)
    ] or [record]
