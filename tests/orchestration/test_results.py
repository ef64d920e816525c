"""Results in the pipeline: what is read again, what blocks, what stays internal."""

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from pipelines.orchestration.public_problems import public
from pipelines.orchestration.result_extraction import result_store
from pipelines.problems import Problem
from pipelines.tables.schemas import load_schemas
from pipelines.tables.store import ParquetStore
from tests.orchestration.conftest import Workplace
from tests.orchestration.samples import FIRST

SHEET = "取組項目,担当課,実施内容,評価,削減額（千円）\n第一,総務課,窓口を統合した。,順調,120\n"
PLACE = f"results/{FIRST}/plan-a/2025"


def add_round(raw: Path, name: str = "1-mikomi", text: str = SHEET, status: str = "見込み") -> Path:
    folder = raw / PLACE / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "round.yaml").write_text(f"status: {status}\n", encoding="utf-8")
    (folder / "総務課 山.csv").write_text(text, encoding="cp932")
    return folder


def rows(workplace: Workplace, table: str) -> list[dict[str, object]]:
    schemas = load_schemas(Path("schemas"))
    found: list[dict[str, object]] = (
        ParquetStore(workplace.places.tables, schemas).read(table).to_pylist()
    )
    return found


def test_a_round_becomes_rows_of_the_plan(workplace: Workplace) -> None:
    add_round(workplace.raw)
    result, watcher = workplace.build()
    assert result.succeeded
    (row,) = rows(workplace, "yearly_results")
    assert (row["plan_id"], row["fiscal_year"], row["department_name"]) == (
        f"{FIRST}-plan-a", 2025, "総務課",
    )  # fmt: skip
    assert row["item_id"] is not None
    (effect,) = rows(workplace, "financial_effects")
    assert (effect["actual_yen"], effect["result_status"]) == (120_000, "provisional")
    assert watcher.outcome is not None and watcher.outcome.state == "published"


def test_a_later_round_supersedes_and_the_older_row_stays(workplace: Workplace) -> None:
    add_round(workplace.raw)
    workplace.start_built()
    add_round(workplace.raw, "2-kakutei", SHEET.replace("120", "150"), "確定")
    workplace.build()
    found = sorted(rows(workplace, "financial_effects"), key=lambda row: str(row["revision"]))
    assert [(row["actual_yen"], row["is_current"]) for row in found] == [
        (120_000, False), (150_000, True),
    ]  # fmt: skip


def test_rounds_are_read_again_only_where_something_changed(workplace: Workplace) -> None:
    folder = add_round(workplace.raw)
    _, watcher = workplace.build()
    assert any("総務課 山.csv" in one for one in watcher.told)
    (folder / "総務課 山.csv").touch()
    _, watcher = workplace.build()
    assert not any("総務課 山.csv" in one for one in watcher.told)
    (folder / "profile.yaml").write_text("lists_only_main_rows: true\n", encoding="utf-8")
    _, watcher = workplace.build()
    assert any("総務課 山.csv" in one for one in watcher.told)


def test_results_without_their_plan_are_told(workplace: Workplace) -> None:
    folder = workplace.raw / f"results/{FIRST}/unknown/2025/1"
    folder.mkdir(parents=True)
    (folder / "round.yaml").write_text("status: 確定\n", encoding="utf-8")
    result, watcher = workplace.build()
    assert result.succeeded and watcher.outcome is not None
    assert "results_without_plan" in {one.rule for one in watcher.outcome.problems}


def test_rows_that_do_not_add_up_block_the_release(workplace: Workplace) -> None:
    add_round(workplace.raw)
    workplace.start_built()
    path = workplace.places.results / FIRST[:2] / "report.json"
    report = json.loads(path.read_text("utf-8"))
    report["accounts"][0]["published"] -= 1
    path.write_text(json.dumps(report), encoding="utf-8")
    result, watcher = workplace.build()
    assert not result.succeeded and watcher.outcome is None
    checks = workplace.places.checks / "every_row_is_accounted_for" / "sources.json"
    assert "合わない" in checks.read_text("utf-8")


def test_feedback_quarantine_and_log_are_written_and_go_with_the_file(
    workplace: Workplace,
) -> None:
    faulty = SHEET + "第二,総務課,,,３桁\n,総務課,,,90\n"
    folder = add_round(workplace.raw, text=faulty)
    workplace.build()
    below = f"{FIRST}/plan-a/2025/1-mikomi/総務課 山.csv"
    internal = workplace.places.internal
    assert (internal / f"feedback/{below}.html").is_file()
    assert (internal / f"feedback/{below}.xlsx").is_file()
    assert (internal / f"quarantine/{below}.csv").is_file()
    assert "総務課 山.csv" in (internal / "submissions.csv").read_text("utf-8-sig")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    workplace.build()
    assert not (internal / f"feedback/{below}.html").exists()
    assert not (internal / f"quarantine/{below}.csv").exists()


