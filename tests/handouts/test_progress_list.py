"""行政改革進捗状況一覧.csv against the rows that it is made of."""

from __future__ import annotations

import io
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings

from pipelines.handouts.run import handouts, plan_years
from tests.marts.examples import city, department, in_charge, item, item_id, result
from tests.marts.generated import CODE, PLAN, STUB, Row, Rows, cities, complete

from .samples import effect, files_of, listed, missed, one_item, opinion, read_list, released

FIRST = ["全国地方公共団体コード", "ID", "地方公共団体名"]
OFFICES = [department("甲課"), department("乙課")]


def csv_files(rows: Rows) -> dict[str, bytes]:
    return {name: one for name, one in files_of(rows).items() if name.endswith(".csv")}


@given(cities())
@settings(max_examples=8, deadline=None)
def test_items_and_ratings_are_those_of_plan_progress(rows: Rows) -> None:
    tables = released(rows)
    files = dict(handouts(tables))
    progress = [row for row in tables["plan_progress"].to_pylist() if row["scope_kind"] == "plan"]
    for one in plan_years(tables["yearly_results"]):
        folder = f"handouts/{one.plan_id}/{one.fiscal_year}"
        found = read_list(files[f"{folder}/行政改革進捗状況一覧.csv"])
        expected = {
            row["outcome_label"]: row["item_count"]
            for row in progress
            if (row["plan_id"], row["fiscal_year"]) == (one.plan_id, one.fiscal_year)
        }
        assert Counter(row["評価"] for row in found) == expected
        ids = [row["ID"] for row in found]
        assert len(set(ids)) == len(ids)
        assert all(not set(" 　/") & set(one) for one in ids)


@given(cities())
@settings(max_examples=5, deadline=None)
def test_every_file_has_the_form_of_the_other_csv_files(rows: Rows) -> None:
    headings = set()
    for content in csv_files(rows).values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        text = content.decode("utf-8-sig")
        found = read_list(content)
        assert text.count("\n") == len(found) + 1
        headings.add(text.split("\n")[0])
        frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
        assert frame.to_dict("records") == found
        assert list(frame.columns[:3]) == FIRST
        assert not frame["評価"].eq("").any()
    assert len(headings) <= 1


def test_what_a_department_wrote() -> None:
    rows = one_item(
        activity_text="窓口を\n設けた。",
        shortfall_reason="人手が足りない。",
        next_action="増やす。",
        result_status="provisional",
    )
    [row] = listed(rows)
    assert row["全国地方公共団体コード"] == CODE
    assert row["ID"] == f"{item_id('取組甲')}-2023"
    assert (row["年度"], row["柱"], row["番号"], row["改革項目"]) == ("2023", "柱", "1-1", "取組甲")
    assert (row["担当部署"], row["評価"], row["見込み・確定"]) == ("甲課", "遅延", "見込み")
    assert row["実施した内容"] == "窓口を 設けた。"
    assert (row["未達成の理由"], row["今後の対応"]) == ("人手が足りない。", "増やす。")


def test_blank_stays_blank() -> None:
    [row] = listed(one_item())
    for name in ("未達成の理由", "審議会の意見", "歳出削減_単年度_実績額（円）", "部署ごとの評価"):
        assert row[name] == ""


def test_departments_that_disagree_are_told_apart() -> None:
    rows = city(
        departments=OFFICES,
        reform_items=[item("取組甲")],
        yearly_results=[
            result("取組甲", "甲課", "順調", activity_text="甲の仕事"),
            result("取組甲", "乙課", "遅延", activity_text="乙の仕事"),
        ],
    )
    [row] = listed(rows)
    assert row["評価"] == "評価が分かれる"
    assert row["部署ごとの評価"] == "乙課：遅延、甲課：順調"
    assert row["実施した内容"] == "【乙課】乙の仕事 【甲課】甲の仕事"


def test_the_lead_decides_but_the_others_are_told() -> None:
    rows = city(
        departments=OFFICES,
        reform_items=[item("取組甲")],
        item_departments=[in_charge("取組甲", "甲課", "lead"), in_charge("取組甲", "乙課", seq=2)],
        yearly_results=[result("取組甲", "甲課", "順調"), result("取組甲", "乙課", "遅延")],
    )
    [row] = listed(rows)
    assert (row["評価"], row["部署ごとの評価"]) == ("順調", "乙課：遅延、甲課：順調")


