"""A small CKAN: it keeps datasets and files, and answers in the form of ``recordings/``.

The recordings are written after CKAN 2.11's documentation and source (``ckan/views/api.py``,
``ckan/logic/action``, ``ckan/lib/uploader.py``): what it does is what those do, as far as this
program calls it. A resource that is deleted leaves its file on the disk, as in CKAN.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request

RECORDINGS = Path(__file__).parent / "recordings"


def recording(name: str) -> dict[str, Any]:
    return dict(json.loads((RECORDINGS / f"{name}.json").read_bytes()))


class Refused(Exception):
    """Answered as one of the recorded errors."""


class CkanSite:
    """One site with one user."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.reset()
        self.application = Flask("ckan")
        self.application.add_url_rule("/api/3/action/<name>", view_func=self._act, methods=["POST"])
        self.application.add_url_rule(
            "/dataset/<package>/resource/<resource>/download/<name>", view_func=self._download
        )

    def reset(self) -> None:
        self.packages: dict[str, dict[str, Any]] = {}
        self.disk: dict[str, bytes] = {}
        self.actions: list[str] = []
        self.max_bytes = 10_000_000
        self.is_loading_csv = False
        self.answer_instead: Callable[[], Response] | None = None

    def dataset(self, name: str = "gyokaku") -> dict[str, Any]:
        """As its editors see it."""
        return next(one for one in self.packages.values() if name in (one["name"], one["id"]))

    def names(self) -> list[str]:
        return [one["name"] for one in self.dataset()["resources"]]

    def _act(self, name: str) -> Any:
        self.actions.append(name)
        if self.answer_instead is not None:
            return self.answer_instead()
        values = request.form.to_dict() or request.get_json(silent=True) or {}
        try:
            result = getattr(self, f"_{name}")(values)
        except Refused as error:
            told = recording(str(error))
            return jsonify(told["answer"]), told["status"]
        return jsonify({"help": f"{request.host_url}help", "success": True, "result": result})

    def _download(self, package: str, resource: str, name: str) -> Any:
        found = self.packages.get(package)
        if found is None or not self._is_visible(found):
            return "Not authorized", 403
        if resource not in [one["id"] for one in found["resources"]]:
            return "Not found", 404
        return Response(self.disk[resource])

    def _is_editor(self) -> bool:
        return request.headers.get("Authorization") == self.token

    def _is_visible(self, package: dict[str, Any]) -> bool:
        return package["state"] == "active" or self._is_editor()

    def _require_editor(self) -> None:
        if not self._is_editor():
            raise Refused("not_authorized")

    def _find(self, key: str) -> dict[str, Any]:
        for one in self.packages.values():
            if key in (one["id"], one["name"]) and self._is_visible(one):
                return one
        raise Refused("package_show_not_found")

    def _package_show(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._find(values["id"])

    def _license_list(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        return list(recording("license_list")["answer"]["result"])

    def _package_create(self, values: dict[str, Any]) -> dict[str, Any]:
        self._require_editor()
        if any(one["name"] == values["name"] for one in self.packages.values()):
            raise Refused("name_in_use")
        default = recording("package_create")["answer"]["result"]
        values.pop("state", None)  # CKAN lets only system administrators choose it at first
        package = {**default, "extras": [], **values, "id": str(uuid.uuid4())}
        self.packages[package["id"]] = package
        return package

    def _package_patch(self, values: dict[str, Any]) -> dict[str, Any]:
        self._require_editor()
        package = self._find(values["id"])
        package.update({**values, "id": package["id"]})
        package["resources"] = [
            {**one, "position": place} for place, one in enumerate(package["resources"])
        ]
        package["num_resources"] = len(package["resources"])
        return package

    def _resource_create(self, values: dict[str, Any]) -> dict[str, Any]:
        self._require_editor()
        package = self._find(values.pop("package_id"))
        default = recording("resource_create")["answer"]["result"]
        resource = {**dict.fromkeys(default), **values, "id": str(uuid.uuid4()), "state": "active"}
        resource["package_id"] = package["id"]
        self._keep_file(resource)
        package["resources"] = [*package["resources"], resource]
        return resource

    def _resource_update(self, values: dict[str, Any]) -> dict[str, Any]:
        self._require_editor()
        package, old = self._resource(values["id"])
        default = recording("resource_create")["answer"]["result"]
        fresh = {**dict.fromkeys(default), **values, "state": "active"}
        fresh["package_id"] = package["id"]
        self._keep_file(fresh)
        package["resources"] = [fresh if one is old else one for one in package["resources"]]
        return fresh

    def _resource_delete(self, values: dict[str, Any]) -> None:
        self._require_editor()
        package, old = self._resource(values["id"])
        package["resources"] = [one for one in package["resources"] if one is not old]

    def _resource(self, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
        for package in self.packages.values():
            for one in package["resources"]:
                if one["id"] == key:
                    return package, one
        raise Refused("package_show_not_found")

    def _keep_file(self, resource: dict[str, Any]) -> None:
        file = request.files.get("upload")
        if file is None:
            return
        content = file.read()
        if len(content) > self.max_bytes:
            raise Refused("upload_too_large")
        self.disk[resource["id"]] = content
        place = f"dataset/{resource['package_id']}/resource/{resource['id']}/download"
        resource.update(
            url=f"{request.host_url}{place}/{file.filename}", url_type="upload", size=len(content)
        )
        if self.is_loading_csv and resource.get("format") == "CSV":
            resource["hash"] = "d41d8cd98f00b204e9800998ecf8427e"  # what XLoader writes
