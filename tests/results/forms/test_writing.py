import datetime
import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from pipelines.results.forms.content import ScaleLabel
from pipelines.results.forms.definition import form_definition
from pipelines.results.forms.table_rows import columns_of
from pipelines.results.forms.writing import write_form
from tests.results.forms.samples import (
    ACTIVITIES,
    CONTENT,
    EFFECTS,
    FIRST,
    INDICATORS,
    ITEMS,
    PLAN,
    SURVEY,
    column_of,
)


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    return _parts(write_form(CONTENT))


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def _sheets(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_same_content_gives_the_same_bytes() -> None:
    assert write_form(CONTENT) == write_form(CONTENT)
    assert write_form(CONTENT) != write_form(replace(CONTENT, department="財政課"))


def test_one_row_per_item_indicator_and_kind_of_effect() -> None:
    book = _sheets(write_form(CONTENT))
    assert book.sheetnames == ["記入のしかた", ACTIVITIES, INDICATORS, EFFECTS]
    assert [book[name].max_row - FIRST + 1 for name in book.sheetnames[1:]] == [3, 3, 12]
    first = [cell.value for cell in book[ACTIVITIES][FIRST]]
    assert first[:5] == [
        f"{PLAN}-aaaa0001",
        "1-1",
        "窓口サービスの改善",
        "待ち時間を短くする。",
        "［評価］A\n案内係を置いた。\n［審議会の意見］繁忙期の体制を示すこと。",
    ]
    assert first[5:] == [None] * 5
    effects = {(row[3].value, row[4].value) for row in book[EFFECTS].iter_rows(min_row=FIRST)}
    assert len(effects) == 4


def test_a_table_without_rows_has_no_sheet() -> None:
    book = _sheets(write_form(replace(CONTENT, items=ITEMS[1:2])))
    assert INDICATORS not in book.sheetnames


def test_every_sheet_says_whose_it_is_and_that_it_is_fictional() -> None:
    book = _sheets(write_form(CONTENT))
    for sheet in book.worksheets:
        head = "\n".join(str(sheet.cell(row, 2).value) for row in (1, 2, 3))
        for word in ("架空", SURVEY.plan_title, PLAN, "2023", "02-kakutei", "市民課", "様式："):
            assert word in head
        assert "架空" in sheet.oddHeader.left.text
        assert "市民課" in sheet.oddHeader.right.text
    real = _sheets(write_form(replace(CONTENT, survey=replace(SURVEY, is_fictional=False))))
    assert "架空" not in str(real[ACTIVITIES]["B1"].value)


def test_only_inputs_are_unlocked(parts: dict[str, str]) -> None:
    book = _sheets(write_form(CONTENT))
    for sheet, table in zip(book.worksheets[1:], form_definition().tables, strict=True):
        assert sheet.protection.sheet
        for row in sheet.iter_rows(min_row=1):
            for cell, column in zip(row, columns_of(CONTENT, table), strict=False):
                is_input = column.role == "input" and cell.row >= FIRST
                assert cell.protection.locked is not is_input
    for number in (1, 2, 3, 4):
        told = re.search(r"<sheetProtection[^>]*>", parts[f"xl/worksheets/sheet{number}.xml"])
        assert told is not None
        assert "password" not in told[0] and "hash" not in told[0]
        for allowed in ("formatRows", "formatColumns", "autoFilter"):
            assert f'{allowed}="0"' in told[0]


def test_rows_bear_a_height_and_still_grow(parts: dict[str, str]) -> None:
    rows = re.findall(r"<row [^>]*>", parts["xl/worksheets/sheet2.xml"])
    assert all(' ht="' in row for row in rows[FIRST - 1 :])
    assert "customHeight" not in "".join(rows)


def test_pages_are_a4_landscape_as_wide_as_the_paper_with_repeated_heads() -> None:
    book = _sheets(write_form(CONTENT))
    for sheet in book.worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
    for sheet in book.worksheets[1:]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$5"
        assert sheet.freeze_panes == "D6"


def _rules(sheet) -> dict[int, object]:
    found = sheet.data_validations.dataValidation
    return {area.min_col: rule for rule in found for area in rule.sqref.ranges}


def test_choices_and_numbers_are_validated() -> None:
    book = _sheets(write_form(CONTENT))
    sheet = book[ACTIVITIES]
    rating = _rules(sheet)[column_of(sheet, "評価")]
    assert (rating.type, rating.formula1, str(rating.sqref)) == ("list", '"S,A,B"', "G6:G8")
    sheet = book[INDICATORS]
    told = _rules(sheet)
    assert told[column_of(sheet, "実績値")].type == "decimal"
    assert told[column_of(sheet, "実績値")].errorStyle == "warning"
    assert "まだ出ていない" in told[column_of(sheet, "実績値がない理由")].formula1
    assert told[column_of(sheet, "基準日（ある場合）")].type == "date"
    sheet = book[EFFECTS]
    assert _rules(sheet)[column_of(sheet, "効果額（円）")].type == "whole"


def test_a_long_scale_is_chosen_from_the_guide() -> None:
    scale = tuple(ScaleLabel(f"{n} 計画に比べて" + "とても" * 12) for n in range(9))
    book = _sheets(write_form(replace(CONTENT, scale=scale)))
    sheet = book[ACTIVITIES]
    formula = _rules(sheet)[column_of(sheet, "評価")].formula1
    first, last = re.fullmatch(r"'記入のしかた'!\$B\$(\d+):\$B\$(\d+)", formula).groups()
    labels = [book["記入のしかた"].cell(row, 2).value for row in range(int(first), int(last) + 1)]
    assert labels == [one.label for one in scale]


def test_a_label_with_a_comma_is_chosen_from_the_guide_too() -> None:
    scale = (ScaleLabel("完了,終了"), ScaleLabel("順調"))
    sheet = _sheets(write_form(replace(CONTENT, scale=scale)))[ACTIVITIES]
    assert _rules(sheet)[column_of(sheet, "評価")].formula1.startswith("'記入のしかた'")


def test_without_a_scale_any_rating_can_be_written_and_the_guide_says_so() -> None:
    book = _sheets(write_form(replace(CONTENT, scale=())))
    sheet = book[ACTIVITIES]
    rule = _rules(sheet).get(column_of(sheet, "評価"))
    assert rule is None or rule.type in (None, "none")
    assert "登録されていません" in _text(book["記入のしかた"])


def _text(sheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_the_guide_says_when_where_what_and_what_is_not_published() -> None:
    text = _text(_sheets(write_form(CONTENT))["記入のしかた"])
    for words in (
        "令和6年6月14日（金）までに、企画財政部 行政改革推進室へ",
        "令和6年3月31日（日）現在",
        "計画どおり進んだ",
        "「連絡欄（公開しません）」のほかは、オープンデータとして公開されます",
    ):
        assert words in text
    survey = replace(SURVEY, due_on=None, submit_to=None, as_of_on=None)
    text = _text(_sheets(write_form(replace(CONTENT, survey=survey)))["記入のしかた"])
    assert "取りまとめ課が示す期限までに、取りまとめ課へ" in text


def test_properties_hold_no_name_and_no_time(parts: dict[str, str]) -> None:
    core, app = parts["docProps/core.xml"], parts["docProps/app.xml"]
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "<Company></Company>" in app
    assert "<Manager>" not in app
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2000-01-01"}
    assert not re.search("xlsxwriter|python", "".join(parts.values()), re.IGNORECASE)


def test_texts_of_the_plan_become_no_formulas_links_or_codes() -> None:
    item = replace(ITEMS[0], title="=1+1", goal_text="https://example.com/", number_label="1-1")
    survey = replace(SURVEY, plan_title="改革&Pプラン")
    content = replace(CONTENT, items=(item,), survey=survey, department="R&D課")
    data = write_form(content)
    book = _sheets(data)
    assert book[ACTIVITIES].cell(FIRST, 3).data_type == "s"
    assert book[ACTIVITIES].cell(FIRST, 4).hyperlink is None
    header = _parts(data)["xl/worksheets/sheet2.xml"]
    assert "R&amp;&amp;D課" in header and "改革&amp;&amp;Pプラン" in header


def test_long_texts_for_reference_are_cut_and_say_so() -> None:
    item = replace(ITEMS[0], previous_text="あ" * 1000, opinion_text=None)
    sheet = _sheets(write_form(replace(CONTENT, items=(item,))))[ACTIVITIES]
    text = sheet.cell(FIRST, 5).value
    assert text == "あ" * 300 + "…（以下略）"
    assert sheet.row_dimensions[FIRST].height <= 409


@pytest.mark.parametrize("name", ["総務課/財政課", 'a:b*?"<>|\\', "第1\n課"])
def test_file_names_hold_nothing_a_system_forbids(name: str) -> None:
    found = replace(CONTENT, department=name).file_name
    assert not re.search(r'[\\/:*?"<>|\n]', found)
    assert found.startswith(f"{PLAN}_2023_")


def test_dates_before_may_2019_are_heisei() -> None:
    for day, told in (("2019-04-30", "平成31年4月30日"), ("2019-05-01", "令和元年5月1日")):
        survey = replace(SURVEY, due_on=datetime.date.fromisoformat(day))
        assert told in _text(_sheets(write_form(replace(CONTENT, survey=survey)))["記入のしかた"])
