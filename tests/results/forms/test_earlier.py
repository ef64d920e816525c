"""Forms of a later round of the year show what an earlier one brought, and hold its words."""

import io
from dataclasses import replace

import openpyxl
import pytest

from pipelines.results.forms.content import FormContent
from pipelines.results.forms.definition import form_definition
from pipelines.results.forms.selection import form_contents
from pipelines.results.forms.writing import write_form
from pipelines.results.model import DepartmentContext
from tests.results.forms.samples import (
    ACTIVITIES,
    EFFECTS,
    FIRST,
    INDICATORS,
    PLAN,
    SURVEY,
    YEAR,
    Clerk,
    column_of,
    context_of,
    rules,
)

ITEM, INDICATOR = f"{PLAN}-aaaa0001", f"{PLAN}-kaaaa001"
ASKED = replace(SURVEY, earlier_rounds=("01-mikomi",))
LABEL = {"rating_label": "順調", "ordinal": 1, "definition": None, "plan_label": None}
ROWS = {
    "reform_items": [
        {"item_id": ITEM, "plan_id": PLAN, "ordinal": 1, "title": "窓口の改善", "is_repost": False}
    ],
    "item_departments": [
        {"item_id": ITEM, "seq": 1, "department_name": "市民課", "is_collective": False}
    ],
    "indicators": [
        {"indicator_id": INDICATOR, "item_id": ITEM, "name": "平均待ち時間", "unit": "分"}
    ],
    "rating_scales": [{"plan_id": PLAN, "municipality_code": "990019", **LABEL}],
}
OF_ROUND = {
    "fiscal_year": YEAR,
    "round": "01-mikomi",
    "department_name": "市民課",
    "revision": 1,
    "is_current": True,
}
RESULT = {
    **OF_ROUND,
    "item_id": ITEM,
    "activity_text": "案内係を置いた。",
    "rating_label": "順調",
    "shortfall_reason": "機器が届かなかった。",
    "next_action": "予約制にする。",
}
VALUE = {
    **OF_ROUND,
    "item_id": ITEM,
    "indicator_id": INDICATOR,
    "actual_text": "11.5",
    "actual_value": 11.5,
    "is_approximate": False,
    "missing_reason": None,
}
EFFECT = {
    **OF_ROUND,
    "item_id": ITEM,
    "effect_kind": "cost_reduction",
    "effect_basis": "single_year",
    "actual_yen": 1_200_000,
    "amount_text": "120万円",
}


def form(survey=ASKED, register=(), **rows) -> FormContent:
    (content,) = form_contents({**ROWS, **rows}, survey, register).forms
    return content


def answered(**more) -> FormContent:
    return form(yearly_results=[RESULT], indicator_results=[VALUE], financial_effects=[EFFECT])


def cells(content: FormContent, tab: str, row: int = 0) -> dict[str, object]:
    sheet = openpyxl.load_workbook(io.BytesIO(write_form(content)))[tab]
    headings = [str(cell.value).replace("\n", "") for cell in sheet[FIRST - 1]]
    values = [cell.value for cell in sheet[FIRST + row]]
    return dict(zip(headings, values, strict=True))


def test_answers_are_shown_locked_and_words_stand_in_the_inputs() -> None:
    told = cells(answered(), ACTIVITIES)
    assert told["見込み時の回答"] == (
        "［評価］順調\n［実施した内容］案内係を置いた。\n"
        "［未達成の理由］機器が届かなかった。\n［今後の対応］予約制にする。"
    )
    assert [told[one] for one in ("実施した内容", "評価", "未達成の理由", "今後の対応")] == [
        "案内係を置いた。", "順調", "機器が届かなかった。", "予約制にする。",
    ]  # fmt: skip
    assert told["連絡欄（公開しません）"] is None
    value = cells(answered(), INDICATORS)
    assert (value["見込み時の回答"], value["実績値"], value["基準日（ある場合）"]) == (
        "11.5",
        None,
        None,
    )
    effects = [cells(answered(), EFFECTS, row) for row in range(4)]
    assert [one["効果額（円）"] for one in effects] == [None] * 4
    assert [one["見込み時の回答"] for one in effects] == ["1,200,000円", None, None, None]
    sheet = openpyxl.load_workbook(io.BytesIO(write_form(answered())))[ACTIVITIES]
    assert sheet.cell(FIRST, column_of(sheet, "見込み時の回答")).protection.locked
    assert form_definition().tables["activities"].answered_before in sheet["B2"].value


