"""Equal tables give equal bytes, wherever and under whatever settings they are built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.release.package_gates import read_duckdb

PROJECT = Path(__file__).parents[2]
BUILD = """
import sys
from pathlib import Path
from tests.release.samples import build, with_item
outputs = Path(sys.argv[1])
assert build(outputs).state == "published"
assert build(outputs, with_item(4)).state == "published"
"""
SETTINGS = [
    {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "12345", "HOME": "/nowhere"},
]


def built(outputs: Path, settings: dict[str, str]) -> Path:
    environment = {"PATH": os.environ["PATH"], **settings}
    outputs.parent.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-c", BUILD, str(outputs)],
        cwd=PROJECT,
        env=environment,
        check=True,
        timeout=300,
    )
    return outputs


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("same")
    places = [root / "a" / "outputs", root / "another place" / "出力"]
    return [built(place, one) for place, one in zip(places, SETTINGS, strict=True)]


def contents(outputs: Path) -> dict[str, bytes]:
    return {
        path.relative_to(outputs).as_posix(): path.read_bytes()
        for path in sorted(outputs.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name != ".build.lock"
    }


def test_every_file_but_duckdb_is_the_same(pair: list[Path]) -> None:
    one, other = map(contents, pair)
    assert one.keys() == other.keys()
    different = {name for name in one if one[name] != other[name]}
    assert {Path(name).name for name in different} <= {"gyokaku.duckdb", "SHA256SUMS"}
    for name in different:
        if name.endswith("SHA256SUMS"):
            lines = set(one[name].splitlines()) ^ set(other[name].splitlines())
            assert all(line.endswith(b"  gyokaku.duckdb") for line in lines)


def test_duckdb_has_the_same_content(pair: list[Path]) -> None:
    queries = [
        "SELECT sql, comment FROM duckdb_tables() ORDER BY table_name",
        "SELECT sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name",
        "SELECT table_name, column_name, comment FROM duckdb_columns() "
        "WHERE database_name = 'release' ORDER BY ALL",
        "SELECT * FROM reform_items",
        "SELECT * FROM data_dictionary",
    ]
    for query in queries:
        one, other = (read_duckdb(path / "latest" / "gyokaku.duckdb", query) for path in pair)
        assert one
        assert one == other


def test_no_file_tells_where_it_was_made(pair: list[Path]) -> None:
    for outputs in pair:
        for name, content in contents(outputs).items():
            assert str(outputs.parent.parent).encode() not in content, name
