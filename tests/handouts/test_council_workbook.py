"""審議会資料.xlsx, read back by other programs than the one that wrote it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from pipelines.handouts.run import handouts, plan_years
from tests.marts.examples import city, department, item, result
from tests.marts.generated import CODE, PLAN, STUB, Row, Rows, cities, complete

from .samples import (
    effect,
    files_of,
    missed,
    one_item,
    opinion,
    released,
    table_of,
    texts_of,
    workbook,
)

SHEETS = [
    "概要",
    "柱ごとの評価",
    "目標に届かなかった指標",
    "効果額",
    "効果額の内訳",
    "前年度の意見への回答",
    "提出状況",
]
MISSED, OPINIONS = "目標に届かなかった指標", "前年度の意見への回答"


def bytes_of(rows: Rows) -> list[bytes]:
    return [one for name, one in files_of(rows).items() if name.endswith(".xlsx")]


@given(cities())
@settings(max_examples=5, deadline=None)
def test_the_overview_counts_as_plan_progress(rows: Rows) -> None:
    tables = released(rows)
    files = dict(handouts(tables))
    for one in plan_years(tables["yearly_results"]):
        name = f"handouts/{one.plan_id}/{one.fiscal_year}/審議会資料.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(files[name]))
        assert book.sheetnames == SHEETS
        *parts, whole = table_of(book, "概要", "柱")
        assert sum(row["合計"] for row in parts) == whole["合計"]
        assert whole.pop("柱") == "計画全体"
        expected = {
            row["outcome_label"]: row["item_count"]
            for row in tables["plan_progress"].to_pylist()
            if (row["scope_key"], row["fiscal_year"]) == (one.plan_id, one.fiscal_year)
        }
        assert whole.pop("合計") == sum(expected.values())
        assert {label: count for label, count in whole.items() if count} == expected


@given(cities())
@settings(max_examples=4, deadline=None)
def test_every_missed_target_and_every_effect_is_there(rows: Rows) -> None:
    tables = released(rows)
    files = dict(handouts(tables))
    for one in plan_years(tables["yearly_results"]):
        name = f"handouts/{one.plan_id}/{one.fiscal_year}/審議会資料.xlsx"
        sheets = CalamineWorkbook.from_filelike(io.BytesIO(files[name]))
        of = (one.plan_id, one.fiscal_year)
        missed_rows = [
            row
            for row in tables["indicator_progress"].to_pylist()
            if (row["plan_id"], row["fiscal_year"]) == of and row["is_achieved"] is False
        ]
        sums = [
            row
            for row in tables["effect_summary"].to_pylist()
            if row["plan_id"] == one.plan_id and row["start_fy"] <= one.fiscal_year
        ]
        assert rows_below(sheets, MISSED, "番号") == len(missed_rows)
        assert rows_below(sheets, "効果額", "年度・期間") == len(sums)


def rows_below(sheets: Any, name: str, first: str) -> int:
    lines = sheets.get_sheet_by_name(name).to_python()
    at = next((number for number, line in enumerate(lines) if line[0] == first), len(lines) - 1)
    return len(lines) - at - 1


def test_the_same_tables_give_the_same_bytes() -> None:
    tables = released(one_item())
    assert dict(handouts(tables)) == dict(handouts(tables))


def test_a_missed_target_with_reason_next_step_and_last_years_opinion() -> None:
    rows = one_item(shortfall_reason="人手が足りない。", next_action="増やす。")
    more = {
        **missed("取組甲", 12000.5),
        "item_assessments": [opinion("取組甲", "急げ。", "はい。")],
    }
    [row] = table_of(workbook(rows | complete(more)), MISSED, "番号")
    assert row == {
        "番号": "1-1",
        "改革項目": "取組甲",
        "指標": "受付件数",
        "目標": "12,000.5件",
        "実績": "8件",
        "未達成の理由": "人手が足りない。",
        "今後の対応": "増やす。",
        "前年度の審議会の意見": "急げ。",
        "意見への市の回答": "はい。",
    }


def test_what_nobody_wrote_says_so() -> None:
    [row] = table_of(workbook(one_item() | complete(missed("取組甲"))), MISSED, "番号")
    for name in ("未達成の理由", "今後の対応", "前年度の審議会の意見", "意見への市の回答"):
        assert row[name] == "記載なし"


def test_an_indicator_of_an_item_that_nobody_reported_on() -> None:
    rows = one_item() | complete(missed("取組乙"))
    rows["reform_items"] += city(reform_items=[item("取組乙", ordinal=2)])["reform_items"]
    [row] = table_of(workbook(rows), MISSED, "番号")
    assert (row["改革項目"], row["未達成の理由"]) == ("取組乙", "報告なし")


def test_reached_and_other_years_targets_are_not_listed() -> None:
    rows = one_item() | complete(missed("取組甲", 10.0, 10.0))
    assert "目標に届かなかった指標はありません。" in texts_of(workbook(rows), MISSED)


def test_a_reduction_without_baseline_is_no_missed_target() -> None:
    more = missed("取組甲", 2.0, 2.3)
    key = {name: more["indicators"][0][name] for name in ("indicator_id", "item_id")}
    target = {"target_id": f"{PLAN}-t1", "comparator": "reduce_by", "value": 2.0, "unit": "割"}
    rows = one_item() | complete({**more, "item_targets": [{**key, **target}]})
    assert "目標に届かなかった指標はありません。" in texts_of(workbook(rows), MISSED)


def test_opinions_of_the_year_before_only() -> None:
    opinions = [opinion("取組甲", f"{year}年の意見", None, year) for year in (2021, 2022, 2023)]
    rows = one_item() | complete({"item_assessments": opinions})
    [row] = table_of(workbook(rows), OPINIONS, "番号")
    assert (row["審議会の意見"], row["市の回答"]) == ("2022年の意見", "記載なし")
    assert row["この年度の評価"] == "遅延"


def test_items_stand_under_their_pillar_with_mixed_ratings_told() -> None:
    rows = city(
        departments=[department("甲課"), department("乙課")],
        reform_items=[item("取組甲", ordinal=1), item("取組乙", ordinal=2)],
        yearly_results=[
            result("取組甲", "甲課", "順調"),
            result("取組甲", "乙課", "遅延"),
            result(None, "丙課", "順調", measure_text="計画にない取組", department_id=None),
        ],
    )
    book = workbook(rows)
    found = table_of(book, "柱ごとの評価", "番号")
    assert [row["番号"] for row in found] == [
        "柱（評価が分かれる 1、報告なし 1）",
        "－",
        "－",
        "計画の項目に対応づけられない取組（順調 1）",
        "－",
    ]
    assert found[1]["評価"] == "評価が分かれる\n乙課：遅延、甲課：順調"
    assert found[2]["実施した内容"] == "報告なし"
    assert found[4]["改革項目"] == "計画にない取組"


def test_amounts_are_summed_per_kind_and_basis_only() -> None:
    effects = [
        effect("取組甲", 1, actual_yen=100),
        effect("取組甲", 2, actual_yen=5),
        effect("取組甲", 3, actual_yen=1000, effect_basis="cumulative"),
        effect("取組甲", 4, actual_yen=7, effect_kind="revenue_increase"),
        effect("取組甲", 5, actual_yen=9, fiscal_year=2024),
    ]
    book = workbook(one_item() | complete({"financial_effects": effects}))
    sums = {
        (row["種類"], row["算定方法"]): (row["計画額（円）"], row["実績額（円）"])
        for row in table_of(book, "効果額", "年度・期間")
    }
    assert sums == {
        ("歳出削減", "単年度"): ("記載なし", 105),
        ("歳出削減", "累計"): ("記載なし", 1000),
        ("歳入確保", "単年度"): ("記載なし", 7),
    }
    numbers = {cell.value for row in book["効果額"].iter_rows() for cell in row}
    assert not numbers & {1100, 1105, 1112, 112}
    assert len(table_of(book, "効果額の内訳", "番号")) == 4


UNREAD = "記載あり（金額を読み取れない）"


def test_an_amount_that_could_not_be_read_is_not_told_as_missing() -> None:
    effects = [
        effect("取組甲", 1, amount_text="見込み1520"),
        effect("取組甲", 2, actual_yen=5, amount_text="5円", planned_text="約10か20"),
        effect("取組甲", 3, planned_yen=9, amount_text="ー", planned_text="9円"),
        effect("取組甲", 4, amount_text="約30か40", planned_text="約30か40"),
        effect("取組甲", 5, amount_text="算定不能", not_computable_reason="算定不能"),
        effect("取組甲", 6, amount_text="（記載なし）"),
        effect("取組甲", 7, amount_text="見込み7", effect_kind="other"),
    ]
    book = workbook(one_item() | complete({"financial_effects": effects}))
    told = [
        (row["計画額（円）"], row["実績額（円）"]) for row in table_of(book, "効果額の内訳", "番号")
    ]
    assert told == [
        ("記載なし", UNREAD),
        (UNREAD, 5),
        (9, "記載なし"),
        (UNREAD, "記載なし"),
        ("記載なし", "記載なし"),
        ("記載なし", "記載なし"),
        ("記載なし", UNREAD),
    ]
    counts = [tuple(row.values())[3:9] for row in table_of(book, "効果額", "年度・期間")]
    assert sorted(counts, key=str) == [("記載なし", UNREAD, 1, 0, 0, 1), (9, 5, 6, 1, 1, 3)]


def test_who_has_not_answered() -> None:
    survey: Row = {
        "round_id": f"{STUB}-r2023-1",
        "plan_id": one_item()["plans"][0]["plan_id"],
        "fiscal_year": 2023,
        "period_start_fy": 2023,
        "period_end_fy": 2023,
        "round_status": "見込み",
        "answered_by": "department",
    }
    asked = [
        {"round_id": survey["round_id"], "department_name": name, "was_asked": True}
        | {"has_answered": name == "甲課"}
        for name in ("甲課", "乙課", "丙課")
    ]
    more = complete({"survey_rounds": [survey], "survey_departments": asked})
    [row] = table_of(workbook(one_item() | more), "提出状況", "調査")
    assert (row["照会した部署"], row["回答した部署"], row["未回答の部署"]) == (3, 1, 2)
    assert row["未回答の部署の名前"] == "丙課、乙課"


@pytest.mark.parametrize(("code", "is_marked"), [(CODE, True), ("032093", False)])
def test_every_sheet_of_an_invented_city_is_marked(code: str, is_marked: bool) -> None:
    rows = one_item()
    for table in ("municipalities", "plans"):
        for row in rows[table]:
            row["municipality_code"] = code
    for sheet in workbook(rows):
        assert sheet["A1"].value.startswith("【架空の見本】") == is_marked
        assert ("【架空の見本】" in sheet.oddHeader.left.text) == is_marked


def test_formulas_links_and_dates_stay_texts() -> None:
    rows = one_item(activity_text="=1+1", shortfall_reason="https://example.jp/", next_action="1-1")
    book = workbook(rows)
    assert not any(sheet._hyperlinks for sheet in book)
    row = table_of(book, "柱ごとの評価", "番号")[1]
    assert (row["実施した内容"], row["未達成の理由"]) == ("=1+1", "https://example.jp/")
    kinds = {cell.data_type for line in book["柱ごとの評価"].iter_rows() for cell in line}
    assert kinds <= {"s", "n"}
    assert row["今後の対応"] == "1-1"


@pytest.mark.parametrize("text", ["長い文。" * 900, "一行\n" * 300 + "終わり"])
def test_long_texts_go_on_in_the_row_below(text: str) -> None:
    book = workbook(one_item(activity_text=text, next_action="短い文。"))
    sheet = book["柱ごとの評価"]
    found = [row["実施した内容"] for row in table_of(book, "柱ごとの評価", "番号")[1:]]
    assert "".join(found) == text
    assert len(found) > 1
    assert all(one.height is None or one.height <= 409 for one in sheet.row_dimensions.values())


def test_the_papers_print_on_a4_and_can_be_edited() -> None:
    for sheet in workbook(one_item() | complete(missed("取組甲"))):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.page_setup.fitToWidth in (
            None,
            1,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.center.text
        assert not sheet.protection.sheet
        if sheet.title in ("柱ごとの評価", MISSED):
            assert sheet.print_title_rows


def test_a_plan_known_from_its_results_only() -> None:
    more: Row = {"plan_id": STUB, "category_label": "歳出", "measure_text": "旅費の見直し"}
    rows = city(yearly_results=[result(None, "甲課", "順調", **more)])
    book = workbook(rows, plan=STUB)
    band, row = table_of(book, "柱ごとの評価", "番号")
    assert band["番号"] == "歳出（順調 1）"
    assert row["改革項目"] == "旅費の見直し"
    assert any(STUB in text for text in texts_of(book, "概要"))
