"""Publication to a CKAN site, against a server that answers in CKAN's form."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Response, request

from pipelines.commands import publish as command
from pipelines.release.lifecycle.retention import rollback
from pipelines.release.lifecycle.withdrawal import withdraw
from pipelines.release.registry import read_versions
from pipelines.release.targets import ckan_dataset as data
from pipelines.release.targets.ckan_target import CkanTarget
from pipelines.release.targets.delivery import publish_to
from pipelines.release.targets.model import Delivery, TargetError
from tests.release.targets.ckan_site import CkanSite, recording
from tests.release.targets.samples import DAY, Watch, tiny_release, two_versions
from tests.release.targets.servers import Breaking, serving

TOKEN = "mihon-ckan-token-eyJ0eXAi.x+y/z="
READS = ("package_show", "license_list")


def _is_write(environ: dict[str, Any]) -> bool:
    return environ["REQUEST_METHOD"] == "POST" and not environ["PATH_INFO"].endswith(READS)


class Place:
    """A CKAN site, its address, and a way to break it off."""

    def __init__(self, site: CkanSite, breaking: Breaking, address: str) -> None:
        self.site = site
        self.breaking = breaking
        self.address = address

    def deliver(self, outputs: Path, version: str | None = None, name: str = "gyokaku") -> Delivery:
        return publish_to(CkanTarget(self.address, name, None), outputs, version, Watch())

    def seen_by_readers(self) -> str | None:
        """The version without a token, every file in force compared with its hash."""
        self.breaking.break_after(None)
        url = f"{self.address}/api/3/action/package_show"
        answer = requests.post(url, json={"id": "gyokaku"}, timeout=10)
        if answer.status_code == 404:
            return None
        dataset = answer.json()["result"]
        found = data.in_force(dataset)
        if found.state != "published":
            return None
        shown = [one for one in dataset["resources"] if not str(one["name"])[0].isdigit()]
        hashes = {}
        for one in shown:
            content = requests.get(one["url"], timeout=10).content
            hashes[one["name"]] = hashlib.sha256(content).hexdigest()
            assert data.resource_sha256(one) == hashes[one["name"]]
        assert len(hashes) == len(shown) == 3
        assert hashes["datapackage.json"] == found.sha256
        assert dataset["version"] == found.version
        return found.version

    def interruptions(self, outputs: Path) -> Iterator[int]:
        for writes in range(100):
            try:
                self.breaking.break_after(writes)
                self.deliver(outputs)
                self.breaking.break_after(None)
                return
            except TargetError:
                self.breaking.break_after(None)
                yield writes
        raise AssertionError("never came through")


@pytest.fixture(scope="module")
def ckan_server() -> Iterator[Place]:
    site = CkanSite(TOKEN)
    breaking = Breaking(site.application, _is_write)
    with serving(breaking) as address:
        yield Place(site, breaking, address)


@pytest.fixture
def ckan(ckan_server: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    ckan_server.site.reset()
    ckan_server.breaking.break_after(None)
    monkeypatch.setenv("GYOKAKU_CKAN_TOKEN", TOKEN)
    return ckan_server


@pytest.fixture
def one(tmp_path: Path) -> Path:
    tiny_release(tmp_path / "outputs", "1.0.0", "one")
    return tmp_path / "outputs"


def test_a_release_becomes_a_dataset(ckan: Place, sample_outputs: Path) -> None:
    outputs = sample_outputs
    done = ckan.deliver(outputs)
    dataset = ckan.site.dataset()
    names = ckan.site.names()
    assert names[:3] == ["datapackage.json", "gyokaku.xlsx", "gyokaku.duckdb"]
    assert names[3:] == sorted(f"data/csv/{one}" for one in _csv_files(outputs))
    assert done.sent == len(names) and done.newest == "1.0.0"
    for one in dataset["resources"]:
        content = (outputs / "releases/1.0.0" / one["name"]).read_bytes()
        assert ckan.site.disk[one["id"]] == content
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert (dataset["state"], dataset["version"]) == ("active", "1.0.0")
    assert dataset["license_id"] == "cc-by"
    assert "自治体行政改革オープンデータ" in dataset["title"]
    assert {"name": "行政改革"} in dataset["tags"]
    assert data.in_force(dataset).sha256 == read_versions(outputs)[0]["sha256"]


def _csv_files(outputs: Path) -> list[str]:
    return [path.name for path in (outputs / "releases/1.0.0/data/csv").iterdir()]


def test_nothing_is_sent_twice(ckan: Place, one: Path) -> None:
    ckan.deliver(one)
    ckan.site.actions.clear()
    done = ckan.deliver(one)
    assert (done.sent, done.is_changed, done.newest) == (0, False, "1.0.0")
    assert set(ckan.site.actions) == {"package_show"}


def test_a_file_that_did_not_change_keeps_its_address(ckan: Place, tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    ckan.deliver(outputs, "1.0.0")
    before = {one["name"]: one["url"] for one in ckan.site.dataset()["resources"]}
    done = ckan.deliver(outputs)
    after = {one["name"]: one["url"] for one in ckan.site.dataset()["resources"]}
    assert done.sent == 2
    assert after["data/csv/plans.csv"] == before["data/csv/plans.csv"]
    assert after["data/csv/items.csv"] != before["data/csv/items.csv"]


def test_hashes_written_by_others_are_no_reason_to_send_again(ckan: Place, one: Path) -> None:
    ckan.site.is_loading_csv = True
    ckan.deliver(one)
    assert ckan.deliver(one).sent == 0


def test_interrupted_first_publication_shows_nothing_or_all(ckan: Place, one: Path) -> None:
    steps = list(_seen_at_every_step(ckan, one))
    assert len(steps) >= 5 and set(steps) <= {None, "1.0.0"}
    assert ckan.seen_by_readers() == "1.0.0"


def test_an_unfinished_dataset_is_seen_by_its_editors_only(ckan: Place, one: Path) -> None:
    url = f"{ckan.address}/api/3/action/package_show"
    for writes, files in ((1, 0), (2, 1)):  # created; hidden by the repeat, and a file sent
        ckan.breaking.break_after(writes)
        with pytest.raises(TargetError):
            ckan.deliver(one)
        ckan.breaking.break_after(None)
        assert len(ckan.site.names()) == files
    assert requests.post(url, json={"id": "gyokaku"}, timeout=10).status_code == 404


def _seen_at_every_step(ckan: Place, outputs: Path) -> Iterator[str | None]:
    """Breaks off after 0, 1, 2 ... writes, each time from nothing, then lets it finish."""
    for writes in range(100):
        ckan.site.reset()
        ckan.breaking.break_after(writes)
        try:
            ckan.deliver(outputs)
            return
        except TargetError:
            yield ckan.seen_by_readers()
        ckan.deliver(outputs)
        assert ckan.seen_by_readers() == "1.0.0"
        assert len(ckan.site.names()) == 3


def test_interrupted_update_shows_the_old_or_the_new_version(ckan: Place, tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    seen = []
    for writes in range(100):
        ckan.site.reset()
        ckan.deliver(outputs, "1.0.0")
        ckan.breaking.break_after(writes)
        try:
            ckan.deliver(outputs)
            break
        except TargetError:
            seen.append(ckan.seen_by_readers())
        done = ckan.deliver(outputs)
        assert (done.newest, ckan.seen_by_readers()) == ("1.0.1", "1.0.1")
        assert len(ckan.site.names()) == 3
    assert seen == ["1.0.0"] * 3 + ["1.0.1"] * 4  # 2 files, the switch, 2 x 2 to remove the old
    assert b"one" not in b"".join(ckan.site.disk.values())


def test_the_city_own_fields_and_files_stay(ckan: Place, tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    ckan.deliver(outputs, "1.0.0")
    dataset = ckan.site.dataset()
    manual = {"id": "r1", "name": "解説.pdf", "url": "https://example.jp/a.pdf", "url_type": None}
    dataset["resources"].append(manual)
    dataset["extras"].append({"key": "担当課", "value": "企画課"})
    dataset["tags"].append({"name": "みほん市"})
    dataset["maintainer"] = "企画課"
    ckan.deliver(outputs)
    dataset = ckan.site.dataset()
    assert ckan.site.names()[-1] == "解説.pdf"
    assert {"key": "担当課", "value": "企画課"} in dataset["extras"]
    assert {"name": "みほん市"} in dataset["tags"]
    assert dataset["maintainer"] == "企画課"


def test_a_withdrawn_version_is_replaced_and_its_bytes_are_gone(
    ckan: Place, tmp_path: Path
) -> None:
    outputs = two_versions(tmp_path / "outputs")
    ckan.deliver(outputs)
    withdraw(outputs, "1.0.1", "誤り", DAY)
    for _ in ckan.interruptions(outputs):
        assert ckan.seen_by_readers() in ("1.0.1", None, "1.0.0")
    assert ckan.seen_by_readers() == "1.0.0"
    assert b"two" not in b"".join(ckan.site.disk.values())


def test_a_version_withdrawn_while_half_sent_leaves_before_the_next_is_sent(
    ckan: Place, tmp_path: Path
) -> None:
    outputs = two_versions(tmp_path / "outputs")
    ckan.deliver(outputs, "1.0.0")
    ckan.breaking.break_after(2)
    with pytest.raises(TargetError):
        ckan.deliver(outputs)
    withdraw(outputs, "1.0.1", "誤り", DAY)
    tiny_release(outputs, "1.0.2", "three", "1.0.0")
    assert b"two" in b"".join(ckan.site.disk.values())
    ckan.breaking.break_after(4)
    with pytest.raises(TargetError):
        ckan.deliver(outputs)
    assert b"two" not in b"".join(ckan.site.disk.values())
    assert ckan.seen_by_readers() == "1.0.0"
    assert ckan.deliver(outputs).newest == "1.0.2"


def test_a_new_dataset_belongs_to_the_organization(ckan: Place, one: Path) -> None:
    assert command.publish(f"ckan+{ckan.address}", one, None, "gyokaku-mihon", "mihon-shi") == 0
    assert ckan.site.dataset("gyokaku-mihon")["owner_org"] == "mihon-shi"


def test_everything_withdrawn_leaves_the_reason(ckan: Place, one: Path) -> None:
    ckan.deliver(one)
    withdraw(one, "1.0.0", "氏名の誤掲載", DAY)
    done = ckan.deliver(one)
    assert (done.newest, done.removed) == (None, ("1.0.0",))
    assert done.notes
    dataset = ckan.site.dataset()
    assert dataset["resources"] == [] and "氏名の誤掲載" in dataset["notes"]
    assert b"one" not in b"".join(ckan.site.disk.values())
    assert ckan.deliver(one).is_changed is False


def test_nothing_published_and_no_dataset(ckan: Place, one: Path) -> None:
    withdraw(one, "1.0.0", "誤り", DAY)
    assert ckan.deliver(one).newest is None
    assert ckan.site.packages == {}


def test_a_rollback_is_followed_and_an_older_version_alone_is_not(
    ckan: Place, tmp_path: Path
) -> None:
    outputs = two_versions(tmp_path / "outputs")
    ckan.deliver(outputs)
    with pytest.raises(TargetError, match=r"より新しい版 1\.0\.1"):
        ckan.deliver(outputs, "1.0.0")
    rollback(outputs, "1.0.0", DAY)
    ckan.deliver(outputs)
    assert ckan.seen_by_readers() == "1.0.0"


def test_a_published_version_is_never_overwritten(ckan: Place, one: Path, tmp_path: Path) -> None:
    ckan.deliver(one)
    other = tmp_path / "other"
    tiny_release(other, "1.0.0", "another")
    ckan.site.actions.clear()
    with pytest.raises(TargetError, match="上書きできません"):
        ckan.deliver(other)
    assert set(ckan.site.actions) == {"package_show"}
    assert ckan.seen_by_readers() == "1.0.0"


def test_a_dataset_of_others_is_left_alone(ckan: Place, one: Path, tmp_path: Path) -> None:
    two = two_versions(tmp_path / "two")
    ckan.deliver(two)
    with pytest.raises(TargetError, match="一覧にない版"):
        ckan.deliver(one)
    ckan.site.dataset()["extras"] = []
    with pytest.raises(TargetError, match="作ったものではありません"):
        ckan.deliver(one)
    ckan.site.dataset()["state"] = "deleted"
    with pytest.raises(TargetError, match="削除されています"):
        ckan.deliver(one)
    ckan.deliver(one, name="gyokaku-mihon")
    assert ckan.site.dataset("gyokaku-mihon")["version"] == "1.0.0"


def test_what_arrived_otherwise_is_removed_and_sent_again(
    ckan: Place, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = ckan.site._keep_file

    def damage(resource: dict[str, Any]) -> None:
        keep(resource)
        ckan.site.disk[resource["id"]] += b"x"

    with monkeypatch.context() as patched:
        patched.setattr(ckan.site, "_keep_file", damage)
        with pytest.raises(TargetError, match="読み戻すと"):
            ckan.deliver(one)
    assert ckan.seen_by_readers() is None and ckan.site.dataset()["resources"] == []
    assert ckan.deliver(one).sent == 3


def test_the_site_says_why_it_refuses(ckan: Place, one: Path) -> None:
    ckan.site.max_bytes = 5
    with pytest.raises(
        TargetError, match=r"1\.0\.0/datapackage\.json が失敗.*File upload too large.*max_resource"
    ):
        ckan.deliver(one)
    ckan.site.token = "another"
    with pytest.raises(TargetError, match="HTTP 403: Access denied"):
        ckan.deliver(one, name="gyokaku-other")
    ckan.site.token = TOKEN


def _echo() -> Response:
    return Response(
        f'{{"success": false, "error": {{"message": "{request.headers["Authorization"]}"}}}}',
        status=500,
        content_type="application/json",
    )


def _page() -> Response:
    return Response("<h1>Not here</h1>", status=404)


@pytest.mark.parametrize("answer", [_echo, _page])
def test_the_token_is_never_shown(
    ckan: Place,
    one: Path,
    answer: Any,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    ckan.site.answer_instead = answer
    assert command.publish(f"ckan+{ckan.address}", one, None) == 1
    shown = capfd.readouterr()
    assert "エラー: CKAN" in shown.err
    assert TOKEN not in shown.err + shown.out + caplog.text
    with pytest.raises(TargetError) as raised:
        ckan.deliver(one)
    assert TOKEN not in repr(raised.value) + repr(raised.value.__cause__)
    assert raised.value.__cause__ is None


def test_an_unreachable_site_is_told_without_the_token(
    ckan: Place, one: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert command.publish("ckan+http://127.0.0.1:9", one, None) == 1
    shown = capfd.readouterr()
    assert "通信できません" in shown.err and TOKEN not in shown.err + shown.out


@pytest.mark.parametrize("token", ["", " \n", "全角のトークン", "two words", "line\nbreak"])
def test_a_token_that_cannot_be_one(
    ckan: Place,
    one: Path,
    token: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GYOKAKU_CKAN_TOKEN", token)
    assert command.publish(f"ckan+{ckan.address}", one, None) == 1
    shown = capfd.readouterr().err
    assert "GYOKAKU_CKAN_TOKEN" in shown
    assert not token.strip() or token not in shown
    assert ckan.site.actions == []


def test_the_token_wins_over_netrc(
    ckan: Place, one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login mihon password other\n")
    monkeypatch.setenv("NETRC", str(netrc))
    ckan.deliver(one)
    assert ckan.seen_by_readers() == "1.0.0"


@pytest.mark.parametrize(
    "name", ["package_create", "resource_create", "package_show_not_found", "not_authorized"]
)
def test_the_server_answers_as_recorded(ckan: Place, name: str) -> None:
    told = recording(name)
    if name == "resource_create":
        created = recording("package_create")["request"]
        package = ckan.site.packages
        headers = {"Authorization": TOKEN}
        url = f"{ckan.address}/api/3/action"
        requests.post(f"{url}/package_create", json=created, headers=headers, timeout=10)
        told["request"]["package_id"] = next(iter(package))
    more: dict[str, Any] = {"json": told["request"]}
    if name == "resource_create":
        more = {"data": told["request"], "files": {"upload": ("items.csv", b"x")}}
    headers = {} if name == "not_authorized" else {"Authorization": TOKEN}
    url = f"{ckan.address}/api/3/action/{told['action']}"
    answer = requests.post(url, headers=headers, timeout=10, **more)
    assert answer.status_code == told["status"]
    assert answer.json().keys() == told["answer"].keys()
    if told["answer"]["success"]:
        assert answer.json()["result"].keys() == told["answer"]["result"].keys()
    else:
        assert answer.json()["error"] == told["answer"]["error"]
