from __future__ import annotations

import re
import string
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.results.feedback.list_sheet import LISTED_LIMIT
from pipelines.results.feedback.marked_copy import marked_copy
from pipelines.results.feedback.marks import COMMENTS_LIMIT, FILLS
from pipelines.results.feedback.own_sheet import LIST_TITLE, is_list_sheet
from pipelines.sources.workbooks.model import MergedRange, Sheet, Workbook
from tests.results.feedback.samples import (
    CLERK,
    NAME,
    ROWS,
    csv_workbook,
    found,
    listed,
    opened,
    submitted_xlsx,
    xlsx_workbook,
)


def marked(*findings, data=None, workbook=None, name=NAME):
    source = submitted_xlsx() if data is None else data
    return marked_copy(name, source, workbook or xlsx_workbook(), findings)


def filled(cell) -> str | None:
    return cell.fill.fgColor.rgb[2:] if cell.fill.fill_type == "solid" else None


@pytest.mark.parametrize(
    ("severity", "word"), [("error", "エラー"), ("warning", "注意"), ("info", "参考")]
)
def test_a_cell_bears_the_colour_and_the_word_of_its_finding(severity, word) -> None:
    sheet = opened(marked(found(severity, 3, 4)))["実績"]
    assert filled(sheet["D3"]) == FILLS[severity]
    comment = sheet["D3"].comment
    assert f"{word}（1） 評価の言葉が区分にありません。" in comment.text
    assert "→ 区分から選んでください。" in comment.text
    assert comment.author == "gyokaku"


def test_several_findings_of_a_cell_are_one_comment_and_the_worst_colour() -> None:
    first, second = found("info", 3, 4, message="甲。"), found("error", 3, 4, message="乙。")
    cell = opened(marked(first, second))["実績"]["D3"]
    assert filled(cell) == FILLS["error"]
    assert cell.comment.text.index("エラー（1） 乙。") < cell.comment.text.index("参考（2） 甲。")


def test_rows_of_the_list_are_as_high_as_their_sentences() -> None:
    short, long = (
        found("error", 3, 4, message="甲。"),
        found("error", 4, 4, message="長い文。" * 30),
    )
    package = opened(marked(short, long))[LIST_TITLE]
    heights = [package.row_dimensions[row].height for row in (8, 9)]
    assert heights[0] < 22 and heights[1] > 45


def test_everything_else_of_the_file_stays_as_it_was() -> None:
    before, after = opened(submitted_xlsx()), opened(marked(found("error", 3, 4)))
    assert after.sheetnames == [LIST_TITLE, "実績", "手引き"]
    old, new = before["実績"], after["実績"]
    for row in old.iter_rows():
        for cell in row:
            copy = new[cell.coordinate]
            assert (copy.value, copy.data_type) == (cell.value, cell.data_type)
            assert copy.number_format == cell.number_format
            assert repr(copy.font) == repr(cell.font)
            if cell.coordinate != "D3":
                assert repr(copy.fill) == repr(cell.fill)
                assert (copy.comment is None) == (cell.comment is None)
    assert new.merged_cells.ranges == old.merged_cells.ranges
    assert new.column_dimensions["B"].width == old.column_dimensions["B"].width
    rules = [(str(one.sqref), one.formula1) for one in new.data_validations.dataValidation]
    assert rules == [("D2:D9", '"順調,遅延"')]
    assert new["E4"].value == "=SUM(E2:E3)" and new["E4"].data_type == "f"
    assert new["B4"].value == "=1+1" and new["B4"].data_type == "s"


def test_comments_of_clerks_are_kept_and_ours_appended() -> None:
    sheet = opened(marked(found("error", 3, 2)))["実績"]
    text = sheet["B3"].comment.text
    assert text.startswith(f"{CLERK}:\n部長に確認済み\n\n【確認結果】\nエラー（1）")
    assert sheet["B2"].comment.text == "前年度と同じ"
    assert sheet["B2"].comment.author == "提出者"


def test_no_property_of_the_file_names_a_person_or_a_time() -> None:
    with ZipFile(BytesIO(marked(found("error", 3, 4)))) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
        assert {info.date_time[0] for info in package.infolist()} == {1980}
    # The text of a comment is the clerk's own and stays.
    assert [name for name, part in parts.items() if CLERK in part] == ["xl/comments/comment1.xml"]
    assert not re.search(f"<author>[^<]*{CLERK}", parts["xl/comments/comment1.xml"])
    assert not re.search("creator|lastModifiedBy|dcterms", parts["docProps/core.xml"])
    assert "docProps/custom.xml" not in parts and "Company" not in parts["docProps/app.xml"]


def test_the_same_input_gives_the_same_bytes() -> None:
    findings = [found("error", 3, 4), found("warning", 2, 5), found("info")]
    assert marked(*findings) == marked(*reversed(findings))


