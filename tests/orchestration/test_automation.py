import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from pipelines.orchestration.automation import nightly_build, raw_content_changed
from pipelines.orchestration.files import write_json
from pipelines.orchestration.partitions import ALL_PARTITIONS_TAGS
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.workspace import Places
from pipelines.sources.fingerprints import raw_fingerprint
from tests.orchestration.samples import add_plan


@pytest.fixture
def places(tmp_path: Path) -> Places:
    add_plan(tmp_path / "raw")
    return Places(tmp_path / "raw", tmp_path / "outputs")


def tick(places: Places, cursor: str | None) -> tuple[object, str | None]:
    """What the sensor answers, and the cursor after it."""
    with dg.build_sensor_context(
        cursor=cursor,
        resources={"workspace": Workspace(raw=str(places.raw), outputs=str(places.outputs))},
    ) as context:
        answer = raw_content_changed(context)
        after = answer.cursor if isinstance(answer, dg.SensorResult) else context.cursor
        return answer, after


def requested(answer: object) -> dg.RunRequest:
    assert isinstance(answer, dg.SensorResult) and answer.run_requests is not None
    (request,) = answer.run_requests
    return request


def test_the_first_tick_builds_everything(places: Places) -> None:
    answer, cursor = tick(places, None)
    assert dict(requested(answer).tags) == ALL_PARTITIONS_TAGS
    assert cursor == raw_fingerprint(places.raw)


def test_what_the_command_line_has_built_is_not_built_again(places: Places) -> None:
    write_json(places.fingerprint, {"raw": raw_fingerprint(places.raw)})
    answer, cursor = tick(places, None)
    assert isinstance(answer, dg.SkipReason)
    assert cursor == raw_fingerprint(places.raw)


def test_the_same_content_with_other_times_is_skipped(places: Places) -> None:
    _, cursor = tick(places, None)
    for path in places.raw.rglob("*"):
        os.utime(path, (1, 1))
    answer, _ = tick(places, cursor)
    assert isinstance(answer, dg.SkipReason)


def test_changed_content_builds_and_so_does_changing_it_back(places: Places) -> None:
    _, cursor = tick(places, None)
    add_plan(places.raw, text="別の本文\n")
    answer, changed = tick(places, cursor)
    assert requested(answer).run_key is None
    add_plan(places.raw)
    answer, back = tick(places, changed)
    requested(answer)
    assert back == cursor != changed


def test_a_raw_folder_that_is_away_is_no_change(places: Places) -> None:
    _, cursor = tick(places, None)
    shutil.rmtree(places.raw)
    answer, after = tick(places, cursor)
    assert isinstance(answer, dg.SkipReason)
    assert "読めません" in str(answer.skip_message)
    assert after == cursor


def test_the_schedule_runs_all_partitions_every_night_in_one_run() -> None:
    assert nightly_build.cron_schedule == "30 2 * * *"
    assert nightly_build.execution_timezone == "Asia/Tokyo"
    time = datetime(2026, 4, 1, 2, 30, tzinfo=UTC)
    with dg.build_schedule_context(scheduled_execution_time=time) as context:
        data = nightly_build.evaluate_tick(context)
    assert data.run_requests is not None
    (request,) = data.run_requests
    assert ALL_PARTITIONS_TAGS.items() <= request.tags.items()
    assert request.partition_key is None
