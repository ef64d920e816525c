"""The handouts as part of a release."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines import handouts
from pipelines.release.checksums import checksum_faults, read_checksums
from pipelines.release.files_gate import files_gate
from pipelines.release.package_files import ReleaseContent, write_checksums, write_package
from pipelines.release.public_tables import public_schemas
from tests.marts.examples import city, item, result
from tests.marts.generated import PLAN
from tests.tables.samples import REAL_SCHEMAS

from .samples import files_of, released

PUBLIC = public_schemas(REAL_SCHEMAS)
FOLDER = Path(handouts.__file__).parent
SECRET = "内々の連絡"
ROWS = city(
    reform_items=[item("取組甲")],
    yearly_results=[
        result("取組甲", "甲課", "順調", internal_note=SECRET),
        result("取組甲", "甲課", "遅延", fiscal_year=2024, result_id=f"{PLAN}-r2"),
        result(
            "取組甲", "甲課", "遅延", fiscal_year=2025, result_id=f"{PLAN}-r3", is_current=False
        ),
    ],
)
EXPECTED = {
    f"handouts/{PLAN}/{year}/{name}"
    for year in (2023, 2024)
    for name in ("審議会資料.xlsx", "行政改革進捗状況一覧.csv")
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "staged"
    write_package(folder, ReleaseContent("1.0.0", None, PUBLIC, released(ROWS)))
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "copy")


def test_two_files_per_plan_and_year_with_current_results(folder: Path) -> None:
    found = {
        path.relative_to(folder).as_posix()
        for path in (folder / "handouts").rglob("*")
        if path.is_file()
    }
    assert found == EXPECTED
    gate = files_gate(folder, PUBLIC)
    assert gate.problems == ()


def test_one_that_is_missing_or_too_many_blocks(folder: Path) -> None:
    missing = sorted(EXPECTED)[0]
    (folder / missing).rename(folder / "handouts" / "別の資料.xlsx")
    places = {problem.place for problem in files_gate(folder, PUBLIC).problems}
    assert places == {missing, "handouts/別の資料.xlsx"}


def test_checksums_cover_them(folder: Path) -> None:
    write_checksums(folder)
    assert set(read_checksums(folder)) >= EXPECTED
    (folder / sorted(EXPECTED)[0]).write_bytes(b"")
    assert checksum_faults(folder) == [sorted(EXPECTED)[0]]


def test_nothing_internal_is_handed_out() -> None:
    assert "internal_note" not in released(ROWS)["yearly_results"].column_names
    for name, content in files_of(ROWS).items():
        if name.endswith(".csv"):
            assert SECRET not in content.decode("utf-8-sig")


def test_no_results_no_handouts() -> None:
    assert files_of(city(reform_items=[item("取組甲")])) == {}


@pytest.mark.parametrize(
    ("kind", "table", "column", "unused"),
    [
        ("effect_kind", "financial_effects", "effect_kind", set()),
        ("effect_basis", "financial_effects", "effect_basis", set()),
        ("assessor", "submission_status", "answered_by", set()),
        ("not_judged", "indicator_progress", "not_judged_reason", set()),
        ("missing", "indicator_progress", "missing_reason", set()),
        ("relation", "item_lineage", "relation", {"same"}),
    ],
)
def test_every_code_has_a_word(kind: str, table: str, column: str, unused: set[str]) -> None:
    field = next(one for one in REAL_SCHEMAS[table].fields if one.name == column)
    statement = (FOLDER / "shared" / "words.sql").read_text(encoding="utf-8")
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(statement).fetchall()
    assert {code for of, code, _ in rows if of == kind} == {*field.constraints["enum"]} - unused
