"""gyokaku.xlsx: sheets and headings as people see them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipelines.release.public_tables import public_schemas, public_tables
from pipelines.release.spreadsheet import write_spreadsheet
from tests.tables.samples import REAL_SCHEMAS

from .samples import rows, schemas, tables

PUBLIC = public_schemas(REAL_SCHEMAS)


def written(folder: Path, declared: dict, given: dict) -> Workbook:
    path = folder / "gyokaku.xlsx"
    public = public_schemas(declared)
    write_spreadsheet(path, public, public_tables(declared, tables(given, declared)), "1.2.3")
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """All tables of the project without rows."""
    return written(tmp_path_factory.mktemp("release"), dict(REAL_SCHEMAS), {})


def headings(book: Workbook, sheet: str) -> list[str]:
    return [str(cell.value) for cell in book[sheet][1]]


def test_a_sheet_per_table_after_the_contents_and_before_the_dictionary(empty: Workbook) -> None:
    views = [schema.view_name for schema in PUBLIC.values()]
    assert empty.sheetnames == ["目次", *views, "データ項目説明"]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("改革項目", ["ページ", "開始年度", "終了年度"]),
        ("出典資料", ["ページ数", "行数", "ファイルサイズ（バイト）"]),
        ("数値目標", ["基準年度", "目標年度"]),
        ("効果額", ["年度", "計画額（円）", "実績額（円）"]),
        ("効果額", ["期間の始まり（年度）", "期間の終わり（年度）"]),
    ],
)
def test_a_unit_stands_where_the_heading_does_not_end_in_it(
    empty: Workbook, sheet: str, expected: list[str]
) -> None:
    assert set(expected) <= set(headings(empty, sheet))


def test_no_heading_says_its_unit_twice(empty: Workbook) -> None:
    for schema in PUBLIC.values():
        found = headings(empty, schema.view_name)
        for field, heading in zip(schema.fields, found, strict=True):
            assert heading in (field.title, f"{field.title}（{field.unit}）")
            assert heading.count(field.unit or heading) == 1, heading


def test_headings_stay_in_sight_and_filter_rows(tmp_path: Path) -> None:
    book = written(tmp_path, schemas(), rows())
    sheet = book["ビュー_reform_items"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:J4")
    assert headings(book, "ビュー_reform_items")[6] == "項目_share（%）"
    assert [cell.value for cell in sheet["E"]][1:] == ["取組1", "取組2", "取組3"]
