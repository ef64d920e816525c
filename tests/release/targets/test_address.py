"""What may be given as a place of publication, and what is refused without showing secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.release.targets.address import open_target
from pipelines.release.targets.masking import masked
from pipelines.release.targets.model import BadAddressError


def test_the_three_kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = tmp_path / "outputs"
    monkeypatch.setenv("GYOKAKU_CKAN_TOKEN", "mihon")
    assert open_target(str(tmp_path / "site"), outputs).label == str(tmp_path / "site")
    assert open_target("s3://mihon/open/data/", outputs).label == "s3://mihon/open/data"
    label = open_target("ckan+https://ckan.example.jp/data/", outputs, "mihon-shi").label
    assert label == "https://ckan.example.jp/data/dataset/mihon-shi"


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("ftp://example.jp/x", "address_unknown"),
        ("https://example.jp", "address_unknown"),
        ("s3://", "bucket_malformed"),
        ("s3://mihon-key:mihon-secret@mihon/x", "address_with_secret"),
        ("ckan+https://mihon-secret@example.jp", "address_with_secret"),
        ("ckan+https://example.jp/?key=mihon-secret", "address_with_secret"),
        ("ckan+https://example.jp:port", "address_malformed"),
        ("ckan+https://[example.jp", "address_malformed"),
        ("ckan+https:///x", "host_missing"),
        ("ckan+http://example.jp", "token_unprotected"),
    ],
)
def test_refused_addresses(address: str, rule: str, tmp_path: Path) -> None:
    with pytest.raises(BadAddressError) as raised:
        open_target(address, tmp_path)
    assert raised.value.rule == rule
    assert "mihon-secret" not in str(raised.value) and "mihon-key" not in str(raised.value)


@pytest.mark.parametrize("name", ["X", "みほん", "a b", "a" * 101])
def test_names_that_no_dataset_can_bear(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadAddressError, match="使えません"):
        open_target("ckan+https://example.jp", tmp_path, name)


def test_releases_are_not_published_into_themselves(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    for place in (outputs, outputs / "site", tmp_path):
        with pytest.raises(BadAddressError, match="重なっています"):
            open_target(str(place), outputs)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadAddressError, match="フォルダーではありません"):
        open_target(str(tmp_path / "file"), outputs)


def test_secrets_are_masked_however_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GYOKAKU_CKAN_TOKEN", " a+b/c= \n")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "x")
    assert masked("x a+b/c= y a%2Bb/c%3D z a%2Bb%2Fc%3D") == "x *** y *** z ***"
