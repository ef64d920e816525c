"""A plan in words of its own, onboarded as docs/new-plan.ja.md says, by plan.yaml alone."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.five_plans import ROOT

GUIDE = ROOT / "docs" / "new-plan.ja.md"
GYOKAKU = Path(sys.executable).with_name("gyokaku")
FOLDER = "plans/990019/keiei3"
DOCUMENT = "docs/examples/keiei3.txt"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = subprocess.run(
        [GYOKAKU, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return result.returncode, result.stdout + result.stderr


def blocks(kind: str) -> list[str]:
    """The guide's blocks of a kind, in order."""
    return re.findall(rf"^```{kind}\n(.*?)\n```$", GUIDE.read_text("utf-8"), re.M | re.S)


@dataclass(frozen=True)
class WalkThrough:
    """What the guide's two commands said, and the folder that they wrote."""

    raw: Path
    first: tuple[int, str]
    then: tuple[int, str]
    settings_before: str


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> WalkThrough:
    """The guide followed to its end: a folder made, its plan.yaml edited, the plan shown."""
    raw = tmp_path_factory.mktemp("onboarding")
    (options,) = blocks("yaml")
    first = run("plan", "new", DOCUMENT, "--municipality", "990019", "--raw", raw, "--yes")
    settings = raw / FOLDER / "plan.yaml"
    before = settings.read_text("utf-8")
    settings.write_text(before.replace("layout: auto\n", options + "\n"), "utf-8")
    return WalkThrough(raw, first, run("plan", "show", raw / FOLDER), before)


@pytest.fixture
def raw(walked: WalkThrough) -> Path:
    return walked.raw


def test_the_walk_through_of_the_guide(walked: WalkThrough) -> None:
    shown_first, shown_then = blocks("text")
    (code, said), (code_then, said_then) = walked.first, walked.then
    assert code == 1
    assert said.replace(str(walked.raw), "raw").rstrip() == shown_first
    assert "layout: auto\n" in walked.settings_before
    assert code_then == 0
    assert said_then.replace(str(walked.raw), "raw").rstrip() == shown_then
    document = walked.raw / FOLDER / "keiei3.txt"
    assert document.read_bytes() == (ROOT / DOCUMENT).read_bytes()


def test_the_release_holds_the_twelve_items(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said = run("build", "--raw", raw, "--out", out)
    assert code == 0, said
    items = table(out, "reform_items")
    assert len(items) == 12
    by_title = {row["title"]: row for row in items}
    first = by_title["職員研修の再構築"]
    assert (first["continuity"], first["schedule_kind"]) == ("continuing", "every_year")
    assert first["description"] == "職員研修の内容を見直し、若手職員の育成に力を入れる。"
    assert first["goal_text"] == "研修の受講者を年間200人とする。"
    assert by_title["会議の見直し"]["continuity"] == "new"
    assert (by_title["会議の見直し"]["start_fy"], by_title["会議の見直し"]["end_fy"]) == (
        "2024", "2026",
    )  # fmt: skip
    assert by_title["公共施設の集約"]["department_text"] == "管財課 各施設所管課"
    assert {row["confidence"] for row in items} == {"certain"}
    pillars = [row["title"] for row in table(out, "policy_nodes") if row["kind_label"] == "柱"]
    assert pillars == ["人と組織を育てる", "暮らしの窓口を変える", "将来に備える財政"]
    targets = {row["indicator"]: row["value"] for row in table(out, "item_targets")}
    assert targets["コンビニ交付の割合"] == "40"
    (plan,) = table(out, "plans")
    assert (plan["generation"], plan["period_start_fy"], plan["period_end_fy"]) == (
        "3", "2024", "2028",
    )  # fmt: skip


def table(out: Path, name: str) -> list[dict[str, str]]:
    path = out / "latest" / "data" / "csv" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--municipality", "990018"), "検査数字"),
        (("--municipality", "990019", "--slug", "第３次"), "短い名前"),
        (("--municipality", "990019", "--slug", "keiei3"), "もうあります"),
    ],
)
def test_wrong_arguments_write_nothing(raw: Path, arguments: tuple[str, ...], told: str) -> None:
    before = sorted(raw.rglob("*"))
    code, said = run("plan", "new", DOCUMENT, *arguments, "--raw", raw, "--yes")
    assert code == 2
    assert told in said
    assert sorted(raw.rglob("*")) == before


def test_a_missing_file_and_an_unknown_name_are_told(tmp_path: Path) -> None:
    code, said = run("plan", "new", tmp_path / "no.txt", "--municipality", "990019", "--yes")
    assert code == 2 and "ありません" in said
    file = tmp_path / "prose.txt"
    file.write_text("みなさまとともに歩みます。\n", "utf-8")
    code, said = run("plan", "new", file, "--municipality", "990019", "--raw", tmp_path, "--yes")
    assert code == 2 and "--name" in said
    code, said = run(
        "plan",
        "new",
        file,
        "--municipality",
        "990019",
        "--name",
        "架空市",
        "--raw",
        tmp_path,
        "--yes",
    )
    assert code == 1 and "どのレイアウトでも読めません" in said
    assert (tmp_path / "plans" / "990019" / "prose" / "plan.yaml").is_file()
