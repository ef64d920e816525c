"""Publication to a folder and to an S3-compatible server: the same promises."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.release.layout import CHECKSUMS
from pipelines.release.lifecycle.retention import prune, rollback
from pipelines.release.lifecycle.withdrawal import withdraw
from pipelines.release.registry import ReleaseError
from pipelines.release.targets.delivery import publish_to
from pipelines.release.targets.folder_store import FolderStore
from pipelines.release.targets.model import Delivery, TargetError
from pipelines.release.targets.store_target import LATEST, VERSIONS, Store, StoreTarget
from tests.release.targets.samples import (
    DAY,
    Watch,
    assert_complete,
    everything,
    seen_by_readers,
    tiny_release,
    two_versions,
)
from tests.release.targets.servers import Breaking


class Interruptible:
    """A store, and a way to break off after a number of writes."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @contextmanager
    def broken_after(self, writes: int) -> Iterator[None]:
        """The block dies at the write after that many."""
        raise NotImplementedError
        yield

    def start_anew(self, number: int) -> None:
        """Nothing is there."""
        raise NotImplementedError


class InterruptibleFolder(Interruptible):
    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(FolderStore(root))
        self._monkeypatch = monkeypatch
        self._root = root

    def start_anew(self, number: int) -> None:
        self.store = FolderStore(self._root / str(number))

    @contextmanager
    def broken_after(self, writes: int) -> Iterator[None]:
        left = [writes]

        def counted(path: Path) -> None:
            if self._root in path.parents:
                left[0] -= 1
                if left[0] < 0:
                    raise KeyboardInterrupt

        replace, unlink = Path.replace, Path.unlink

        def counted_replace(path: Path, target: Path) -> Path:
            counted(path)
            return replace(path, target)

        def counted_unlink(path: Path, missing_ok: bool = False) -> None:
            counted(path)
            unlink(path, missing_ok=missing_ok)

        with self._monkeypatch.context() as patched:
            patched.setattr(Path, "replace", counted_replace)
            patched.setattr(Path, "unlink", counted_unlink)
            yield


class InterruptibleBucket(Interruptible):
    def __init__(self, server: Breaking, bucket: str) -> None:
        from pipelines.release.targets.object_store import ObjectStore

        self._objects = ObjectStore(f"{bucket}/open-data")
        super().__init__(self._objects)
        self._server = server
        self._bucket = bucket

    def start_anew(self, number: int) -> None:
        self._objects._root = f"{self._bucket}/{number}"  # a new client would take its time

    @contextmanager
    def broken_after(self, writes: int) -> Iterator[None]:
        self._server.break_after(writes)
        try:
            yield
        finally:
            self._server.break_after(None)


