"""``gyokaku lint`` as a person runs it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from typer.testing import CliRunner

from pipelines.cli import app

from .samples import xlsx_bytes

ROWS = [["課", "件数"], ["総務課", "12件"], ["税務課", "3"]]


def run(*files: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["lint", *map(str, files)])
    return result.exit_code, result.output


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_report_tells_rule_place_value_and_mending(tmp_path: Path) -> None:
    text = "課,件数\n総務課,12件\n税務課,3\n"
    code, told = run(write(tmp_path, "a.csv", text.encode("cp932")))
    assert code == 1
    assert "文字コード: Shift_JIS（cp932）" in told
    assert "L2-01 数値に文字を入れない" in told
    assert "エラー: B2 [件数] 値:「12件」" in told
    assert "直し方: 数字だけを書き" in told
    assert "エラー1件、注意0件、参考0件" in told


def test_what_is_not_checked_is_listed_as_such(tmp_path: Path) -> None:
    code, told = run(write(tmp_path, "a.csv", "課,件数\n総務課,12\n".encode()))
    assert code == 0
    _, _, unchecked = told.partition("未確認の規則（合格ではありません）")
    assert re.findall(r"L\d-\d\d", unchecked) == [
        *("L1-01", "L1-03", "L1-04", "L1-07", "L1-10", "L1-11", "L1-12", "L1-13"),
        *("L2-06", "L3-02", "L3-07", "L3-08"),
    ]
    assert "30項目" in unchecked


def test_a_warning_alone_is_no_failure(tmp_path: Path) -> None:
    code, told = run(write(tmp_path, "a.csv", "課,件数\n総務課,12\n合計,12\n".encode()))
    assert code == 0
    assert "L1-02" in told
    assert "注意1件" in told


def test_files_that_cannot_be_read_are_refused_and_the_others_told(tmp_path: Path) -> None:
    good = write(tmp_path, "a.csv", "課,件数\n総務課,12\n".encode())
    code, told = run(write(tmp_path, "b.xlsx", b"%PDF-1.7"), tmp_path / "none.csv", good)
    assert code == 2
    assert told.count("エラー: ") == 2
    assert "PDF" in told
    assert "a.csv（CSV" in told


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"a":1}', "JSON"),
        ('\n[{"a": 1},\n {"a": 2}]\n', "JSON"),
        ('{"a": 1}\n{"a": 2}\n', "JSON"),
        ("<!-- 一覧 -->\n<一覧><課>総務課</課></一覧>", "XML"),
        ("<一覧><課>総務課</課></一覧>\n", "XML"),
        ("<!DOCTYPE html><html><body>一覧</body></html>", "HTML"),
        ("<p>一覧</p>", "HTML"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_that_is_no_table_is_refused(
    content: str, kind: str, encoding: str, tmp_path: Path
) -> None:
    code, told = run(write(tmp_path, "x.csv", content.encode(encoding)))
    assert code == 2
    assert kind in told
    assert told.rstrip().endswith("CSV、xlsx、ods、xls のどれかで保存し直してください。")


@pytest.mark.parametrize(
    "text", ["[1],件数\n[2],3\n", "<3か月,件数\n総務課,3\n", "{課},件数\n総務課,3\n"]
)
def test_brackets_alone_make_no_other_kind_of_text(text: str, tmp_path: Path) -> None:
    _, told = run(write(tmp_path, "a.csv", text.encode()))
    assert "a.csv（CSV" in told


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        b"",
        b"PK\x03\x04",
        '課,説明\n総務課,"開いたまま\n'.encode(),
        b"a,\x80\xff\n",
    ],
)
def test_advice_about_unreadable_files_is_for_any_file(content: bytes, tmp_path: Path) -> None:
    code, told = run(write(tmp_path, "a.csv", content))
    assert code == 2
    assert not re.search("送って|回答|報告", told)
    assert told.rstrip().endswith("ください。")


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_every_kind_of_workbook_is_told_the_same(form: str, tmp_path: Path) -> None:
    makers = {"xlsx": lambda: xlsx_bytes([{"rows": ROWS}]), "xls": xls_bytes, "ods": ods_bytes}
    code, told = run(write(tmp_path, f"a.{form}", makers[form]()))
    assert code == 1
    assert f"（{form}、表1個）" in told
    _, _, unchecked = told.partition("未確認の規則")
    assert ("L1-11" in unchecked) == (form != "xlsx")
    assert ("L1-10" in unchecked) == (form == "xls")
    assert "L1-14" in unchecked
    assert "!B2 [件数] 値:「12件」" in told


def test_stored_numbers_may_be_shown_with_separators(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("実績")
    for row, cells in enumerate([["課", "件数"], ["総務課", 12000], ["税務課", -300]]):
        for column, value in enumerate(cells):
            sheet.write(row, column, value, xlwt.easyxf(num_format_str="#,##0;△#,##0"))
    stream = io.BytesIO()
    book.save(stream)
    code, told = run(write(tmp_path, "a.xls", stream.getvalue()))
    assert (code, "L2-01 " in told) == (0, False)


def xls_bytes() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for row, cells in enumerate(ROWS):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods_bytes() -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    for cells in ROWS:
        row = TableRow()
        for value in cells:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    stream = io.BytesIO()
    book.write(stream)
    return stream.getvalue()
