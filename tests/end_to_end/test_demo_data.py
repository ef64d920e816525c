"""The files of the fictional municipality: made anew alike, and read as demo/expected.yaml says."""

from __future__ import annotations

import functools
import io
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo.form_contents import FormMaker
from demo.make import content
from demo.reading import Outcome, facts_of_demo, figure_checks, read_results, rules_of
from pipelines.plans.extraction import extract_plan
from pipelines.results.outcomes import FileOutcome
from pipelines.sources.discovery import discover_plans
from pipelines.sources.result_rounds import discover_rounds

DEMO = Path(__file__).parents[2] / "demo"
RAW = DEMO / "raw"
EXPECTED = yaml.safe_load((DEMO / "expected.yaml").read_text(encoding="utf-8"))
LARGEST = 1_500_000


@functools.cache
def outcome() -> Outcome:
    return read_results(RAW)


def file_of(place: str) -> FileOutcome:
    """A file's outcome; of two equal files either may be the one that is read."""
    files, twins = outcome().files, {}
    for name, one in EXPECTED["files"].items():
        if "copy_of" in one:
            twins = {name: one["copy_of"], one["copy_of"]: name}
    is_copy = "copy_of" in EXPECTED["files"][place]
    pair = [files[place], *([files[twins[place]]] if place in twins else [])]
    return next((one for one in pair if (one.account is None) == is_copy), pair[0])


def cases(entries: Iterable[tuple[str, Any, dict[str, Any]]]) -> list[Any]:
    """Test cases of (name, value, expectation); known gaps may fail."""
    return [
        pytest.param(
            value,
            id=name,
            marks=[pytest.mark.xfail(reason=entry["gap"], strict=False)] if "gap" in entry else [],
        )
        for name, value, entry in entries
    ]


