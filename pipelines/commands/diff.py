"""``gyokaku diff``: what became of every table between two releases."""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.commands.output import BAD_INPUT, OK, say, shown_path
from pipelines.release.changes.difference import ReleaseDifference, release_difference
from pipelines.release.changes.files import FOLDER, as_csv, change_files
from pipelines.release.changes.notes import release_notes
from pipelines.release.lifecycle.entries import entry_of
from pipelines.release.registry import (
    PublishedRelease,
    ReleaseError,
    read_folder,
    read_release,
    read_versions,
)


def diff(outputs: Path, old: str, new: str, table: str | None, target: Path | None) -> int:
    """Print or write the differences of two releases; returns the exit code.

    Args:
        outputs: where versions are looked up.
        old: a version, or the folder of a release.
        new: likewise.
        table: print the changes of this table as CSV; None prints notes on all of them.
        target: write the files of ``changes/`` there instead.
    """
    try:
        found = release_difference(_release(outputs, old), _release(outputs, new))
    except ReleaseError as error:
        say(f"エラー: {error}", error=True)
        return BAD_INPUT
    if target is not None:
        return _write(found, target)
    if table is not None:
        return _print_table(found, table)
    notes = release_notes(found, found.new_version, has_files=False)["ja"]
    say(notes.replace("\\", "").rstrip("\n"))
    return OK


def _release(outputs: Path, name: str) -> PublishedRelease:
    folder = Path(name)
    if folder.is_dir():
        return read_folder(folder.absolute())
    return read_release(outputs, entry_of(read_versions(outputs), name))


def _print_table(found: ReleaseDifference, table: str) -> int:
    if table not in found.titles:
        known = "、".join(sorted(one for one in found.titles if not one.endswith("_parquet")))
        say(f"エラー: 表「{table}」はありません。ある表: {known}", error=True)
        return BAD_INPUT
    if table in found.tables:
        sys.stdout.write(as_csv(found.tables[table]).decode("utf-8-sig"))
    return OK


def _write(found: ReleaseDifference, target: Path) -> int:
    if target.exists() and any(target.iterdir()):
        say(
            f"エラー: {shown_path(target)} は空ではありません。別の場所を指定してください。",
            error=True,
        )
        return BAD_INPUT
    target.mkdir(parents=True, exist_ok=True)
    for name, content in change_files(found, found.new_version):
        (target / name.removeprefix(f"{FOLDER}/")).write_bytes(content)
    say(f"変更点を {shown_path(target)} に書きました。")
    return OK
