"""What a release build is told beyond its tables, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipelines.problems import Problem

ReleaseState = Literal["published", "candidate", "unchanged", "blocked"]


@dataclass(frozen=True)
class GateResult:
    """One gate and its verdict.

    Attributes:
        gate: stable name in lower-case words, such as ``arrow_cast``.
        title_ja: what the gate looks at, for the reports.
        checked: how many things it looked at (tables, rules, resources or files).
        problems: what it found; the gate has passed exactly if there is no error among them.
        details: further entries for quality.json; public, like all of it.
    """

    gate: str
    title_ja: str
    checked: int
    problems: tuple[Problem, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether nothing the gate found blocks the release."""
        return not any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True)
class SourceAccounting:
    """Where the rows (or lines) of one source went: read = published + set aside + quarantined.

    Attributes:
        source_id: the document; its file name is internal, so it is not repeated here.
        unit: what is counted, ``rows`` or ``lines``.
        set_aside: counts by reason (headings, totals, notes ...).
    """

    source_id: str
    unit: Literal["rows", "lines"]
    read: int
    published: int
    set_aside: Mapping[str, int] = field(default_factory=dict)
    quarantined: int = 0

    @property
    def balances(self) -> bool:
        """Whether nothing was lost silently."""
        return self.read == self.published + sum(self.set_aside.values()) + self.quarantined


def accounting_problems(accounting: Iterable[SourceAccounting]) -> tuple[Problem, ...]:
    """One warning per source whose rows do not add up."""
    return tuple(
        Problem(
            "warning",
            "accounting_unbalanced",
            one.source_id,
            f"読み込んだ{one.read}行と、公開・対象外・保留の合計が合いません。"
            "行が失われていないか確かめてください。",
            source_id=one.source_id,
        )
        for one in accounting
        if not one.balances
    )


@dataclass(frozen=True)
class ReleaseEvidence:
    """What the build knows beyond its tables.

    Attributes:
        accounting: one entry per source.
        gates: verdicts of gates that earlier stages ran; a failed one blocks the release.
        problems: what earlier stages found. They are reported and do not block by themselves:
            an unreadable plan is left out and the rest is built.
        left_out_plans: plan_id -> place of every plan that is in ``raw/`` but could not be read.
            If the newest release holds one of them, the build blocks.
        needs_approval: whether the finished release waits for somebody's decision.
        version: the version that somebody asks for; None takes the one that the changes propose.
    """

    accounting: tuple[SourceAccounting, ...] = ()
    gates: tuple[GateResult, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out_plans: Mapping[str, str] = field(default_factory=dict)
    needs_approval: bool = False
    version: str | None = None


@dataclass(frozen=True)
class ReleaseOutcome:
    """The answer of a build.

    Attributes:
        state: ``published`` (a new version), ``candidate`` (a new version that waits for approval),
            ``unchanged`` (nothing to publish) or ``blocked``.
        version: the new version, or the newest one where nothing changed; None if blocked.
        path: the folder of that version; None if blocked.
        previous_version: the newest published version before this build, if there was one.
        counts: rows by table.
        gates: every gate that ran, in order.
        problems: everything found: by earlier stages, then by the gates.
        changes: what differs from the release before, in Japanese, one sentence each.
    """

    state: ReleaseState
    version: str | None = None
    path: Path | None = None
    previous_version: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    gates: tuple[GateResult, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