@pytest.mark.parametrize("tab", [INDICATORS, EFFECTS])
def test_sheets_of_numbers_say_that_they_are_asked_again(tab: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_form(answered())))[tab]
    assert "変わらないときも、今回の数を記入" in sheet["B2"].value


def test_a_first_round_has_neither_the_column_nor_the_notice() -> None:
    rows = {"yearly_results": [RESULT], "indicator_results": [VALUE], "financial_effects": [EFFECT]}
    first = form(survey=SURVEY, **rows)
    assert first == form(survey=SURVEY)
    assert "見込み時の回答" not in cells(first, ACTIVITIES)
    sheet = openpyxl.load_workbook(io.BytesIO(write_form(first)))[ACTIVITIES]
    assert form_definition().tables["activities"].answered_before not in sheet["B2"].value


def test_after_a_settled_round_the_heading_says_so() -> None:
    survey = replace(ASKED, is_after_settled=True)
    told = cells(form(survey=survey, yearly_results=[RESULT]), ACTIVITIES)
    assert "前回の回答" in told and "見込み時の回答" not in told


@pytest.mark.parametrize(
    "changed",
    [{"fiscal_year": YEAR - 1}, {"round": "02-kakutei"}, {"department_name": "財政課"}],
)
def test_answers_of_others_are_not_shown(changed: dict[str, object]) -> None:
    content = form(yearly_results=[{**RESULT, **changed}])
    assert content.items[0].earlier is None


def test_the_newest_answer_counts_even_where_the_round_asked_has_come_in() -> None:
    older = {**RESULT, "round": "00-yobi", "activity_text": "古い。"}
    replaced = {**RESULT, "revision": 2, "activity_text": "差し替えた。", "is_current": False}
    survey = replace(SURVEY, earlier_rounds=("00-yobi", "01-mikomi"))
    content = form(survey=survey, yearly_results=[replaced, RESULT, older])
    earlier = content.items[0].earlier
    assert earlier is not None and earlier.activity == "差し替えた。"


def test_a_renamed_department_finds_its_answers() -> None:
    register = (
        DepartmentContext("990019-d1", "市民課", None, None, "2024-03-31", "990019-d2"),
        DepartmentContext("990019-d2", "くらし課", None, "2024-04-01", None, None),
    )
    content = form(register=register, yearly_results=[RESULT])
    assert content.department == "くらし課"
    assert content.items[0].earlier is not None


def test_what_is_no_single_exact_answer_is_shown_and_not_filled_in() -> None:
    about = {**VALUE, "actual_text": "約12", "actual_value": 12.0, "is_approximate": True}
    two = [EFFECT, {**EFFECT, "actual_yen": 5, "measure_text": "ほか"}]
    strange = {**RESULT, "rating_label": "概ね順調"}
    content = form(yearly_results=[strange], indicator_results=[about], financial_effects=two)
    value = cells(content, INDICATORS)
    assert (value["見込み時の回答"], value["実績値"]) == ("約12", None)
    effect = cells(content, EFFECTS)
    assert (effect["見込み時の回答"], effect["効果額（円）"]) == ("1,200,000円\n5円", None)
    told = cells(content, ACTIVITIES)
    assert "［評価］概ね順調" in str(told["見込み時の回答"]) and told["評価"] is None


def test_a_reason_without_a_value_is_chosen_again() -> None:
    missing = {**VALUE, "actual_text": None, "actual_value": None, "missing_reason": "not_yet"}
    told = cells(form(indicator_results=[missing]), INDICATORS)
    assert (told["見込み時の回答"], told["実績値がない理由"]) == ("まだ出ていない", None)
    no_amount = {
        **EFFECT,
        "actual_yen": None,
        "amount_text": None,
        "not_computable_reason": "不明",
    }
    told = cells(form(financial_effects=[no_amount]), EFFECTS)
    assert told["見込み時の回答"] == "［算定不能の理由］不明"
    assert told["算定不能の理由"] is None