def test_a_finding_of_a_row_stands_at_its_first_shown_cell() -> None:
    assert filled(opened(marked(found("warning", 2)))["実績"]["A2"]) == FILLS["warning"]
    book = opened(submitted_xlsx())
    book["実績"].column_dimensions["A"].hidden = True
    data = BytesIO()
    book.save(data)
    sheet = opened(marked(found("warning", 2), data=data.getvalue()))["実績"]
    assert filled(sheet["B2"]) == FILLS["warning"] and filled(sheet["A2"]) is None


def test_a_finding_inside_a_merged_range_stands_at_its_first_cell() -> None:
    package = opened(marked(found("error", 9, 3)))
    assert filled(package["実績"]["A8"]) == FILLS["error"]
    assert package["実績"]["A8"].comment
    assert package[LIST_TITLE].cell(8, 4).hyperlink.location == "'実績'!A8"


def test_white_text_is_darkened_on_a_light_mark() -> None:
    cell = opened(marked(found("error", 1, 2)))["実績"]["B1"]
    assert cell.font.color.rgb == "FF000000" and cell.font.b
    assert cell.value == "取組"


def test_the_list_tells_all_with_links_errors_first() -> None:
    findings = [
        found("info", 2, 2, message="丙。", value="窓口"),
        found("warning", None, None, None, message="乙。", fix=""),
        found("error", 3, None, message="甲。"),
        found("error", None, None, "ない表", message="丁。"),
        found("error", 2, 4, message="戊。"),
        found("error", 3, 4, message="戊。", value="遅延中"),
    ]
    sheet = opened(marked(*findings)).worksheets[0]
    fix = "区分から選んでください。"
    assert listed(sheet) == [
        ["1-1", "エラー", "実績", "D2", None, "戊。", fix],
        ["1-2", "エラー", "実績", "D3", "遅延中", "戊。", fix],
        ["2", "エラー", "実績", "3行", None, "甲。", fix],
        ["3", "エラー", "ない表", "シート全体", None, "丁。", fix],
        ["4", "注意", None, "ファイル全体", None, "乙。", None],
        ["5", "参考", "実績", "B2", "窓口", "丙。", fix],
    ]
    links = [cell.hyperlink.location for cell in sheet["D"] if cell.hyperlink]
    assert links == ["'実績'!D2", "'実績'!D3", "'実績'!A3", "'実績'!B2"]
    assert "エラー4件、注意1件、参考1件" in [cell.value for cell in sheet["A"]]


def test_the_list_is_shown_first_and_alone_selected() -> None:
    book = opened(marked(found("error", 3, 4)))
    assert book.active.title == LIST_TITLE
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]


def test_a_file_without_findings_says_so() -> None:
    sheet = opened(marked()).worksheets[0]
    assert "直していただく所はありません。" in [cell.value for cell in sheet["A"]]
    assert listed(sheet) == []


def test_a_quote_in_a_sheets_name_does_not_break_the_link() -> None:
    data = BytesIO()
    book = openpyxl.Workbook()
    book.active.title = "R5'実績"
    book.save(data)
    workbook = xlsx_workbook(Sheet("R5'実績", ROWS))
    copy = opened(marked(found("error", 1, 1, "R5'実績"), data=data.getvalue(), workbook=workbook))
    assert copy.worksheets[0].cell(8, 4).hyperlink.location == "'R5''実績'!A1"


def test_a_copy_sent_in_again_is_marked_anew() -> None:
    first = marked(found("error", 3, 4), found("error", 3, 2))
    rows = [[str(cell.value or "") for cell in row] for row in opened(first).worksheets[0].rows]
    assert is_list_sheet(Sheet(LIST_TITLE, rows)) and not is_list_sheet(Sheet("実績", ROWS))
    book = opened(marked(found("warning", 2, 5, message="新。"), data=first))
    assert book.sheetnames == [LIST_TITLE, "実績", "手引き"]
    sheet = book["実績"]
    assert filled(sheet["D3"]) is None and sheet["D3"].comment is None
    assert sheet["B3"].comment.text == f"{CLERK}:\n部長に確認済み"
    assert filled(sheet["E2"]) == FILLS["warning"]


def test_a_clerks_own_sheet_of_that_name_is_kept() -> None:
    book, data = opened(submitted_xlsx()), BytesIO()
    book["手引き"].title = LIST_TITLE
    book.save(data)
    copy = opened(marked(found("error", 3, 4), data=data.getvalue()))
    assert copy.sheetnames[1:] == ["実績", LIST_TITLE]
    assert copy.sheetnames[0].startswith(LIST_TITLE)
    assert copy[LIST_TITLE]["A1"].value == "記入の手引き"


