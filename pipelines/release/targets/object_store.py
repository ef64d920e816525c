"""An S3-compatible store as a place for files, through fsspec's s3fs.

Credentials, endpoint and region come from where every S3 program takes them: ``AWS_*`` variables
(``AWS_ENDPOINT_URL`` or ``AWS_ENDPOINT_URL_S3`` for other makers' stores), or the role of the
machine. An object appears whole or not at all: a PUT or a multipart upload shows when it is done.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from s3fs import S3FileSystem

from pipelines.release.durable import CHUNK_BYTES
from pipelines.release.targets.masking import masked
from pipelines.release.targets.model import TargetError

#: Newer clients send checksums that older stores refuse; what was sent is read back here anyway.
_CLIENT: Final = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
    "connect_timeout": 20,
}
_TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".parquet": "application/vnd.apache.parquet",
    ".md": "text/markdown; charset=utf-8",
    "": "text/plain; charset=utf-8",
}


class ObjectStore:
    """Objects of a bucket below a prefix."""

    def __init__(self, root: str) -> None:
        """``root`` is ``bucket`` or ``bucket/prefix``."""
        self._root = root.strip("/")
        self._files = S3FileSystem(
            config_kwargs=_CLIENT, use_listings_cache=False, skip_instance_cache=True
        )

    @property
    def label(self) -> str:
        """The address, without anything secret."""
        return f"s3://{self._root}"

    def read(self, name: str) -> bytes | None:
        """The content of an object; None where there is none."""
        with self._told(name):
            try:
                return bytes(self._files.cat_file(self._key(name)))
            except FileNotFoundError:
                return None

    def digest(self, name: str) -> str | None:
        """The SHA-256 of an object, read from the store; None where there is none."""
        digest = hashlib.sha256()
        with self._told(name):
            try:
                with self._files.open(self._key(name), "rb", cache_type="readahead") as stream:
                    while chunk := stream.read(CHUNK_BYTES):
                        digest.update(chunk)
            except FileNotFoundError:
                return None
        return digest.hexdigest()

    def put_file(self, name: str, source: Path) -> None:
        """Upload a file."""
        with self._told(name):
            self._files.put_file(str(source), self._key(name), ContentType=content_type(name))

    def put_bytes(self, name: str, content: bytes) -> None:
        """Write an object that caches must ask for again: readers are led by it."""
        more = {"ContentType": content_type(name), "CacheControl": "no-cache"}
        with self._told(name):
            self._files.pipe_file(self._key(name), content, **more)

    def files(self, folder: str) -> list[str]:
        """Every object below a folder, relative to it."""
        with self._told(folder):
            found = self._files.find(self._key(folder))
        start = f"{self._key(folder)}/"
        return sorted(str(one).removeprefix(start) for one in found if str(one).startswith(start))

    def remove(self, name: str) -> None:
        """Remove an object; repeating it does no harm."""
        with self._told(name):
            self._files.rm_file(self._key(name))

    def _key(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        # `from None`: the errors underneath hold requests and their headers.
        try:
            yield
        except NoCredentialsError:
            raise self._failed(
                name,
                "S3の認証情報がありません。"
                "環境変数 AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY を設定してください",
            ) from None
        except (OSError, BotoCoreError, ClientError) as error:
            raise self._failed(name, _reason(error)) from None

    def _failed(self, name: str, reason: str) -> TargetError:
        return TargetError(
            "target_failed",
            self.label,
            f"公開先 {self.label} の {name} を扱えません（{masked(reason)}）。"
            "公開先、権限（環境変数 AWS_*）、通信を確かめて、もう一度実行してください。",
        )


def content_type(name: str) -> str:
    """The media type that the store tells browsers."""
    suffix = Path(name).suffix
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _TYPES.get(suffix, guessed)


def _reason(error: Any) -> str:
    return str(error) or type(error).__name__
