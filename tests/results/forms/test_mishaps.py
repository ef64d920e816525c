"""Forms that came back damaged: read where that is safe, told where it is not."""

from __future__ import annotations

import copy
import datetime
from dataclasses import replace
from typing import Any

import pytest

from pipelines.results.forms.content import ItemRow
from tests.results.forms.samples import (
    ACTIVITIES,
    CONTENT,
    EFFECTS,
    FIRST,
    INDICATORS,
    ITEMS,
    PLAN,
    SURVEY,
    Clerk,
    column_of,
    context_of,
    filled,
    for_department,
    rules,
)


def _copy_sheet(source: Any, book: Any, name: str) -> None:
    target = book.create_sheet(name)
    for row in source.iter_rows():
        for cell in row:
            made = target.cell(cell.row, cell.column, cell.value)
            made.number_format = cell.number_format


def merged(*departments: str) -> Clerk:
    """Forms of several departments in one workbook, as copying sheets names them."""
    first = filled(for_department(departments[0]))
    for number, name in enumerate(departments[1:], start=2):
        other = filled(for_department(name)).book
        for sheet in other.worksheets:
            _copy_sheet(sheet, first.book, f"{sheet.title} ({number})")
    return first


def _ids(records) -> list[str]:
    return [record.texts["item_id"][-4:] for record in records if record.sheet == ACTIVITIES]


def _quarantine(reading) -> dict[int, str]:
    return {row: finding.rule for (_, row), finding in reading.quarantined.items()}


def test_twelve_forms_in_one_workbook() -> None:
    names = [f"第{number}課" for number in range(1, 13)]
    clerk = merged(*names)
    reading = clerk.reading()
    assert len(reading.records) == 12 * 5
    found = {record.texts["department"] for record in reading.records}
    assert found == set(names)
    assert rules(reading) == []


def test_forms_below_each_other_on_one_sheet() -> None:
    clerk = filled()
    sheet, other = clerk.book[ACTIVITIES], filled(for_department("税務課")).book[ACTIVITIES]
    below = sheet.max_row + 2
    for row in other.iter_rows():
        for cell in row:
            sheet.cell(below + cell.row, cell.column, cell.value)
    reading = clerk.reading()
    told = [one.texts["department"] for one in reading.records if one.sheet == ACTIVITIES]
    assert told == ["市民課"] * 3 + ["税務課"] * 3
    assert not reading.quarantined


def test_headings_repeated_further_down() -> None:
    def change(book: Any) -> None:
        sheet = book[ACTIVITIES]
        sheet.insert_rows(FIRST + 1)
        for column in range(1, 12):
            sheet.cell(FIRST + 1, column).value = sheet.cell(FIRST - 1, column).value

    reading = filled().change(change).reading()
    assert _ids(reading.records) == ["0001", "0002", "0003"]
    assert {one.texts["department"] for one in reading.records} == {"市民課"}
    assert reading.aside[ACTIVITIES, FIRST + 1] == "header"
    assert rules(reading) == []


def test_rows_in_another_order() -> None:
    clerk = filled()
    sheet = clerk.book[ACTIVITIES]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    for at, row in enumerate(reversed(rows), start=FIRST):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
    reading = clerk.reading()
    assert _ids(reading.records) == ["0003", "0002", "0001"]
    assert reading.records[0].texts["activity"] == "広報紙の広告をした。"
    assert rules(reading) == []


def test_columns_in_another_order() -> None:
    clerk = filled()
    sheet = clerk.book[ACTIVITIES]
    for row in range(FIRST - 1, sheet.max_row + 1):
        values = [sheet.cell(row, column).value for column in range(1, 11)]
        for column, value in enumerate(reversed(values), start=1):
            sheet.cell(row, column).value = value
    reading = clerk.reading()
    assert reading.records[0].texts["activity"] == "窓口サービスの改善をした。"
    assert rules(reading) == []


def test_an_added_column_is_told_and_not_read() -> None:
    clerk = filled()
    sheet = clerk.book[ACTIVITIES]
    sheet.cell(FIRST - 1, 11).value = "係長メモ"
    sheet.cell(FIRST, 11).value = "要相談"
    reading = clerk.reading()
    (told,) = [one for one in reading.findings if one.rule == "column_unknown"]
    assert "係長メモ" in told.message_ja and told.cell == f"{ACTIVITIES}!K6"
    assert "要相談" not in str(reading.records)


def test_a_deleted_row_is_told_by_its_item() -> None:
    clerk = filled().change(lambda book: book[ACTIVITIES].delete_rows(FIRST + 1))
    reading = clerk.reading()
    (told,) = [one for one in reading.findings if one.rule == "row_missing"]
    assert told.message_ja == (
        "3行あるはずのところ、2行しかありません（ないと思われる項目: 「1-2 使用料の見直し」）。"
    )
    assert _ids(reading.records) == ["0001", "0003"]


