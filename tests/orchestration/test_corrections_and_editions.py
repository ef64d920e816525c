"""Corrections, editions and item changes through the build and the commands."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.commands import build, unchanged, validate
from pipelines.orchestration import extraction
from pipelines.orchestration.verdicts import failed_checks
from pipelines.orchestration.workspace import Places, schema_directory
from pipelines.plans.extraction import extract_plan
from pipelines.tables.schemas import load_schemas
from pipelines.tables.store import ParquetStore
from tests.end_to_end.five_plans import ROOT, original
from tests.orchestration.conftest import THIS_CODE, Workplace

Captured = pytest.CaptureFixture[str]
DRAFT = "032093-gyokaku4-draft"
FINAL = "032093-gyokaku4-final"


@pytest.fixture(autouse=True)
def _same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "code_fingerprint", lambda parts: THIS_CODE)


def write_list(folder: Path, name: str, *entries: dict[str, Any]) -> None:
    path = folder / name
    path.write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")


def correction(**changes: Any) -> dict[str, Any]:
    return {
        "table": "reform_items",
        "row": "032093-plan-a-i1",
        "column": "title",
        "expected": "第一",
        "value": "直した第一",
        "reason": "誤植",
        "date": "2026-04-01",
        **changes,
    }


def write_corrections(folder: Path, *entries: dict[str, Any]) -> None:
    """As a person writes them: the day without quotation marks."""
    write_list(folder, "corrections.yaml", *entries)
    path = folder / "corrections.yaml"
    text = path.read_text(encoding="utf-8").replace("'2026-04-01'", "2026-04-01")
    path.write_text(text, encoding="utf-8")


def rows(places: Places, name: str) -> list[dict[str, Any]]:
    return ParquetStore(places.tables, load_schemas(schema_directory())).read(name).to_pylist()


def public_files(places: Places) -> list[Path]:
    return [path for path in (places.outputs / "releases").rglob("*") if path.is_file()]


def test_a_correction_is_published_without_the_old_value(workplace: Workplace) -> None:
    (workplace.plan / "plan.txt").write_text("秘匿すべき氏名\n第二\n", encoding="utf-8")
    write_corrections(workplace.plan, correction(expected="秘匿すべき氏名"))
    assert build.build(workplace.places) == 0
    titles = [row["title"] for row in rows(workplace.places, "reform_items")]
    assert titles == ["直した第一", "第二", "第三"]
    (record,) = rows(workplace.places, "applied_corrections")
    assert (record["old_value"], record["new_value"]) == ("秘匿すべき氏名", "直した第一")
    files = public_files(workplace.places)
    assert any("直した第一".encode() in path.read_bytes() for path in files)
    assert not [path for path in files if "秘匿すべき氏名".encode() in path.read_bytes()]


def test_what_does_not_hold_blocks_with_everything_at_once(
    workplace: Workplace, capsys: Captured
) -> None:
    write_corrections(workplace.plan, correction(expected="別"), correction(row="none"))
    write_list(workplace.plan, "item_changes.yaml", {"change": "stopped"})
    assert build.build(workplace.places) == 1
    said = capsys.readouterr()
    assert "corrections.yaml: 1番目" in said.out and "corrections.yaml: 2番目" in said.out
    assert "「別」" in said.out and "「第一」" in said.out
    assert "item_changes.yaml: 1番目" in said.out
    assert said.out.count("corrections.yaml: 1番目") == 1
    assert "訂正と項目の変更が成り立つこと" in said.err
    assert set(failed_checks(workplace.places)) == {"corrections_and_changes_hold"}
    assert not public_files(workplace.places)
    assert build.build(workplace.places) == 1


@pytest.mark.parametrize("text", ["- [", "a: 1", "- {table: reform_items}"])
def test_a_broken_file_never_publishes_the_plan_uncorrected(
    workplace: Workplace, text: str
) -> None:
    path = workplace.plan / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    assert build.build(workplace.places) == 1
    assert not public_files(workplace.places)
    path.unlink()
    assert build.build(workplace.places) == 0


def test_a_document_that_changed_under_a_correction_blocks(workplace: Workplace) -> None:
    write_corrections(workplace.plan, correction())
    assert build.build(workplace.places) == 0
    (workplace.plan / "plan.txt").write_text("直した第一\n第二\n", encoding="utf-8")
    assert build.build(workplace.places) == 1
    versions = [path.name for path in (workplace.places.outputs / "releases").iterdir()]
    assert sorted(versions) == ["1.0.0", "versions.json"]


def test_validate_says_the_same(workplace: Workplace, capsys: Captured) -> None:
    write_corrections(workplace.plan, correction())
    # validate reads the document for real, and refuses this one: there is nothing to correct.
    assert validate.validate([workplace.plan]) == 1
    assert "correction" not in capsys.readouterr().out
    (workplace.plan / "corrections.yaml").write_text("a: 1", encoding="utf-8")
    validate.validate([workplace.plan])
    assert "corrections_invalid" in capsys.readouterr().out


@pytest.fixture
def editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """A real plan and a second edition of it: an item renamed, one gone."""
    monkeypatch.setattr(extraction, "extract_plan", extract_plan)
    place = Workplace(tmp_path)
    shutil.rmtree(place.raw)
    source = ROOT / "raw" / "plans" / "032093" / "gyokaku4-draft"
    for name in (DRAFT, FINAL):
        shutil.copytree(source, place.raw / "plans" / Path(*name.split("-", 1)))
    place.plan = place.raw / "plans" / Path(*FINAL.split("-", 1))
    with (place.plan / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"edition_of: {DRAFT}\npublished_on: 2021-03-31\n")
    with (place.plan.with_name("gyokaku4-draft") / "plan.yaml").open("a") as stream:
        stream.write("published_on: 2020-12-01\n")
    (document,) = place.plan.glob("*.txt")
    text = document.read_text(encoding="utf-8")
    assert "\n水道料金の改定" in text
    changed = text.replace("\n水道料金の改定", "\n水道料金の見直し")
    document.write_text(changed, encoding="utf-8")
    return place


def lineage(place: Workplace) -> list[tuple[str, str | None, str | None]]:
    titles = {row["item_id"]: row["title"] for row in rows(place.places, "reform_items")}
    return [
        (row["relation"], titles.get(row["from_item_id"]), titles.get(row["to_item_id"]))
        for row in rows(place.places, "item_lineage")
    ]


def test_two_editions_of_a_real_plan(editions: Workplace, capsys: Captured) -> None:
    assert validate.validate([editions.plan]) == 0
    assert build.build(editions.places) == 0, capsys.readouterr().out
    current = {row["plan_id"]: row["is_current"] for row in rows(editions.places, "plans")}
    assert current == {DRAFT: False, FINAL: True}
    found = lineage(editions)
    assert len(found) == len(original("032093").rows["reform_items"])
    assert [one for one in found if one[0] != "same"] == [
        ("renamed", "水道料金の改定", "水道料金の見直し")
    ]


def test_corrections_come_first_and_stated_changes_count(editions: Workplace) -> None:
    old = original("032093").rows["reform_items"]
    item = next(row for row in old if row["title"] == "水道料金の改定")
    draft = editions.plan.with_name("gyokaku4-draft")
    one = correction(row=item["item_id"], expected=item["title"], value="水道料金の見直し")
    status = correction(
        table="plans", row=DRAFT, column="document_status", expected="draft", value="final"
    )
    write_corrections(draft, one, status)
    change = {"change": "stopped", "items": [old[0]["title"]], "reason": "廃止", "date": "x"}
    write_list(editions.plan, "item_changes.yaml", change)
    path = editions.plan / "item_changes.yaml"
    path.write_text(path.read_text("utf-8").replace("date: x", "date: 2023-04-01"), "utf-8")
    assert build.build(editions.places) == 0
    current = {row["plan_id"]: row["is_current"] for row in rows(editions.places, "plans")}
    assert current == {DRAFT: True, FINAL: False}
    found = lineage(editions)
    assert [relation for relation, *_ in found if relation != "same"] == ["stopped"]
    assert ("stopped", old[0]["title"], None) in found
    assert ("same", "水道料金の見直し", "水道料金の見直し") in found


def test_an_unknown_item_blocks_and_near_titles_are_suggested(
    editions: Workplace, capsys: Captured
) -> None:
    path = editions.plan / "item_changes.yaml"
    path.write_text(
        "- {date: 2023-04-01, change: stopped, items: 水道料金の見直, reason: 廃止}", "utf-8"
    )
    assert validate.validate([editions.plan]) == 1
    assert "水道料金の見直し" in capsys.readouterr().out
    assert build.build(editions.places) == 1
    assert "item_change_unknown_item" in capsys.readouterr().out
    assert not public_files(editions.places)


def test_an_edition_of_a_plan_that_cannot_be_read_is_published_alone(editions: Workplace) -> None:
    draft = editions.plan.with_name("gyokaku4-draft")
    (document,) = draft.glob("*.txt")
    document.write_text("見出しだけの文書\n", encoding="utf-8")
    assert build.build(editions.places) == 0
    (plan,) = rows(editions.places, "plans")
    assert (plan["plan_id"], plan["edition_of"], plan["is_current"]) == (FINAL, None, True)
    rules = [row["rule"] for row in rows(editions.places, "extraction_issues")]
    assert "edition_of_left_out" in rules