def test_items_nobody_reported_on() -> None:
    rows = city(
        reform_items=[item("取組甲", ordinal=1), item("取組乙", ordinal=2)],
        yearly_results=[result("取組甲", "甲課", "順調")],
    )
    assert [(row["改革項目"], row["評価"]) for row in listed(rows)] == [
        ("取組甲", "順調"),
        ("取組乙", "報告なし"),
    ]


def test_amounts_of_different_bases_stand_apart() -> None:
    rows = one_item()
    effects = [
        effect("取組甲", 1, actual_yen=100, planned_yen=120),
        effect("取組甲", 2, actual_yen=5, department_name="乙課"),
        effect("取組甲", 3, actual_yen=1000, effect_basis="cumulative"),
        effect("取組甲", 4, actual_yen=7, effect_kind="revenue_increase"),
        effect("取組甲", 5, actual_yen=9, fiscal_year=2022),
        effect("取組甲", 6, actual_yen=9, is_current=False),
        effect("取組甲", 7, effect_kind="other", not_computable_reason="測れない。"),
        effect("取組甲", 8, effect_kind="other", amount_text="見込み7", planned_text="約9か10"),
    ]
    [row] = listed(rows | complete({"financial_effects": effects}))
    amounts = {name: value for name, value in row.items() if name.endswith("（円）") and value}
    assert amounts == {
        "歳出削減_単年度_計画額（円）": "120",
        "歳出削減_単年度_実績額（円）": "105",
        "歳出削減_累計_実績額（円）": "1000",
        "歳入確保_単年度_実績額（円）": "7",
    }
    assert row["効果額を算定できない理由"] == "測れない。"
    assert row["記載があるが読み取れない効果額"] == "その他_単年度_計画額・実績額"


def test_indicators_and_the_council() -> None:
    council = [opinion("取組甲", "急ぐこと。", "急ぎます。", year=2023)]
    rows = one_item() | complete({**missed("取組甲", 40000.0, 93.1), "item_assessments": council})
    [row] = listed(rows)
    assert row["指標と目標・実績"] == "受付件数：目標 40000件、実績 93.1件、未達成"
    assert (row["審議会の評価"], row["審議会の意見"]) == ("遅延", "急ぐこと。")
    assert row["市の回答"] == "急ぎます。"


@pytest.mark.parametrize(("code", "is_marked"), [(CODE, True), ("032093", False)])
def test_invented_cities_are_marked(code: str, is_marked: bool) -> None:
    rows = one_item()
    for table in ("municipalities", "plans"):
        for row in rows[table]:
            row["municipality_code"] = code
    [row] = listed(rows)
    assert row["地方公共団体名"].startswith("【架空の見本】") == is_marked
    assert bool(row["備考"]) == is_marked


def test_a_plan_known_from_its_results_only() -> None:
    stub: Row = {"plan_id": STUB, "category_label": "歳出", "measure_text": "旅費の見直し"}
    rows = city(
        yearly_results=[
            result(None, "甲課", "順調", **stub),
            result(None, "甲課", "遅延", **{**stub, "category_label": "歳入"}),
        ]
    )
    found = listed(rows, plan=STUB)
    assert {(row["実績の表の区分"], row["改革項目"], row["評価"]) for row in found} == {
        ("歳入", "旅費の見直し", "遅延"),
        ("歳出", "旅費の見直し", "順調"),
    }
    assert len({row["ID"] for row in found}) == len(found) == 2
    assert all(row["番号"] == "" and row["計画名"] == "" for row in found)


def test_formulas_stay_as_written() -> None:
    [row] = listed(one_item(activity_text="=1+1"))
    assert row["実施した内容"] == "=1+1"


def test_plans_are_not_mixed() -> None:
    rows = city(
        reform_items=[item("取組甲")],
        yearly_results=[
            result("取組甲", "甲課", "順調"),
            result(None, "甲課", "遅延", plan_id=STUB, measure_text="旅費の見直し"),
        ],
    )
    assert [row["計画ID"] for row in listed(rows)] == [PLAN]
    assert [row["計画ID"] for row in listed(rows, plan=STUB)] == [STUB]
