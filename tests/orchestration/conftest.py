import contextlib
import fcntl
import io
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from pipelines.commands import build, unchanged
from pipelines.orchestration import extraction
from pipelines.orchestration.in_process import RunResult, run_build
from pipelines.orchestration.workspace import Places
from pipelines.release.outcome import ReleaseOutcome
from pipelines.sources import fingerprints
from pipelines.sources.fingerprints import BUILDING_CODE, code_fingerprint, raw_fingerprint
from tests.orchestration.samples import FIRST, SECOND, add_plan, read_plainly


class Watcher:
    """Keeps what a build told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.outcome: ReleaseOutcome | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        self.told.append(f"{name} {total}")

    def step(self, detail: str) -> None:
        self.told.append(detail)

    def finish(self, outcome: ReleaseOutcome) -> None:
        self.outcome = outcome


class Workplace:
    """A raw folder with two tiny plans, and builds of it."""

    def __init__(self, root: Path, shared: Path | None = None) -> None:
        self._shared = shared
        self.places = Places(raw=root / "raw", outputs=root / "outputs")
        self.raw = self.places.raw
        self.plan = add_plan(self.raw, FIRST, "plan-a", "第一\n第二\n")
        add_plan(self.raw, SECOND, "plan-b", "第三\n")

    def build(self) -> tuple[RunResult, Watcher]:
        watcher = Watcher()
        return run_build(self.places, watcher), watcher

    def start_built(self) -> None:
        """Outputs as ``gyokaku build`` leaves them the first time, for tests of what comes next.

        The first of all test processes that needs those of this raw folder builds them, with
        ``read_plainly``; the others copy what it has built. Code and raw folder are told apart by
        their content.
        """
        assert self._shared is not None and not self.places.outputs.exists()
        made_from = [raw_fingerprint(self.raw), code_fingerprint(BUILDING_CODE)]
        kept = self._shared / "-".join(one[:16] for one in made_from)
        _once(kept, self._first_build)
        shutil.copytree(kept, self.places.outputs, symlinks=True)

    def _first_build(self, outputs: Path) -> None:
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
            patch.setattr(extraction, "extract_plan", read_plainly)
            patch.setattr(unchanged, "code_fingerprint", lambda parts: THIS_CODE)
            assert build.build(Places(raw=self.raw, outputs=outputs)) == 0


def _once(folder: Path, fill: Callable[[Path], None]) -> None:
    done = folder.with_suffix(".done")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            fill(folder)
            done.touch()


@pytest.fixture(scope="session")
def first_builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all test processes."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / "first-builds"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(autouse=True)
def _no_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAGSTER_HOME", "GYOKAKU_RAW", "GYOKAKU_OUTPUTS"):
        monkeypatch.delenv(name, raising=False)


#: What builds of the command take for the code: somebody may be editing it while tests run.
THIS_CODE = "this code"

#: The code as it is at the first build of a test run. Somebody who edits it meanwhile would have
#: partitions read again of which a test knows that they are not.
_code_listing = cache(fingerprints._code_listing)


@pytest.fixture
def workplace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first_builds: Path
) -> Iterator[Workplace]:
    monkeypatch.setattr(extraction, "extract_plan", read_plainly)
    monkeypatch.setattr(fingerprints, "_code_listing", _code_listing)
    yield Workplace(tmp_path, first_builds)
