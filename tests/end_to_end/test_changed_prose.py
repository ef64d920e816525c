"""Targets, prose, terms, periods and counts of documents that say something else."""

from __future__ import annotations

import pytest

from pipelines.plans.extraction import ExtractedPlan
from tests.end_to_end.five_plans import bare, edited, line_with, original, replaced

Differences = list[tuple[object, ...]]


def values(plan: ExtractedPlan, table: str, *columns: str) -> Differences:
    return [tuple(row[name] for name in columns) for row in plan.rows[table]]


def texts(plan: ExtractedPlan, table: str = "plan_statements", column: str = "text") -> list[str]:
    return [bare(row[column]) for row in plan.rows[table]]


@pytest.mark.parametrize(
    ("code", "old", "new", "column", "was", "now"),
    [
        ("032093", "数である、160人を養成する。", "数である、200人を養成する。", "value", 160, 200),
        ("032093", "ける口座振替利用率82.2％", "ける口座振替利用率91％", "value", 82.2, 91),
        ("032093", "たる83,000人に", "たる9万人に", "value", 83000, 9),
        ("032093", "※ 令和２年度は19種類", "※ 令和元年度は12種類", "baseline_value", 19, 12),
        ("032093", "※ 令和２年度は19種類", "※ 令和元年度は12種類", "baseline_fy", 2020, 2019),
        (
            "032093",
            "令和８年度までに、行政財産",
            "令和９年度までに、行政財産",
            "due_fy",
            2026,
            2027,
        ),
        ("032093", "・令和５年度  11路線", "・令和５年度  ８路線", "value", 11, 8),
        ("032093", "毎年度、４業務程度", "毎年度、６業務", "is_approximate", True, False),
    ],
)
def test_a_changed_target(
    code: str, old: str, new: str, column: str, was: object, now: object
) -> None:
    before = values(original(code), "item_targets", column)
    after = values(replaced(code, old, new), "item_targets", column)
    assert len(before) == len(after) == 8
    assert (was,) in before
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ((was,), (now,))
    ]


def test_a_goal_without_its_number_has_no_target() -> None:
    plan = replaced("032093", "数である、160人を養成する。", "数を養成する。")
    assert len(plan.rows["item_targets"]) == len(plan.rows["indicators"]) == 7


def test_a_new_target_in_another_item() -> None:
    plan = replaced("032093", "毎年度、見直しを行う。", "課の数を12課以内とする。見直しを行う。")
    (row,) = (one for one in plan.rows["item_targets"] if "課の数" in one["target_text"])
    assert (row["value"], row["unit"], row["comparator"]) == (12, "課", "at_most")


def test_a_count_that_no_longer_holds_is_told_and_published() -> None:
    plan = replaced("032093", "合 計 ４７", "合 計 ４８")
    (total,) = (row for row in plan.rows["control_totals"] if row["node_id"] is None)
    assert (total["stated_count"], total["extracted_count"], total["matches"]) == (48, 47, False)
    (problem,) = (one for one in plan.problems if one.rule == "control_total_contradicts")
    assert "48" in problem.message_ja and "47" in problem.message_ja


def test_an_added_issue_of_a_form() -> None:
    def add(lines: list[str]) -> list[str]:
        at = line_with(lines, "●全国的な核家族化の進展の影響から、各世代で孤立化が進んでいます。")
        return [*lines[:at], "●空き家が増えています。", *lines[at:]]

    plan = edited("112372", add)
    issues = [row for row in plan.rows["plan_statements"] if row["statement_kind"] == "issue"]
    assert len(issues) == 35
    assert "空き家が増えています。" in texts(plan)


def test_a_removed_and_a_reworded_paragraph() -> None:
    def edit(lines: list[str]) -> list[str]:
        at = line_with(lines, "・働き方改革関連法の制定")
        return [*lines[:at], *lines[at + 1 :]]

    before, after = texts(original("142123")), texts(edited("142123", edit))
    assert [text for text in before if text not in after] == ["働き方改革関連法の制定"]
    assert len(after) == len(before) - 1
    reworded = replaced("142123", "・積極的な企業誘致の推進", "・企業誘致を進める体制づくり")
    assert "企業誘致を進める体制づくり" in texts(reworded)


def test_another_figure_and_another_year() -> None:
    plan = replaced(
        "142123", "平成 25（2013）年度に日本経済新聞社", "平成 27（2015）年度に日本経済新聞社"
    )
    assert (1, "位", 2015) in values(plan, "stated_figures", "value", "unit", "fiscal_year")
    plan = replaced("142123", "効果額 220 億円以上", "効果額 35 億円")
    assert (35, "億円", "reach") in values(plan, "stated_figures", "value", "unit", "comparator")


def test_another_phase() -> None:
    plan = replaced(
        "142123", "第２期：３年間（令和６年度から令和８年度まで）", "第２期：令和６年度～令和７年度"
    )
    assert ("phase", "第2期", 2024, 2025) in values(
        plan, "plan_periods", "period_kind", "label", "start_fy", "end_fy"
    )


def test_a_removed_footnote_and_a_new_one() -> None:
    plan = replaced(
        "032093",
        "※６ 汚水処理に要する費用に対する使用料収入の割合",
        "※６ 費用のうち使用料で賄う割合",
    )
    found = {row["mark"]: row for row in plan.rows["glossary_terms"]}
    assert (found["※6"]["term"], found["※6"]["definition"]) == (
        "経費回収率", "費用のうち使用料で賄う割合",
    )  # fmt: skip


def test_another_slogan_goes_to_its_heading() -> None:
    def reword(lines: list[str]) -> list[str]:
        (at,) = (at for at, line in enumerate(lines) if "挑戦" in bare(line))
        return [*lines[:at], "「まちのために！動く市役所」", *lines[at + 1 :]]

    plan = edited("011002", reword)
    (row,) = (one for one in plan.rows["plan_statements"] if one["statement_kind"] == "slogan")
    assert (row["text"], row["heading"]) == ("まちのために！動く市役所", "スローガン")


@pytest.mark.parametrize("code", ["142123", "011002", "032093"])
def test_more_blank_lines_change_no_statement(code: str) -> None:
    plan = edited(code, lambda lines: [part for line in lines for part in (line, "")])
    assert sorted(texts(plan)) == sorted(texts(original(code)))
