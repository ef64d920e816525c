from datetime import date, datetime

import pytest
from openpyxl.comments import Comment

from pipelines.sources.workbooks.model import MergedRange, WorkbookError
from tests.sources.workbooks.books import (
    found,
    kinds,
    only_sheet,
    read,
    saved_xlsx,
    with_parts,
    written_xlsx,
)

SHEET = "xl/worksheets/sheet1.xml"


def test_texts_numbers_and_truths_are_read_as_shown():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["順調", 1234.5, True, 0.1 + 0.2, "行\n改め", " 前後 "])
        sheet.write(1, 1, 0.931, book.add_format({"num_format": "0.0%"}))
        sheet.write(1, 2, -16565, book.add_format({"num_format": "#,##0;△#,##0"}))

    sheet = only_sheet(written_xlsx(fill))
    assert sheet.rows == [
        ["順調", "1234.5", "TRUE", "0.3", "行\n改め", " 前後 "],
        ["", "93.1%", "△16,565"],
    ]
    assert sheet.name == "実績"
    assert kinds(sheet, 2, 2) == {"percent": "0.931"}


def test_dates_become_iso_and_a_label_turned_date_is_told():
    def fill(book, sheet):
        sheet.append([date(2023, 3, 31), datetime(2023, 3, 31, 9, 30), date(2023, 1, 1)])
        sheet["A1"].number_format = '[$-411]ggge"年"m"月"d"日"'
        sheet["C1"].number_format = 'm"月"d"日"'

    data = saved_xlsx(fill)
    assert only_sheet(data).rows == [["2023-03-31", "2023-03-31T09:30:00", "2023-01-01"]]
    assert ("date_suspect", "実績!C1") in found(read(data))
    assert ("date_suspect", "実績!A1") not in found(read(data))


def test_days_counted_from_1904():
    def fill(book, sheet):
        sheet.write_datetime(0, 0, datetime(2023, 3, 31), book.add_format({"num_format": 14}))

    assert only_sheet(written_xlsx(fill, date_1904=True)).rows == [["2023-03-31"]]


def test_struck_text_is_left_out_wholly_or_in_part():
    def fill(book, sheet):
        struck = book.add_format({"font_strikeout": True})
        sheet.write(0, 0, "遅延", struck)
        sheet.write(0, 1, 12, struck)
        sheet.write_rich_string(1, 0, struck, "遅延", "順調")
        # In a struck cell the runs say for themselves whether they are struck.
        plain = book.add_format({"bold": True})
        sheet.write_rich_string(2, 0, plain, "順調", struck, "遅延", struck)

    data = written_xlsx(fill)
    sheet = only_sheet(data)
    assert [sheet.text(row, 1) for row in (1, 2, 3)] == ["", "順調", "順調"]
    assert kinds(sheet, 1, 1) == {"struck": "遅延"}
    assert kinds(sheet, 1, 2) == {"struck": "12"}
    assert kinds(sheet, 2, 1) == {"struck": "遅延"}
    severities = {
        one.cell: one.severity for one in read(data).findings if one.rule == "struck_text"
    }
    assert severities["実績!A1"] == "warning"
    assert severities["実績!A2"] == "info"


def test_a_run_without_looks_takes_those_of_its_cell():
    def fill(book, sheet):
        sheet.write(0, 0, "遅延", book.add_format({"font_strikeout": True}))

    shared = "<si><r><t>遅延</t></r><r><rPr><sz val='9'/></rPr><t>順調</t></r></si>"
    data = with_parts(
        written_xlsx(fill),
        {"xl/sharedStrings.xml": lambda xml: xml.replace("<si><t>遅延</t></si>", shared)},
    )
    assert only_sheet(data).rows == [["順調"]]


def test_phonetic_guides_are_no_text():
    guide = "<si><t>見本</t><rPh sb='0' eb='2'><t>ミホン</t></rPh><phoneticPr fontId='1'/></si>"
    data = with_parts(
        written_xlsx(lambda book, sheet: sheet.write(0, 0, "見本")),
        {"xl/sharedStrings.xml": lambda xml: xml.replace("<si><t>見本</t></si>", guide)},
    )
    assert only_sheet(data).rows == [["見本"]]


def test_formulas_give_their_stored_result_or_are_told():
    def fill(book, sheet):
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A3", '=""', None, "blank")
        sheet.write_formula("A4", "=2+3")
        sheet.write_formula("A5", '="順"&"調"', None, "順調")

    data = with_parts(written_xlsx(fill), {SHEET: lambda xml: xml.replace("<v>blank", "<v>")})
    sheet = only_sheet(data)
    assert [sheet.text(row, 1) for row in range(1, 6)] == ["2", "", "", "", "順調"]
    assert kinds(sheet, 1, 1) == {"formula": "=1+1"}
    assert kinds(sheet, 2, 1) == {"formula": "=1/0", "formula_error": "#DIV/0!"}
    # The writing program leaves computing to the next one, so its zero is nobody's result.
    assert kinds(sheet, 4, 1) == {"not_computed": "=2+3"}
    assert found(read(data)) == {
        ("formula_error", "実績!A2"),
        ("formula_not_computed", "実績!A4"),
    }


