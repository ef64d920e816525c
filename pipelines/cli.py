"""The ``gyokaku`` command. What it says to people is Japanese.

Nothing slow is imported here: a build that has nothing to do must be able to say so at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipelines.commands import build as build_command
from pipelines.commands import validate as validate_command
from pipelines.commands.output import BAD_INPUT, BLOCKED, say
from pipelines.commands.places import OutOption, RawOption, places
from pipelines.commands.releases_app import app as releases
from pipelines.orchestration.workspace import default_raw

app = typer.Typer(
    name="gyokaku",
    help="行政改革の計画と毎年の実績をオープンデータにします。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(releases, name="releases")

plan = typer.Typer(help="計画のフォルダーを作り、読み方を確かめます。", no_args_is_help=True)
app.add_typer(plan, name="plan")


#: Exit code of an interrupted command, as shells give it.
INTERRUPTED = 130


@app.command()
def build(
    raw: RawOption = None,
    out: OutOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="変更がなくても、すべて作り直します。")
    ] = False,
    version: Annotated[
        str | None,
        typer.Option("--version", help="版の番号（変更の内容から決まる番号より上げるとき）"),
    ] = None,
) -> None:
    """raw/ の計画からリリースを作って公開します。

    終了コード: 0 公開したか変更がない、1 検査で止まった、2 引数の誤りか使える入力がない。
    """
    raise typer.Exit(build_command.build(places(raw, out), force=force, version=version))


@app.command()
def validate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="計画・団体・調査の回のフォルダー、提出されたファイル、または raw フォルダー",
        ),
    ],
) -> None:
    """計画や提出されたファイルを公開せずに検査し、問題をすべて表示します。エラーがあれば終了コード1。"""
    raise typer.Exit(validate_command.validate(paths))


@app.command()
def lint(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="CSV、xlsx、xls、ods のファイル")
    ],
) -> None:
    """ファイルがプログラムで読みやすいかを、デジタル庁の機械可読性のルールで確かめます。

    終了コード: 0 エラーがない、1 エラーがある、2 読めないファイルがある。
    """
    from pipelines.commands import lint as lint_command
    from pipelines.orchestration.workspace import schema_directory
    from pipelines.tables.schemas import load_schemas

    raise typer.Exit(lint_command.lint(files, load_schemas(schema_directory())))


@plan.command("new")
def new_plan(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="計画の文書")],
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="CODE", help="全国地方公共団体コード（6桁）")
    ],
    name: Annotated[str | None, typer.Option("--name", help="団体の名前")] = None,
    slug: Annotated[str | None, typer.Option("--slug", help="フォルダー名にする短い名前")] = None,
    raw: RawOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="何も尋ねずに進めます。")] = False,
) -> None:
    """新しい計画のフォルダーを作り、読み取れる項目と、読めない所を表示します。

    終了コード: 0 読めた、1 どのレイアウトでも読めない（フォルダーは作る）、2 引数の誤り。
    """
    from pipelines.commands import plan_new

    folder = raw.absolute() if raw else default_raw()
    raise typer.Exit(plan_new.new_plan(file, municipality, name, slug, folder, yes))


@plan.command("show")
def show_plan(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="計画のフォルダー")],
) -> None:
    """計画のフォルダーから読み取れる項目と、読めない所を、もう一度表示します。"""
    from pipelines.commands import plan_new

    raise typer.Exit(plan_new.show(folder))


@app.command()
def forms(
    plan_id: Annotated[str, typer.Option("--plan", metavar="PLAN_ID", help="計画ID")],
    year: Annotated[int, typer.Option("--year", metavar="FY", help="照会する年度（西暦）")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="様式を書く場所（省略時は forms）")
    ] = None,
    survey_round: Annotated[
        str | None,
        typer.Option("--round", metavar="NAME", help="調査の回（round.yaml のあるフォルダー名）"),
    ] = None,
    paper: Annotated[
        str, typer.Option("--paper", metavar="SIZE", help="印刷する用紙（A4 か A3）")
    ] = "A4",
    raw: RawOption = None,
) -> None:
    """実績を照会する様式を、部署ごとに1つずつ作ります。

    終了コード: 0 作った、1 作れる項目がない、2 計画がないか引数の誤り。
    """
    from pipelines.commands import forms as forms_command

    folder = raw.absolute() if raw else default_raw()
    target = out.absolute() if out else Path("forms").absolute()
    if paper not in ("A4", "A3"):
        say(f"エラー: 用紙「{paper}」は使えません。A4 か A3 を指定してください。", error=True)
        raise typer.Exit(BAD_INPUT)
    chosen: Literal["A4", "A3"] = "A3" if paper == "A3" else "A4"
    raise typer.Exit(forms_command.forms(folder, plan_id, year, survey_round, target, chosen))


@app.command()
def demo(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="見本を書く場所（省略時は demo-out）"),
    ] = None,
) -> None:
    """架空の団体「みほん市」で、計画から3年度分の実績の公開までを通して見せます。"""
    from pipelines.commands import demo as demo_command

    raise typer.Exit(demo_command.demo(out.absolute() if out else Path("demo-out").absolute()))


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="SQL文（- なら標準入力から読む）")],
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="table、csv、json、markdown のどれか")
    ] = "table",
    out: OutOption = None,
) -> None:
    """最新のリリースにSQLで尋ねます。読むだけで、何も変えません。

    終了コード: 0 答えを表示した、2 SQLの誤りか、リリースがない。
    """
    from pipelines.commands import query as query_command

    raise typer.Exit(query_command.query(sql, places(None, out).outputs, form))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="前の版、またはそのフォルダー")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="後の版、またはそのフォルダー")],
    table: Annotated[
        str | None, typer.Option("--table", metavar="TABLE", help="この表の変更をCSVで表示する")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="すべての変更をファイルに書く場所")
    ] = None,
    out: OutOption = None,
) -> None:
    """二つの版の違いを、表の行と列ごとに示します。"""
    from pipelines.commands import diff as diff_command

    target = to.absolute() if to else None
    raise typer.Exit(diff_command.diff(places(None, out).outputs, old, new, table, target))


@app.command()
def publish(
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="公開先（フォルダー、s3://バケット/場所、ckan+https://ホスト名）",
        ),
    ],
    version: Annotated[
        str | None, typer.Option("--version", metavar="V", help="版（省略時は最新の公開版）")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="CKANのデータセットの名前")
    ] = None,
    organization: Annotated[
        str | None,
        typer.Option("--organization", metavar="ORG", help="CKANのデータセットを持つ組織"),
    ] = None,
    out: OutOption = None,
) -> None:
    """公開したリリースを、読者のいる場所へ送ります。取り下げた版は、そこからも除きます。

    終了コード: 0 送ったか送る物がない、1 送れない、2 引数の誤りかリリースがない。
    """
    from pipelines.commands import publish as publish_command

    outputs = places(None, out).outputs
    raise typer.Exit(publish_command.publish(target, outputs, version, name, organization))


def main() -> None:
    """Entry point: every end of the program is an exit code and a sentence, never a traceback."""
    try:
        app()
    except KeyboardInterrupt:
        _say_interrupted()
        sys.exit(INTERRUPTED)
    except SystemExit as end:
        # Typer turns an interruption into this exit code and says nothing.
        if end.code == INTERRUPTED:
            _say_interrupted()
        raise
    except OSError as error:
        place = f"（{error.filename}）" if error.filename else ""
        say(f"エラー: ファイルを扱えません{place}: {error.strerror or error}。", error=True)
        sys.exit(BAD_INPUT if isinstance(error, PermissionError) else BLOCKED)


def _say_interrupted() -> None:
    say("中断しました。公開済みのリリースは変わっていません。", error=True)


if __name__ == "__main__":
    main()