def contents(data: bytes) -> dict[str, bytes]:
    """What is in a file: compressed bytes differ between versions of zlib."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def forms() -> set[str]:
    """Places of files that are our own forms: their layout may change after they came in."""
    return {
        f"results/990019/keiei3/{year}/{name}"
        for year in (2023, 2024, 2025)
        for name, story in content(f"submissions_{year}").items()
        if "form" in story or "forms" in story
    }


# --- the files themselves ---


def made_apart(folder: Path) -> dict[str, bytes]:
    """The files made by a process of its own: odfpy keeps namespaces that tests before it used."""
    program = f"from pathlib import Path; from demo.make import write; write(Path({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", program], cwd=DEMO.parent, check=True)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_files_are_made_from_the_content_alone(tmp_path: Path) -> None:
    made = made_apart(tmp_path / "raw")
    there = {
        path.relative_to(RAW).as_posix(): path.read_bytes()
        for path in RAW.rglob("*")
        if path.is_file()
    }
    assert sorted(made) == sorted(there)
    own = made.keys() - forms()
    changed = sorted(name for name in own if contents(made[name]) != contents(there[name]))
    assert changed == [], "run: python -m demo.make"


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    assert made_apart(tmp_path / "one") == made_apart(tmp_path / "two")


def test_the_files_are_small() -> None:
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) < LARGEST


def test_every_file_has_an_expectation() -> None:
    places = {
        one.place.removeprefix("results/990019/keiei3/") + "/" + file.name
        for one in discover_rounds(RAW).rounds
        for file in one.files
    }
    assert places == set(EXPECTED["files"])


def test_rounds_are_sound() -> None:
    found = discover_rounds(RAW)
    assert found.problems == []
    statuses = Counter(one.settings.assessor for one in found.rounds)
    assert statuses == {"department": 5, "council": 2}


def test_the_readmes_name_every_file() -> None:
    for readme in ("README.md", "README.ja.md"):
        text = (DEMO / readme).read_text(encoding="utf-8")
        assert [place for place in EXPECTED["files"] if f"`{place}`" not in text] == []


def test_everything_says_that_it_is_fictional() -> None:
    plan = (RAW / "plans/990019/keiei3/keiei3.txt").read_text(encoding="utf-8")
    assert all("架空" in page for page in plan.split("\f"))
    for path in RAW.rglob("round.yaml"):
        assert "架空" in path.read_text(encoding="utf-8")


# --- the plan ---


def test_the_plan_is_read_completely() -> None:
    (folder,) = discover_plans(RAW).folders
    plan = extract_plan(folder)
    rows = plan.rows
    assert plan.problems == []
    facts = facts_of_demo()
    assert [row["number_label"] for row in rows["reform_items"]] == list(facts.results)
    assert {row["confidence"] for row in rows["reform_items"]} == {"certain"}
    assert len(rows["policy_nodes"]) == 4
    assert (rows["plans"][0]["period_start_fy"], rows["plans"][0]["period_end_fy"]) == (2023, 2027)
    targets = rows["item_targets"]
    assert len(targets) >= 20
    full = [row for row in targets if row["due_fy"] and row["baseline_value"] is not None]
    assert len(full) >= 12
    assert len(rows["glossary_terms"]) == len(facts.plan["glossary"])


# --- what comes of the submissions ---


@pytest.mark.parametrize(
    "place", cases((place, place, entry) for place, entry in EXPECTED["files"].items())
)
def test_file(place: str) -> None:
    entry = EXPECTED["files"][place]
    one = file_of(place)
    told = [finding for group in one.feedback.entries for finding in group.findings]
    errors = {finding.rule for finding in told if finding.severity == "error"}
    assert errors == set(entry.get("errors", []))
    assert set(entry.get("told", [])) <= rules_of(one)
    if entry.get("refused") or "copy_of" in entry:
        assert one.account is None
        return
    assert one.account is not None
    assert one.account.balances
    counted = one.account.published, one.account.quarantined
    assert counted == (entry["published"], entry.get("quarantined", 0))


@pytest.mark.parametrize(
    "entry",
    cases(
        ("-".join(str(one[key]) for key in ("table", "item", "year", "round")), one, one)
        for one in EXPECTED["values"]
    ),
)
def test_value(entry: dict[str, Any]) -> None:
    wanted = {
        key: value
        for key, value in entry.items()
        if key not in ("table", "item", "department", "year", "gap")
    }
    maker = FormMaker(facts_of_demo(), content("rounds"), [])
    named = {"item_id": maker.item_id(entry["item"]), "fiscal_year": entry["year"]}
    if "department" in entry:
        named["department_name"] = entry["department"]
    named |= {key: wanted[key] for key in ("round", "effect_kind", "revision") if key in wanted}
    rows = [
        row
        for row in outcome().results.rows[entry["table"]]
        if all(row[key] == value for key, value in named.items())
    ]
    assert [{key: row[key] for key in wanted} for row in rows] == [wanted]


def test_ratings_and_values_are_the_stories() -> None:
    """Every current row of 2023 and 2025 that has a rating says what demo/content/ says."""
    maker = FormMaker(facts_of_demo(), content("rounds"), [])
    numbers = {maker.item_id(number): number for number in facts_of_demo().results}
    checked = 0
    for row in outcome().results.rows["yearly_results"]:
        if row["is_current"] and row["rating"] and row["item_id"]:
            is_early = row["round"] == "1-mikomi" and row["fiscal_year"] == 2024
            told = facts_of_demo().of(numbers[row["item_id"]], row["fiscal_year"], is_early)
            assert (row["rating_label"], row["activity_text"].split("\n")[0]) == (
                told["rating"],
                told["activity"],
            )
            checked += 1
    assert checked >= 75


def test_one_current_row_per_item_department_and_year() -> None:
    for table, parts in {
        "yearly_results": ("item_id", "measure_text", "department_name", "fiscal_year"),
        "financial_effects": ("item_id", "effect_kind", "effect_basis", "fiscal_year"),
    }.items():
        rows = [row for row in outcome().results.rows[table] if row["is_current"]]
        keys = Counter(tuple(row[part] for part in parts) for row in rows)
        assert [key for key, count in keys.items() if count > 1] == []


def test_sums_of_current_effects() -> None:
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for row in outcome().results.rows["financial_effects"]:
        if row["is_current"]:
            sums[row["fiscal_year"], row["effect_kind"]] += row["actual_yen"] or 0
    assert dict(sums) == {(one["year"], one["effect_kind"]): one["yen"] for one in EXPECTED["sums"]}


def test_figure_checks() -> None:
    found = Counter((row["check_kind"], row["outcome"]) for row in figure_checks(RAW, outcome()))
    for kind, outcomes in EXPECTED["figure_checks"].items():
        for name, least in outcomes.items():
            assert found[kind, name] >= least, found


@pytest.mark.parametrize(
    "round_name", cases((name, name, entry) for name, entry in EXPECTED["outstanding"].items())
)
def test_outstanding_departments(round_name: str) -> None:
    told = [
        one.message_ja
        for one in outcome().results.problems
        if one.rule == "department_outstanding" and f"/{round_name}/" in one.place
    ]
    departments = EXPECTED["outstanding"][round_name]["departments"]
    assert len(told) == (1 if departments else 0)
    assert all(name in told[0] for name in departments)


def test_what_is_not_for_the_public_stands_in_no_public_column() -> None:
    schemas = outcome().schemas
    published = [
        str(row[field.name])
        for table, rows in outcome().results.rows.items()
        for row in rows
        for field in schemas[table].fields
        if field.disclosure == "public" and row.get(field.name) is not None
    ]
    text = "\n".join(published)
    assert [one for one in EXPECTED["never_published"] if one in text] == []
