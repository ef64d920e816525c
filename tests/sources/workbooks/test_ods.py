import pytest
from odf.dc import Creator, Date
from odf.draw import Frame, TextBox
from odf.number import DateStyle, Day, Month, Text, Year
from odf.office import Annotation
from odf.style import Style, TableCellProperties, TableProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableColumn, TableRow, TableRowGroup
from odf.text import LineBreak, P, Ruby, RubyBase, RubyText, S, Span

from pipelines.sources.workbooks.model import MergedRange, WorkbookError
from tests.sources.workbooks.books import (
    found,
    kinds,
    ods_cell,
    ods_row,
    ods_style,
    only_sheet,
    read,
    written_ods,
)


def test_cells_are_read_as_shown():
    def fill(document, table):
        ods_row(
            table,
            "順調",
            ods_cell("93.1%", valuetype="percentage", value="0.931"),
            ods_cell("△16,565", valuetype="float", value="-16565"),
            ods_cell("93.1%", valuetype="percentage", value="0.93124"),
            "一行\n二行",
        )

    data = written_ods(fill)
    sheet = only_sheet(data)
    assert sheet.rows == [["順調", "93.1%", "△16,565", "93.1%", "一行\n二行"]]
    assert kinds(sheet, 1, 2) == {"percent": "0.931"}
    assert kinds(sheet, 1, 3) == {}
    assert kinds(sheet, 1, 4) == {"percent": "0.93124", "rounded": "0.93124"}
    assert read(data).format == "ods"


def test_values_without_their_text_are_shown():
    def fill(document, table):
        ods_row(
            table,
            ods_cell("", valuetype="float", value="1200.5"),
            ods_cell("", valuetype="percentage", value="0.931"),
            ods_cell("", valuetype="boolean", booleanvalue="true"),
            ods_cell("", valuetype="date", datevalue="2023-03-31"),
        )

    assert only_sheet(written_ods(fill)).rows == [["1200.5", "93.1%", "TRUE", "2023-03-31"]]


def test_dates_become_iso_and_a_label_turned_date_is_told():
    def fill(document, table):
        for name, parts in {"full": [Year, Month, Day], "short": [Month, Day]}.items():
            shown = DateStyle(name=f"N{name}")
            for part in parts:
                shown.addElement(part())
                shown.addElement(Text(text="/"))
            document.automaticstyles.addElement(shown)
            document.automaticstyles.addElement(
                Style(name=name, family="table-cell", datastylename=f"N{name}")
            )
        for text, style in (("2023/1/1", "full"), ("1/1", "short")):
            ods_row(
                table, ods_cell(text, valuetype="date", datevalue="2023-01-01", stylename=style)
            )

    sheet = only_sheet(written_ods(fill))
    assert sheet.rows == [["2023-01-01"], ["2023-01-01"]]
    assert kinds(sheet, 1, 1) == {"date": "2023/1/1"}
    assert kinds(sheet, 2, 1) == {"date": "1/1", "date_suspect": "1/1"}


def test_struck_text_is_left_out_wholly_or_in_part():
    def fill(document, table):
        ods_style(document, "gone", "table-cell", textlinethroughstyle="solid")
        ods_style(document, "out", "text", textlinethroughstyle="solid")
        document.automaticstyles.addElement(
            Style(name="child", family="table-cell", parentstylename="gone")
        )
        table.addElement(TableColumn(defaultcellstylename="gone"))
        ods_row(table, ods_cell("遅延", stylename="gone"))
        part = ods_cell("", valuetype="string", stylename="Default")
        paragraph = P()
        paragraph.addElement(Span(stylename="out", text="遅延"))
        paragraph.addElement(Span(text="順調"))
        part.addElement(paragraph)
        ods_row(table, part)
        ods_row(table, ods_cell("遅延", stylename="child"))
        ods_row(table, "遅延")

    sheet = only_sheet(written_ods(fill))
    assert [sheet.text(row, 1) for row in range(1, 5)] == ["", "順調", "", ""]
    assert [kinds(sheet, row, 1) for row in range(1, 5)] == [{"struck": "遅延"}] * 4


def test_spaces_breaks_and_readings():
    def fill(document, table):
        cell = ods_cell("", valuetype="string")
        paragraph = P(text="甲")
        paragraph.addElement(S(c=2))
        paragraph.addText("乙")
        paragraph.addElement(LineBreak())
        ruby = Ruby()
        ruby.addElement(RubyBase(text="見本"))
        ruby.addElement(RubyText(text="みほん"))
        paragraph.addElement(ruby)
        cell.addElement(paragraph)
        ods_row(table, cell)

    assert only_sheet(written_ods(fill)).rows == [["甲  乙\n見本"]]


def test_repeats_and_a_million_empty_rows():
    def fill(document, table):
        ods_row(table, ods_cell("x", numbercolumnsrepeated=2), ods_cell("y"))
        ods_row(table, "z", numberrowsrepeated=2)
        ods_row(table, ods_cell("", numbercolumnsrepeated=16384), numberrowsrepeated=1_048_570)

    assert only_sheet(written_ods(fill)).rows == [["x", "x", "y"], ["z"], ["z"]]


def test_a_text_repeated_to_the_last_row_is_refused():
    def fill(document, table):
        ods_row(table, "z", numberrowsrepeated=1_048_576)

    with pytest.raises(WorkbookError) as caught:
        read(written_ods(fill))
    assert caught.value.finding.rule == "workbook_too_large"


