"""What the assets are given: where to read and write, and who watches."""

from pathlib import Path

import dagster as dg
from pydantic import Field

from pipelines.orchestration.workspace import Places, default_outputs, default_raw


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The two folders of a build, as absolute paths.

    The defaults are the environment's ``GYOKAKU_RAW`` and ``GYOKAKU_OUTPUTS``, or ``raw`` and
    ``outputs`` of the project.
    """

    raw: str = Field(default_factory=lambda: str(default_raw()))
    outputs: str = Field(default_factory=lambda: str(default_outputs()))
    version: str | None = Field(default=None, description="at least what the changes propose")

    @property
    def places(self) -> Places:
        """The folders with all that lies in them."""
        return Places(raw=Path(self.raw), outputs=Path(self.outputs))
