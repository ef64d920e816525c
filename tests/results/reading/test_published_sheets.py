"""The sheets in raw/results as they were printed: read completely, and their own totals agree."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from pipelines.results.model import SheetReading
from pipelines.results.reading.sheets import read_sheets
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import Sheet
from tests.results.reading.sheets_of import assert_accounted, workbook

FILES = sorted((Path(__file__).parents[3] / "raw" / "results").rglob("fy*.csv"))
#: File -> thousand yen of cost reduction by fiscal year, as printed (issue 4, acceptance).
PRINTED = {
    "fy2003.csv": [23_055],
    "fy2007.csv": [16_565],
    "fy2008.csv": [4_261, 62_971],
    "fy2009.csv": [6_712, 59_892],
}


def _read(path: Path) -> SheetReading:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    own = path.with_name("profile.yaml")
    content = yaml.safe_load(own.read_text(encoding="utf-8")) if own.exists() else {}
    return read_sheets(workbook(Sheet(None, rows)), SheetProfile.model_validate(content))


def _thousands(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_is_read_and_totals_agree(path: Path) -> None:
    reading = _read(path)
    assert_accounted(reading)
    assert not reading.quarantined
    assert not [one for one in reading.findings if one.severity != "info"]
    amounts = {one.row: _thousands(one.values[0].text) for one in reading.records}
    assert all({"measure", "department"} <= record.texts.keys() for record in reading.records)
    stated = {total.row: _thousands(total.text) for total in reading.totals}
    for total in reading.totals:
        summed = sum((stated if total.sums_totals else amounts)[row] for row in total.rows)
        assert total.is_partial or summed == stated[total.row]


@pytest.mark.parametrize(
    "path", [one for one in FILES if one.name in PRINTED], ids=lambda path: path.name
)
def test_amounts_by_heading_are_those_printed(path: Path) -> None:
    by_label: dict[str | None, int] = {}
    for record in _read(path).records:
        amount = _thousands(record.values[0].text)
        by_label[record.section.label] = by_label.get(record.section.label, 0) + amount
    assert list(by_label.values()) == PRINTED[path.name]


def test_years_in_headings_part_the_amounts_of_one_sheet() -> None:
    (path,) = (path for path in FILES if path.name == "fy2019-2022.csv")
    sums: dict[tuple[object, ...], int] = {}
    for record in _read(path).records:
        kind = record.values[0].role.effect_kind
        key = (kind, record.section.fiscal_year, record.section.period)
        sums[key] = sums.get(key, 0) + _thousands(record.values[0].text)
    assert sums[("cost_reduction", 2019, None)] == 17_232
    assert sums[("cost_reduction", 2022, None)] == 38_909
    assert sums[("revenue_increase", None, (2019, 2022))] == 27_219


def test_totals_of_years_cover_their_rows_with_and_without_the_profile() -> None:
    (path,) = (path for path in FILES if path.name == "fy2019-2022.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        book = workbook(Sheet(None, list(csv.reader(file))))
    for profile in ({}, {"lists_only_main_rows": True}):
        reading = read_sheets(book, SheetProfile.model_validate(profile))
        years = [one for one in reading.totals if one.role.fiscal_year]
        assert [one.role.fiscal_year for one in years] == [2019, 2020, 2021, 2022]
        recorded = {record.row for record in reading.records}
        assert all(len(one.rows) == 3 and recorded.issuperset(one.rows) for one in years)
        assert {one.is_partial for one in years} == {bool(profile)}
        assert {one.section.label for one in reading.records} == {
            "主な削減効果(財政面における削減効果)",
            "主な収入成果",
        }
