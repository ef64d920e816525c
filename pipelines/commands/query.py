"""``gyokaku query``: one SQL statement on the newest release."""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.commands.output import BAD_INPUT, OK, say
from pipelines.release.layout import DUCKDB
from pipelines.release.query import FORMATS, QueryError, ask
from pipelines.release.registry import ReleaseError, newest_published, read_versions

_NOTHING_PUBLISHED = (
    "公開されたリリースがありません。先に make release か gyokaku build を実行してください。"
    "承認を待つ版があれば、gyokaku releases approve で公開できます。"
)


def query(statement: str, outputs: Path, form: str) -> int:
    """Print the answer.

    Args:
        statement: SQL; ``-`` reads it from standard input.
        outputs: the folder of releases.
        form: how to print: table, csv, json or markdown.

    Returns:
        0, or 2 where there is no release or the statement cannot be run.
    """
    shown = FORMATS.get(form)
    if shown is None:
        say(f"エラー: 形式「{form}」は使えません。{'、'.join(FORMATS)} のどれかです。", error=True)
        return BAD_INPUT
    try:
        entry = newest_published(read_versions(outputs))
        if entry is None:
            raise QueryError(_NOTHING_PUBLISHED)
        path = outputs / entry["path"] / DUCKDB
        answer = ask(path, sys.stdin.read() if statement == "-" else statement)
    except (QueryError, ReleaseError) as error:
        say(f"エラー: {error}", error=True)
        return BAD_INPUT
    say(shown(answer).removesuffix("\n"))
    return OK