def test_a_csv_file_gets_a_copy_of_texts() -> None:
    hostile = ["=1+1", "+81", "-300", "@x", "#N/A", "0012", "1-1", "2023/3/31"]
    workbook = csv_workbook(["番号", "取組"], hostile)
    copy = opened(
        marked(found("error", 2, 1, None), workbook=workbook, name="総務課.csv", data=b"")
    )
    assert copy.sheetnames == [LIST_TITLE, "総務課"]
    sheet = copy["総務課"]
    assert [cell.value for cell in sheet[2]] == hostile
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert sheet["A2"].quotePrefix
    assert filled(sheet["A2"]) == FILLS["error"]
    assert copy.worksheets[0].cell(8, 4).hyperlink.location == "'総務課'!A2"
    assert copy.worksheets[0].cell(8, 3).value == "総務課"


def test_rebuilt_sheets_keep_merged_and_hidden_parts_and_lose_no_text() -> None:
    long = "とても長い名前" * 6
    sheets = (
        Sheet(
            "実[績]",
            [["計", "", "隠"], ["甲", "乙", ""]],
            merged=(MergedRange(1, 1, 1, 2), MergedRange(2, 1, 2, 2)),
            hidden_rows=frozenset({2}),
            hidden_columns=frozenset({3}),
        ),
        Sheet(long, [["一"]], is_hidden=True),
        Sheet(long + "2", [["二"]]),
    )
    workbook = Workbook("xls", "application/vnd.ms-excel", None, sheets)
    copy = opened(marked(found("error", 1, 1, long + "2"), workbook=workbook, data=b"\xd0\xcf"))
    first, second, third = copy.worksheets[1:]
    assert [str(one) for one in first.merged_cells.ranges] == ["A1:B1"]
    assert [cell.value for cell in first[2]][:2] == ["甲", "乙"]
    assert first.row_dimensions[2].hidden and first.column_dimensions["C"].hidden
    assert (second.sheet_state, third.sheet_state) == ("hidden", "visible")
    assert all(len(title) <= 31 for title in copy.sheetnames)
    assert filled(third["A1"]) == FILLS["error"]


def test_an_xlsx_that_openpyxl_cannot_open_is_rebuilt() -> None:
    copy = opened(marked(found("error", 3, 4), data=b"PK\x03\x04 no workbook"))
    assert copy["実績"]["D3"].value == "遅延中"
    assert filled(copy["実績"]["D3"]) == FILLS["error"]


def test_beyond_the_limit_cells_are_only_listed_and_the_list_says_so() -> None:
    rows = [["x"]] * (COMMENTS_LIMIT + 5)
    findings = [found("warning", row, 1, None) for row in range(1, len(rows) + 1)]
    copy = opened(marked(*findings, workbook=csv_workbook(*rows), data=b""))
    texts, sheet = copy.worksheets
    assert sum(cell.comment is not None for cell in sheet["A"]) == COMMENTS_LIMIT
    assert filled(sheet.cell(COMMENTS_LIMIT + 1, 1)) is None
    assert len(listed(texts)) == COMMENTS_LIMIT + 5 <= LISTED_LIMIT
    assert any("5個のセルには" in str(cell.value) for cell in texts["A"])


def test_places_outside_of_any_sheet_are_only_listed() -> None:
    findings = [found("error", 2_000_000, 1), found("error", 1, 20_000), found("error", 1, 1, "無")]
    copy = opened(marked(*findings))
    assert len(listed(copy.worksheets[0])) == 3
    assert not [cell for cell in copy.worksheets[0]["D"] if cell.hyperlink]


def test_a_macro_file_loses_its_macros_and_its_type() -> None:
    source = BytesIO(submitted_xlsx())
    target = BytesIO()
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(
                    b"openxmlformats-officedocument.spreadsheetml.sheet.main",
                    b"ms-excel.sheet.macroEnabled.main",
                )
            new.writestr(name, part)
        new.writestr("xl/vbaProject.bin", b"macro")
    with ZipFile(BytesIO(marked(found("error", 3, 4), data=target.getvalue()))) as package:
        assert "xl/vbaProject.bin" not in package.namelist()
        assert b"macroEnabled" not in package.read("[Content_Types].xml")


_odd = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x07\x0b\x1b\x85\ud800\ufffe\uffff\u202e=+-@'\"<>&[]\n\r\t"),
        st.sampled_from(string.ascii_letters),
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(name=_odd, sheet=_odd, cells=st.lists(_odd, min_size=1, max_size=3), text=_odd)
def test_odd_texts_never_crash_and_never_become_formulas(name, sheet, cells, text) -> None:
    workbook = Workbook("ods", "x", None, (Sheet(sheet, [cells]), Sheet(sheet + "'", [cells])))
    finding = found("error", 1, 1, sheet, text, text, text, text)
    whole = found("info", None, None, text, text, text, text)
    book = opened(marked_copy(name, b"", workbook, [finding, whole]))
    assert len(book.sheetnames) == 3
    for page in book.worksheets:
        for row in page.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
    assert filled(book.worksheets[1]["A1"]) == FILLS["error"]