def test_an_emptied_results_folder_leaves_no_rows(workplace: Workplace) -> None:
    folder = add_round(workplace.raw)
    workplace.start_built()
    assert result_store(workplace.places.results).report(FIRST[:2]).accounts
    (folder / "総務課 山.csv").unlink()
    workplace.build()
    assert rows(workplace, "yearly_results") == []


def test_published_problems_name_no_file_and_quote_nobody(workplace: Workplace) -> None:
    add_round(workplace.raw, text=SHEET.replace("順調", "ひみつの評価"))
    workplace.build()
    issues = [one for one in rows(workplace, "extraction_issues") if one["source_id"]]
    told = [one for one in issues if str(one["place"]).startswith(f"{FIRST}-plan-a-2025")]
    assert told
    for one in told:
        text = f"{one['place']}{one['message_ja']}"
        assert "総務課 山" not in text and "ひみつ" not in text


@pytest.mark.parametrize(
    ("place", "source_id", "public_place"),
    [
        ("results/990019/a/2025/1/課.xlsx: 実績!C5", "s-1", "s-1: 実績!C5"),
        ("results/990019/a/2025/1/課.xlsx", "s-1", "s-1"),
        ("results/990019/a/2025/1/課.xlsx", None, "results/990019/a/2025/1"),
        ("plans/990019/a/x.txt: 5行", "p-1", "p-1: 5行"),
    ],
)
def test_public_places(place: str, source_id: str | None, public_place: str) -> None:
    message = "総務課_2.xlsx の評価「A「B」」は使えません。"
    problem = Problem("error", "rule", place, message, source_id=source_id)
    told = public(problem)
    assert told.place == public_place
    assert "xlsx" not in told.message_ja and "総務課" not in told.message_ja
    assert "A" not in told.message_ja and "B" not in told.message_ja


@pytest.mark.parametrize(
    ("cell", "public_place"),
    [
        ("佐藤メモ", "s-1"),
        ("佐藤メモ!C5", "s-1"),
        ("実績!A1、佐藤メモ!C5 ほか3か所", "s-1"),
        ("実績、佐藤メモ", "s-1"),
        ("佐藤", "s-1: 佐藤"),
        ("実績!C5", "s-1: 実績!C5"),
    ],
)
def test_places_in_unread_sheets_are_not_published(cell: str, public_place: str) -> None:
    place = f"results/990019/a/2025/1/課.xlsx: {cell}"
    problem = Problem("info", "rule", place, "非表示のシートです。", source_id="s-1")
    assert public(problem, {"s-1": {"佐藤メモ"}}).place == public_place
    assert public(problem, {"s-2": {"佐藤メモ"}}).place == f"s-1: {cell}"


def test_the_names_of_sheets_none_of_which_is_read_are_not_published() -> None:
    message = "読むシートがありません（シート: 佐藤メモ、実績（案）。）。シートを表示してください。"
    told = public(Problem("error", "no_sheet_read", "x.xlsx", message, source_id="s-1"))
    assert told.message_ja == "読むシートがありません（シート: …）。シートを表示してください。"


def test_a_hidden_sheet_is_named_to_the_department_only(workplace: Workplace) -> None:
    folder = add_round(workplace.raw)
    (folder / "総務課 山.csv").unlink()
    book = openpyxl.Workbook()
    for line in SHEET.splitlines():
        book.worksheets[0].append(line.split(","))
    for name in ("佐藤メモ", "鈴木メモ"):
        hidden = book.create_sheet(name)
        hidden.append(["控え", "内部"])
        hidden["A1"].comment = Comment("覚え", "")
        hidden.sheet_state = "hidden"
    book.save(folder / "総務課.xlsx")
    result, _ = workplace.build()
    assert result.succeeded
    issues = rows(workplace, "extraction_issues")
    told = [one for one in issues if str(one["rule"]).startswith("hidden_sheet")]
    assert told and all(one["place"] == one["source_id"] for one in told)
    texts = "".join(f"{one['place']}{one['message_ja']}" for one in issues)
    assert "佐藤" not in texts and "鈴木" not in texts
    below = f"feedback/{FIRST}/plan-a/2025/1-mikomi/総務課.xlsx.html"
    assert "佐藤メモ" in (workplace.places.internal / below).read_text("utf-8")
