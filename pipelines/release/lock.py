"""One build at a time on one ``outputs/``."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipelines.release.layout import lock_file
from pipelines.release.registry import ReleaseError


@contextmanager
def build_lock(outputs: Path) -> Iterator[None]:
    """Holds the lock of ``outputs`` while the block runs.

    The operating system drops the lock when its process ends, however it ends: a stale one cannot
    exist. The file stays; deleting it would let two builds lock two files of one name.

    Raises:
        ReleaseError: if another build holds it.
    """
    outputs.mkdir(parents=True, exist_ok=True)
    with lock_file(outputs).open("a+", encoding="ascii") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _already_running(stream) from error
        try:
            _write_holder(stream, str(os.getpid()))
            yield
        finally:
            _write_holder(stream, "")


def _write_holder(stream: IO[str], holder: str) -> None:
    stream.seek(0)
    stream.truncate()
    stream.write(holder)
    stream.flush()


def _already_running(stream: IO[str]) -> ReleaseError:
    stream.seek(0)
    holder = stream.read().strip()
    number = f"（プロセス番号 {holder}）" if holder else ""
    return ReleaseError(
        "build_running",
        "outputs",
        f"同じ出力先で別の処理{number}が実行中です。終わってから、もう一度実行してください。",
    )
