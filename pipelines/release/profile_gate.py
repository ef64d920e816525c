"""Gate: every datapackage.json fits the Data Package v2 profile, and every package is whole.

The profile (https://datapackage.org/profiles/2.0/datapackage.json) is kept in ``schemas/vendor/``,
so that a build asks no server.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.problems import Problem
from pipelines.release.layout import DATAPACKAGE, parquet_path
from pipelines.release.outcome import GateResult

PROFILE: Final = (
    Path(__file__).resolve().parents[2] / "schemas/vendor/datapackage-2.0/datapackage.json"
)


def profile_gate(folder: Path) -> GateResult:
    """Whether the package and those of single municipalities are valid, each on its own."""
    packages = [folder, *sorted(path for path in folder.glob("packages/*") if path.is_dir())]
    problems = [
        problem
        for package in packages
        for problem in (*_profile_faults(folder, package), *_key_faults(folder, package))
    ]
    return GateResult(
        "package_profile", "データパッケージの規格（v2）", len(packages), tuple(problems)
    )


def _profile_faults(folder: Path, package: Path) -> Iterator[Problem]:
    place = (package / DATAPACKAGE).relative_to(folder).as_posix()
    for error in _validator().iter_errors(_descriptor(package)):
        where = "/".join(map(str, error.absolute_path)) or "全体"
        fault = f"規格に合いません（{where}: {error.message[:200]}）"
        yield _problem("package_profile", place, fault)


def _key_faults(folder: Path, package: Path) -> Iterator[Problem]:
    """Foreign keys that lead to no row of the package."""
    columns = _Columns(package)
    for one in _descriptor(package)["resources"]:
        for key in one["schema"].get("foreignKeys", ()) if "type" in one else ():
            parent = key["reference"]["resource"] or one["name"]
            (column,), (parent_column,) = key["fields"], key["reference"]["fields"]
            values, known = columns.of(one["name"], column), columns.of(parent, parent_column)
            if not set(values) - {None} <= set(known):
                place = (package / parquet_path(one["name"])).relative_to(folder).as_posix()
                fault = f"列「{column}」の参照先がこの中にありません"
                yield _problem("package_incomplete", place, fault)


class _Columns:
    """Columns of the Parquet files of a package, each file read once."""

    def __init__(self, package: Path) -> None:
        self._package = package
        self._tables: dict[str, pa.Table] = {}

    def of(self, table: str, name: str) -> list[Any]:
        """The values of a column; none where the package lacks the table."""
        path = self._package / parquet_path(table)
        if table not in self._tables and path.is_file():
            self._tables[table] = pq.read_table(path)
        found = self._tables.get(table)
        return [] if found is None else pc.unique(found[name]).to_pylist()


def _problem(rule: str, place: str, fault: str) -> Problem:
    return Problem(
        "error",
        rule,
        place,
        f"{fault}。公開用ファイルを書く処理の不具合です。開発者に連絡してください。",
    )


def _descriptor(package: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads((package / DATAPACKAGE).read_bytes())
    return content


@cache
def _validator() -> Any:
    profile = json.loads(PROFILE.read_bytes())
    return jsonschema.validators.validator_for(profile)(profile)
