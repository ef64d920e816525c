"""An analyst has the release open while the next one is built: neither is in the other's way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from pipelines.commands.query import query
from pipelines.orchestration.in_process import run_build
from pipelines.orchestration.workspace import Places
from pipelines.release.layout import DUCKDB
from pipelines.sources.fingerprints import PROJECT_ROOT

from .conftest import Watcher

OLD, NEW = ["はじめの名", "はじめの名二"], ["あとの名", "あとの名二", "あとの名三"]
COLUMNS: Final = ("version", "titles", "titles_of_view", "told", "cities")
STATE: Final = """
    SELECT
        (SELECT string_agg(DISTINCT version) FROM release_info) AS version,
        (SELECT list(title ORDER BY plan_id) FROM plans) AS titles,
        (SELECT list(計画名 ORDER BY 計画ID) FROM 計画) AS titles_of_view,
        (SELECT row_count FROM release_info WHERE table_name = 'municipalities') AS told,
        (SELECT count(*) FROM municipalities) AS cities
"""
#: Opens the file, looks at it until its input ends, and says what it saw. Some tables it looks at
#: only then, when the new release is out: what has not been read yet must be the old one's too.
READER: Final = """
import json, sys, threading, duckdb
path, state = sys.argv[1:]
stopped = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
with duckdb.connect(path, read_only=True) as release:
    looks, seen = 0, []
    while not stopped.wait(0.2):
        found = release.execute(state).fetchone()
        looks += 1
        if found not in seen:
            seen.append(found)
        if looks == 1:
            print("open", flush=True)
    counts = dict(release.execute("SELECT table_name, row_count FROM release_info").fetchall())
    rows = {name: len(release.execute(f"FROM {name}").fetchall()) for name in counts}
print(json.dumps({"looks": looks, "seen": seen, "told": counts, "found": rows}))
"""


def write_plans(raw: Path, titles: list[str]) -> None:
    """Plans known by name alone, one city each."""
    for code, title in zip(("990019", "990027", "990035"), titles, strict=False):
        folder = raw / "plans" / code / "mihon"
        folder.mkdir(parents=True, exist_ok=True)
        settings = f'municipality_code: "{code}"\nmunicipality_name: みほん市\n'
        settings += f'prefecture_code: "99"\ndocument_kind: stub\ntitle: {title}\n'
        (folder / "plan.yaml").write_text(settings, encoding="utf-8")


def started(*command: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


@contextmanager
def reader(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the file open and has looked at it once."""
    process = started("-c", READER, path, STATE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.wait()


def asked(outputs: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What ``gyokaku query`` says of the newest release."""
    assert query(STATE, outputs, "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    return dict(row)


def state(version: str, titles: list[str]) -> dict[str, Any]:
    """What a whole release of these plans answers."""
    count = len(titles)
    return dict(zip(COLUMNS, (version, titles, titles, count, count), strict=True))


def test_a_build_leaves_open_readers_their_release_and_gives_new_ones_the_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, outputs = tmp_path / "raw", tmp_path / "outputs"
    write_plans(raw, OLD)
    assert run_build(Places(raw=raw, outputs=outputs), Watcher()).succeeded
    old, new = state("1.0.0", OLD), state("1.0.1", NEW)
    file = outputs / "latest" / DUCKDB
    write_plans(raw, NEW)
    answers = []
    with reader(file) as open_reader:
        build = started("-m", "pipelines.cli", "build", "--raw", raw, "--out", outputs)
        while build.poll() is None:
            answers.append(asked(outputs, capsys))
            time.sleep(0.5)
        said, _ = build.communicate()
        assert build.returncode == 0, said
        assert "版 1.0.1 を公開しました" in said
        assert open_reader.poll() is None
        saw = json.loads(open_reader.communicate()[0])

    assert saw["seen"] == [list(old.values())]
    assert saw["found"] == saw["told"]
    assert saw["looks"] > 1
    assert answers[0] == old
    assert all(one in (old, new) for one in answers)
    assert asked(outputs, capsys) == new
    with duckdb.connect(file, read_only=True) as release:
        assert release.execute(STATE).fetchone() == tuple(new.values())
