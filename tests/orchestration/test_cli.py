"""The commands in this process, over tiny plans."""

import json
import shutil
from pathlib import Path

import pytest

from pipelines.commands import build, releases, unchanged, validate
from pipelines.commands.output import show_problems, text_width
from pipelines.commands.progress import BarReporter
from pipelines.problems import Problem
from tests.orchestration.conftest import THIS_CODE, Workplace
from tests.orchestration.samples import FIRST, add_plan

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may be editing the code while these tests run."""
    monkeypatch.setattr(unchanged, "code_fingerprint", lambda parts: THIS_CODE)


def never(*args: object) -> None:
    raise AssertionError("this must not be reached")


def test_a_build_says_what_is_where(workplace: Workplace, capsys: Captured) -> None:
    assert build.build(workplace.places) == 0
    said = capsys.readouterr().out
    assert "版 1.0.0 を公開しました" in said
    assert str(workplace.places.outputs / "releases" / "1.0.0") in said
    assert "last_build/report.md" in said
    (line,) = [one for one in said.splitlines() if "reform_items" in one and "行" in one]
    assert line.split() == ["改革項目", "reform_items", "3行"]
    assert "注意: plans/032093/plan-a/plan.yaml 利用条件が分かりません。" in said


def test_nothing_changed_is_said_without_building(
    workplace: Workplace, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace.start_built()
    capsys.readouterr()
    monkeypatch.setattr(build, "_build", never)
    assert build.build(workplace.places) == 0
    said = capsys.readouterr().out
    assert "変更はありません" in said and "1.0.0" in said
    assert "利用条件が分かりません" in said


def test_force_builds_all_the_same(workplace: Workplace, capsys: Captured) -> None:
    workplace.start_built()
    capsys.readouterr()
    assert build.build(workplace.places, force=True) == 0
    said = capsys.readouterr().out
    assert "032093-plan-a" in said
    assert "版 1.0.0 から変更はありません" in said


def damage_datapackage(workplace: Workplace) -> None:
    path = workplace.places.outputs / "releases" / "1.0.0" / "datapackage.json"
    path.write_text("{}", encoding="utf-8")


def remove_latest(workplace: Workplace) -> None:
    (workplace.places.outputs / "latest").unlink()


def remove_release(workplace: Workplace) -> None:
    shutil.rmtree(workplace.places.outputs / "releases")


def forget(workplace: Workplace) -> None:
    workplace.places.fingerprint.unlink()


def edit_raw(workplace: Workplace) -> None:
    (workplace.plan / "note.txt.bak").write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    "change", [damage_datapackage, remove_latest, remove_release, forget, edit_raw]
)
def test_what_is_not_as_it_was_is_built_again(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    workplace.start_built()
    assert callable(change)
    change(workplace)
    monkeypatch.setattr(build, "_build", lambda *args, **options: 77)
    assert build.build(workplace.places) == 77


def test_changed_code_is_built_again(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    workplace.start_built()
    monkeypatch.setattr(unchanged, "code_fingerprint", lambda parts: "other code")
    capsys.readouterr()
    assert build.build(workplace.places) == 0
    assert "版 1.0.0 から変更はありません" in capsys.readouterr().out


def test_a_failed_build_is_not_taken_for_the_last_success(
    workplace: Workplace, capsys: Captured
) -> None:
    workplace.start_built()
    text = (workplace.plan / "plan.txt").read_bytes()
    (workplace.plan / "plan.txt").write_text("読めない", encoding="utf-8")
    assert build.build(workplace.places) == 1
    (workplace.plan / "plan.txt").write_bytes(text)
    capsys.readouterr()
    assert build.build(workplace.places) == 0
    assert "作り直しましたが" in capsys.readouterr().out
    report = json.loads((workplace.places.last_build / "report.json").read_bytes())
    assert report["state"] == "unchanged"


def test_a_lost_plan_blocks_with_every_problem(workplace: Workplace, capsys: Captured) -> None:
    workplace.start_built()
    (workplace.plan / "plan.txt").write_text("読めない", encoding="utf-8")
    capsys.readouterr()
    assert build.build(workplace.places) == 1
    said = capsys.readouterr()
    assert "読めません。（unreadable）" in said.out
    assert "フォルダーを raw/plans から取り除いた" in said.out
    assert "公開していません（公開済みの計画が読めること）" in said.err
    assert said.out.index("エラー: ") < said.out.index("注意: ")


def test_every_plan_left_out_is_no_usable_input(workplace: Workplace, capsys: Captured) -> None:
    for path in workplace.raw.rglob("plan.txt"):
        path.write_text("読めない", encoding="utf-8")
    assert build.build(workplace.places) == 2
    assert "使える計画が一つもない" in capsys.readouterr().out
    assert not (workplace.places.outputs / "latest").exists()


def test_a_broken_table_exits_with_1(workplace: Workplace, capsys: Captured) -> None:
    add_plan(workplace.raw, FIRST, "plan-z", "変な値\n")
    assert build.build(workplace.places) == 1
    said = capsys.readouterr()
    assert "reform_items: item_id=032093-plan-z-i1" in said.out
    assert "表の値の検査" in said.err


def test_an_unexpected_fault_is_one_sentence_and_a_log(
    workplace: Workplace, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr("pipelines.orchestration.release_assets.build_release", fail)
    assert build.build(workplace.places) == 1
    said = capsys.readouterr()
    log = workplace.places.last_build / "error.log"
    assert "Traceback" not in said.out + said.err
    assert str(log) in said.err and "予期しない不具合" in said.err
    assert "disk on fire" in log.read_text(encoding="utf-8")
    monkeypatch.undo()


def test_broken_schemas_are_an_unexpected_fault(
    workplace: Workplace, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise ValueError("plans.json: is no JSON")

    monkeypatch.setattr("pipelines.orchestration.assembly.load_schemas", fail)
    assert build.build(workplace.places) == 1
    assert "Traceback" not in capsys.readouterr().err
    text = (workplace.places.last_build / "error.log").read_text(encoding="utf-8")
    assert "plans.json: is no JSON" in text


def test_an_unreadable_raw_folder_is_no_usable_input(
    workplace: Workplace, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(build, "list_contents", refuse)
    assert build.build(workplace.places) == 2
    said = capsys.readouterr().out
    assert str(workplace.raw) in said and "権限" in said
    report = json.loads((workplace.places.last_build / "report.json").read_bytes())
    assert [one["rule"] for one in report["problems"]] == ["raw_unusable"]


def test_files_where_folders_should_be_are_told(workplace: Workplace, capsys: Captured) -> None:
    shutil.rmtree(workplace.raw / "plans")
    (workplace.raw / "plans").mkdir()
    (workplace.raw / "plans" / "032093.txt").write_text("", encoding="utf-8")
    assert build.build(workplace.places) == 2
    said = capsys.readouterr().out
    assert "計画のフォルダーが一つもありません" in said
    assert "032093.txt" in said


def test_validate_looks_at_a_plan_a_municipality_and_a_raw_folder(
    workplace: Workplace, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.orchestration.samples import read_plainly

    monkeypatch.setattr("pipelines.plans.extraction.extract_plan", read_plainly)
    bad = add_plan(workplace.raw, FIRST, "plan-z", "読めない\n")
    for path in (bad, bad.parent, workplace.raw / "plans", workplace.raw):
        capsys.readouterr()
        assert validate.validate([path]) == 1
        said = capsys.readouterr().out
        assert "plans/032093/plan-z 読めません。" in said
        assert ("142123" in said) == (FIRST not in path.parts)
    assert validate.validate([workplace.plan]) == 0
    assert not workplace.places.outputs.exists()


def test_validate_tells_of_a_missing_plan_yaml(workplace: Workplace, capsys: Captured) -> None:
    (workplace.plan / "plan.yaml").unlink()
    assert validate.validate([workplace.plan]) == 1
    assert "plan.yaml がありません" in capsys.readouterr().out


def test_validate_needs_a_plan(tmp_path: Path, capsys: Captured) -> None:
    assert validate.validate([tmp_path, tmp_path / "nowhere"]) == 2
    said = capsys.readouterr().err
    assert "計画のフォルダーがありません" in said
    assert "nowhere がありません" in said


def test_releases_are_listed_newest_first(workplace: Workplace, capsys: Captured) -> None:
    assert releases.list_releases(workplace.places.outputs) == 0
    assert "まだありません" in capsys.readouterr().out
    workplace.start_built()
    shutil.rmtree(workplace.plan.parent)
    build.build(workplace.places)
    capsys.readouterr()
    assert releases.list_releases(workplace.places.outputs) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["1.0.1", "1.0.0"]


def test_a_damaged_list_of_releases_is_told(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "versions.json").write_text("oops", encoding="utf-8")
    assert releases.list_releases(tmp_path) == 1
    assert "versions.json" in capsys.readouterr().err


def test_errors_come_first_and_infos_are_folded(capsys: Captured) -> None:
    infos = [Problem("info", "found", f"place {number}", "m") for number in range(25)]
    problems = [*infos, Problem("warning", "w", "p", "m"), Problem("error", "e", "p", "m")]
    show_problems([*problems, problems[-1]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("エラー") and lines[1].startswith("注意")
    assert sum(line.startswith("参考: place") for line in lines) == 10
    assert "参考: ほか15件（found 15件）" in lines
    assert lines[-1] == "以上、エラー1件、注意1件、参考25件。"


def test_the_bar_follows_the_stages() -> None:
    with BarReporter() as reporter:
        reporter.stage("計画の読み取り", 3)
        reporter.step("一つめ")
        reporter.step("二つめ")
        (task,) = reporter.progress.tasks
        assert (task.description, task.completed, task.total) == ("計画の読み取り", 2, 3)
        reporter.stage("公開データの作成")
        (task,) = reporter.progress.tasks
        assert (task.completed, task.total) == (0, None)


def test_full_width_characters_take_two_columns() -> None:
    assert text_width("改革a") == 5