def test_a_deleted_indicator_and_an_unknown_department() -> None:
    clerk = filled().change(lambda book: book[INDICATORS].delete_rows(FIRST + 1))
    (told,) = [one for one in clerk.reading().findings if one.rule == "row_missing"]
    assert "「1-1 窓口サービスの改善 電子申請の利用率」" in told.message_ja
    reading = clerk.reading(context_of(for_department("改称前の課")))
    (told,) = [one for one in reading.findings if one.rule == "row_missing"]
    assert told.message_ja == "3行あるはずのところ、2行しかありません。"


def test_a_deleted_sheet_is_told() -> None:
    clerk = filled().change(lambda book: book.remove(book[INDICATORS]))
    (told,) = [one for one in clerk.reading().findings if one.rule == "sheet_missing"]
    assert INDICATORS in told.message_ja and "市民課" in told.message_ja
    content = replace(CONTENT, items=ITEMS[1:2])
    clerk = Clerk(content).fill(ACTIVITIES, 0, 評価="A")
    assert "sheet_missing" not in rules(clerk.reading(context_of(content)))


@pytest.mark.parametrize("broken", [None, "こわれた", f"{PLAN}-ffff9999", "#REF"])
def test_a_broken_id_is_repaired_by_title_and_number(broken: str | None) -> None:
    clerk = filled().change(lambda book: _set(book, FIRST, 1, broken))
    reading = clerk.reading()
    assert _ids(reading.records) == ["0001", "0002", "0003"]
    (told,) = [one for one in reading.findings if one.rule == "id_repaired"]
    assert told.severity == "warning" and "窓口サービスの改善" in told.message_ja
    assert f"{PLAN}-aaaa0001" in told.fix_ja


def test_widths_and_spaces_do_not_break_an_id() -> None:
    wide = f" {PLAN}-aaaa0001".translate({ord("-"): "－", ord("1"): "１"})
    reading = filled().change(lambda book: _set(book, FIRST, 1, wide)).reading()
    assert rules(reading) == []


def test_a_broken_id_whose_title_fits_nothing_is_quarantined() -> None:
    def change(book: Any) -> None:
        _set(book, FIRST, 1, "こわれた")
        _set(book, FIRST, 3, "別の取組")

    assert _quarantine(filled().change(change).reading()) == {FIRST: "id_unknown"}


def test_a_number_that_contradicts_the_title_repairs_nothing() -> None:
    def change(book: Any) -> None:
        _set(book, FIRST, 1, None)
        _set(book, FIRST, 2, "1-2")

    assert _quarantine(filled().change(change).reading()) == {FIRST: "id_unknown"}


def test_a_number_turned_into_a_date_does_not_hinder_the_repair() -> None:
    def change(book: Any) -> None:
        _set(book, FIRST, 1, None)
        cell = book[ACTIVITIES].cell(FIRST, 2)
        cell.value, cell.number_format = datetime.datetime(2024, 1, 1), "m/d"

    reading = filled().change(change).reading()
    assert "id_repaired" in rules(reading) and not reading.quarantined


def test_equal_titles_are_told_apart_by_number_only() -> None:
    twins = (*ITEMS, ItemRow(f"{PLAN}-aaaa0001-2", "3-1", "窓口サービスの改善"))
    content = replace(CONTENT, items=twins)
    clerk = filled(content).change(lambda book: _set(book, FIRST, 1, None))
    assert "id_repaired" in rules(clerk.reading(context_of(content)))
    clerk.change(lambda book: _set(book, FIRST, 2, None))
    assert _quarantine(clerk.reading(context_of(content))) == {FIRST: "id_unknown"}


def _set(book: Any, row: int, column: int, value: object, tab: str = ACTIVITIES) -> None:
    book[tab].cell(row, column).value = value


def test_a_row_of_another_plan_is_not_taken_for_one_of_ours() -> None:
    foreign = "990019-gyokaku2-aaaa0001"
    reading = filled().change(lambda book: _set(book, FIRST, 1, foreign)).reading()
    assert _quarantine(reading) == {FIRST: "id_of_other_plan"}


def test_ids_sorted_without_their_rows_are_refused() -> None:
    def swap(book: Any) -> None:
        _set(book, FIRST, 1, f"{PLAN}-aaaa0002")
        _set(book, FIRST + 1, 1, f"{PLAN}-aaaa0001")

    reading = filled().change(swap).reading()
    expected = {FIRST: "id_title_conflict", FIRST + 1: "id_title_conflict"}
    assert _quarantine(reading) == expected
    assert _ids(reading.records) == ["0003"]


