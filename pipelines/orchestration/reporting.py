"""How assets tell a person at a terminal what they are doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from pipelines.release.outcome import ReleaseOutcome


@runtime_checkable
class Reporter(Protocol):
    """Somebody who watches a build. Texts are Japanese and short enough for one line."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins; ``total`` steps are expected, None if unknown."""

    def step(self, detail: str) -> None:
        """One step of the present stage is done."""

    def finish(self, outcome: ReleaseOutcome) -> None:
        """The release answered."""


class QuietReporter:
    """Nobody watches: under Dagster the run's own log tells the story."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def step(self, detail: str) -> None:
        """Say nothing."""

    def finish(self, outcome: ReleaseOutcome) -> None:
        """Say nothing."""
