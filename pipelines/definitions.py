"""The one entrance for Dagster: ``dagster dev -m pipelines.definitions``."""

from pipelines.orchestration.assembly import build_definitions

defs = build_definitions()