def test_hidden_rows_columns_and_sheets():
    def fill(document, table):
        table.addElement(TableColumn(numbercolumnsrepeated=2))
        table.addElement(TableColumn(visibility="collapse"))
        ods_row(table, "a", "b", "c", "d")
        ods_row(table, "b", visibility="filter")
        group = TableRowGroup(display="false")
        ods_row(group, "c")
        table.addElement(group)
        ods_row(table, "d")
        ods_row(table, "", visibility="collapse", numberrowsrepeated=1_000_000)
        hidden = Style(name="off", family="table")
        hidden.addElement(TableProperties(display="false"))
        document.automaticstyles.addElement(hidden)
        document.spreadsheet.addElement(Table(name="控え", stylename="off"))

    first, second = read(written_ods(fill)).sheets
    assert (first.hidden_rows, first.hidden_columns) == ({2, 3}, {3})
    assert (first.is_hidden, second.is_hidden) == (False, True)


def test_merged_notes_and_text_boxes():
    def fill(document, table):
        cell = ods_cell("結合", numbercolumnsspanned=2, numberrowsspanned=2)
        note = Annotation()
        note.addElement(Creator(text="見本 花子"))
        note.addElement(Date(text="2023-03-31T00:00:00"))
        note.addElement(P(text="内部の話"))
        cell.addElement(note)
        frame = Frame(width="3cm", height="1cm")
        box = TextBox()
        box.addElement(P(text="箱の文字"))
        frame.addElement(box)
        cell.addElement(frame)
        row = TableRow()
        row.addElement(cell)
        row.addElement(CoveredTableCell())
        table.addElement(row)

    data = written_ods(fill)
    sheet = only_sheet(data)
    assert sheet.rows == [["結合"]]
    assert sheet.merged == (MergedRange(1, 1, 2, 2),)
    assert kinds(sheet, 1, 1) == {"comment": "内部の話"}
    assert sheet.text_boxes == ("箱の文字",)
    assert found(read(data)) == {("comment_found", "実績!A1"), ("text_box_found", "実績")}


def test_formulas_give_their_stored_result_or_are_told():
    def fill(document, table):
        ods_row(
            table,
            ods_cell("2", valuetype="float", value="2", formula="of:=1+1"),
            ods_cell("#REF!", valuetype="string", stringvalue="", formula="of:=[.#REF!]"),
            ods_cell("", formula="of:=1+1"),
        )

    data = written_ods(fill)
    sheet = only_sheet(data)
    assert sheet.rows == [["2"]]
    assert kinds(sheet, 1, 1) == {"formula": "of:=1+1"}
    assert kinds(sheet, 1, 2)["formula_error"] == "#REF!"
    assert kinds(sheet, 1, 3) == {"not_computed": "of:=1+1"}
    assert found(read(data)) == {
        ("formula_error", "実績!B1"),
        ("formula_not_computed", "実績!C1"),
    }


def test_names_in_the_properties_are_told_and_kept_inside():
    def fill(document, table):
        document.meta.addElement(Creator(text="見本 花子"))
        ods_row(table, "x")

    (finding,) = read(written_ods(fill)).findings
    assert finding.rule == "personal_properties"
    assert "見本 花子" in (finding.value or "")


def coloured(colour, ground=None, parent=None, more=lambda document, table, cell: None):
    """One cell of a style with these colours."""

    def fill(document, table):
        if parent is not None:
            above = Style(name="parent", family="table-cell")
            above.addElement(TextProperties(color=parent))
            document.styles.addElement(above)
        base = {} if parent is None else {"parentstylename": "parent"}
        style = Style(name="own", family="table-cell", **base)
        if ground is not None:
            style.addElement(TableCellProperties(backgroundcolor=ground))
        if colour is not None:
            style.addElement(TextProperties(color=colour))
        document.automaticstyles.addElement(style)
        cell = ods_cell("遅れた。", stylename="own")
        more(document, table, cell)
        ods_row(table, cell, "x")

    return only_sheet(written_ods(fill))


@pytest.mark.parametrize(
    ("colour", "ground", "parent"),
    [
        ("#ffffff", None, None),
        ("#FFFFFF", "transparent", None),
        ("#123456", "#123456", None),
        (None, None, "#ffffff"),
    ],
)
def test_text_in_the_colour_of_its_ground_is_unseen(colour, ground, parent):
    sheet = coloured(colour, ground, parent)
    assert sheet.text(1, 1) == ""
    assert kinds(sheet, 1, 1) == {"unseen": "遅れた。"}


@pytest.mark.parametrize(
    ("colour", "ground", "parent"),
    [
        ("#ffffff", "#123456", None),
        ("#000000", None, None),
        (None, "#ffffff", None),
        ("#000000", None, "#ffffff"),
    ],
)
def test_text_of_another_colour_is_read(colour, ground, parent):
    assert coloured(colour, ground, parent).text(1, 1) == "遅れた。"


def test_a_part_in_a_colour_of_its_own_is_read():
    def more(document, table, cell):
        ods_style(document, "black", "text", color="#000000")
        paragraph = P()
        paragraph.addElement(Span(stylename="black", text="黒"))
        cell.addElement(paragraph)

    assert coloured("#ffffff", more=more).text(1, 1) == "遅れた。\n黒"
