"""What is particular to S3: credentials, media types, caches, errors."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from s3fs import S3FileSystem

from pipelines.commands import publish as command
from pipelines.release.targets.object_store import ObjectStore, content_type
from tests.release.targets.conftest import SECRETS
from tests.release.targets.samples import tiny_release
from tests.release.targets.servers import Breaking


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    tiny_release(tmp_path / "outputs", "1.0.0", "one")
    return tmp_path / "outputs"


def test_the_command_publishes_with_media_types(
    bucket: tuple[Breaking, str], outputs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert command.publish("s3://mihon/open", outputs, None) == 0
    assert "s3://mihon/open" in capfd.readouterr().out
    files = S3FileSystem(skip_instance_cache=True)
    assert files.metadata("mihon/open/latest.json") is not None
    info = files.call_s3("head_object", Bucket="mihon", Key="open/latest.json")
    assert (info["ContentType"], info["CacheControl"]) == ("application/json", "no-cache")
    info = files.call_s3("head_object", Bucket="mihon", Key="open/releases/1.0.0/SHA256SUMS")
    assert info["ContentType"] == "text/plain; charset=utf-8"


def test_large_files_go_in_parts(bucket: tuple[Breaking, str], tmp_path: Path) -> None:
    store = ObjectStore("mihon")
    source = tmp_path / "large.parquet"
    with source.open("wb") as stream:
        stream.truncate(110 * 1024 * 1024)
    store.put_file("large.parquet", source)
    info = S3FileSystem(skip_instance_cache=True).info("mihon/large.parquet")
    assert info["size"] == source.stat().st_size and "-" in info["ETag"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a/b.csv", "text/csv; charset=utf-8"),
        ("catalog.jsonld", "application/ld+json"),
        ("index.html", "text/html; charset=utf-8"),
        ("gyokaku.duckdb", "application/octet-stream"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
    ],
)
def test_media_types(name: str, told: str) -> None:
    assert content_type(name) == told


def test_no_bucket(
    bucket: tuple[Breaking, str], outputs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert command.publish("s3://another/open", outputs, None) == 1
    assert "s3://another/open" in capfd.readouterr().err


def test_no_credentials(
    bucket: tuple[Breaking, str],
    outputs: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in SECRETS:
        monkeypatch.delenv(name)
    assert command.publish("s3://mihon/open", outputs, None) == 1
    assert "S3の認証情報がありません" in capfd.readouterr().err


def test_secrets_are_never_shown(
    bucket: tuple[Breaking, str],
    outputs: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    bucket[0].break_after(2)
    assert command.publish("s3://mihon/open", outputs, None) == 1
    shown = capfd.readouterr()
    told = shown.err + shown.out + caplog.text
    assert "扱えません" in told
    assert not [one for one in SECRETS.values() if one in told]