def test_a_changed_title_is_told_and_the_id_counts() -> None:
    clerk = filled().change(lambda book: _set(book, FIRST, 3, "窓口サービスの向上"))
    reading = clerk.reading()
    (told,) = [one for one in reading.findings if one.rule == "prefilled_changed"]
    assert "窓口サービスの改善" in told.message_ja and told.value == "窓口サービスの向上"
    assert _ids(reading.records) == ["0001", "0002", "0003"]


def test_a_title_deleted_or_wrapped_otherwise_is_no_change() -> None:
    def change(book: Any) -> None:
        _set(book, FIRST, 3, "窓口サービス\nの改善 ")
        _set(book, FIRST + 1, 3, None)

    reading = filled().change(change).reading()
    assert rules(reading) == []
    assert reading.records[1].texts["item"] == "使用料の見直し"


def test_an_id_twice_with_other_content_loses_both() -> None:
    def change(book: Any) -> None:
        sheet = book[ACTIVITIES]
        for column in (1, 2, 3):
            sheet.cell(FIRST + 1, column).value = sheet.cell(FIRST, column).value

    reading = filled().change(change).reading()
    assert _quarantine(reading) == {FIRST: "id_duplicate", FIRST + 1: "id_duplicate"}
    assert "7行目" in reading.quarantined[ACTIVITIES, FIRST].message_ja


def test_a_row_twice_with_the_same_content_counts_once() -> None:
    def change(book: Any) -> None:
        sheet = book[ACTIVITIES]
        for column in range(1, 12):
            sheet.cell(FIRST + 3, column).value = sheet.cell(FIRST, column).value

    reading = filled().change(change).reading()
    assert _ids(reading.records) == ["0001", "0002", "0003"]
    assert reading.aside[ACTIVITIES, FIRST + 3] == "repost"
    assert rules(reading) == ["row_repeated"]


def test_the_same_form_twice_in_one_workbook_counts_once() -> None:
    reading = merged("市民課", "市民課").reading()
    assert len(reading.records) == 5
    assert set(rules(reading)) == {"row_repeated"}


@pytest.mark.parametrize(
    ("survey", "rule"),
    [
        (replace(SURVEY, plan_id="990019-gyokaku2"), "form_of_other_plan"),
        (replace(SURVEY, fiscal_year=2022), "form_of_other_year"),
    ],
)
def test_forms_of_another_plan_or_year_are_refused_as_a_whole(survey, rule: str) -> None:
    reading = filled(replace(CONTENT, survey=survey)).reading()
    assert reading.records == []
    assert {finding.rule for finding in reading.quarantined.values()} == {rule}
    assert rules(reading) == [rule] * 3


def test_a_form_of_another_round_is_told() -> None:
    reading = filled().reading(round_name="01-mikomi")
    assert set(rules(reading)) == {"form_of_other_round"}
    assert len(reading.records) == 5


def test_an_older_version_is_read_by_its_headings() -> None:
    def change(book: Any) -> None:
        for sheet in book.worksheets:
            sheet["B3"].value = sheet["B3"].value.replace("様式：2", "様式：0")
        _set(book, FIRST - 1, 5, "前年度の審議会意見")
        _set(book, FIRST - 1, 10, "連絡欄")

    reading = filled().change(change).reading()
    assert set(rules(reading)) == {"form_version_old"}
    assert reading.form_heads[ACTIVITIES].form_version == "0"
    assert "internal_note" in reading.records[0].asked


def test_lost_lines_above_the_table() -> None:
    def change(book: Any) -> None:
        sheet = book[ACTIVITIES]
        for row in range(1, 5):
            sheet.cell(row, 2).value = None

    reading = filled().change(change).reading()
    assert rules(reading) == ["head_missing"]
    assert _ids(reading.records) == ["0001", "0002", "0003"]
    assert all("department" not in one.texts for one in reading.records[:3])


def test_the_column_of_ids_deleted() -> None:
    reading = filled().change(lambda book: book[ACTIVITIES].delete_cols(1)).reading()
    assert _ids(reading.records) == ["0001", "0002", "0003"]
    assert rules(reading).count("id_repaired") == 3
    (told,) = [one for one in reading.findings if one.rule == "column_missing"]
    assert "管理番号" in told.message_ja
    assert reading.records[0].texts["department"] == "市民課"


def test_a_changed_heading_is_not_guessed() -> None:
    def change(book: Any) -> None:
        sheet = book[EFFECTS]
        sheet.cell(FIRST - 1, column_of(sheet, "効果額（円）")).value = "効果額（千円）"

    reading = filled().change(change).reading()
    assert {"column_missing", "column_unknown"} <= set(rules(reading))
    assert not [one for one in reading.records if one.sheet == EFFECTS]


