import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.results.forms.definition import missing_reason_of
from pipelines.results.forms.reading import is_form
from pipelines.results.model import FormHead
from pipelines.sources.workbooks.reading import read_workbook
from tests.results.forms.samples import (
    ACTIVITIES,
    CONTENT,
    EFFECTS,
    INDICATORS,
    ITEMS,
    PLAN,
    SURVEY,
    YEAR,
    Clerk,
    context_of,
    filled,
    rules,
)


def test_a_form_is_known_and_other_files_are_not() -> None:
    assert is_form(Clerk().workbook())
    assert not is_form(read_workbook("a.csv", "番号,取組項目,評価\n1,窓口,A\n".encode()))


def test_what_was_filled_in_comes_back_with_all_that_was_asked() -> None:
    clerk = Clerk().fill(
        ACTIVITIES,
        0,
        実施した内容="案内係を2人置いた。\n待ち時間が減った。",
        評価="B",
        未達成の理由="３月に混雑した。",
        今後の対応="予約制",
        **{"連絡欄（公開しません）": "内線1234"},
    )
    reading = clerk.reading()
    (record,) = reading.records
    assert record.texts == {
        "item_id": f"{PLAN}-aaaa0001",
        "item_number": "1-1",
        "item": "窓口サービスの改善",
        "department": "市民課",
        "activity": "案内係を2人置いた。\n待ち時間が減った。",
        "rating": "B",
        "shortfall_reason": "３月に混雑した。",
        "next_action": "予約制",
        "internal_note": "内線1234",
    }
    assert record.asked == {
        "activity",
        "rating",
        "shortfall_reason",
        "next_action",
        "internal_note",
    }
    assert (record.section.fiscal_year, record.section.department) == (YEAR, "市民課")
    assert (record.sheet, record.row, record.columns["rating"]) == (ACTIVITIES, 6, 7)
    assert rules(reading) == []
    assert reading.form_heads[ACTIVITIES] == FormHead("2", PLAN, YEAR, "02-kakutei", "市民課")


def test_values_reasons_and_days_of_indicators() -> None:
    clerk = Clerk()
    clerk.fill(INDICATORS, 0, 実績値=11.5, **{"基準日（ある場合）": datetime.date(2023, 4, 1)})
    clerk.fill(INDICATORS, 1, 実績値がない理由="まだ出ていない")
    first, second = clerk.reading().records
    assert [(one.role.field, one.text) for one in first.values] == [("actual", "11.5")]
    assert first.texts["as_of_on"] == "2023-04-01"
    assert first.texts["item_id"] == f"{PLAN}-aaaa0001"
    assert first.texts["indicator_id"] == f"{PLAN}-kaaaa001"
    assert (first.texts["indicator"], first.texts["unit"]) == ("平均待ち時間", "分")
    assert second.values == ()
    assert [role.field for role in second.roles] == ["actual"]
    assert missing_reason_of(second.texts["missing_reason"]) == "not_yet"


def test_a_percentage_is_read_as_it_is_shown() -> None:
    clerk = Clerk().fill(INDICATORS, 1, 実績値=0.931)
    clerk.book[INDICATORS].cell(7, 8).number_format = "0.0%"
    (record,) = clerk.reading().records
    assert record.values[0].text == "93.1%"


def test_amounts_bear_kind_basis_and_unit() -> None:
    clerk = Clerk()
    for row, amount in enumerate((1_200_000, 3_000_000, -5000, 0)):
        clerk.fill(EFFECTS, row, **{"効果額（円）": amount})
    clerk.fill(EFFECTS, 4, 算定不能の理由="件数が分からない。")
    *amounts, reason = clerk.reading().records
    told = [(one.values[0].text, one.values[0].role) for one in amounts]
    assert [text for text, _ in told] == ["1,200,000", "3,000,000", "-5,000", "0"]
    assert [(role.effect_kind, role.effect_basis) for _, role in told] == [
        ("cost_reduction", "single_year"),
        ("cost_reduction", "cumulative"),
        ("revenue_increase", "single_year"),
        ("revenue_increase", "cumulative"),
    ]
    assert {role.unit for _, role in told} == {"円"}
    assert reason.values == () and reason.texts["not_computable_reason"] == "件数が分からない。"
    assert reason.roles[0].effect_kind == reason.section.effect_kind == "cost_reduction"


