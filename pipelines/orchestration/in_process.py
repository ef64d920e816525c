"""The job ``build`` in the present process, for the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass

import dagster as dg
from dagster import DagsterEvent

from pipelines.orchestration.assembly import build_definitions
from pipelines.orchestration.partitions import ALL_PARTITIONS_TAGS
from pipelines.orchestration.reporting import Reporter
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.workspace import Places
from pipelines.sources.fingerprints import PROJECT_ROOT

#: What Dagster raises for a step on purpose: a check that failed, or a ``dagster.Failure``.
_EXPECTED = frozenset({"DagsterAssetCheckFailedError", "Failure"})


@dataclass(frozen=True)
class RunResult:
    """How the job ended.

    Attributes:
        succeeded: every step ran and every check has passed.
        faults: step -> traceback of what nobody expected; gates that block are not among them.
    """

    succeeded: bool
    faults: dict[str, str]


def run_build(places: Places, reporter: Reporter, version: str | None = None) -> RunResult:
    """Materialise every asset over all partitions in this process.

    Args:
        places: the folders of the build.
        reporter: told what is being done.
        version: what the release is to be called; None for what its changes propose.

    The run is kept in the Dagster instance of ``DAGSTER_HOME`` where that is set.

    Raises:
        SchemaError: a file of ``schemas/`` has a fault.
        KeyboardInterrupt: somebody ended the build; Dagster keeps that as a failure of its step.
    """
    workspace = Workspace(raw=str(places.raw), outputs=str(places.outputs), version=version)
    job = build_definitions(workspace, reporter).resolve_job_def("build")
    with _instance() as instance:
        result = job.execute_in_process(
            instance=instance,
            tags=ALL_PARTITIONS_TAGS,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
    failures = [event for event in result.all_events if event.is_step_failure]
    if any(_is_interruption(event) for event in failures):
        raise KeyboardInterrupt
    return RunResult(result.success, dict(filter(None, map(_unexpected, failures))))


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    if os.environ.get("DAGSTER_HOME"):
        # dagster.yaml keeps its storage in paths relative to the project folder.
        with chdir(PROJECT_ROOT), dg.DagsterInstance.get() as instance:
            yield instance
    else:
        with dg.DagsterInstance.ephemeral() as instance:
            yield instance


def _is_interruption(event: DagsterEvent) -> bool:
    error = event.step_failure_data.error
    return error is not None and error.cls_name == "DagsterExecutionInterruptedError"


def _unexpected(event: DagsterEvent) -> tuple[str, str] | None:
    """Step and traceback of a failure that is a fault of the program; None for a blocked gate."""
    error = event.step_failure_data.error
    if event.step_failure_data.user_failure_data is not None or error is None:
        return None
    if error.cls_name in _EXPECTED:
        return None
    return str(event.step_key), error.to_string()
