"""Labels of groups that are the word of a kind give it to the amounts of their rows."""

from __future__ import annotations

import pytest

from pipelines.results.reading.kind_labels import kind_of_label
from pipelines.sources.workbooks.model import MergedRange
from tests.results.reading.sheets_of import read, rules

HEAD = "区分|取組項目|担当課|効果額（千円）"


def kinds(text: str, **more: object) -> list[str | None]:
    return [record.texts.get("effect_kind") for record in read(text, **more).records]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("歳入", "revenue_increase"),
        ("２ 歳入の確保", "revenue_increase"),
        ("（１）増収", "revenue_increase"),
        ("【歳出】", "cost_reduction"),
        ("Ⅱ　歳出の削減", "cost_reduction"),
        ("支出", "cost_reduction"),
        ("歳入確保と歳出削減", None),
        ("財政の健全化", None),
        ("歳入の確保と負担の適正化", None),
        ("１", None),
        ("", None),
    ],
)
def test_only_the_word_itself_says_a_kind(label: str, kind: str | None) -> None:
    assert kind_of_label(label) == kind


def test_a_label_holds_for_the_rows_of_its_group_and_is_told_once() -> None:
    text = f"{HEAD}\n歳入|広告|財政課|10\n|貸付|財政課|20\n歳出|委託|財政課|30\n共通|電算|財政課|5"
    reading = read(text)
    assert kinds(text) == ["revenue_increase"] * 2 + ["cost_reduction", None]
    told = [one for one in reading.findings if one.rule == "kind_by_label"]
    assert [(one.severity, one.row, one.value) for one in told] == [("info", 2, "歳入")]


@pytest.mark.parametrize("column", ["歳出削減額（千円）", "増収額（千円）"])
def test_what_the_heading_of_the_amounts_says_stands(column: str) -> None:
    assert kinds(f"区分|取組項目|担当課|{column}\n歳入|広告|財政課|10") == [None]


def test_a_column_of_kinds_of_its_own_stands() -> None:
    text = "区分|取組項目|担当課|効果区分|効果額（千円）\n歳入|広告|財政課|歳出削減|10"
    assert kinds(text) == ["歳出削減"]


def test_labels_of_a_table_without_amounts_say_nothing() -> None:
    reading = read("区分|取組項目|担当課|取組実績\n歳入|広告|財政課|枠を増やした。")
    assert "effect_kind" not in reading.records[0].texts
    assert "kind_by_label" not in rules(reading)


TURNS = """
    取組項目別効果額（単位：千円）
    番号|取組項目|担当課|区分|R3|R4
    1|斎場の広域化|市民課|歳入|0|1200
    |||歳出|0|5400
    |||計|0|6600
    2|庁舎の貸付|管財課|歳入|310|310
    |||歳出|0|0
"""


def test_rows_of_both_kinds_in_turn_are_of_the_item_above() -> None:
    first, second, *_, last = read(TURNS).records
    names = ("item_number", "item", "department")
    assert [second.texts[name] for name in names] == [first.texts[name] for name in names]
    assert (second.texts["effect_kind"], last.texts["item"]) == ("cost_reduction", "庁舎の貸付")
    assert last.texts["department"] == "管財課"


def test_a_row_of_the_same_kind_again_takes_no_department_from_above() -> None:
    _, second = read(f"{HEAD}\n歳入|広告|財政課|10\n歳入|||20").records
    assert "department" not in second.texts


def test_merged_names_of_rows_in_turn() -> None:
    merged = tuple(MergedRange(3, column, 4, column) for column in (1, 2, 3))
    _, second = read("\n".join(TURNS.strip().split("\n")[:4]), merged).records
    assert (second.texts["item"], second.texts["effect_kind"]) == ("斎場の広域化", "cost_reduction")
