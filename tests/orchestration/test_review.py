"""The review lists: what a person should look at, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipelines.orchestration.extraction import PartitionReport
from pipelines.orchestration.review import review_csv, write_reviews
from pipelines.plans.lines import Line
from pipelines.plans.review import COLUMNS, review_rows
from pipelines.problems import Problem
from tests.end_to_end.five_plans import CODES, original

ITEM = {"item_id": "990019-x-1", "title": "窓口", "confidence": "review", "source_lines": "3-4"}
LINES = [Line(3, "窓口の", 1), Line(4, "改善", 1), Line(9, "目標", 2)]


def problem(severity: str, rule: str, place: str) -> Problem:
    return Problem(severity, rule, place, "確かめてください。", "goal_text")  # type: ignore[arg-type]


def test_rows_stand_in_the_documents_order_with_their_text() -> None:
    told = [
        problem("warning", "item_cell_missing", "plans/990019/x/a.txt: 9行"),
        problem("info", "sheet_repeated", "plans/990019/x/a.txt: 9行"),
        problem("info", "era_inferred", "plans/990019/x/a.txt: 3行"),
        problem("warning", "plan_yaml_null", "plans/990019/x/plan.yaml"),
    ]
    rows = review_rows({"reform_items": [ITEM]}, told, LINES)
    assert [row["種類"] for row in rows] == [
        "plan_yaml_null", "confidence", "era_inferred", "item_cell_missing",
    ]  # fmt: skip
    assert rows[1]["原文の抜粋"] == "窓口の 改善" and rows[1]["項目名"] == "窓口"
    assert (rows[3]["ページ"], rows[3]["優先度"]) == ("2", "中")


def test_items_that_are_certain_are_not_listed() -> None:
    assert review_rows({"reform_items": [{**ITEM, "confidence": "certain"}]}, [], LINES) == []


def test_every_uncertain_item_of_the_five_plans_is_listed() -> None:
    for code in CODES:
        plan = original(code)
        rows = review_rows(plan.rows, plan.problems, plan.lines)
        listed = {row["行のID"] for row in rows if row["行のID"]}
        assert listed == {
            row["item_id"] for row in plan.rows["reform_items"] if row["confidence"] != "certain"
        }
        assert all(row["原文の抜粋"] for row in rows if row["資料の行"])


def test_no_cell_is_a_formula() -> None:
    text = review_csv([{"項目名": '=HYPERLINK("x")', "見るべき理由": "-1"}])
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["項目名"] == '\'=HYPERLINK("x")' and row["見るべき理由"] == "'-1"
    assert list(row) == list(COLUMNS)


def test_lists_of_plans_that_are_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / "990019-old.csv").write_text("x")
    report = PartitionReport(
        partition="99", plans=[{"plan_id": "990019-new", "review": [{"列": "a"}]}]
    )
    assert write_reviews(tmp_path, [report]) == {"990019-new": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["990019-new.csv"]
    assert (tmp_path / "990019-new.csv").read_bytes().startswith(b"\xef\xbb\xbf")
