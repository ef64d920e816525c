"""An S3-compatible server and a CKAN server, and an environment without anybody's credentials."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.release.samples import build
from tests.release.targets.servers import Breaking, serving

SECRETS = {"AWS_ACCESS_KEY_ID": "mihon-key-id", "AWS_SECRET_ACCESS_KEY": "mihon-secret-key"}


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.startswith(("AWS_", "GYOKAKU_CKAN"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)


@pytest.fixture(scope="session")
def sample_outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real release; publishing changes nothing here."""
    outputs = tmp_path_factory.mktemp("sample") / "outputs"
    assert build(outputs).version == "1.0.0"
    return outputs


@pytest.fixture(scope="session")
def s3_server() -> Iterator[tuple[Breaking, str]]:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    # moto answers a request in the S3 form whatever breaks it off; that is all that matters here.
    application = Breaking(
        DomainDispatcherApplication(create_backend_app),
        lambda environ: environ["REQUEST_METHOD"] in ("PUT", "POST", "DELETE"),
    )
    with serving(application) as address:
        yield application, address


@pytest.fixture
def bucket(
    s3_server: tuple[Breaking, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Breaking, str]]:
    """An empty bucket: the server and the name."""
    import requests

    server, address = s3_server
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", address)
    server.break_after(None)
    requests.post(f"{address}/moto-api/reset", timeout=10).raise_for_status()
    requests.put(f"{address}/mihon", headers=_signed(), timeout=10).raise_for_status()
    yield server, "mihon"
    server.break_after(None)


def _signed() -> dict[str, str]:
    scope = "mihon-key-id/20260401/us-east-1/s3/aws4_request"
    return {
        "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    }