def test_rows_without_any_entry_are_set_aside_and_told_once() -> None:
    reading = Clerk().fill(ACTIVITIES, 1, 評価="A").reading()
    assert reading.aside[ACTIVITIES, 6] == reading.aside[ACTIVITIES, 8] == "unfilled"
    told = [one for one in reading.findings if one.rule == "not_filled"]
    assert [one.sheet for one in told] == [ACTIVITIES, INDICATORS]
    assert told[0].message_ja == (
        "記入のない行があります: 「1-1 窓口サービスの改善」、「② 広報紙の広告」。"
    )
    assert [one.severity for one in reading.findings if one.rule == "no_effects"] == ["info"]


def test_lines_headings_and_the_guide_are_set_aside() -> None:
    reading = filled().reading()
    assert [reading.aside[ACTIVITIES, row] for row in range(1, 6)] == ["title"] * 4 + ["header"]
    guide = {why for (sheet, _), why in reading.aside.items() if sheet == "記入のしかた"}
    assert guide == {"guide", "blank"}


# What XML cannot hold, openpyxl refuses to write; invisible characters (Cf) are taken out.
TEXTS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co")), max_size=60)
    | st.sampled_from(["１２３", "△5", "-", "〃", "1-1", "＝A1", "#N/A", "TRUE", "令和5年", "0"])
    | st.lists(st.sampled_from(["一行目", "・二", "　字下げ", ""]), max_size=4).map("\n".join)
).map(str.strip)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_any_text_comes_back(texts: list[str]) -> None:
    activity, reason, action, note = texts
    clerk = Clerk()
    sheet = clerk.book[ACTIVITIES]
    for column, text in ((6, activity), (8, reason), (9, action), (10, note)):
        cell = sheet.cell(6, column)
        cell.value = text
        cell.data_type = "s"
    reading = clerk.reading()
    told = {
        key: text
        for key, text in zip(
            ("activity", "shortfall_reason", "next_action", "internal_note"), texts, strict=True
        )
        if text
    }
    found = {
        key: text
        for record in reading.records
        for key, text in record.texts.items()
        if key in record.asked
    }
    assert found == told


@settings(max_examples=15, deadline=None)
@given(
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**6), 10**6, places=2, allow_nan=False, allow_infinity=False),
)
def test_any_number_comes_back(amount: int, value) -> None:
    clerk = Clerk().fill(EFFECTS, 0, **{"効果額（円）": amount})
    clerk.fill(INDICATORS, 0, 実績値=float(value))
    first, second = clerk.reading().records
    assert float(first.values[0].text.replace(",", "")) == float(value)
    assert int(second.values[0].text.replace(",", "")) == amount


def test_typed_full_width_digits_stay_as_typed() -> None:
    clerk = Clerk().fill(EFFECTS, 0, **{"効果額（円）": "１，２００円"})
    assert clerk.reading().records[0].values[0].text == "１，２００円"


def test_an_item_of_two_departments_counts_once_for_each() -> None:
    from tests.results.forms.test_mishaps import merged

    book = merged("市民課", "税務課")
    assert [one.texts["department"] for one in book.reading().records[:3]] == ["市民課"] * 3
    assert "id_duplicate" not in rules(book.reading())


def test_the_open_department_names_nobody() -> None:
    content = replace(CONTENT, department="担当未定")
    reading = filled(content).reading(context_of(content))
    assert all("department" not in record.texts for record in reading.records)
    assert all(record.section.department is None for record in reading.records)
    assert "department_open" in rules(reading)


def test_a_form_without_a_round_is_read() -> None:
    content = replace(CONTENT, survey=replace(SURVEY, round=None), items=ITEMS[:1])
    reading = filled(content).reading(context_of(content), round_name="02-kakutei")
    assert reading.form_heads[ACTIVITIES].round is None
    assert rules(reading) == []


@pytest.mark.parametrize("name", ["市民部　市民課", "総務課/財政課", "A様式課", "調査 課"])
def test_names_of_departments_survive_the_head_line(name: str) -> None:
    content = replace(CONTENT, department=name)
    assert filled(content).reading().form_heads[ACTIVITIES].department == name
