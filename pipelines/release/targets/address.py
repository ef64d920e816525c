"""What the argument of ``gyokaku publish`` means."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from pipelines.release import package_texts as texts
from pipelines.release.targets.model import BadAddressError, Target

#: CKAN's rule for the names of datasets.
_DATASET: Final = re.compile(r"[a-z0-9_-]{2,100}")
_BUCKET: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")
_LOCAL_HOSTS: Final = ("127.0.0.1", "::1", "localhost")
_FORMS: Final = "フォルダー、s3://バケット/場所、ckan+https://CKANのホスト名"


def open_target(
    address: str, outputs: Path, name: str | None = None, organization: str | None = None
) -> Target:
    """The place that an address names.

    Args:
        address: a folder, ``s3://bucket/prefix`` or ``ckan+https://host/path``.
        outputs: the folder of releases, which cannot be published to itself.
        name: of the dataset on a CKAN site.
        organization: that owns a new dataset on a CKAN site.

    Raises:
        BadAddressError: if it is none of them. The message never shows what may be a secret.
        TargetError: if the environment lacks what the place needs.
    """
    if "://" not in address:
        return _folder(address, outputs)
    parts = _parts(address)
    if parts.scheme == "s3":
        return _object_store(parts)
    if parts.scheme in ("ckan+https", "ckan+http"):
        return _ckan(parts, name or texts.NAME, organization)
    raise BadAddressError(
        "address_unknown",
        parts.scheme,
        f"「{parts.scheme}://」には公開できません。{_FORMS}のどれかを指定してください。",
    )


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        secret = "@" in parts.netloc or parts.query or parts.fragment
        _ = parts.port
    except ValueError:
        raise BadAddressError(
            "address_malformed", "", f"公開先のURLの形が正しくありません。{_FORMS}のどれかです。"
        ) from None
    if secret:
        raise BadAddressError(
            "address_with_secret",
            parts.scheme,
            "公開先のURLには、利用者名、パスワード、? や # を書けません。"
            "認証情報は環境変数で指定してください。",
        )
    return parts


def _folder(address: str, outputs: Path) -> Target:
    from pipelines.release.targets.folder_store import FolderStore
    from pipelines.release.targets.store_target import StoreTarget

    root, own = Path(address).expanduser().resolve(), outputs.resolve()
    if root == own or own in root.parents or root in own.parents:
        raise BadAddressError(
            "target_in_outputs",
            address,
            f"{address} は出力フォルダー（{outputs}）と重なっています。"
            "別の場所を指定してください。",
        )
    if root.exists() and not root.is_dir():
        raise BadAddressError(
            "target_no_folder", address, f"{address} はフォルダーではありません。"
        )
    return StoreTarget(FolderStore(root))


def _object_store(parts: SplitResult) -> Target:
    if not _BUCKET.fullmatch(parts.netloc):
        raise BadAddressError(
            "bucket_malformed", "s3://", "バケットの名前がありません。s3://バケット/場所 の形です。"
        )
    from pipelines.release.targets.object_store import ObjectStore
    from pipelines.release.targets.store_target import StoreTarget

    return StoreTarget(ObjectStore(f"{parts.netloc}{parts.path}"))


def _ckan(parts: SplitResult, name: str, organization: str | None) -> Target:
    scheme = parts.scheme.removeprefix("ckan+")
    if not parts.hostname:
        raise BadAddressError(
            "host_missing", "ckan+", "CKANのホスト名がありません。ckan+https://ホスト名 の形です。"
        )
    if scheme == "http" and parts.hostname not in _LOCAL_HOSTS:
        raise BadAddressError(
            "token_unprotected",
            parts.netloc,
            "http:// ではAPIトークンが盗み見られます。ckan+https:// を指定してください。",
        )
    if not _DATASET.fullmatch(name):
        raise BadAddressError(
            "dataset_name_malformed",
            name,
            f"データセットの名前「{name}」は使えません。英小文字、数字、- と _ の2～100字です。",
        )
    from pipelines.release.targets.ckan_target import CkanTarget

    return CkanTarget(f"{scheme}://{parts.netloc}{parts.path}", name, organization)
