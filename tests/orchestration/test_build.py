"""Builds in process over tiny plans: what is read, what is skipped, what blocks."""

import json
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pyarrow as pa
import pytest

from pipelines.orchestration import extraction
from pipelines.orchestration.assembly import build_definitions
from pipelines.orchestration.extraction import plan_store
from pipelines.orchestration.partitions import ALL_PARTITIONS_TAGS
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.verdicts import failed_checks
from pipelines.orchestration.workspace import Places, schema_directory
from pipelines.sources.discovery import PlanFolder
from pipelines.tables.schemas import load_schemas
from pipelines.tables.store import ParquetStore
from tests.orchestration.conftest import Workplace
from tests.orchestration.samples import FICTIONAL, FIRST, add_plan, read_plainly

Counter = Callable[[], list[str]]


def table(places: Places, name: str) -> pa.Table:
    return ParquetStore(places.tables, load_schemas(schema_directory())).read(name)


def values(places: Places, name: str, column: str) -> list[object]:
    return table(places, name).column(column).to_pylist()


@pytest.fixture
def read_plans(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The plans read since the last time one asked."""
    read: list[str] = []

    def counted(folder: PlanFolder) -> object:
        read.append(folder.plan_id)
        return read_plainly(folder)

    def taken() -> list[str]:
        found = sorted(read)
        read.clear()
        return found

    monkeypatch.setattr(extraction, "extract_plan", counted)
    return taken


def test_a_first_build_publishes_every_table(workplace: Workplace) -> None:
    result, watcher = workplace.build()
    assert result.succeeded and not result.faults
    assert watcher.outcome is not None
    assert (watcher.outcome.state, watcher.outcome.version) == ("published", "1.0.0")
    assert watcher.outcome.counts["reform_items"] == 3
    assert values(workplace.places, "reform_items", "title") == ["第一", "第二", "第三"]
    assert "計画の読み取り 2" in watcher.told
    assert {"032093-plan-a", "142123-plan-b"} <= set(watcher.told)


def test_only_changed_partitions_are_read_again(workplace: Workplace, read_plans: Counter) -> None:
    workplace.build()
    assert read_plans() == ["032093-plan-a", "142123-plan-b"]
    workplace.build()
    assert read_plans() == []
    (workplace.plan / "plan.txt").touch()
    workplace.build()
    assert read_plans() == []
    (workplace.plan / "plan.txt").write_text("別の第一\n", encoding="utf-8")
    _, watcher = workplace.build()
    assert read_plans() == ["032093-plan-a"]
    assert values(workplace.places, "reform_items", "title") == ["別の第一", "第三"]
    assert watcher.outcome is not None and watcher.outcome.version == "1.0.1"


@pytest.mark.parametrize("name", ["corrections.yaml", "plan.yaml"])
def test_every_file_of_a_plan_counts(workplace: Workplace, read_plans: Counter, name: str) -> None:
    workplace.start_built()
    with (workplace.plan / name).open("a", encoding="utf-8") as stream:
        stream.write("# remark\n")
    workplace.build()
    assert read_plans() == ["032093-plan-a"]


def test_changed_code_reads_everything_again(
    workplace: Workplace, read_plans: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace.start_built()
    monkeypatch.setattr(
        "pipelines.orchestration.plan_assets.code_fingerprint", lambda parts: "other code"
    )
    _, watcher = workplace.build()
    assert read_plans() == ["032093-plan-a", "142123-plan-b"]
    assert watcher.outcome is not None and watcher.outcome.state == "unchanged"


@pytest.mark.parametrize("lost", ["reform_items.parquet", "report.json"])
def test_a_damaged_store_is_mended(workplace: Workplace, read_plans: Counter, lost: str) -> None:
    workplace.start_built()
    (workplace.places.extracted / "03" / lost).unlink()
    result, _ = workplace.build()
    assert result.succeeded
    assert read_plans() == ["032093-plan-a"]


def test_a_prefecture_whose_folder_is_gone_becomes_empty(workplace: Workplace) -> None:
    workplace.start_built()
    shutil.rmtree(workplace.raw / "plans" / FIRST)
    result, watcher = workplace.build()
    assert result.succeeded
    assert values(workplace.places, "plans", "plan_id") == ["142123-plan-b"]
    assert values(workplace.places, "municipalities", "municipality_code") == ["142123"]
    assert not (workplace.places.extracted / "03").exists()
    assert watcher.outcome is not None and watcher.outcome.state == "published"


def test_the_fictional_municipality_has_its_partition(workplace: Workplace) -> None:
    add_plan(workplace.raw, FICTIONAL, "plan-x")
    workplace.build()
    assert [
        one["plan_id"] for one in plan_store(workplace.places.extracted).report("99").plans
    ] == ["990019-plan-x"]


def test_two_plans_of_a_municipality_name_it_once(workplace: Workplace) -> None:
    add_plan(workplace.raw, FIRST, "plan-b")
    result, _ = workplace.build()
    assert result.succeeded
    assert values(workplace.places, "municipalities", "municipality_code") == ["032093", "142123"]


def test_plans_that_disagree_on_the_name_are_told(workplace: Workplace) -> None:
    add_plan(workplace.raw, FIRST, "plan-b", name="別名市")
    result, _ = workplace.build()
    assert result.succeeded
    assert values(workplace.places, "plans", "plan_id") == ["032093-plan-a", "142123-plan-b"]
    assert "municipality_name_conflict" in values(workplace.places, "extraction_issues", "rule")


def test_a_new_plan_that_cannot_be_read_is_left_out(workplace: Workplace) -> None:
    add_plan(workplace.raw, FIRST, "plan-z", "読めない\n")
    result, watcher = workplace.build()
    assert result.succeeded
    assert watcher.outcome is not None and watcher.outcome.state == "published"
    assert "032093-plan-z" not in values(workplace.places, "plans", "plan_id")
    assert "unreadable" in values(workplace.places, "extraction_issues", "rule")


def test_a_folder_of_no_municipality_is_reported(workplace: Workplace) -> None:
    add_plan(workplace.raw, "abc", "plan-z")
    result, _ = workplace.build()
    assert result.succeeded
    places = values(workplace.places, "extraction_issues", "place")
    assert any(str(place).startswith("plans/abc/plan-z") for place in places)
    shutil.rmtree(workplace.raw / "plans" / "abc")
    workplace.build()
    places = values(workplace.places, "extraction_issues", "place")
    assert not any("abc" in str(place) for place in places)


def test_a_fault_of_the_program_leaves_out_one_plan_and_is_tried_again(
    workplace: Workplace, read_plans: Counter
) -> None:
    add_plan(workplace.raw, FIRST, "plan-z", "故障\n")
    result, _ = workplace.build()
    assert result.succeeded
    report = plan_store(workplace.places.extracted).report("03")
    assert report.left_out == {"032093-plan-z": "plans/032093/plan-z"}
    assert "a fault of the program" in report.tracebacks["032093-plan-z"]
    assert values(workplace.places, "plans", "plan_id") == ["032093-plan-a", "142123-plan-b"]
    read_plans()
    workplace.build()
    assert read_plans() == ["032093-plan-a", "032093-plan-z"]


def test_a_published_plan_that_becomes_unreadable_blocks(workplace: Workplace) -> None:
    workplace.start_built()
    (workplace.plan / "plan.txt").write_text("読めない", encoding="utf-8")
    result, watcher = workplace.build()
    assert not result.succeeded and not result.faults
    assert watcher.outcome is None
    (problem,) = failed_checks(workplace.places)["published_plans_remain_readable"]
    assert problem.place == "plans/032093/plan-a"
    latest = json.loads((workplace.places.outputs / "latest.json").read_bytes())
    assert latest["version"] == "1.0.0"
    report = json.loads((workplace.places.last_build / "report.json").read_bytes())
    assert report["state"] == "blocked"
    assert "unreadable" in {one["rule"] for one in report["problems"]}
    shutil.rmtree(workplace.plan)
    result, watcher = workplace.build()
    assert result.succeeded and watcher.outcome is not None
    assert watcher.outcome.version == "1.0.1"
    assert failed_checks(workplace.places) == {}


@pytest.mark.parametrize(
    ("text", "check", "table"),
    [("変な値\n", "own_rules", "reform_items"), ("孤児\n", "foreign_keys", "policy_nodes")],
)
def test_a_broken_rule_blocks_and_names_the_row(
    workplace: Workplace, text: str, check: str, table: str
) -> None:
    add_plan(workplace.raw, FIRST, "plan-z", text)
    result, watcher = workplace.build()
    assert not result.succeeded and not result.faults
    assert watcher.outcome is None
    (problem,) = failed_checks(workplace.places)[check]
    assert problem.place.startswith(f"{table}: ")
    assert "032093-plan-z" in problem.place
    assert not (workplace.places.outputs / "releases").exists()


def test_without_a_single_plan_nothing_is_published(workplace: Workplace) -> None:
    shutil.rmtree(workplace.raw / "plans" / "142123")
    (workplace.plan / "plan.txt").write_text("読めない", encoding="utf-8")
    result, _ = workplace.build()
    assert not result.succeeded
    assert set(failed_checks(workplace.places)) == {"some_plan_is_readable"}


def test_an_unexpected_fault_is_told_apart_from_a_blocked_gate(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr("pipelines.orchestration.release_assets.build_release", fail)
    result, _ = workplace.build()
    assert not result.succeeded
    assert "disk on fire" in result.faults["release"]


def test_checks_show_their_failures_in_dagster(workplace: Workplace) -> None:
    add_plan(workplace.raw, FIRST, "plan-z", "変な値\n")
    places = workplace.places
    definitions = build_definitions(Workspace(raw=str(places.raw), outputs=str(places.outputs)))
    with dg.DagsterInstance.ephemeral() as instance:
        result = definitions.resolve_job_def("build").execute_in_process(
            instance=instance, tags=ALL_PARTITIONS_TAGS, raise_on_error=False
        )
    (failed,) = [one for one in result.get_asset_check_evaluations() if not one.passed]
    assert (failed.asset_key.to_user_string(), failed.check_name) == ("reform_items", "own_rules")
    assert failed.metadata["failures"].value == 1
    shown = failed.metadata["problems"].value
    assert isinstance(shown, list) and "沢山" in str(shown[0])
    assert "confidence" in str(failed.description)


def test_runs_as_the_ui_starts_them_give_the_same_files(
    workplace: Workplace, tmp_path: Path
) -> None:
    """A backfill of everything is two runs: the partitioned assets, then the rest."""
    workplace.build()
    other = Places(workplace.raw, tmp_path / "ui")
    definitions = build_definitions(Workspace(raw=str(other.raw), outputs=str(other.outputs)))
    job = definitions.resolve_implicit_global_asset_job_def()
    partitioned = [dg.AssetKey("plan_documents"), dg.AssetKey("extracted_plans")]
    rest = [*map(dg.AssetKey, load_schemas(schema_directory())), dg.AssetKey("release")]
    with dg.DagsterInstance.ephemeral() as instance:
        first = job.execute_in_process(
            instance=instance, tags=ALL_PARTITIONS_TAGS, asset_selection=partitioned
        )
        second = job.execute_in_process(instance=instance, asset_selection=rest)
        rows = [
            one.step_materialization_data.materialization.metadata
            for one in second.get_asset_materialization_events()
            if one.asset_key == dg.AssetKey("reform_items")
        ]
    assert first.success and second.success
    assert [one["dagster/row_count"].value for one in rows] == [3]
    assert files(other.tables) == files(workplace.places.tables)
    assert files(other.extracted) == files(workplace.places.extracted)
    published = [files(one.outputs / "releases" / "1.0.0") for one in (other, workplace.places)]
    for one in published:  # not the same bytes twice, and what hashes it
        del one["gyokaku.duckdb"], one["SHA256SUMS"]
    assert published[0] == published[1]


def test_one_partition_alone_can_be_materialised(workplace: Workplace, read_plans: Counter) -> None:
    places = workplace.places
    definitions = build_definitions(Workspace(raw=str(places.raw), outputs=str(places.outputs)))
    job = definitions.resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(
            instance=instance,
            partition_key="14",
            asset_selection=[dg.AssetKey("plan_documents"), dg.AssetKey("extracted_plans")],
        )
        event = instance.get_latest_materialization_event(dg.AssetKey("extracted_plans"))
    assert result.success
    assert read_plans() == ["142123-plan-b"]
    assert [one.partition for one in plan_store(places.extracted).reports()] == ["14"]
    assert event is not None and event.asset_materialization is not None
    assert event.asset_materialization.partition == "14"
    assert event.asset_materialization.metadata["rows/reform_items"].value == 1


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_an_ended_build_is_no_fault_of_the_program(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        extraction, "extract_plan", lambda folder: signal.raise_signal(signal.SIGINT)
    )
    with pytest.raises(KeyboardInterrupt):
        workplace.build()
