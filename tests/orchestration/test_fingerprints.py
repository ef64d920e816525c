import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources import fingerprints
from pipelines.sources.fingerprints import (
    FIGURES_CODE,
    PROJECT_ROOT,
    READING_CODE,
    RESULTS_CODE,
    code_fingerprint,
    fingerprint,
    list_contents,
    raw_fingerprint,
)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "plans" / "032093" / "a"
    folder.mkdir(parents=True)
    (folder / "plan.yaml").write_text("a: 1", encoding="utf-8")
    (folder / "plan.txt").write_text("本文", encoding="utf-8")
    return tmp_path / "raw"


def add(raw: Path) -> None:
    (raw / "plans" / "032093" / "a" / "new.txt").write_text("", encoding="utf-8")


def remove(raw: Path) -> None:
    (raw / "plans" / "032093" / "a" / "plan.txt").unlink()


def rename(raw: Path) -> None:
    path = raw / "plans" / "032093" / "a" / "plan.txt"
    path.rename(path.with_name("other.txt"))


def move_folder(raw: Path) -> None:
    (raw / "plans" / "032093" / "a").rename(raw / "plans" / "032093" / "b")


def edit(raw: Path) -> None:
    (raw / "plans" / "032093" / "a" / "plan.txt").write_text("本分", encoding="utf-8")


def swap(raw: Path) -> None:
    folder = raw / "plans" / "032093" / "a"
    text = (folder / "plan.txt").read_bytes()
    (folder / "plan.txt").write_bytes((folder / "plan.yaml").read_bytes())
    (folder / "plan.yaml").write_bytes(text)


def add_empty_folder(raw: Path) -> None:
    (raw / "plans" / "032093" / "empty").mkdir()


@pytest.mark.parametrize("change", [add, remove, rename, move_folder, edit, swap, add_empty_folder])
def test_every_change_of_content_or_name_is_noticed(
    raw: Path, change: Callable[[Path], None]
) -> None:
    before = raw_fingerprint(raw)
    change(raw)
    assert raw_fingerprint(raw) != before


def test_time_stamps_do_not_count(raw: Path) -> None:
    before = raw_fingerprint(raw)
    for path in raw.rglob("*"):
        os.utime(path, (1, 1))
    assert raw_fingerprint(raw) == before


def test_a_folder_that_becomes_unreadable_is_a_change(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = raw_fingerprint(raw)
    iterdir = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    listing = list_contents(raw)
    assert listing["plans/032093/a/"] == "unreadable"
    assert fingerprint(listing) != before


def test_a_file_that_becomes_unreadable_is_a_change(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = raw / "plans" / "032093" / "a" / "plan.txt"
    path.unlink()
    path.symlink_to("nowhere")
    assert list_contents(raw)["plans/032093/a/plan.txt"] == "unreadable"


def test_linked_folders_are_read_and_loops_end(raw: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "plan.txt").write_text("1", encoding="utf-8")
    (raw / "linked").symlink_to(elsewhere)
    (raw / "loop").symlink_to(raw)
    before = raw_fingerprint(raw)
    assert list_contents(raw)["loop/"] == "loop"
    (elsewhere / "plan.txt").write_text("2", encoding="utf-8")
    assert raw_fingerprint(raw) != before


def test_a_missing_raw_folder_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        raw_fingerprint(tmp_path / "nowhere")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        raw_fingerprint(tmp_path / "file")


def test_code_and_library_versions_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "pipelines"
    (code / "__pycache__").mkdir(parents=True)
    (code / "reader.py").write_text("1", encoding="utf-8")
    before = code_fingerprint(["pipelines", "absent"], tmp_path)
    (code / "__pycache__" / "reader.pyc").write_text("x", encoding="utf-8")
    assert code_fingerprint(["pipelines", "absent"], tmp_path) == before
    monkeypatch.setattr(fingerprints, "_version", lambda library: "99")
    assert code_fingerprint(["pipelines", "absent"], tmp_path) != before
    monkeypatch.undo()
    (code / "words.yaml").write_text("a: b", encoding="utf-8")
    assert code_fingerprint(["pipelines", "absent"], tmp_path) != before


@given(st.dictionaries(st.text(), st.text(alphabet="0123456789abcdef", max_size=8)))
def test_the_order_of_entries_does_not_count(entries: dict[str, str]) -> None:
    assert fingerprint(dict(reversed(list(entries.items())))) == fingerprint(entries)


#: When memory is looked through, and how what was built is described.
DECIDES_NO_ROWS = {"pipelines/collector.py", "pipelines/release/outcome.py"}


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("extraction", READING_CODE),
        ("figure_extraction", FIGURES_CODE),
        ("round_extraction", RESULTS_CODE),
    ],
)
def test_all_code_that_reads_is_marked(start: str, code: tuple[str, ...]) -> None:
    """Code that a stage uses and its mark leaves out could change without its rows."""
    left = _used(PROJECT_ROOT / "pipelines" / "orchestration" / f"{start}.py", set())
    names = [path.relative_to(PROJECT_ROOT).as_posix() for path in left]
    unmarked = {name for name in names if not name.startswith((*code, "pipelines/__init__.py"))}
    assert unmarked <= DECIDES_NO_ROWS


def _used(path: Path, found: set[Path]) -> set[Path]:
    """The modules of ours that a module imports, itself and theirs included."""
    if path not in found:
        found.add(path)
        text = path.read_text(encoding="utf-8")
        for module in re.findall(r"^\s*from (pipelines[.\w]*) import", text, re.MULTILINE):
            place = PROJECT_ROOT.joinpath(*module.split("."))
            named = place.with_suffix(".py")
            _used(named if named.is_file() else place / "__init__.py", found)
    return found
