import datetime
from dataclasses import replace

from pipelines.results.forms.selection import form_contents
from pipelines.results.forms.target_texts import target_text
from pipelines.results.model import DepartmentContext
from tests.results.forms.samples import PLAN, SURVEY


def _item(number: int, **more):
    return {
        "item_id": f"{PLAN}-{number:08d}",
        "plan_id": PLAN,
        "ordinal": number,
        "number_label": str(number),
        "title": f"取組{number}",
        "is_repost": False,
    } | more


def _of(number: int, name: str, seq: int = 1, **more):
    return {
        "item_id": f"{PLAN}-{number:08d}",
        "seq": seq,
        "department_name": name,
        "is_collective": False,
    } | more


def _titles(form) -> list[str]:
    return [item.title for item in form.items]


def test_one_form_per_department_in_the_order_of_the_plan() -> None:
    rows = {
        "reform_items": [_item(2), _item(1), _item(3, plan_id="990019-other")],
        "item_departments": [_of(1, "市民課"), _of(2, "財政課"), _of(2, "市民課", 2)],
    }
    forms, problems = form_contents(rows, SURVEY)
    assert [(form.department, _titles(form)) for form in forms] == [
        ("市民課", ["取組1", "取組2"]),
        ("財政課", ["取組2"]),
    ]
    assert problems == []


def test_collective_names_get_no_form_and_nothing_is_asked_of_nobody() -> None:
    rows = {
        "reform_items": [_item(1), _item(2), _item(3)],
        "item_departments": [
            _of(1, "各課", is_collective=True),
            _of(2, "財政課"),
            _of(2, "関係各課", 2, is_collective=True),
        ],
    }
    forms, problems = form_contents(rows, SURVEY)
    told = [(form.department, _titles(form)) for form in forms]
    assert told == [("財政課", ["取組2"]), ("担当未定", ["取組1", "取組3"])]
    assert [one.rule for one in problems] == [
        "form_department_collective",
        "form_department_collective",
        "form_department_open",
    ]
    assert "「担当未定」の様式に入れました" in problems[0].message_ja
    assert "ほかの担当課の様式にはあります" in problems[1].message_ja
    assert problems[0].plan_id == PLAN


def test_reposted_and_ended_items_are_not_asked() -> None:
    rows = {
        "reform_items": [_item(1), _item(2, is_repost=True), _item(3)],
        "item_departments": [_of(1, "市民課"), _of(2, "市民課"), _of(3, "市民課")],
    }
    forms, _ = form_contents(rows, SURVEY, ended_item_ids={f"{PLAN}-{3:08d}"})
    assert [_titles(form) for form in forms] == [["取組1"]]


def _department(identity: str, name: str, until: str | None = None, after: str | None = None):
    return DepartmentContext(identity, name, None, None, until, after)


def test_the_successor_is_asked_once_the_department_is_gone() -> None:
    register = [
        _department("d1", "広報課", "2024-03-31", "d2"),
        _department("d2", "情報発信課"),
        _department("d3", "水道課", "2020-03-31"),
    ]
    rows = {
        "reform_items": [_item(1), _item(2)],
        "item_departments": [_of(1, "広報課", department_id="d1"), _of(2, "水道課")],
    }
    forms, problems = form_contents(rows, SURVEY, register)
    assert [form.department for form in forms] == ["情報発信課", "水道課"]
    told = [one.rule for one in problems]
    assert told == ["form_department_succeeded", "form_department_ended"]
    before = replace(SURVEY, due_on=datetime.date(2024, 2, 1))
    forms, _ = form_contents(rows, before, register)
    assert forms[0].department == "広報課"


def test_spellings_of_one_department_share_a_form() -> None:
    rows = {
        "reform_items": [_item(1), _item(2)],
        "item_departments": [_of(1, "ＩＴ推進課"), _of(2, "IT推進課")],
    }
    forms, _ = form_contents(rows, SURVEY)
    assert [(form.department, len(form.items)) for form in forms] == [("ＩＴ推進課", 2)]


def test_the_year_before_is_shown() -> None:
    item_id = f"{PLAN}-{1:08d}"
    result = {"item_id": item_id, "fiscal_year": 2022, "is_current": True}
    rows = {
        "reform_items": [_item(1, goal_text="減らす。")],
        "item_departments": [_of(1, "市民課"), _of(1, "税務課", 2)],
        "indicators": [
            {"indicator_id": "k1", "item_id": item_id, "name": "件数", "unit": "件"},
            {"indicator_id": "k2", "item_id": None, "name": "全体", "unit": "件"},
        ],
        "yearly_results": [
            result | {"department_name": "市民課", "rating_label": "A", "activity_text": "した。"},
            result | {"department_name": "市民課", "activity_text": "古い。", "is_current": False},
            result
            | {"department_name": "市民課", "activity_text": "別の年。", "fiscal_year": 2021},
            result | {"department_name": "財政課", "activity_text": "支えた。"},
        ],
        "indicator_results": [
            {
                "indicator_id": "k1",
                "fiscal_year": 2022,
                "is_current": True,
                "actual_text": None,
                "missing_reason": "not_yet",
            }
        ],
        "item_assessments": [
            result | {"assessor": "council", "opinion": "急ぐこと。", "city_response": "急ぐ。"},
            result | {"assessor": "headquarters", "opinion": "内部。"},
        ],
        "rating_scales": [
            {"municipality_code": "990019", "plan_id": PLAN, "ordinal": 2, "rating_label": "B"},
            {"municipality_code": "990019", "plan_id": PLAN, "ordinal": 1, "rating_label": "A"},
            {"municipality_code": "990019", "ordinal": 1, "rating_label": "別"},
        ],
    }
    (own, other), _ = form_contents(rows, SURVEY)
    item = own.items[0]
    assert item.goal_text == "減らす。"
    assert item.previous_text == "［評価］A\nした。"
    assert item.opinion_text == "急ぐこと。\n［市の回答］急ぐ。"
    assert [one.previous_text for one in item.indicators] == ["まだ出ていない"]
    assert [one.label for one in own.scale] == ["A", "B"]
    assert other.items[0].previous_text == "（市民課）［評価］A\nした。\n（財政課）支えた。"


def test_targets_in_a_few_words() -> None:
    target = {"comparator": "reach", "value": 1234.0, "unit": "件", "is_approximate": False}
    rows = [
        target | {"seq": 2, "due_fy": 2025, "comparator": "at_least", "is_approximate": True},
        target | {"seq": 1, "due_fy": 2019, "value": 3.0, "value_upper": 5.5},
        target | {"seq": 3, "unit": "（記載なし）", "per": "月"},
        target | {"seq": 4, "comparator": "at_most", "baseline_value": 18.0, "baseline_fy": 2018},
    ]
    assert target_text(rows) == (
        "令和元年度：3～5.5件\n令和7年度：約1,234件以上\n月当たり1,234\n"
        "1,234件以下（基準 平成30年度 18件）"
    )
    assert target_text([]) is None
