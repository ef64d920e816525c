"""Invisible characters, garbled texts, empty books, hidden colours, names of errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, Font, PatternFill

from pipelines.sources.workbooks.cell_texts import is_error_text
from pipelines.sources.workbooks.clean_texts import is_garbled
from pipelines.sources.workbooks.model import WorkbookError
from tests.sources.workbooks.books import found, kinds, only_sheet, read, saved_xlsx

TEXT = "みほん市の行政改革の取組実績を報告する。窓口の待ち時間を短くした。市税の収納率が上がった。"
WHITE = Color(rgb="FFFFFFFF")


def test_invisible_characters_go_and_are_told_once():
    data = "項目\u200b,評価\n窓\u00ad口,\u202aA\u202c\n\ufeff,\u200b\n".encode()
    workbook = read(data)
    assert workbook.sheets[0].rows == [["項目", "評価"], ["窓口", "A"]]
    assert [one for one in found(workbook) if one[0] == "invisible_characters"] == [
        ("invisible_characters", "A1")
    ]


def test_line_breaks_tabs_spaces_emoji_and_variants_stay():
    kept = "窓口\nの\u3000改善\u00a0と👨\u200d👩\u200d👧と葛\U000e0100"
    data = f'項目,評価\n"{kept}",A\n'.encode()
    assert only_sheet(data).rows[1][0] == kept
    assert not found(read(data))


@pytest.mark.parametrize(
    ("was", "opened_as"),
    [("utf-8", "cp932"), ("utf-8", "latin-1"), ("cp932", "latin-1"), ("cp932", "utf-8")],
)
def test_a_garbled_file_is_told_as_a_whole(was, opened_as):
    garbled = TEXT.encode(was).decode(opened_as, "replace")
    assert is_garbled(garbled)
    workbook = read(f"a,b\n{garbled.translate({0x0A: None, 0x0D: None, 0x22: None})},1\n".encode())
    assert [(one.severity, one.rule, one.cell) for one in workbook.findings][-1:] == [
        ("error", "text_garbled", "")
    ]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "番号項目担当課取組実績評価未達成理由指標単位目標値実績値削減額令和六年度行政改革大綱実施計画"
        * 3,
        "ﾐﾎﾝｼ ｷﾞｮｳｾｲｶｲｶｸ ﾄﾘｸﾐｼﾞｯｾｷ ﾎｳｺｸｼｮ ﾏﾄﾞｸﾞﾁ ﾉ ﾐﾅｵｼ",
        "Ça coûte très cher à l'été, où est né le maïs? Forêt, hôpital, Noël, élève, père, où",
        "○○◎△×△△▲▲▲％％％、、、。。。（）（）「」「」〃〃〃",
    ],
)
def test_sound_texts_are_not_garbled(text):
    assert not is_garbled(text)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=30))
def test_ideographs_alone_are_not_garbled(text):
    assert not is_garbled(text)


def test_a_lost_character_is_told_at_its_cell():
    workbook = read("項目,実績\n窓口,案内\ufffdを置いた。\n".encode())
    assert found(workbook) == {("text_garbled", "B2")}
    assert workbook.sheets[0].text(2, 2) == "案内\ufffdを置いた。"


def test_a_book_without_any_text_is_empty():
    with pytest.raises(WorkbookError) as refused:
        read(saved_xlsx(lambda book, sheet: None))
    assert refused.value.finding.rule == "empty_file"


def coloured(font, fill=None, text="遅れた。", more=lambda sheet: None):
    def write(book, sheet):
        sheet["A1"] = "理由"
        sheet["A2"] = text
        sheet["A2"].font = font
        if fill is not None:
            sheet["A2"].fill = fill
        more(sheet)

    return only_sheet(saved_xlsx(write))


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color=WHITE), None),
        (Font(color=Color(theme=0)), None),
        (Font(color=Color(indexed=9)), None),
        (Font(color="FF123456"), PatternFill("solid", fgColor="FF123456")),
    ],
)
def test_text_in_the_colour_of_its_ground_is_unseen(font, fill):
    sheet = coloured(font, fill)
    assert sheet.text(2, 1) == ""
    assert kinds(sheet, 2, 1) == {"unseen": "遅れた。"}


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color=WHITE), PatternFill("solid", fgColor="FF123456")),
        (Font(color=WHITE), PatternFill("gray125")),
        (Font(color=Color(theme=0, tint=-0.5)), None),
        (Font(color=Color(theme=1)), None),
        (Font(), None),
    ],
)
def test_text_of_another_colour_or_of_none_that_is_certain_is_read(font, fill):
    assert coloured(font, fill).text(2, 1) == "遅れた。"


def test_under_conditional_formats_colours_are_not_certain():
    rule = CellIsRule("equal", ["1"], fill=PatternFill("solid", bgColor="FF000000"))
    sheet = coloured(
        Font(color=WHITE), more=lambda sheet: sheet.conditional_formatting.add("A1:A9", rule)
    )
    assert sheet.text(2, 1) == "遅れた。"


def test_white_numbers_are_unseen():
    assert coloured(Font(color=WHITE), text=1200).text(2, 1) == ""


@pytest.mark.parametrize("text", ["#REF!", "#N/A", " #DIV/0! ", "＃Ｎ／Ａ", "#name?"])
def test_names_of_errors(text):
    assert is_error_text(text)


@pytest.mark.parametrize("text", ["N/A", "#1", "#REF!のため", "", "#"])
def test_other_texts_are_no_names_of_errors(text):
    assert not is_error_text(text)