def test_a_formula_that_nobody_computed_is_blank():
    data = saved_xlsx(lambda book, sheet: sheet.append(["=1+1", "x"]))
    assert only_sheet(data).rows == [["", "x"]]
    assert ("formula_not_computed", "実績!A1") in found(read(data))


def test_hidden_rows_columns_and_sheets():
    def fill(book, sheet):
        sheet.write_column(0, 0, ["項目", "甲", "乙", "丙", "丁"])
        sheet.write(0, 4, "備考")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"level": 1, "hidden": True})
        sheet.set_row(4, 0)
        sheet.set_column(2, 3, None, None, {"hidden": True})
        sheet.set_column(6, 16383, None, None, {"hidden": True})
        other = book.add_worksheet("控え")
        other.write(0, 0, "x")
        other.hide()
        book.add_worksheet("奥").very_hidden()

    data = written_xlsx(fill)
    first, second, third = read(data).sheets
    assert first.hidden_rows == {2, 3, 5}
    assert first.hidden_columns == {3, 4}
    assert (first.is_hidden, second.is_hidden, third.is_hidden) == (False, True, True)
    assert found(read(data)) == {
        ("hidden_rows", "実績!2行"),
        ("hidden_rows", "実績!5行"),
        ("hidden_columns", "実績!C1"),
        ("hidden_sheet", "控え"),
        ("hidden_sheet", "奥"),
    }


def test_rows_hidden_by_default():
    def fill(book, sheet):
        sheet.write(0, 0, "甲")
        sheet.write(2, 0, "乙")
        sheet.set_default_row(hide_unused_rows=True)

    assert only_sheet(written_xlsx(fill)).hidden_rows == {2}


def test_zeros_that_are_not_shown_are_blank():
    def fill(book, sheet):
        sheet.hide_zero()
        sheet.write_row(0, 0, ["甲", 0, 5])
        sheet.write_row(1, 0, ["乙", 0, 0])

    data = written_xlsx(fill)
    assert only_sheet(data).rows == [["甲", "", "5"], ["乙"]]
    assert found(read(data)) == {("value_unseen", "実績!B1"), ("value_unseen", "実績!C2")}


def test_merged_comments_and_text_boxes():
    def fill(book, sheet):
        sheet.merge_range("B2:C4", "結合")
        sheet.write_comment("A1", "内部の話", {"author": "見本 花子"})
        sheet.insert_textbox("F1", "箱の\n文字")

    data = written_xlsx(fill)
    sheet = only_sheet(data)
    assert sheet.rows == [[], ["", "結合"]]
    assert sheet.merged == (MergedRange(2, 2, 4, 3),)
    assert kinds(sheet, 1, 1) == {"comment": "内部の話"}
    assert sheet.text_boxes == ("箱の\n文字",)
    assert found(read(data)) == {("comment_found", "実績!A1"), ("text_box_found", "実績")}
    assert not any("内部の話" in one.message_ja + one.fix_ja for one in read(data).findings)


def test_a_shape_for_older_programs_is_not_told_twice():
    def fill(book, sheet):
        sheet.write(0, 0, "x")
        sheet.insert_textbox("F1", "箱の文字")

    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"

    def doubled(xml):
        start, end = xml.index("<xdr:sp "), xml.index("</xdr:sp>") + len("</xdr:sp>")
        shape = xml[start:end]
        both = f"<m:Choice>{shape}</m:Choice><m:Fallback>{shape}</m:Fallback>"
        choice = f'<m:AlternateContent xmlns:m="{space}">{both}</m:AlternateContent>'
        return xml[:start] + choice + xml[end:]

    data = with_parts(written_xlsx(fill), {"xl/drawings/drawing1.xml": doubled})
    assert only_sheet(data).text_boxes == ("箱の文字",)


def test_comments_by_another_program():
    def fill(book, sheet):
        sheet["B2"] = "値"
        sheet["B2"].comment = Comment("確認中", "見本 花子")

    assert kinds(only_sheet(saved_xlsx(fill)), 2, 2) == {"comment": "確認中"}


