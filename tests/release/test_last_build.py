from __future__ import annotations

import json
from pathlib import Path

from pipelines.problems import Problem
from pipelines.release.last_build import report_page, write_last_build
from pipelines.release.outcome import GateResult, ReleaseOutcome, SourceAccounting

ERROR = Problem("error", "rule_x", "a.txt: 3行", "直してください。", "title", "二\n行 | の値")
WARNING = Problem("warning", "rule_y", "b.txt", "見てください。")
OUTCOME = ReleaseOutcome(
    state="blocked",
    previous_version="1.0.0",
    counts={"plans": 2},
    gates=(GateResult("one", "一番の検査", 3), GateResult("two", "二番の検査", 4, (ERROR,))),
    problems=(WARNING, ERROR),
    changes=("表「x」を追加",),
)


def test_the_report_tells_everything(tmp_path: Path) -> None:
    write_last_build(tmp_path, OUTCOME, [SourceAccounting("s1", "lines", 9, 5, {"totals": 1}, 2)])
    report = json.loads((tmp_path / "last_build" / "report.json").read_bytes())
    assert report["state"] == "blocked"
    assert report["version"] is None
    assert report["previous_version"] == "1.0.0"
    assert report["counts"] == {"plans": 2}
    assert [gate["passed"] for gate in report["gates"]] == [True, False]
    assert [problem["rule"] for problem in report["problems"]] == ["rule_y", "rule_x"]
    assert report["problems"][1]["value"] == "二\n行 | の値"
    assert report["row_accounting"][0]["balances"] is False


def test_the_page_is_readable_and_puts_errors_first() -> None:
    page = report_page(OUTCOME, [SourceAccounting("s1", "lines", 9, 5, {"totals": 1}, 2)])
    assert "公開していません" in page
    assert "- 一番の検査: 合格" in page
    assert "- 二番の検査: 不合格（1件）" in page
    assert "- plans: 2行" in page
    assert page.index("## エラー（1件）") < page.index("## 注意（1件）")
    assert "値:「二 行 | の値」" in page
    assert "合計が合いません" in page
    assert "参考" not in page


def test_a_second_report_replaces_the_first(tmp_path: Path) -> None:
    write_last_build(tmp_path, OUTCOME)
    write_last_build(tmp_path, ReleaseOutcome(state="unchanged", version="1.0.0"))
    names = sorted(path.name for path in (tmp_path / "last_build").iterdir())
    assert names == ["report.json", "report.md"]
    assert "変更がない" in (tmp_path / "last_build" / "report.md").read_text(encoding="utf-8")
