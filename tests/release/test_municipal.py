"""The package of one municipality: its rows and what they refer to, nothing of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pyarrow.csv as arrow_csv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.release.municipal import MunicipalTables
from pipelines.release.profile_gate import profile_gate
from pipelines.release.public_tables import public_schemas, public_tables
from pipelines.tables.schema import TableSchema

from .samples import build, item, rows, schemas, tables

OTHER = "990027"


def two_cities() -> dict[str, list[dict[str, Any]]]:
    """The sample, and a city with one plan and one item, whose plan has a shared source."""
    found = rows()
    found["municipalities"].append({"municipality_code": OTHER, "name": "よその市"})
    found["plans"].append(
        {"plan_id": f"{OTHER}-p", "municipality_code": OTHER, "title": "よその計画"}
    )
    found["reform_items"].append(
        item(9, item_id=f"{OTHER}-p-9", plan_id=f"{OTHER}-p", title="よそ")
    )
    return found


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = tmp_path_factory.mktemp("municipal")
    assert build(outputs, two_cities()).state == "published"
    return outputs / "latest"


def packages(release: Path) -> Iterator[Path]:
    yield from sorted((release / "packages").iterdir())


def test_each_package_is_valid_on_its_own(release: Path) -> None:
    found = list(packages(release))
    assert [one.name for one in found] == ["990019", OTHER]
    for one in found:
        report = frictionless.validate(str(one / "datapackage.json"))
        assert report.valid, report.to_summary()


def test_rows_are_those_of_the_municipality_alone(release: Path) -> None:
    texts = {
        one.name: b"".join(path.read_bytes() for path in one.rglob("*.csv")).decode()
        for one in packages(release)
    }
    assert "よそ" not in texts["990019"]
    assert "よその計画" in texts[OTHER]
    assert "みほん行革プラン" not in texts[OTHER]


def test_the_packages_together_hold_every_row(release: Path) -> None:
    whole = arrow_csv.read_csv(release / "data/csv/reform_items.csv").num_rows
    parts = [
        arrow_csv.read_csv(one / "data/csv/reform_items.csv").num_rows for one in packages(release)
    ]
    assert sum(parts) == whole == 4


def test_the_package_bears_the_name_of_its_municipality(release: Path) -> None:
    found = json.loads((release / "packages" / OTHER / "datapackage.json").read_bytes())
    assert found["name"] == f"gyokaku-{OTHER}"
    assert found["title"].endswith("よその市")
    assert found["version"] == "1.0.0"


def test_a_package_without_a_row_that_it_needs_blocks(release: Path, tmp_path: Path) -> None:
    import shutil

    copy = shutil.copytree(release, tmp_path / "release")
    shutil.copy(
        release / "packages/990019/data/parquet/plans.parquet",
        copy / "packages" / OTHER / "data/parquet/plans.parquet",
    )
    found = profile_gate(copy)
    assert not found.passed
    assert {one.rule for one in found.problems} == {"package_incomplete"}


def test_a_package_that_breaks_the_profile_blocks(release: Path, tmp_path: Path) -> None:
    import shutil

    copy = shutil.copytree(release, tmp_path / "release")
    path = copy / "datapackage.json"
    broken = json.loads(path.read_bytes())
    broken["resources"][0]["bytes"] = "many"
    path.write_text(json.dumps(broken), "utf-8")
    assert [one.rule for one in profile_gate(copy).problems] == ["package_profile"]


CODES = ["990019", OTHER, "990035"]


@st.composite
def shuffled(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Plans, sources and items of up to three cities in any mixture."""
    plans = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=5))
    items = draw(st.lists(st.integers(0, len(plans) - 1), max_size=8))
    owners = draw(st.lists(st.sampled_from([*CODES, None]), max_size=4))
    return {
        "municipalities": [{"municipality_code": one, "name": one} for one in CODES],
        "plans": [
            {"plan_id": f"{code}-{at}", "municipality_code": code, "title": "計画"}
            for at, code in enumerate(plans)
        ],
        "reform_items": [
            item(at + 1, item_id=f"i{at}", plan_id=f"{plans[plan]}-{plan}")
            for at, plan in enumerate(items)
        ],
        "sources": [
            {"source_id": f"s{at}", "source_kind": "plan_text", "municipality_code": code}
            for at, code in enumerate(owners)
        ],
        "extraction_issues": [],
    }


@given(shuffled())
def test_every_row_with_an_owner_is_in_exactly_its_package(
    given_rows: dict[str, list[dict[str, Any]]],
) -> None:
    declared: dict[str, TableSchema] = schemas()
    parts = MunicipalTables(
        public_schemas(declared), public_tables(declared, tables(given_rows, declared))
    )
    found = {code: parts.of(code)[1] for code in parts.codes}
    for code, own in found.items():
        items = own["reform_items"].to_pylist() if "reform_items" in own else []
        wanted = [
            one["item_id"] for one in given_rows["reform_items"] if one["plan_id"].startswith(code)
        ]
        assert sorted(one["item_id"] for one in items) == sorted(wanted)
