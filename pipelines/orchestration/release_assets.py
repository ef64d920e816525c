"""Group ``release``: checked tables become a published release."""

from collections.abc import Mapping
from typing import Any

import dagster as dg

from pipelines.orchestration.evidence import release_evidence
from pipelines.orchestration.reporting import Reporter
from pipelines.orchestration.resources import Workspace
from pipelines.release.build import build_release
from pipelines.release.outcome import ReleaseOutcome
from pipelines.tables.schema import TableSchema
from pipelines.tables.store import ParquetStore


def release_asset(schemas: Mapping[str, TableSchema]) -> dg.AssetsDefinition:
    """The asset that packages, gates and publishes all tables."""

    @dg.asset(
        name="release",
        group_name="release",
        deps=list(schemas),
        kinds={"csv", "parquet", "duckdb"},
        description="The open-data release: packaged in staging, gated, published in one step.",
    )
    def release(
        workspace: Workspace, reporter: dg.ResourceParam[Reporter]
    ) -> dg.MaterializeResult[None]:
        places = workspace.places
        store = ParquetStore(places.tables, schemas)
        tables = {name: store.read(name) for name in schemas}
        reporter.stage("公開データの作成")
        outcome = build_release(
            tables,
            schemas,
            places.outputs,
            release_evidence(places, workspace.version),
            reporter.step,
        )
        reporter.finish(outcome)
        if outcome.state == "blocked":
            raise blocked(outcome)
        return dg.MaterializeResult(metadata=outcome_metadata(outcome))

    return release


def blocked(outcome: ReleaseOutcome) -> dg.Failure:
    """The failure of a run whose release a gate stopped."""
    failed = [gate.title_ja for gate in outcome.gates if not gate.passed]
    return dg.Failure(
        description=f"検査に通らなかったため公開していません: {'、'.join(failed)}",
        metadata={"problems": "\n".join(one.line_ja() for one in outcome.problems[:50])},
        allow_retries=False,
    )


def outcome_metadata(outcome: ReleaseOutcome) -> dict[str, Any]:
    """What the UI shows of a release."""
    return {
        "version": outcome.version or "",
        "state": outcome.state,
        "previous_version": outcome.previous_version or "",
        "path": dg.MetadataValue.path(str(outcome.path)),
        "counts": dg.MetadataValue.json(dict(outcome.counts)),
        "changes": dg.MetadataValue.md("\n".join(f"- {one}" for one in outcome.changes)),
    }