@pytest.fixture(params=["folder", "s3"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Interruptible:
    if request.param == "folder":
        return InterruptibleFolder(tmp_path / "site", monkeypatch)
    return InterruptibleBucket(*request.getfixturevalue("bucket"))


#: For what is the same in every store: requests of a server take their time.
on_disk = pytest.mark.parametrize("place", ["folder"], indirect=True)


def deliver(place: Interruptible, outputs: Path, version: str | None = None) -> Delivery:
    return publish_to(StoreTarget(place.store), outputs, version, Watch())


def listed(place: Interruptible) -> list[str]:
    return [one["version"] for one in json.loads(place.store.read(VERSIONS) or b"[]")]


def empty(place: Interruptible) -> None:
    for name in [*(f"releases/{one}" for one in place.store.files("releases")), LATEST]:
        place.store.remove(name)


def interruptions(place: Interruptible, outputs: Path) -> Iterator[int]:
    """Breaks a delivery off after 0, 1, 2 ... writes, until it comes through."""
    for writes in range(100):
        try:
            with place.broken_after(writes):
                deliver(place, outputs)
            return
        except (KeyboardInterrupt, TargetError):
            yield writes
    raise AssertionError("never came through")


def test_a_release_is_published_as_it_is(place: Interruptible, sample_outputs: Path) -> None:
    watch = Watch()
    done = publish_to(StoreTarget(place.store), sample_outputs, None, watch)
    local = FolderStore(sample_outputs)
    assert done.newest == "1.0.0" and done.is_changed
    assert done.sent == len(local.files("releases/1.0.0"))
    assert place.store.files("releases/1.0.0") == local.files("releases/1.0.0")
    for name in (VERSIONS, LATEST):
        assert place.store.read(name) == local.read(name)
    assert seen_by_readers(place.store) == "1.0.0"
    assert "data/csv/plans.csv" in watch.lines


def test_nothing_is_sent_twice(place: Interruptible, tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    deliver(place, outputs)
    with place.broken_after(0):
        done = deliver(place, outputs)
    assert (done.sent, done.is_changed, done.newest) == (0, False, "1.0.1")


@on_disk
def test_only_what_is_there_is_listed(place: Interruptible, tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    deliver(place, outputs)
    assert listed(place) == ["1.0.1"]
    assert place.store.files("releases/1.0.0") == []
    deliver(place, outputs, "1.0.0")
    assert listed(place) == ["1.0.0", "1.0.1"]
    assert seen_by_readers(place.store) == "1.0.1"
    assert_complete(place.store, "1.0.0")


@on_disk
def test_interrupted_first_publication(place: Interruptible, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    tiny_release(outputs, "1.0.0", "one")
    seen = [seen_by_readers(place.store) for _ in interruptions(place, outputs)]
    assert len(seen) >= 3 and set(seen) <= {None, "1.0.0"}
    assert seen_by_readers(place.store) == "1.0.0"


def test_interrupted_update_shows_the_old_or_the_new_version(
    place: Interruptible, tmp_path: Path
) -> None:
    old, outputs = tmp_path / "old", tmp_path / "outputs"
    tiny_release(old, "1.0.0", "one")
    shutil.copytree(old, outputs, symlinks=True)
    tiny_release(outputs, "1.0.1", "two", "1.0.0")
    seen = []
    for writes in range(100):
        place.start_anew(writes)
        deliver(place, old)
        try:
            with place.broken_after(writes):
                deliver(place, outputs)
            break
        except (KeyboardInterrupt, TargetError):
            seen.append(seen_by_readers(place.store))
        deliver(place, outputs)
        assert seen_by_readers(place.store) == "1.0.1"
    assert seen == ["1.0.0"] * 8  # six files, versions.json, latest.json
    assert seen_by_readers(place.store) == "1.0.1"


def test_interrupted_withdrawal_is_finished(place: Interruptible, tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    deliver(place, outputs, "1.0.0")
    deliver(place, outputs)
    withdraw(outputs, "1.0.1", "氏名の誤掲載", DAY)
    for writes in interruptions(place, outputs):
        assert seen_by_readers(place.store) in (("1.0.1", "1.0.0") if writes < 2 else ("1.0.0",))
    assert seen_by_readers(place.store) == "1.0.0"
    assert place.store.files("releases/1.0.1") == ["index.html", "tombstone.json"]
    assert b"two" not in everything(place.store)
    assert "氏名の誤掲載".encode() in (place.store.read("releases/1.0.1/tombstone.json") or b"")
    assert deliver(place, outputs).is_changed is False


@on_disk
def test_a_withdrawn_version_leaves_before_the_new_one_comes(
    place: Interruptible, tmp_path: Path
) -> None:
    outputs = tmp_path / "outputs"
    tiny_release(outputs, "1.0.0", "one")
    deliver(place, outputs)
    damaged = tiny_release(outputs, "1.0.1", "two")
    withdraw(outputs, "1.0.0", "誤り", DAY)
    kept = (damaged / "data/csv/items.csv").read_bytes()
    (damaged / "data/csv/items.csv").write_bytes(b"changed meanwhile")
    with pytest.raises(ReleaseError, match="違う所が1件"):
        deliver(place, outputs)
    assert b"one" not in everything(place.store)
    assert seen_by_readers(place.store) is None
    (damaged / "data/csv/items.csv").write_bytes(kept)
    deliver(place, outputs)
    assert seen_by_readers(place.store) == "1.0.1"


def test_values_of_a_withdrawn_version_leave_the_changes_after_it(
    place: Interruptible, tmp_path: Path
) -> None:
    outputs = two_versions(tmp_path / "outputs")
    deliver(place, outputs, "1.0.0")
    deliver(place, outputs)
    assert b"old value of 1.0.0" in everything(place.store)
    withdraw(outputs, "1.0.0", "誤り", DAY)
    for _ in interruptions(place, outputs):
        pass
    assert b"old value of 1.0.0" not in everything(place.store)
    assert seen_by_readers(place.store) == "1.0.1"
    assert deliver(place, outputs).is_changed is False


@on_disk
def test_everything_withdrawn(place: Interruptible, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    tiny_release(outputs, "1.0.0", "one")
    deliver(place, outputs)
    withdraw(outputs, "1.0.0", "誤り", DAY)
    done = deliver(place, outputs)
    assert (done.newest, done.removed) == (None, ("1.0.0",))
    assert place.store.read(LATEST) is None
    assert b"one" not in everything(place.store)


@on_disk
def test_a_version_withdrawn_while_half_sent_leaves_nothing(
    place: Interruptible, tmp_path: Path
) -> None:
    outputs = two_versions(tmp_path / "outputs")
    with pytest.raises((KeyboardInterrupt, TargetError)), place.broken_after(3):
        deliver(place, outputs)
    withdraw(outputs, "1.0.1", "誤り", DAY)
    deliver(place, outputs)
    assert place.store.files("releases/1.0.1") == []
    assert seen_by_readers(place.store) == "1.0.0"


@on_disk
def test_pruned_and_rolled_back_versions(place: Interruptible, tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    deliver(place, outputs, "1.0.0")
    deliver(place, outputs)
    rollback(outputs, "1.0.0", DAY)
    assert deliver(place, outputs).newest == "1.0.0"
    assert seen_by_readers(place.store) == "1.0.0"
    tiny_release(outputs, "1.0.2", "three", "1.0.0")
    prune(outputs, 1, DAY)
    for _ in interruptions(place, outputs):
        assert seen_by_readers(place.store) in ("1.0.0", "1.0.2")
    assert seen_by_readers(place.store) == "1.0.2"
    assert place.store.files("releases/1.0.0") == ["index.html", "tombstone.json"]


def test_a_published_version_is_never_overwritten(place: Interruptible, tmp_path: Path) -> None:
    first, other = tmp_path / "first", tmp_path / "other"
    tiny_release(first, "1.0.0", "one")
    tiny_release(other, "1.0.0", "another")
    deliver(place, first)
    before = everything(place.store)
    with pytest.raises(TargetError, match="上書きできません"), place.broken_after(0):
        deliver(place, other)
    place.store.remove(VERSIONS)
    with pytest.raises(TargetError, match="上書きできません"), place.broken_after(0):
        deliver(place, other)
    deliver(place, first)
    assert everything(place.store) == before


@on_disk
def test_other_releases_under_the_same_numbers_are_noticed(
    place: Interruptible, tmp_path: Path
) -> None:
    first, other = tmp_path / "first", tmp_path / "other"
    tiny_release(first, "1.0.0", "one")
    tiny_release(other, "1.0.0", "another")
    tiny_release(other, "1.0.1", "two", "1.0.0")
    deliver(place, first)
    with pytest.raises(TargetError, match=r"版 1\.0\.0 は、違う内容で"), place.broken_after(0):
        deliver(place, other)


@on_disk
def test_a_place_of_another_project_is_left_alone(place: Interruptible, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    tiny_release(outputs, "1.0.0", "one")
    two = two_versions(tmp_path / "two")
    deliver(place, two)
    shutil.rmtree(two / "releases/1.0.1")
    with pytest.raises(TargetError, match=r"一覧にない版があります: 1\.0\.1"):
        deliver(place, outputs)
    empty(place)
    place.store.put_bytes("releases/1.0.0/notes.txt", b"mine")
    with pytest.raises(TargetError, match=r"notes\.txt"):
        deliver(place, outputs)
    place.store.put_bytes(VERSIONS, b"{")
    with pytest.raises(TargetError, match="を読めません"):
        deliver(place, outputs)


@on_disk
def test_a_damaged_release_is_not_sent(place: Interruptible, tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    (outputs / "releases/1.0.1/data/csv/items.csv").write_bytes(b"other")
    with pytest.raises(ReleaseError, match=r"items\.csv が欠けているか"):
        deliver(place, outputs)
    assert place.store.files("releases") == []
    deliver(place, outputs, "1.0.0")
    withdraw(outputs, "1.0.0", "誤り", DAY)
    with pytest.raises(ReleaseError, match="公開中ではありません"):
        deliver(place, outputs, "1.0.0")


def test_what_arrived_otherwise_is_never_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = two_versions(tmp_path / "outputs")
    place = InterruptibleFolder(tmp_path / "site", monkeypatch)
    deliver(place, outputs, "1.0.0")
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", lambda _, target: target.write_bytes(b"half"))
        with pytest.raises(TargetError, match="読み戻すと"):
            deliver(place, outputs)
    assert seen_by_readers(place.store) == "1.0.0"
    assert place.store.read(f"releases/1.0.1/{CHECKSUMS}") is None
    deliver(place, outputs)
    assert seen_by_readers(place.store) == "1.0.1"
