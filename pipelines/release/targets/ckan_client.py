"""CKAN's Action API, version 3, over HTTP.

https://docs.ckan.org/en/2.11/api/: every action is a POST to ``/api/3/action/<name>`` whose answer
is ``{"success": true, "result": ...}`` or ``{"success": false, "error": {"__type": ..., ...}}``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from pipelines.release.durable import CHUNK_BYTES
from pipelines.release.targets.masking import CKAN_TOKEN, masked
from pipelines.release.targets.model import TargetError

#: Seconds to connect, and between two pieces of an answer.
_TIMEOUT: Final = (20, 300)
_SHOWN_CHARACTERS: Final = 500
_HINTS: Final = {
    401: f"APIトークン（環境変数 {CKAN_TOKEN}）を確かめてください",
    403: f"APIトークン（環境変数 {CKAN_TOKEN}）の権限と、--organization を確かめてください",
    409: "CKANが内容を受け付けませんでした。ファイルが大きすぎるときは、CKANの管理者に上限"
    "（ckan.max_resource_size）を相談してください",
    413: "ファイルが大きすぎます。CKANの管理者に、ウェブサーバーの上限を相談してください",
}


class CkanClient:
    """Calls actions of one CKAN site."""

    def __init__(self, site: str) -> None:
        """``site`` is its address with https:// (or http://), without ``/api``."""
        self.site = site.rstrip("/")
        self._session = requests.Session()
        # As `auth`, not as a header: requests would prefer a .netrc to a header, and takes the
        # authorisation away where an answer leads to another host.
        self._session.auth = _Token(_token(self.site))

    def find(self, action: str, **values: Any) -> Any:
        """The result of an action; None where the site says that there is no such thing."""
        answer = self._post(action, json=values)
        return None if answer.status_code == 404 and _is_not_found(answer) else self._result(answer)

    def call(self, action: str, **values: Any) -> Any:
        """The result of an action.

        Raises:
            TargetError: if the site refuses or does not answer.
        """
        return self._result(self._post(action, json=values))

    def upload(self, action: str, values: Mapping[str, str], name: str, source: Path) -> Any:
        """The result of an action that takes a file, sent as a form.

        Args:
            action: resource_create or resource_update.
            values: the other fields.
            name: the file name that the site shows.
            source: the file.
        """
        with source.open("rb") as stream:
            return self.upload_stream(action, values, name, stream)

    def upload_stream(
        self, action: str, values: Mapping[str, str], name: str, stream: IO[bytes]
    ) -> Any:
        """The same with the content of a stream."""
        from requests_toolbelt import MultipartEncoder  # a form without the file in memory

        form = MultipartEncoder({**values, "upload": (name, stream, "application/octet-stream")})
        answer = self._post(action, data=form, headers={"Content-Type": form.content_type})
        return self._result(answer, values.get("name", name))

    def digest(self, url: str) -> str | None:
        """The SHA-256 of what the site gives to its readers; None where that cannot be told.

        An address on another host is not asked: the token is not meant for it, and without the
        token a dataset in preparation cannot be read.
        """
        if urlsplit(url)[:2] != urlsplit(self.site)[:2]:
            return None
        digest = hashlib.sha256()
        try:
            with self._session.get(url, stream=True, timeout=_TIMEOUT) as answer:
                if not answer.ok:
                    raise self._failed(url, answer)
                for chunk in answer.iter_content(CHUNK_BYTES):
                    digest.update(chunk)
        except requests.RequestException as error:
            raise self._unreachable(error) from None
        return digest.hexdigest()

    def _post(self, action: str, **more: Any) -> requests.Response:
        url = f"{self.site}/api/3/action/{action}"
        try:
            # A redirected POST would become a GET.
            return self._session.post(url, timeout=_TIMEOUT, allow_redirects=False, **more)
        except requests.RequestException as error:
            raise self._unreachable(error) from None

    def _result(self, answer: requests.Response, what: str = "") -> Any:
        try:
            content = answer.json()
            if answer.ok and content["success"]:
                return content["result"]
        except (ValueError, KeyError, TypeError):
            pass
        raise self._failed(answer.url, answer, what)

    def _failed(self, url: str, answer: requests.Response, what: str = "") -> TargetError:
        hint = _HINTS.get(answer.status_code, "CKANの状態と公開先のURLを確かめてください")
        action = " ".join(one for one in (url.rsplit("/", maxsplit=1)[-1], what) if one)
        return TargetError(
            "target_failed",
            self.site,
            f"CKAN {self.site} の {action} が失敗しました（HTTP {answer.status_code}"
            f"{masked(_told_by(answer))}）。{hint}。直した後でもう一度実行すると、続きから進みます。",
        )

    def _unreachable(self, error: requests.RequestException) -> TargetError:
        return TargetError(
            "target_failed",
            self.site,
            f"CKAN {self.site} と通信できません（{masked(str(error))[:_SHOWN_CHARACTERS]}）。"
            "URLと通信を確かめて、もう一度実行してください。",
        )


class _Token(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._token
        return request


def _token(site: str) -> str:
    token = os.environ.get(CKAN_TOKEN, "").strip()
    if not token:
        raise TargetError(
            "token_missing",
            site,
            f"CKANのAPIトークンがありません。環境変数 {CKAN_TOKEN} に設定してください。",
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise TargetError(
            "token_malformed",
            site,
            f"CKANのAPIトークン（環境変数 {CKAN_TOKEN}）に、使えない文字があります。"
            "全角文字や改行が混じっていないか確かめてください。",
        )
    return token


def _is_not_found(answer: requests.Response) -> bool:
    """Whether CKAN itself says so, and not a web server that knows no CKAN."""
    try:
        return bool(answer.json()["error"]["__type"] == "Not Found Error")
    except (ValueError, KeyError, TypeError):
        return False


def _told_by(answer: requests.Response) -> str:
    """What the site says of an error, in its own words."""
    try:
        error = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    told = {key: value for key, value in error.items() if key != "__type"}
    text = told.get("message") or json.dumps(told, ensure_ascii=False)
    return f": {text}"[:_SHOWN_CHARACTERS]
