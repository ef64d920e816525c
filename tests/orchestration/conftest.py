from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipelines.orchestration import extraction
from pipelines.orchestration.in_process import RunResult, run_build
from pipelines.orchestration.workspace import Places
from pipelines.release.outcome import ReleaseOutcome
from pipelines.sources import fingerprints
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

    def __init__(self, root: Path) -> None:
        self.places = Places(raw=root / "raw", outputs=root / "outputs")
        self.raw = self.places.raw
        self.plan = add_plan(self.raw, FIRST, "plan-a", "第一\n第二\n")
        add_plan(self.raw, SECOND, "plan-b", "第三\n")

    def build(self) -> tuple[RunResult, Watcher]:
        watcher = Watcher()
        return run_build(self.places, watcher), watcher


@pytest.fixture(autouse=True)
def _no_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAGSTER_HOME", "GYOKAKU_RAW", "GYOKAKU_OUTPUTS"):
        monkeypatch.delenv(name, raising=False)


#: The code as it is at the first build of a test run. Somebody who edits it meanwhile would have
#: partitions read again of which a test knows that they are not.
_code_listing = cache(fingerprints._code_listing)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    monkeypatch.setattr(extraction, "extract_plan", read_plainly)
    monkeypatch.setattr(fingerprints, "_code_listing", _code_listing)
    yield Workplace(tmp_path)
