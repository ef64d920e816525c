"""Releases on a CKAN site: one dataset that holds the newest version.

New files are uploaded beside those in force, under names that tell that they wait; one change of
the dataset then switches its version and the names of all files; the old ones are removed after
that. An interruption leaves the old version or the new one in force, and a repeat finishes.
A new dataset is a draft, which only its editors see, until that change.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pipelines.release import package_texts as texts
from pipelines.release.layout import DATAPACKAGE
from pipelines.release.targets import ckan_dataset as data
from pipelines.release.targets.ckan_client import CkanClient
from pipelines.release.targets.model import (
    Delivery,
    Shipment,
    TargetError,
    Watcher,
    read_back_differs,
    refuse_unknown,
    version_differs,
)
from pipelines.release.versions import parse_version

#: What stands in the place of a file that was removed; CKAN itself leaves the file on its disk.
_REMOVED: Final = "このファイルは削除されました。 This file has been removed.\n".encode()
_ASK_FOR_FILES: Final = (
    "取り下げた版のファイルは中身を消してから削除しました。CKANの控えや、ファイルを取り込んだ"
    "データベース（DataStore）に残っていないか、CKANの管理者に確かめてください。"
)


class CkanTarget:
    """Publication to a dataset of a CKAN site."""

    def __init__(self, site: str, name: str, organization: str | None) -> None:
        """``name`` is the dataset's; ``organization`` owns it if it is new.

        Raises:
            TargetError: if the environment holds no token.
        """
        self._client = CkanClient(site)
        self._name = name
        self._organization = organization

    @property
    def label(self) -> str:
        """Where readers find the dataset."""
        return f"{self._client.site}/dataset/{self._name}"

    def deliver(self, shipment: Shipment, watcher: Watcher) -> Delivery:
        """See :class:`pipelines.release.targets.model.Target`."""
        dataset = self._client.find("package_show", id=self._name)
        if dataset is not None:
            self._refuse_other(dataset, shipment)
        work = _Work(self._client, shipment, watcher, self.label)
        if dataset is not None:
            dataset = work.take_down(dataset)
        if shipment.version is None:
            return work.finish(dataset)
        dataset = self._hidden_until_complete(dataset or self._create())
        return work.finish(work.send(dataset, shipment.version))

    def _create(self) -> Mapping[str, Any]:
        """A new dataset without files."""
        owner = {"owner_org": self._organization} if self._organization else {}
        created: Mapping[str, Any] = self._client.call(
            "package_create",
            name=self._name,
            title=texts.TITLE,
            state="draft",
            extras=data.extras({}, {data.STATE_KEY: "preparing"}),
            **owner,
        )
        return created

    def _hidden_until_complete(self, dataset: Mapping[str, Any]) -> Mapping[str, Any]:
        """A dataset that never was complete, seen by its editors only.

        CKAN ignores the state that a new dataset is given by anybody but system administrators
        (``ignore_not_package_admin``); its editors may change it afterwards.
        """
        if data.in_force(dataset).state != "preparing" or dataset.get("state") == "draft":
            return dataset
        hidden: Mapping[str, Any] = self._client.call(
            "package_patch", id=dataset["id"], state="draft"
        )
        return hidden

    def _refuse_other(self, dataset: Mapping[str, Any], shipment: Shipment) -> None:
        found = data.in_force(dataset)
        if found.state is None or dataset.get("state") == "deleted":
            raise self._not_ours(dataset)
        if found.version is None:
            return
        refuse_unknown(self.label, [found.version], shipment)
        entry = shipment.entry(found.version)
        if found.sha256 != entry["sha256"]:
            raise version_differs(self.label, found.version)
        version = shipment.version
        newer = version and parse_version(found.version) > parse_version(version)
        if newer and entry["state"] == "published":
            raise TargetError(
                "target_is_newer",
                self.label,
                f"公開先には、より新しい版 {found.version} があります。前の版に戻すには、先に "
                f"gyokaku releases rollback {version} を実行してください。",
            )

    def _not_ours(self, dataset: Mapping[str, Any]) -> TargetError:
        why = (
            "は削除されています。CKANで復元するか"
            if dataset.get("state") == "deleted"
            else "は、このプログラムが作ったものではありません。上書きしないため"
        )
        return TargetError(
            "dataset_not_ours",
            self.label,
            f"データセット {self._name} {why}、--name で別の名前を指定してください。",
        )


class _Work:
    """The steps of one delivery, each of which can be repeated, and what they did."""

    def __init__(
        self, client: CkanClient, shipment: Shipment, watcher: Watcher, label: str
    ) -> None:
        self.client = client
        self.shipment = shipment
        self.watcher = watcher
        self.label = label
        self.done = Delivery(None)

    def take_down(self, dataset: Mapping[str, Any]) -> Mapping[str, Any]:
        """Remove withdrawn versions at once, in force or waiting, before anything is sent."""
        withdrawn = self.shipment.gone("withdrawn")
        found = data.in_force(dataset)
        if found.version in withdrawn and found.state == "published":
            entry = self.shipment.entry(str(found.version))
            dataset = self.client.call(
                "package_patch",
                id=dataset["id"],
                notes=data.withdrawn_notes(entry),
                extras=data.extras(dataset, {data.STATE_KEY: "withdrawn"}),
                resources=data.switched(dataset["resources"], {}, found.version),
            )
            self.done = replace(self.done, is_changed=True, removed=(str(found.version),))
        old = [one for one in dataset["resources"] if data.waiting_version(one) in withdrawn]
        if old:
            self.done = replace(self.done, notes=(_ASK_FOR_FILES,))
        return self._drop_all(dataset, old)

    def send(self, dataset: Mapping[str, Any], version: str) -> Mapping[str, Any]:
        """Upload what the dataset lacks of the version, then switch to it."""
        wanted = data.chosen_files(self.shipment.checksums(version))
        descriptor = json.loads((self.shipment.folder(version) / DATAPACKAGE).read_bytes())
        chosen = self._upload_missing(dataset, version, wanted, data.resource_titles(descriptor))
        values = {
            data.VERSION_KEY: version,
            data.SHA256_KEY: str(self.shipment.entry(version)["sha256"]),
            data.STATE_KEY: "published",
        }
        if self._is_in_force(dataset, chosen, values):
            return dataset
        # Read again: what others changed meanwhile stays.
        dataset = self.client.call("package_show", id=dataset["id"])
        found = data.in_force(dataset)
        licenses = [str(one["id"]) for one in self.client.call("license_list")]
        patched: Mapping[str, Any] = self.client.call(
            "package_patch",
            id=dataset["id"],
            state="active",
            extras=data.extras(dataset, values),
            resources=data.switched(dataset["resources"], chosen, found.version),
            **data.metadata(descriptor, dataset, licenses),
        )
        self.done = replace(self.done, is_changed=True)
        return patched

    def finish(self, dataset: Mapping[str, Any] | None) -> Delivery:
        """Remove the files that are no longer in force."""
        if dataset is None:
            return self.done
        old = [one for one in dataset["resources"] if data.waiting_version(one) is not None]
        dataset = self._drop_all(dataset, old)
        found = data.in_force(dataset)
        return replace(self.done, newest=found.version if found.state == "published" else None)

    def _upload_missing(
        self,
        dataset: Mapping[str, Any],
        version: str,
        wanted: Mapping[str, str],
        titles: Mapping[str, str],
    ) -> dict[str, data.Resource]:
        """Path -> resource of every file, in the order to show them; what waited is read back."""
        found = data.matching(dataset["resources"], wanted, version)
        if len(found) < len(wanted):
            self.watcher.stage(f"版 {version} の送信", len(wanted))
        chosen = {}
        for path, sha256 in wanted.items():
            resource = found.get(path)
            if resource is None:
                fields = data.upload_fields(path, sha256, version, titles)
                resource = self._upload(dataset["id"], version, path, fields)
            if data.waiting_version(resource) is not None:
                self._check(resource, path, sha256)
            chosen[path] = resource
            if len(found) < len(wanted):
                self.watcher.step(path)
        return chosen

    def _upload(
        self, dataset: str, version: str, path: str, fields: Mapping[str, str]
    ) -> data.Resource:
        source = self.shipment.folder(version) / path
        created: data.Resource = self.client.upload(
            "resource_create", {"package_id": dataset, **fields}, source.name, source
        )
        self.done = replace(self.done, sent=self.done.sent + 1)
        return created

    def _check(self, resource: data.Resource, path: str, sha256: str) -> None:
        """A file that arrived otherwise is removed, so that the repeat sends it anew."""
        if self.client.digest(str(resource["url"])) not in (None, sha256):
            self.client.call("resource_delete", id=resource["id"])
            raise read_back_differs(self.label, path)

    def _is_in_force(
        self,
        dataset: Mapping[str, Any],
        chosen: Mapping[str, data.Resource],
        values: Mapping[str, str],
    ) -> bool:
        """Whether readers see exactly the chosen files under this version already."""
        shown = [one for one in dataset["resources"] if _is_shown(one)]
        told = data.InForce(
            values[data.VERSION_KEY], values[data.SHA256_KEY], values[data.STATE_KEY]
        )
        same = {one["id"] for one in shown} == {one["id"] for one in chosen.values()}
        return same and data.in_force(dataset) == told and dataset.get("state") == "active"

    def _drop_all(
        self, dataset: Mapping[str, Any], old: Sequence[data.Resource]
    ) -> Mapping[str, Any]:
        """Remove resources; gives the dataset without them."""
        if not old:
            return dataset
        self.watcher.stage("公開中でないファイルの除去", len(old))
        for one in old:
            self._drop(one)
            self.watcher.step(str(one["name"]))
        self.done = replace(self.done, is_changed=True)
        shown: Mapping[str, Any] = self.client.call("package_show", id=dataset["id"])
        return shown

    def _drop(self, resource: data.Resource) -> None:
        # CKAN leaves the file of a deleted resource on its disk (issues 395 and 4705 of ckan/ckan):
        # it is overwritten first, so that data taken back is gone.
        fields = {"id": str(resource["id"]), "name": str(resource["name"]), "format": "TXT"}
        self.client.upload_stream("resource_update", fields, "removed.txt", io.BytesIO(_REMOVED))
        self.client.call("resource_delete", id=resource["id"])


def _is_shown(resource: data.Resource) -> bool:
    return data.own_path(resource) is not None and data.waiting_version(resource) is None
