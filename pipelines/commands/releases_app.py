"""The arguments of ``gyokaku releases``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.places import OutOption, places

app = typer.Typer(help="公開したリリースを扱います。", no_args_is_help=True)

Version = Annotated[str, typer.Argument(metavar="VERSION", help="版（1.0.0 など）")]


def _outputs(out: Path | None) -> Path:
    return places(None, out).outputs


@app.command("list")
def list_releases(out: OutOption = None) -> None:
    """承認を待つリリースと、公開したリリースを新しい順に表示します。"""
    from pipelines.commands import releases

    raise typer.Exit(releases.list_releases(_outputs(out)))


@app.command()
def verify(
    version: Annotated[
        str | None, typer.Argument(metavar="[VERSION]", help="版（省略時はすべて）")
    ] = None,
    out: OutOption = None,
) -> None:
    """公開したときのままかを確かめます。違いがあれば終了コード1。"""
    from pipelines.commands import releases

    raise typer.Exit(releases.verify(_outputs(out), version))


@app.command()
def approve(
    version: Version,
    decision: Annotated[str, typer.Option("--decision", metavar="NUMBER", help="決裁番号")],
    decided_on: Annotated[str, typer.Option("--decided-on", metavar="DATE", help="決裁日")],
    public_on: Annotated[str, typer.Option("--public-on", metavar="DATE", help="公開日")],
    tag: Annotated[
        str | None, typer.Option("--tag", help="保存し続ける版に付ける名前（令和5年度公表 など）")
    ] = None,
    out: OutOption = None,
) -> None:
    """承認を待つ版を公開し、決裁番号と日付を記録します。"""
    from pipelines.commands import releases
    from pipelines.release.lifecycle.candidates import Approval

    decided, public = releases.day(decided_on), releases.day(public_on)
    if decided is None or public is None:
        raise typer.Exit(releases.bad_day(decided_on if decided is None else public_on))
    approval = Approval(decision, decided, public, tag)
    raise typer.Exit(releases.approve(_outputs(out), version, approval))


@app.command()
def withdraw(
    version: Version,
    reason: Annotated[str, typer.Option("--reason", help="取り下げる理由（公開されます）")],
    out: OutOption = None,
) -> None:
    """版のデータをすべて除き、理由を書いた印だけを残します。"""
    from pipelines.commands import releases

    raise typer.Exit(releases.withdraw(_outputs(out), version, reason))


@app.command()
def rollback(version: Version, out: OutOption = None) -> None:
    """前の版を最新に戻します。後の版のデータは残ります。"""
    from pipelines.commands import releases

    raise typer.Exit(releases.rollback(_outputs(out), version))


@app.command()
def prune(
    keep: Annotated[int, typer.Option("--keep", metavar="N", help="残す版の数")],
    out: OutOption = None,
) -> None:
    """古い版のデータを除きます。最新の版と、名前（--tag）を付けて承認した版は残ります。"""
    from pipelines.commands import releases

    raise typer.Exit(releases.prune(_outputs(out), keep))
