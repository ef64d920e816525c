"""What the terminal says of submitted files."""

from __future__ import annotations

import json

import pytest

from pipelines.commands import build, submitted_files, validate
from pipelines.commands.demo import DEMO_RAW
from pipelines.commands.submitted_files import rows_ja, show_submissions
from pipelines.orchestration.internal_places import internal_places
from tests.orchestration.conftest import Workplace
from tests.orchestration.test_results import PLACE, SHEET, add_round

Captured = pytest.CaptureFixture[str]
TWO_FAULTS = SHEET + "ない項目,,何か。,謎,\n第二,総務課,減らした。,不明な語,5\n"

KINDS = ("feedback", "quarantine")


def test_rows_are_told_with_the_reasons_in_words() -> None:
    account = {
        "read": 1240,
        "published": 1200,
        "set_aside": {"header": 1, "total": 37, "note": 0},
        "quarantined": 2,
    }
    assert rows_ja(account) == (
        "1,240行 = 公開1,200 + 対象外38（列の見出し1、小計・合計37） + 保留2"
    )


def test_a_build_says_where_rows_went_and_where_the_feedback_lies(
    workplace: Workplace, capsys: Captured
) -> None:
    add_round(workplace.raw, text=TWO_FAULTS)
    assert build.build(workplace.places) == 0
    said = capsys.readouterr().out.splitlines()
    at = said.index(f"  {PLACE}/1-mikomi")
    assert said[at - 1] == "提出されたファイルの行:"
    below = PLACE.replace("results/", "", 1) + "/1-mikomi"
    feedback, quarantine = (workplace.places.internal / name / below for name in KINDS)
    assert str(feedback) in said[at + 1] and str(quarantine) in said[at + 2]
    (line,) = [one for one in said[at:] if one.strip().startswith("総務課 山.csv")]
    assert "4行 = 公開" in line and "列の見出し1" in line and "エラー" in line
    page, copy, held = line.split(" → ")[1].split("、")
    assert (feedback / page).is_file() and (feedback / copy).is_file()
    assert (quarantine / held).is_file()


def test_nothing_is_said_where_nothing_came_in(workplace: Workplace, capsys: Captured) -> None:
    assert build.build(workplace.places) == 0
    assert "提出されたファイル" not in capsys.readouterr().out


def test_what_the_terminal_says_stands_in_no_release(
    workplace: Workplace, capsys: Captured
) -> None:
    add_round(workplace.raw)
    code, said = build.build(workplace.places), capsys.readouterr()
    assert (code, said.err) == (0, "") and "総務課 山.csv" in said.out
    release = workplace.places.outputs / "releases" / "1.0.0"
    texts = {one: one.read_bytes() for one in release.rglob("*") if one.is_file()}
    assert texts
    assert [one for one, text in texts.items() if "総務課 山".encode() in text] == []


def test_of_many_files_those_without_faults_are_a_sum(
    workplace: Workplace, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = add_round(workplace.raw, text=TWO_FAULTS)
    for name in ("子課", "丑課"):
        text = f"取組項目,担当課,実施内容\n第一,{name},統合した。\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    build.build(workplace.places)
    capsys.readouterr()
    monkeypatch.setattr(submitted_files, "FILES_NAMED", 2)
    show_submissions(workplace.places)
    said = capsys.readouterr().out
    assert "総務課 山.csv" in said and "エラー" in said
    report = json.loads((workplace.places.results / "03" / "report.json").read_text("utf-8"))
    clean = [one for one in report["submissions"] if not one["errors"] and not one["warnings"]]
    assert f"ほか{len(clean)}個（直す所なし）  " in said
    assert f"{sum(one['rows_read'] for one in clean)}行 = 公開" in said


def test_a_name_cannot_steer_the_terminal(workplace: Workplace, capsys: Captured) -> None:
    folder = add_round(workplace.raw)
    (folder / "総務課 山.csv").rename(folder / "悪い\x1b[2J名前.csv")
    build.build(workplace.places)
    capsys.readouterr()
    show_submissions(workplace.places)
    assert "\x1b" not in capsys.readouterr().out


def test_files_that_differ_in_their_extension_keep_their_feedback_apart(
    workplace: Workplace,
) -> None:
    places = [
        internal_places(workplace.places.internal, f"{PLACE}/1-mikomi/課.{one}")
        for one in ("xlsx", "xls", "csv")
    ]
    paths = [path for one in places for path in (one.page, one.copy, one.quarantine)]
    assert len(set(paths)) == len(paths)


def test_validation_tells_the_account_and_who_writes_the_feedback(capsys: Captured) -> None:
    assert validate.validate([DEMO_RAW / "results/990019/keiei3/2025/1-mikomi/情報推進課.csv"]) == 0
    said = capsys.readouterr().out
    assert "読み取った行 4 = 公開 2 + 対象外 2" in said
    assert "対象外: 表題 1、列の見出し 1" in said or "対象外: 列の見出し 1、表題 1" in said
    assert "outputs/internal/feedback" in said
