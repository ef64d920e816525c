"""What a release is told about the stages before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines.orchestration.accounting import accounting_from_json
from pipelines.orchestration.extraction import plan_store
from pipelines.orchestration.figure_extraction import ALL, figure_store
from pipelines.orchestration.result_extraction import result_store
from pipelines.orchestration.workspace import Places
from pipelines.problems import Problem
from pipelines.release.outcome import GateResult, ReleaseEvidence, SourceAccounting
from pipelines.sources.build_settings import read_build_settings


def release_evidence(places: Places, version: str | None = None) -> ReleaseEvidence:
    """Problems, left-out plans and accounts of every partition, from the reports of the store.

    Args:
        places: the folders of the build; ``settings.yaml`` is read anew.
        version: what somebody asks the release to be called.
    """
    settings, faults = read_build_settings(places.raw)
    reports = plan_store(places.extracted).reports()
    return ReleaseEvidence(
        accounting=tuple(accounts(places)),
        problems=tuple(dict.fromkeys(problems(places))),
        gates=(GateResult("settings", "設定（settings.yaml）", 1, tuple(faults)),),
        needs_approval=settings is None or settings.approval == "required",
        version=version,
        left_out_plans={
            plan_id: place for report in reports for plan_id, place in report.left_out.items()
        },
    )


def problems(places: Places) -> Iterator[Problem]:
    """Everything that reading plans, figures and results found."""
    for plans in plan_store(places.extracted).reports():
        yield from plans.problems
    yield from figure_store(places.figures).report(ALL).problems
    for results in result_store(places.results).reports():
        yield from results.problems


def accounts(places: Places) -> Iterator[SourceAccounting]:
    """Where the lines of every document went, and the rows of every file of figures or results."""
    for report in plan_store(places.extracted).reports():
        yield from (accounting_from_json(one["lines"]) for one in report.plans if one["lines"])
    yield from row_accounts(places)


def row_accounts(places: Places) -> Iterator[SourceAccounting]:
    """Where the rows of every file of figures and of every submission went."""
    for one in figure_store(places.figures).report(ALL).accounts:
        aside = {"blank": one["blank"]} if one["blank"] else {}
        yield _rows({**one, "set_aside": aside})
    for report in result_store(places.results).reports():
        yield from (_rows(one) for one in report.accounts)


def _rows(one: dict[str, Any]) -> SourceAccounting:
    return SourceAccounting(
        source_id=one["source_id"],
        unit="rows",
        read=one["read"],
        published=one["published"],
        set_aside=one["set_aside"],
        quarantined=one["quarantined"],
    )
