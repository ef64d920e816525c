"""What is internal is in no public file: every byte of a release is searched, archives unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml
from openpyxl.comments import Comment

from pipelines.orchestration import extraction
from tests.orchestration.conftest import Workplace
from tests.orchestration.samples import FIRST, read_plainly

#: What somebody meant for nobody outside, by where it stands.
PLANTED = {
    "old value of a correction": "秘匿すべき氏名",
    "name of a submitted file": "提出者山田花子",
    "cell of a quarantined row": "隔離された文言",
    "comment of a cell": "内緒の付箋",
    "note of a clerk": "係だけの覚え書き",
    "hidden row": "隠れた行の文言",
    "hidden sheet": "隠れたシートの文言",
    "author of a workbook": "作成者鈴木一郎",
}
ROUND = f"results/{FIRST}/plan-a/2025/1-kakutei"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two releases: one that held a name in public, and one in which a correction took it out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "extract_plan", read_plainly)
        for variable in ("DAGSTER_HOME", "GYOKAKU_RAW", "GYOKAKU_OUTPUTS"):
            patch.delenv(variable, raising=False)
        place = Workplace(tmp_path_factory.mktemp("planted"))
        name = PLANTED["old value of a correction"]
        text = f"{name}\n第二\n担当{name}\n"
        (place.plan / "plan.txt").write_text(text, encoding="utf-8")
        assert place.build()[0].succeeded
        (place.plan / "plan.txt").write_text(text.replace("担当", "担当者"), encoding="utf-8")
        entries = [
            correction("032093-plan-a-i1", name, "第一"),
            correction("032093-plan-a-i3", f"担当者{name}", "第三者"),
        ]
        content = yaml.safe_dump(entries, allow_unicode=True).replace("'2026-04-01'", "2026-04-01")
        (place.plan / "corrections.yaml").write_text(content, encoding="utf-8")
        add_submission(place.raw)
        result, watcher = place.build()
        assert result.succeeded
        assert watcher.outcome is not None and watcher.outcome.state == "published"
        yield place.places.outputs


def correction(row: str, expected: str, value: str) -> dict[str, str]:
    return {
        "table": "reform_items",
        "row": row,
        "column": "title",
        "expected": expected,
        "value": value,
        "reason": "氏名を除いた",
        "date": "2026-04-01",
    }


def add_submission(raw: Path) -> None:
    folder = raw / ROUND
    folder.mkdir(parents=True)
    (folder / "round.yaml").write_text("status: 確定\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.properties.creator = PLANTED["author of a workbook"]
    sheet = book.active
    sheet.title = "実績"
    sheet.append(["取組項目", "担当課", "取組実績", "評価", "削減額（千円）", "備考"])
    sheet.append(["第一", "総務課", "窓口を統合した。", "順調", 120, PLANTED["note of a clerk"]])
    # Two rows that contradict each other: neither is published.
    sheet.append(["第二", "総務課", "窓口を移した。", "順調", 80])
    sheet.append(["第二", "総務課", PLANTED["cell of a quarantined row"], "遅延", 90])
    sheet.append(["第二", "税務課", PLANTED["hidden row"], "順調", 10])
    sheet.row_dimensions[5].hidden = True
    sheet["A2"].comment = Comment(PLANTED["comment of a cell"], PLANTED["author of a workbook"])
    hidden = book.create_sheet("控え")
    hidden.append(["取組項目", "実績"])
    hidden.append(["第二", PLANTED["hidden sheet"]])
    hidden.sheet_state = "hidden"
    book.save(folder / f"{PLANTED['name of a submitted file']}.xlsx")


def texts(path: Path) -> Iterator[str]:
    """Every text in a file: its bytes, the members of an archive, the values of a database."""
    content = path.read_bytes()
    yield content.decode("utf-8", "replace")
    yield content.decode("utf-16-le", "replace")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as archive:
            yield from archive.namelist()
            yield from (
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    if path.suffix == ".parquet":
        yield str(pq.read_table(path).to_pylist()) + str(pq.read_schema(path).metadata)
    if path.suffix == ".duckdb":
        yield from database_texts(path)


def database_texts(path: Path) -> Iterator[str]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        for (name,) in names:
            yield str(connection.execute(f'SELECT * FROM "{name}"').fetchall())
        for view in ("tables", "columns", "views"):
            yield str(connection.execute(f"SELECT * FROM duckdb_{view}()").fetchall())


def public_files(outputs: Path) -> list[Path]:
    newest = (outputs / "latest").resolve()
    lists = [outputs / "latest.json", outputs / "releases" / "versions.json"]
    return [*(path for path in newest.rglob("*") if path.is_file()), *lists]


def test_the_search_sees_what_is_published(planted: Path) -> None:
    found = {
        path.name for path in public_files(planted) for text in texts(path) if "第三者" in text
    }
    wanted = {"reform_items.csv", "reform_items.json", "reform_items.parquet", "gyokaku.duckdb"}
    assert wanted | {"gyokaku.xlsx"} <= found


def test_what_was_planted_reached_the_build(planted: Path) -> None:
    """Else the search would prove nothing."""
    internal = "".join(
        text
        for path in (planted / "internal").rglob("*")
        if path.is_file()
        for text in (path.name, *texts(path))
    )
    for place in ("name of a submitted file", "cell of a quarantined row", "comment of a cell"):
        assert PLANTED[place] in internal, place
    old = (planted / "releases" / "1.0.0" / "data" / "csv" / "reform_items.csv").read_text("utf-8")
    assert PLANTED["old value of a correction"] in old


@pytest.mark.parametrize("place", list(PLANTED))
def test_nothing_internal_is_in_a_public_file(planted: Path, place: str) -> None:
    value = PLANTED[place]
    newest = (planted / "latest").resolve()
    names = [path.relative_to(newest).as_posix() for path in newest.rglob("*")]
    assert not [name for name in names if value in name]
    found = [path.name for path in public_files(planted) for text in texts(path) if value in text]
    assert found == []