def test_two_columns_of_one_heading() -> None:
    def change(book: Any) -> None:
        sheet = book[ACTIVITIES]
        sheet.cell(FIRST - 1, 11).value = "評価"
        sheet.cell(FIRST, 11).value = "B"
        sheet.cell(FIRST + 1, 11).value = "A"

    reading = filled().change(change).reading()
    assert _quarantine(reading) == {FIRST: "heading_twice"}


def test_hidden_rows_with_entries_are_refused() -> None:
    def change(book: Any) -> None:
        for row in (FIRST, FIRST + 1):
            book[ACTIVITIES].row_dimensions[row].hidden = True
        for column in range(6, 11):
            _set(book, FIRST + 1, column, None)

    reading = filled().change(change).reading()
    assert _quarantine(reading) == {FIRST: "hidden_row"}
    assert reading.aside[ACTIVITIES, FIRST + 1] == "hidden"


def test_hidden_columns_lose_entries_but_no_ids() -> None:
    def change(book: Any) -> None:
        for letter in ("A", "F"):
            book[ACTIVITIES].column_dimensions[letter].hidden = True

    reading = filled().change(change).reading()
    assert _ids(reading.records) == ["0001", "0002", "0003"]
    assert "activity" not in reading.records[0].texts
    assert "activity" not in reading.records[0].asked
    (told,) = [one for one in reading.findings if one.rule == "column_hidden"]
    assert "実施した内容" in told.message_ja


def test_a_hidden_sheet_is_not_read() -> None:
    def change(book: Any) -> None:
        book[ACTIVITIES].sheet_state = "hidden"

    reading = filled().change(change).reading()
    assert not [one for one in reading.records if one.sheet == ACTIVITIES]
    assert "sheet_hidden" in rules(reading)
    assert len(reading.quarantined) == 3


def test_a_sheet_of_the_clerk_is_told() -> None:
    def change(book: Any) -> None:
        book.create_sheet("作業用")["A1"] = "計算"

    reading = filled().change(change).reading()
    (told,) = [one for one in reading.findings if one.rule == "sheet_not_read"]
    assert told.sheet == "作業用" and reading.aside["作業用", 1] == "skipped"


def test_a_table_without_its_headings_is_refused() -> None:
    reading = filled().change(lambda book: book[ACTIVITIES].delete_rows(FIRST - 1)).reading()
    assert "headings_lost" in rules(reading)
    assert (ACTIVITIES, FIRST) in reading.quarantined


def test_struck_text_and_formula_errors_cost_the_cell_only() -> None:
    def change(book: Any) -> None:
        sheet = book[ACTIVITIES]
        font = copy.copy(sheet.cell(FIRST, 7).font)
        font.strike = True
        sheet.cell(FIRST, 7).font = font

    reading = filled().change(change).reading()
    assert "rating" not in reading.records[0].texts
    assert "rating" in reading.records[0].asked
    assert "struck_text" in rules(reading)
    assert not reading.quarantined
    clerk = filled().fill(INDICATORS, 1, 実績値="=1/0")
    reading = clerk.reading()
    assert {"formula_not_computed", "formula_error"} & set(rules(reading))
    held = reading.quarantined[INDICATORS, FIRST + 1]
    assert held.rule in ("formula_not_computed", "formula_error")


def test_inputs_merged_over_rows_are_told() -> None:
    clerk = filled().change(lambda book: book[ACTIVITIES].merge_cells("F6:F7"))
    reading = clerk.reading()
    (told,) = [one for one in reading.findings if one.rule == "merged_cells"]
    assert told.cell == f"{ACTIVITIES}!F6"
    assert "activity" not in reading.records[1].texts


def test_a_changed_kind_of_effect_is_refused() -> None:
    reading = filled().change(lambda book: _set(book, FIRST + 1, 4, "節約", EFFECTS)).reading()
    assert _quarantine(reading) == {FIRST + 1: "effect_row_unclear"}


def test_a_row_without_id_and_title_is_refused() -> None:
    def change(book: Any) -> None:
        _set(book, FIRST + 4, 7, "その他、全庁で節電した。")

    assert _quarantine(filled().change(change).reading()) == {FIRST + 4: "id_unknown"}


def test_blank_rows_between_are_blank() -> None:
    reading = filled().change(lambda book: book[ACTIVITIES].insert_rows(FIRST + 1, 2)).reading()
    assert reading.aside[ACTIVITIES, FIRST + 1] == reading.aside[ACTIVITIES, FIRST + 2] == "blank"
    assert rules(reading) == []
