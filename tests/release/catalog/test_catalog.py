"""catalog.jsonld says what the written list asks for, and nothing else than the package does."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.release.catalog.description import catalog
from pipelines.release.catalog.required import missing_properties, required
from pipelines.release.package_files import fiscal_years

from ..samples import build, tables


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = tmp_path_factory.mktemp("catalog")
    assert build(outputs).state == "published"
    return outputs / "latest"


@pytest.fixture(scope="module")
def package(release: Path) -> dict[str, Any]:
    return json.loads((release / "datapackage.json").read_bytes())


def test_everything_required_is_there(release: Path) -> None:
    found = json.loads((release / "catalog.jsonld").read_bytes())
    assert list(missing_properties(found)) == []


@pytest.mark.parametrize("kind", list(required()))
def test_whatever_is_left_out_is_missed(package: dict[str, Any], kind: str) -> None:
    for name in required()[kind]:
        broken = copy.deepcopy(catalog(package, (2020, 2024), None))
        node = next(one for one in broken["@graph"] if kind in one["@type"])
        del node[name]
        assert (node["@id"], name) in missing_properties(broken)


def test_every_address_leads_to_a_file(release: Path) -> None:
    nodes = json.loads((release / "catalog.jsonld").read_bytes())["@graph"]
    paths = [one["dcat:downloadURL"] for one in nodes if "dcat:downloadURL" in one]
    assert len(paths) > 10
    assert all((release / path).is_file() for path in paths)


def test_hashes_and_sizes_are_those_of_the_package(package: dict[str, Any]) -> None:
    nodes = {one["@id"]: one for one in catalog(package, None, None)["@graph"]}
    for one in package["resources"]:
        node = nodes[one["path"]]
        assert node["spdx:checksum"]["spdx:checksumValue"] == one["hash"].split(":")[1]
        assert node["dcat:byteSize"]["@value"] == str(one["bytes"])


def test_fiscal_years_are_days_of_april_and_march(package: dict[str, Any]) -> None:
    dataset = catalog(package, (2020, 2024), "1.0.0")["@graph"][0]
    assert dataset["schema:temporalCoverage"] == "2020-04-01/2025-03-31"
    assert dataset["dcat:prev"] == "../1.0.0/"
    assert "dct:temporal" not in catalog(package, None, None)["@graph"][0]


def test_years_of_no_table() -> None:
    assert fiscal_years(tables()) is None
