"""The release stage: gates, version, files, publication."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.problems import Problem
from pipelines.release.checksums import checksum_faults
from pipelines.release.comparison import release_changes
from pipelines.release.descriptor import created_at
from pipelines.release.durable import json_bytes
from pipelines.release.fictional import is_fictional, marked_schemas
from pipelines.release.files_gate import files_gate
from pipelines.release.gates import cast_gate, checks_gate, plans_kept_gate
from pipelines.release.last_build import write_last_build
from pipelines.release.layout import QUALITY, releases_folder, staging_folder
from pipelines.release.lifecycle.candidates import hold, remove_candidates
from pipelines.release.lifecycle.entries import require_new_data
from pipelines.release.lifecycle.withdrawal import finish_removals
from pipelines.release.lock import build_lock
from pipelines.release.outcome import (
    GateResult,
    ReleaseEvidence,
    ReleaseOutcome,
    accounting_problems,
)
from pipelines.release.package_files import ReleaseContent, write_checksums, write_package
from pipelines.release.package_gates import disclosure_gate, frictionless_gate
from pipelines.release.profile_gate import profile_gate
from pipelines.release.public_tables import public_schemas, public_tables, row_counts
from pipelines.release.publication import clear_staging, publish, recover, version_entry
from pipelines.release.quality import quality_report
from pipelines.release.readability_gate import machine_readability_gate
from pipelines.release.registry import (
    PublishedRelease,
    ReleaseError,
    newest_published,
    read_release,
)
from pipelines.release.versions import Change, VersionError, chosen_version
from pipelines.tables.schema import TableSchema

Progress = Callable[[str], None]


@dataclass(frozen=True)
class _Build:
    """What every step of one build needs; ``entries`` is versions.json as it was before."""

    outputs: Path
    evidence: ReleaseEvidence
    progress: Progress
    entries: Sequence[Mapping[str, Any]]
    old: PublishedRelease | None


def build_release(
    tables: Mapping[str, pa.Table],
    schemas: Mapping[str, TableSchema],
    outputs: Path,
    evidence: ReleaseEvidence,
    progress: Progress,
) -> ReleaseOutcome:
    """Gates the tables and publishes them as the next version, if anything changed.

    Args:
        tables: every declared table by name, internal columns included, Arrow types as declared.
        schemas: the declared tables, see :func:`pipelines.tables.schemas.load_schemas`.
        outputs: the folder that holds releases, ``latest`` and ``last_build``; made if need be.
        evidence: what earlier stages know.
        progress: told in one Japanese line what is being done.

    Returns:
        The outcome, which is also written to ``outputs/last_build`` (save where another build
        holds ``outputs``: the report is that build's). Whatever is wrong with the data or in
        ``outputs`` is a problem in it, not an exception.

    Raises:
        OSError: if the disk is full or ``outputs`` cannot be written; nothing is published then.
    """
    try:
        with build_lock(outputs):
            try:
                outcome = _build_locked(tables, schemas, outputs, evidence, progress)
            except ReleaseError as error:
                outcome = _blocked_by(error, evidence)
            except VersionError as error:
                asked = ReleaseError("version_too_low", str(evidence.version), str(error))
                outcome = _blocked_by(asked, evidence)
            write_last_build(outputs, outcome, evidence.accounting)
            return outcome
    except ReleaseError as error:
        return _blocked_by(error, evidence)


def _build_locked(
    tables: Mapping[str, pa.Table],
    schemas: Mapping[str, TableSchema],
    outputs: Path,
    evidence: ReleaseEvidence,
    progress: Progress,
) -> ReleaseOutcome:
    entries = recover(outputs)
    finish_removals(outputs, entries)
    newest = newest_published(entries)
    old = read_release(outputs, newest) if newest else None
    build = _Build(outputs, evidence, progress, entries, old)
    progress("表を検査しています")
    gates = [*evidence.gates, *table_gates(schemas, tables, evidence, old)]
    counts = row_counts(tables)
    if not _all_passed(gates):
        return _outcome(build, gates, counts)
    public = public_schemas(schemas)
    rows = public_tables(schemas, tables)
    if is_fictional(rows):
        public = marked_schemas(public)
    changes = release_changes(old, public, rows) if old else []
    if old and not changes:
        remove_candidates(outputs)
        path = releases_folder(outputs) / old.version
        unchanged = _outcome(build, gates, counts)
        return replace(unchanged, state="unchanged", version=old.version, path=path)
    version = chosen_version([entry["version"] for entry in entries], changes, evidence.version)
    corrected = tables.get("applied_corrections")
    corrections = corrected.to_pylist() if corrected is not None else []
    content = ReleaseContent(version, _created(rows), public, rows, old, corrections)
    return _build_files(build, content, gates, changes)


def table_gates(
    schemas: Mapping[str, TableSchema],
    tables: Mapping[str, pa.Table],
    evidence: ReleaseEvidence,
    old: PublishedRelease | None,
) -> list[GateResult]:
    """The gates that need no file. The compiled checks run only on tables of the right shape."""
    gates = [plans_kept_gate(old.tables if old else {}, evidence.left_out_plans)]
    cast = cast_gate(schemas, tables)
    gates.append(cast)
    if cast.passed:
        gates.append(checks_gate(schemas, tables))
    return gates


def _build_files(
    build: _Build, content: ReleaseContent, gates: list[GateResult], changes: list[Change]
) -> ReleaseOutcome:
    """Writes the release into staging, gates it there and publishes it."""
    staged = staging_folder(build.outputs) / "release"
    build.progress(f"版 {content.version} のファイルを書いています")
    write_package(staged, content)
    build.progress("ファイルを検査しています")
    gates = [*gates, *package_gates(staged, content.schemas)]
    counts = row_counts(content.tables)
    outcome = _outcome(build, gates, counts, changes)
    if not _all_passed(gates):
        clear_staging(build.outputs)
        return outcome
    _finish(staged, content.version, counts, gates, build.evidence)
    previous = build.old.version if build.old else None
    entry = version_entry(staged, content.version, content.created, counts, previous)
    if build.evidence.version is None:
        _require_new_data(build, entry)
    if build.evidence.needs_approval:
        build.progress(f"版 {content.version} を承認待ちにしています")
        path = hold(build.outputs, staged, entry)
        clear_staging(build.outputs)
        return replace(outcome, state="candidate", version=content.version, path=path)
    build.progress(f"版 {content.version} を公開しています")
    path = publish(build.outputs, staged, entry, build.entries)
    return replace(outcome, state="published", version=content.version, path=path)


def _require_new_data(build: _Build, entry: Mapping[str, Any]) -> None:
    """Nothing is left in staging of what may not be published again."""
    try:
        require_new_data(entry, build.entries)
    except ReleaseError:
        clear_staging(build.outputs)
        raise


def package_gates(folder: Path, schemas: Mapping[str, TableSchema]) -> list[GateResult]:
    """The gates on the finished files; the files first, the others need them to be there."""
    files = files_gate(folder, schemas)
    if not files.passed:
        return [files]
    return [
        profile_gate(folder),
        frictionless_gate(folder),
        disclosure_gate(folder, schemas),
        files,
        machine_readability_gate(folder, schemas),
    ]


def _finish(
    folder: Path,
    version: str,
    counts: Mapping[str, int],
    gates: Sequence[GateResult],
    evidence: ReleaseEvidence,
) -> None:
    """Writes quality.json and SHA256SUMS, and reads the latter back."""
    told = replace(
        evidence, problems=(*evidence.problems, *accounting_problems(evidence.accounting))
    )
    report = quality_report(version, counts, gates, told)
    (folder / QUALITY).write_bytes(json_bytes(report))
    write_checksums(folder)
    faults = checksum_faults(folder)
    if faults:
        raise ReleaseError(
            "checksums",
            faults[0],
            f"書いたファイルを読み直すと内容が違います（{'、'.join(faults)}）。"
            "ディスクの状態を確かめてください。",
        )


def _created(tables: Mapping[str, pa.Table]) -> str | None:
    try:
        return created_at(tables, os.environ.get("SOURCE_DATE_EPOCH"))
    except (ValueError, OverflowError, OSError) as error:
        raise ReleaseError(
            "source_date_epoch",
            "SOURCE_DATE_EPOCH",
            "環境変数 SOURCE_DATE_EPOCH は1970年からの秒数（整数）で指定してください。",
        ) from error


def _all_passed(gates: Sequence[GateResult]) -> bool:
    return all(gate.passed for gate in gates)


def _outcome(
    build: _Build,
    gates: Sequence[GateResult],
    counts: Mapping[str, int],
    changes: Sequence[Change] = (),
) -> ReleaseOutcome:
    """The outcome so far; blocked until something else is known."""
    return ReleaseOutcome(
        state="blocked",
        previous_version=build.old.version if build.old else None,
        counts=counts,
        gates=tuple(gates),
        problems=_problems(build.evidence, gates),
        changes=tuple(change.message_ja for change in changes),
    )


def _problems(evidence: ReleaseEvidence, gates: Sequence[GateResult]) -> tuple[Problem, ...]:
    """Those of earlier stages first; the evidence's gates may repeat some of them."""
    found = [*evidence.problems, *accounting_problems(evidence.accounting)]
    found += [problem for gate in gates for problem in gate.problems]
    return tuple(dict.fromkeys(found))


def _blocked_by(error: ReleaseError, evidence: ReleaseEvidence) -> ReleaseOutcome:
    problem = Problem("error", error.rule, error.place, str(error))
    return ReleaseOutcome(
        state="blocked", gates=evidence.gates, problems=(*_problems(evidence, ()), problem)
    )
