"""``gyokaku demo``: the yearly cycle of the fictional municipality, as a person would run it."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import openpyxl
import pytest
import yaml

from .conftest import ROOT

ROUNDS = 7
# openpyxl names itself where a file names no creator.
LIBRARIES = (None, "", "gyokaku", "openpyxl")
CONTENT = ROOT / "demo" / "content"


@pytest.fixture(scope="module")
def database(demo: Path) -> duckdb.DuckDBPyConnection:
    path = demo / "outputs" / "latest" / "gyokaku.duckdb"
    return duckdb.connect(str(path), read_only=True)


def submitted(demo: Path) -> list[Path]:
    """Every file that came in."""
    found = (demo / "raw" / "results").rglob("*")
    return [one for one in found if one.is_file() and one.suffix != ".yaml"]


def test_every_round_is_a_release(demo: Path) -> None:
    versions = json.loads((demo / "outputs/releases/versions.json").read_text("utf-8"))
    assert [one["state"] for one in versions] == ["published"] * ROUNDS


def test_later_rounds_supersede_earlier_ones(database: duckdb.DuckDBPyConnection) -> None:
    for table in ("yearly_results", "indicator_results", "financial_effects"):
        twice = database.execute(
            f"SELECT count(*) FILTER (WHERE NOT is_current), "
            f"count(*) FILTER (WHERE is_current AND result_status = 'provisional') FROM {table}"
        ).fetchone()
        assert twice is not None and twice[0] > 0, table
    stale = database.execute(
        "SELECT count(*) FROM yearly_results AS new JOIN yearly_results AS old "
        "USING (item_id, department_id, fiscal_year, measure_text) "
        "WHERE new.is_current AND old.is_current AND new.result_id <> old.result_id "
        "AND new.item_id IS NOT NULL AND new.source_id <> old.source_id"
    ).fetchone()
    assert stale == (0,)


def test_departments_councils_and_numbers_are_kept_apart(
    database: duckdb.DuckDBPyConnection,
) -> None:
    assessors = database.execute("SELECT DISTINCT assessor FROM item_assessments").fetchall()
    assert assessors == [("council",)]
    answered = database.execute(
        "SELECT count(*) FROM item_assessments WHERE opinion IS NOT NULL "
        "AND city_response IS NOT NULL"
    ).fetchone()
    assert answered is not None and answered[0] > 0
    unrated = database.execute(
        "SELECT DISTINCT unrated_reason FROM yearly_results WHERE rating IS NULL"
    ).fetchall()
    assert (None,) not in unrated


def test_a_renamed_department_keeps_its_results_together(
    database: duckdb.DuckDBPyConnection,
) -> None:
    found = database.execute(
        "SELECT count(*) FROM yearly_results JOIN departments USING (department_id) "
        "WHERE successor_id IS NOT NULL"
    ).fetchone()
    assert found is not None and found[0] > 0


def test_everything_says_that_it_is_fictional(
    demo: Path, database: duckdb.DuckDBPyConnection
) -> None:
    package = json.loads((demo / "outputs/latest/datapackage.json").read_text("utf-8"))
    assert package["title"].startswith("【架空")
    assert all(one["title"].startswith("【架空") for one in package["resources"])
    comments = database.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE comment LIKE '%架空%'"
    ).fetchall()
    tables = {path.stem for path in (ROOT / "schemas").glob("*.json")}
    assert tables <= {name for name, _ in comments}
    for page in (demo / "outputs/internal/feedback").rglob("*.html"):
        assert "架空" in page.read_text("utf-8"), page.name
    for form in (demo / "forms").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(form).worksheets:
            texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
            assert any("架空" in text for text in texts), (form.name, sheet.title)


def test_every_file_has_its_feedback(demo: Path) -> None:
    raw, feedback = demo / "raw" / "results", demo / "outputs" / "internal" / "feedback"
    for path in submitted(demo):
        page = feedback / path.parent.relative_to(raw) / f"{path.name}.html"
        parser = _Page()
        parser.feed(page.read_text("utf-8"))
        assert parser.language == "ja" and parser.has_heading, path.name


class _Page(HTMLParser):
    language: str | None = None
    has_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs).get("lang")
        self.has_heading = self.has_heading or tag == "h1"


def test_marked_copies_open_and_list_what_was_found(demo: Path) -> None:
    copies = list((demo / "outputs/internal/feedback").rglob("*.xlsx"))
    assert len(copies) > 40
    for copy in copies:
        book = openpyxl.load_workbook(copy)
        assert book.sheetnames[0] == "確認結果", copy.name
        assert book.properties.creator in LIBRARIES, copy.name


def test_rows_add_up_in_every_file(demo: Path) -> None:
    quality = json.loads((demo / "outputs/latest/quality.json").read_text("utf-8"))
    accounts = [one for one in quality["row_accounting"] if one["unit"] == "rows"]
    assert len(accounts) > 50
    assert [one for one in accounts if not one["balances"]] == []
    log = (demo / "outputs/internal/submissions.csv").read_text("utf-8-sig")
    assert len(list(csv.DictReader(log.splitlines()))) == len(submitted(demo))


def test_nothing_internal_is_published(demo: Path) -> None:
    """Names of files, comments, hidden rows, text boxes and the clerks' notes stay inside."""
    secrets = {path.name for path in submitted(demo)} | _clerks_words()
    latest = demo / "outputs" / "latest"
    for path in [*latest.rglob("*.csv"), *latest.rglob("*.json")]:
        text = path.read_text("utf-8-sig")
        assert [one for one in secrets if one in text] == [], path.name


def _clerks_words() -> set[str]:
    """What the stories put into comments, text boxes and the column that is never published."""
    words: set[str] = set()
    for path in CONTENT.glob("submissions_*.yaml"):
        words |= _under(yaml.safe_load(path.read_text("utf-8")), INTERNAL)
    return {one for one in words if len(one) > 5}


INTERNAL = re.compile(r"comment|text_box|internal_note|creator")


def _under(value: object, key: re.Pattern[str], inside: bool = False) -> set[str]:
    if isinstance(value, dict):
        inside = inside or value.get("key") == "internal_note"
        return {
            word
            for name, one in value.items()
            for word in _under(one, key, inside or bool(key.search(str(name))))
        }
    if isinstance(value, list):
        return {word for one in value for word in _under(one, key, inside)}
    return {value} if inside and isinstance(value, str) else set()