def test_an_effect_of_no_known_basis_is_not_lost() -> None:
    told = cells(form(financial_effects=[{**EFFECT, "effect_basis": "unknown"}]), EFFECTS)
    assert told["見込み時の回答"] == "1,200,000円（算定方法の記載なし）"
    assert told["効果額（円）"] is None


def test_untouched_words_come_back_and_untouched_numbers_do_not() -> None:
    content = answered()
    reading = Clerk(content).reading(context_of(content))
    texts = {key: value for one in reading.records for key, value in one.texts.items()}
    assert texts["activity"] == "案内係を置いた。" and texts["rating"] == "順調"
    assert [cell.text for one in reading.records for cell in one.values] == []
    assert sorted(rules(reading)) == ["earlier_amount_blank", "same_as_earlier"]
    assert "not_filled" in {one.rule for one in reading.findings if one.sheet == INDICATORS}
    told = next(one for one in reading.findings if one.rule == "same_as_earlier")
    assert "窓口の改善" in told.message_ja and told.severity == "info"


def test_an_amount_of_an_earlier_round_that_is_not_settled_is_told_beside_another() -> None:
    content = answered()
    clerk = Clerk(content).fill(EFFECTS, 1, **{"効果額（円）": 5}).fill(INDICATORS, 0, 実績値=12)
    reading = clerk.reading(context_of(content))
    assert sorted(rules(reading)) == ["earlier_amount_blank", "same_as_earlier"]
    settled = Clerk(content).fill(EFFECTS, 0, **{"効果額（円）": 0}).reading(context_of(content))
    assert "earlier_amount_blank" not in rules(settled)
    assert [cell.text for one in settled.records for cell in one.values] == ["0"]


def test_one_changed_word_is_a_new_answer() -> None:
    content = answered()
    clerk = Clerk(content).fill(ACTIVITIES, 0, 実施した内容="案内係を2人置いた。")
    clerk.fill(EFFECTS, 0, **{"効果額（円）": 1_200_000})
    assert rules(clerk.reading(context_of(content))) == []


def test_forms_of_the_first_version_are_still_read() -> None:
    """Their references had columns of their own."""

    def as_before(book) -> None:
        sheet = book[ACTIVITIES]
        at = column_of(sheet, "前年度の実績・審議会の意見")
        sheet.cell(FIRST - 1, at).value = "前年度の実績"
        sheet.insert_cols(at + 1)
        sheet.cell(FIRST - 1, at + 1).value = "前年度の\n審議会の意見"
        sheet["B3"] = str(sheet["B3"].value).replace("様式：2", "様式：1")

    old = {**RESULT, "fiscal_year": YEAR - 1}
    content = form(yearly_results=[old])
    clerk = Clerk(content).fill(ACTIVITIES, 0, 実施した内容="した。").change(as_before)
    assert rules(clerk.reading(context_of(content))) == ["form_version_old"]


@pytest.mark.parametrize(("paper", "number"), [("A4", 9), ("A3", 8)])
def test_paper_and_what_is_printed(paper, number: int) -> None:
    content = answered()
    survey = replace(content.survey, paper=paper)
    book = openpyxl.load_workbook(io.BytesIO(write_form(replace(content, survey=survey))))
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == number
    for sheet in book.worksheets[1:]:
        assert "$B$1:" in sheet.print_area
        assert sheet.cell(FIRST, 1).value in (ITEM, INDICATOR)


def test_texts_are_printed_at_nine_points_on_a4() -> None:
    """As wide as the paper: the widest sheet is scaled to 9 points of 10.5 at the least."""
    sheet = openpyxl.load_workbook(io.BytesIO(write_form(answered())))[ACTIVITIES]
    letters = [cell.column_letter for cell in sheet[FIRST - 1]][1:]
    pixels = sum(int(sheet.column_dimensions[one].width * 7) for one in letters)
    points = 842 - 72 * (sheet.page_margins.left + sheet.page_margins.right)
    assert 10.5 * points / (pixels * 0.75) >= 9
