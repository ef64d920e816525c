"""Watching a build: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from pipelines.commands.output import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from pipelines.release.outcome import ReleaseOutcome


class PlainReporter:
    """One line per stage and per step."""

    def __init__(self) -> None:
        self.outcome: ReleaseOutcome | None = None

    def __enter__(self) -> PlainReporter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing is open."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins."""
        say(f"{name}（{total}件）" if total else name)

    def step(self, detail: str) -> None:
        """One step is done."""
        say(f"  {detail}")

    def finish(self, outcome: ReleaseOutcome) -> None:
        """Keep the answer of the release for the command."""
        self.outcome = outcome


class BarReporter(PlainReporter):
    """A spinner, a bar and the last step on one line of a terminal."""

    def __init__(self) -> None:
        super().__init__()
        self.progress: Progress = _progress()
        self.task: TaskID = self.progress.add_task("準備", total=None, detail="")

    def __enter__(self) -> BarReporter:
        self.progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give the terminal back."""
        self.progress.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins: the bar starts anew."""
        self.progress.remove_task(self.task)  # a task keeps its total once it has one
        self.task = self.progress.add_task(name, total=total, detail="")

    def step(self, detail: str) -> None:
        """One step is done."""
        self.progress.update(self.task, advance=1, detail=detail)


def _progress() -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[detail]}"),
        transient=True,
    )
