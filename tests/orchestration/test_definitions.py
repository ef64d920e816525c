from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import defs
from pipelines.marts.run import mart_names
from pipelines.orchestration.partitions import PARTITION_KEYS
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.workspace import schema_directory
from pipelines.sources.fingerprints import PROJECT_ROOT
from pipelines.tables.schemas import load_schemas

SCHEMAS = load_schemas(schema_directory())
TABLES = set(SCHEMAS)
MARTS = set(mart_names(SCHEMAS))
GRAPH = defs.resolve_asset_graph()


def parents(name: str) -> set[str]:
    return {key.to_user_string() for key in GRAPH.get(dg.AssetKey(name)).parent_keys}


def test_definitions_load() -> None:
    dg.Definitions.validate_loadable(defs)


def test_the_graph_reads_like_the_data_flow() -> None:
    assert parents("raw_plans") == set()
    assert parents("plan_documents") == {"raw_plans"}
    assert parents("extracted_plans") == {"plan_documents"}
    assert parents("extracted_figures") == {"raw_figures", "extracted_plans"}
    assert parents("extracted_results") == {"raw_results", "extracted_plans", "extracted_figures"}
    for table in TABLES - MARTS:
        assert parents(table) == {"extracted_plans", "extracted_figures", "extracted_results"}
    for mart in MARTS:
        assert parents(mart) == TABLES - MARTS
    assert parents("release") == TABLES


def test_every_schema_has_an_asset_and_nothing_else_is_there() -> None:
    names = {key.to_user_string() for key in GRAPH.get_all_asset_keys()}
    raw = {"raw_plans", "raw_figures", "raw_results"}
    extracted = {"plan_documents", "extracted_plans", "extracted_figures", "extracted_results"}
    assert names == TABLES | raw | extracted | {"release"}


def test_groups_are_the_stages() -> None:
    groups = {key.to_user_string(): GRAPH.get(key).group_name for key in GRAPH.get_all_asset_keys()}
    assert {groups.pop(table) for table in TABLES - MARTS} == {"tables"}
    assert {groups.pop(mart) for mart in MARTS} == {"marts"}
    assert groups == {
        "raw_plans": "raw",
        "raw_figures": "raw",
        "raw_results": "raw",
        "plan_documents": "sources",
        "extracted_plans": "plans",
        "extracted_figures": "figures",
        "extracted_results": "results",
        "release": "release",
    }


@pytest.mark.parametrize("name", ["plan_documents", "extracted_plans", "extracted_results"])
def test_partitions_are_prefectures_run_at_once(name: str) -> None:
    node = GRAPH.get(dg.AssetKey(name))
    assert node.partitions_def is not None
    assert tuple(node.partitions_def.get_partition_keys()) == PARTITION_KEYS
    assert node.backfill_policy == dg.BackfillPolicy.single_run()


def test_partition_keys() -> None:
    assert PARTITION_KEYS[0] == "01"
    assert PARTITION_KEYS[46:] == ("47", "99")


def test_every_table_has_a_blocking_check_of_its_rules_and_references() -> None:
    checks = {
        (key.asset_key.to_user_string(), key.name): GRAPH.get(key).blocking
        for key in GRAPH.asset_check_keys
    }
    assert all(checks.values())
    assert {table for table, name in checks if name == "own_rules"} == TABLES
    referring = {name for name, one in load_schemas(schema_directory()).items() if one.foreign_keys}
    assert {table for table, name in checks if name == "foreign_keys"} == referring
    assert ("plans", "published_plans_remain_readable") in checks
    assert ("plans", "some_plan_is_readable") in checks
    assert ("sources", "every_row_is_accounted_for") in checks


def test_columns_are_shown_with_their_japanese_titles() -> None:
    columns = GRAPH.get(dg.AssetKey("reform_items")).metadata["dagster/column_schema"].columns
    schema = load_schemas(schema_directory())["reform_items"]
    assert [one.name for one in columns] == list(schema.field_names)
    assert schema.field("title").title in str(columns[5].description)
    assert [one.constraints.nullable for one in columns] == [not f.required for f in schema.fields]


def test_failed_runs_are_not_retried() -> None:
    assert defs.resolve_job_def("build").tags["dagster/retry_on_asset_or_op_failure"] == "false"


def test_places_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Workspace().places.raw == PROJECT_ROOT / "raw"
    monkeypatch.setenv("GYOKAKU_RAW", str(tmp_path / "in"))
    monkeypatch.setenv("GYOKAKU_OUTPUTS", str(tmp_path / "out"))
    assert Workspace().places.raw == tmp_path / "in"
    assert Workspace().places.outputs == tmp_path / "out"


def test_dagster_yaml_is_valid_and_keeps_its_promises(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "dagster.yaml").write_bytes((PROJECT_ROOT / "dagster.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert not instance.telemetry_enabled
        assert not instance.run_retries_enabled
        assert instance.get_settings("run_retries")["retry_on_asset_or_op_failure"] is False
        assert instance.get_settings("concurrency") == {"runs": {"max_concurrent_runs": 1}}
    assert (tmp_path / ".dagster" / "storage").is_dir()


def test_every_setting_of_dagster_yaml_is_explained() -> None:
    lines = (PROJECT_ROOT / "dagster.yaml").read_text(encoding="utf-8").splitlines()
    settings = [at for at, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#"]
    unexplained = [
        lines[at]
        for at in settings
        if not lines[at - 1].lstrip().startswith("#") and at - 1 not in settings
    ]
    assert unexplained == []