def test_a_threaded_comment_stands_for_its_plain_one():
    def fill(book, sheet):
        sheet.write(0, 0, "値")
        sheet.write_comment("A1", "[Threaded comment] older programs see this")

    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = f'<Relationship Id="t" Type="{kind}" Target="../threadedComments/t1.xml"/>'
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="A1" id="1"><text>なぜ？</text></threadedComment>'
        '<threadedComment ref="A1" id="2"><text>直します</text></threadedComment>'
        "</ThreadedComments>"
    )
    data = with_parts(
        written_xlsx(fill),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": lambda xml: xml.replace(
                "</Relationships>", link + "</Relationships>"
            ),
            "xl/threadedComments/t1.xml": thread,
        },
    )
    assert kinds(only_sheet(data), 1, 1) == {"comment": "なぜ？\n直します"}


def test_names_in_the_properties_are_told_and_kept_inside():
    def fill(book, sheet):
        sheet.write(0, 0, "x")
        book.set_properties({"author": "見本 花子"})

    (finding,) = read(written_xlsx(fill)).findings
    assert (finding.rule, finding.severity) == ("personal_properties", "info")
    assert "見本 花子" in (finding.value or "")
    assert "見本 花子" not in finding.message_ja


def test_a_program_is_no_person():
    assert not read(saved_xlsx(lambda book, sheet: sheet.append(["x"]))).findings


def test_values_of_other_workbooks_are_told():
    workbook = saved_xlsx(lambda book, sheet: sheet.append(["x"]))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    start = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    data = with_parts(
        workbook,
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                "</Relationships>",
                f'<Relationship Id="e" Type="{kind}/externalLink" '
                'Target="externalLinks/externalLink1.xml"/></Relationships>',
            ),
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": f'{start}<Relationship Id="r" '
            f'Type="{kind}/externalLinkPath" Target="前年度.xlsx" TargetMode="External"/>'
            "</Relationships>",
        },
    )
    assert [(one.rule, one.value) for one in read(data).findings] == [
        ("external_link", "前年度.xlsx")
    ]


def test_strict_files_are_read_alike():
    def fill(book, sheet):
        sheet.write(0, 0, "順調")
        sheet.write(0, 1, 0.5, book.add_format({"num_format": "0%"}))
        sheet.write(1, 0, 45016, book.add_format({"num_format": "yyyy/m/d"}))

    def strict(xml):
        return xml.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    parts = [
        "xl/workbook.xml",
        SHEET,
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
    ]
    data = with_parts(written_xlsx(fill), dict.fromkeys(parts, strict))
    dated = with_parts(
        data,
        {
            SHEET: lambda xml: xml.replace(
                'r="A2" s="2"><v>45016', 'r="A2" s="2" t="d"><v>2023-03-31'
            )
        },
    )
    expected = [["順調", "50%"], ["2023-03-31"]]
    assert only_sheet(data).rows == expected
    assert only_sheet(dated).rows == expected


def test_escaped_characters():
    shared = "<si><t>一行_x000D_\n二行_x0041_</t></si>"
    data = with_parts(
        written_xlsx(lambda book, sheet: sheet.write(0, 0, "見本")),
        {"xl/sharedStrings.xml": lambda xml: xml.replace("<si><t>見本</t></si>", shared)},
    )
    assert only_sheet(data).rows == [["一行\n二行A"]]


def test_a_million_formatted_but_empty_rows_are_trimmed():
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, 120_000))
    data = with_parts(
        saved_xlsx(lambda book, sheet: sheet.append(["x"])),
        {SHEET: lambda xml: xml.replace("</sheetData>", rows + "</sheetData>")},
    )
    assert only_sheet(data).rows == [["x"]]


def test_rows_below_many_empty_ones_keep_their_places():
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, 90_000))
    rows += '<row r="90000" hidden="1"/><row r="90001"><c r="B90001"><v>7</v></c></row>'
    data = with_parts(
        saved_xlsx(lambda book, sheet: sheet.append(["x"])),
        {SHEET: lambda xml: xml.replace("</sheetData>", rows + "</sheetData>")},
    )
    sheet = only_sheet(data)
    assert (len(sheet.rows), sheet.rows[-1]) == (90_001, ["", "7"])
    assert sheet.hidden_rows == {90_000}


def test_a_value_far_out_is_refused_with_its_place():
    def fill(book, sheet):
        sheet["A1048576"] = "x"

    with pytest.raises(WorkbookError) as caught:
        read(saved_xlsx(fill))
    assert caught.value.finding.rule == "workbook_too_large"
    assert "実績!A1048576" in caught.value.finding.message_ja


def test_a_chart_on_a_sheet_of_its_own_is_passed_over():
    def fill(book, sheet):
        sheet.write(0, 0, 1)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=実績!$A$1"})
        book.add_chartsheet("図").set_chart(chart)

    assert [sheet.name for sheet in read(written_xlsx(fill)).sheets] == ["実績"]
