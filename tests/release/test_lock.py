from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.release.lock import build_lock
from pipelines.release.registry import ReleaseError

from .samples import build

HOLD = """
import sys
from pathlib import Path
from pipelines.release.lock import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_is_told_and_writes_nothing(tmp_path: Path) -> None:
    with build_lock(tmp_path):
        outcome = build(tmp_path)
    assert outcome.state == "blocked"
    (problem,) = outcome.problems
    assert problem.rule == "build_running"
    assert "実行中" in problem.message_ja
    assert [path.name for path in tmp_path.iterdir()] == [".build.lock"]


def test_the_lock_is_free_after_the_block_even_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), build_lock(tmp_path):
        raise RuntimeError
    with build_lock(tmp_path):
        pass


def test_the_lock_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ReleaseError, match=str(holder.pid)), build_lock(tmp_path):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with build_lock(tmp_path):
            assert (tmp_path / ".build.lock").read_text() != str(holder.pid)
