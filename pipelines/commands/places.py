"""The folders that commands take as options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.orchestration.workspace import Places, default_outputs, default_raw

RawOption = Annotated[
    Path | None, typer.Option("--raw", metavar="DIR", help="入力フォルダー（省略時は raw）")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="出力フォルダー（省略時は outputs）")
]


def places(raw: Path | None, out: Path | None) -> Places:
    """The folders of a build, absolute."""
    return Places(
        raw=raw.absolute() if raw else default_raw(),
        outputs=out.absolute() if out else default_outputs(),
    )
