import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.workbooks.model import WorkbookError
from pipelines.sources.workbooks.reading import read_workbook
from tests.sources.workbooks.books import only_sheet, read

TEXT = '項目,実績,備考\n窓口の改善,"16,565","一行\n二行"\n'
ROWS = [["項目", "実績", "備考"], ["窓口の改善", "16,565", "一行\n二行"]]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp932", "cp932"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_every_encoding_gives_the_same_cells(encoding, told):
    workbook = read(TEXT.encode(encoding))
    assert workbook.sheets[0].rows == ROWS
    assert (workbook.format, workbook.encoding, workbook.sheets[0].name) == ("csv", told, None)


def test_line_breaks_of_every_system():
    for line_break in ("\r\n", "\r"):
        assert only_sheet(TEXT.replace("\n", line_break).encode()).rows == ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found_where_others_stand_in_cells(delimiter):
    rows = [["題名"], ["項目", "金額", "課"], ["甲；乙", "1 200", "財政課"], ["丙", "45", "総務課"]]
    if delimiter != ",":
        rows[2][1] = "1,200"
    text = "\n".join(delimiter.join(row) for row in rows)
    assert only_sheet(text.encode()).rows == rows


def test_amounts_in_every_row_of_a_tab_separated_file():
    assert only_sheet("窓口\t1,200\n広報\t3,400\n".encode()).rows == [
        ["窓口", "1,200"],
        ["広報", "3,400"],
    ]


def test_tabs_inside_some_cells_do_not_separate():
    rows = [["項目", "内容"], ["甲", "一\t二", "三"], ["乙", "四\t五", "六", "七"], ["丙", "八"]]
    text = "\n".join(",".join(row) for row in rows)
    assert only_sheet(text.encode()).rows == rows


def test_one_column_and_excels_hint():
    assert only_sheet("項目\n甲\n".encode()).rows == [["項目"], ["甲"]]
    assert only_sheet("sep=;\n項目;金額\n".encode()).rows == [["項目", "金額"]]


def test_ragged_rows_stay_and_blank_ends_go():
    text = "a,b,c\nd\n\ne,f,g,h\n,,,\n\n \n"
    assert only_sheet(text.encode()).rows == [["a", "b", "c"], ["d"], [], ["e", "f", "g", "h"]]


def test_rare_separators_are_no_line_breaks():
    assert only_sheet("a,b\u2028c\x0cd\n".encode()).rows == [["a", "b\u2028cd"]]


def test_declared_encoding_wins():
    data = "項目,金額\n".encode("euc-jp")
    assert read_workbook("x.csv", data, "euc-jp").sheets[0].rows == [["項目", "金額"]]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b'a,b\nc,"d\ne,f\n', "csv_open_quote"),
        (b"a,b\n\x81\xff\xfe,1\n", "csv_undecodable"),
        (b"  \n\n", "empty_file"),
        (b",,\n,,\n", "empty_file"),
        (b"a,b\n" * 300_001, "workbook_too_large"),
        (b"a," * 3000 + b"\n", "workbook_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused(data, rule):
    with pytest.raises(WorkbookError) as caught:
        read(data)
    assert caught.value.finding.rule == rule
    assert caught.value.finding.fix_ja


def test_a_stray_quote_is_told_with_its_row():
    workbook = read('a,b\n甲,"乙"の"件"\n丙,丁\n'.encode())
    assert workbook.sheets[0].rows == [["a", "b"], ["甲", '乙の"件"'], ["丙", "丁"]]
    assert [(one.rule, one.row) for one in workbook.findings] == [("csv_stray_quote", 2)]


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn", "Cs"])
    | st.sampled_from('\n",;\t'),
    max_size=12,
)
tables = st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=6)


@given(tables, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_texts_come_back(rows, encoding):
    rows = [["項目", "金額"], *rows, ["終わり", "終わり"]]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    assert only_sheet(stream.getvalue().encode(encoding)).rows == rows
