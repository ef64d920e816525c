"""Crashes: whatever step a build dies in, readers see the old or the new release, and the next
build puts everything right."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.release import build as build_module
from pipelines.release.checksums import checksum_faults
from pipelines.release.outcome import GateResult, ReleaseOutcome
from pipelines.release.publication import publish, recover
from pipelines.release.registry import ReleaseError, read_release, read_versions

from .samples import build, rows, schemas, with_item


class Crash(BaseException):
    """Not an Exception, like a killed process: nothing may catch it."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = tmp_path_factory.mktemp("first") / "outputs"
    assert build(outputs).version == "1.0.0"
    return outputs


@pytest.fixture
def outputs(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "outputs", symlinks=True)


def crash_at(monkeypatch: pytest.MonkeyPatch, step: int) -> list[str]:
    """Lets the ``step``-th change on the disk fail; tells the steps taken.

    A write dies half-way, everything else before it is done: the state after one step is that
    before the next.
    """
    taken: list[str] = []

    def wrap(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **more: Any) -> Any:
            taken.append(f"{name} {Path(str(arguments[0])).name}")
            if len(taken) == step:
                if name == "write":
                    original(arguments[0], arguments[1][: len(arguments[1]) // 2])
                raise Crash
            return original(*arguments, **more)

        return wrapped

    # What pathlib and shutil call at the end, whatever the way there.
    for name in ("replace", "rename", "unlink", "rmdir", "symlink", "mkdir", "fsync"):
        monkeypatch.setattr(os, name, wrap(name, getattr(os, name)))
    monkeypatch.setattr(Path, "write_bytes", wrap("write", Path.write_bytes))
    return taken


def readable_state(outputs: Path) -> str:
    """The version that every pointer leads to; each must lead to a complete release."""
    entries = read_versions(outputs)
    read_release(outputs, entries[-1])
    told = json.loads((outputs / "latest.json").read_bytes())["version"]
    linked = (outputs / "latest").resolve().name
    for version in {entries[-1]["version"], told, linked}:
        assert checksum_faults(outputs / "releases" / version) == []
        assert version in {entry["version"] for entry in entries}
    return linked


ONE_TABLE = {"municipalities": schemas()["municipalities"]}  # the fewer files, the fewer steps
OLD_ROWS = {"municipalities": rows()["municipalities"]}
NEW_ROWS = {"municipalities": [{**OLD_ROWS["municipalities"][0], "name": "みほん市"}]}


def small_build(outputs: Path) -> ReleaseOutcome:
    return build(outputs, NEW_ROWS, ONE_TABLE)


def crashed_build(outputs: Path, step: int) -> bool:
    """Whether a build of changed rows came so far as to crash at ``step``."""
    with pytest.MonkeyPatch.context() as patch:
        crash_at(patch, step)
        try:
            small_build(outputs)
        except Crash:
            return True
    return False


@pytest.mark.usefixtures("quick_gate")
def test_a_crash_in_any_step_is_mended_by_the_next_build(tmp_path: Path) -> None:
    first = tmp_path / "first"
    build(first, OLD_ROWS, ONE_TABLE)
    states = []
    for step in itertools.count(1):
        outputs = shutil.copytree(first, tmp_path / f"{step}", symlinks=True)
        if not crashed_build(outputs, step):
            break
        states.append(readable_state(outputs))
        assert small_build(outputs).version == "1.0.1"
        assert readable_state(outputs) == "1.0.1"
        assert_clean(outputs)
        shutil.rmtree(outputs)
    assert len(states) > 30
    assert states == sorted(states)  # old, old, ..., new, new: never back
    assert set(states) == {"1.0.0", "1.0.1"}


@pytest.fixture
def quick_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frictionless writes nothing, and takes most of the time of a build."""
    passed = GateResult("frictionless", "検査", 1)
    monkeypatch.setattr(build_module, "frictionless_gate", lambda folder: passed)


def assert_clean(outputs: Path) -> None:
    assert [entry["version"] for entry in read_versions(outputs)] == ["1.0.0", "1.0.1"]
    assert sorted(path.name for path in outputs.iterdir()) == [
        ".build.lock",
        "last_build",
        "latest",
        "latest.json",
        "releases",
    ]
    assert sorted(path.name for path in (outputs / "releases").iterdir()) == [
        "1.0.0",
        "1.0.1",
        "versions.json",
    ]


def test_a_crash_in_the_first_build_leaves_nothing_announced(tmp_path: Path) -> None:
    original = os.rename

    def rename_and_die(*arguments: Any, **more: Any) -> None:
        original(*arguments, **more)
        raise Crash

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Crash):
        patch.setattr(os, "rename", rename_and_die)
        build(tmp_path)
    assert (tmp_path / "releases" / "1.0.0").exists()
    assert not (tmp_path / "latest").exists()
    assert read_versions(tmp_path) == []
    assert build(tmp_path).version == "1.0.0"
    assert readable_state(tmp_path) == "1.0.0"


@pytest.fixture
def entry(outputs: Path) -> dict[str, Any]:
    return read_versions(outputs)[0]


def test_a_published_version_is_never_overwritten(outputs: Path, entry: dict[str, Any]) -> None:
    staged = shutil.copytree(outputs / "releases" / "1.0.0", outputs / "staging" / "release")
    (staged / "quality.json").write_bytes(b"{}")
    with pytest.raises(ReleaseError, match="上書きできません"):
        publish(outputs, staged, entry, [])  # its folder exists
    assert checksum_faults(outputs / "releases" / "1.0.0") == []
    shutil.rmtree(outputs / "releases" / "1.0.0")
    with pytest.raises(ReleaseError, match="上書きできません"):
        publish(outputs, staged, entry, [entry])  # it is listed
    assert not (outputs / "releases" / "1.0.0").exists()


def test_a_release_nobody_knows_is_not_removed(outputs: Path) -> None:
    (outputs / "releases" / "versions.json").unlink()
    outcome = build(outputs, with_item(4))
    assert outcome.state == "blocked"
    assert [problem.rule for problem in outcome.problems] == ["release_unknown"]
    assert checksum_faults(outputs / "releases" / "1.0.0") == []


def test_pointers_are_mended_without_a_new_release(outputs: Path) -> None:
    (outputs / "latest").unlink()
    (outputs / "latest.json").write_bytes(b"{}")
    assert build(outputs).state == "unchanged"
    assert readable_state(outputs) == "1.0.0"


def test_something_else_named_latest_blocks(outputs: Path) -> None:
    (outputs / "latest").unlink()
    (outputs / "latest").mkdir()
    outcome = build(outputs, with_item(4))
    assert [problem.rule for problem in outcome.problems] == ["latest_is_no_link"]
    assert len(read_versions(outputs)) == 1


def test_the_link_is_relative(outputs: Path) -> None:
    assert str((outputs / "latest").readlink()) == "releases/1.0.0"


def test_recover_on_an_empty_folder(tmp_path: Path) -> None:
    assert recover(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_links_still_gets_latest_json(
    outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: Any, **more: Any) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "symlink", refuse)
    assert build(outputs, with_item(4)).state == "published"
    assert json.loads((outputs / "latest.json").read_bytes())["version"] == "1.0.1"
