"""What every place of publication has in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipelines.release.checksums import read_checksums
from pipelines.release.lifecycle.entries import entry_of
from pipelines.release.registry import GONE, Entry, ReleaseError


class TargetError(ReleaseError):
    """A place of publication refused, failed or holds something else; the message is Japanese."""


class BadAddressError(TargetError):
    """The place of publication cannot be understood: an error of the arguments."""


class Watcher(Protocol):
    """Is told what is being done; see ``commands.progress``."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage of ``total`` steps begins."""

    def step(self, detail: str) -> None:
        """One step is done."""


@dataclass(frozen=True)
class Shipment:
    """What a place of publication shall hold.

    Attributes:
        outputs: the folder of releases, its lock held.
        entries: versions.json, oldest first; GONE ones are to be removed at the place as well.
        version: the version to send, its files checked; None where none is published any more.
    """

    outputs: Path
    entries: Sequence[Entry]
    version: str | None

    def folder(self, version: str) -> Path:
        """The files of a version."""
        return self.outputs / str(self.entry(version)["path"])

    def entry(self, version: str) -> Entry:
        """What versions.json says of a version."""
        return entry_of(self.entries, version)

    def checksums(self, version: str) -> dict[str, str]:
        """Path -> SHA-256 of every file of a version but SHA256SUMS."""
        return read_checksums(self.folder(version))

    def versions(self) -> list[str]:
        """All versions, oldest first."""
        return [str(one["version"]) for one in self.entries]

    def gone(self, *states: str) -> list[str]:
        """The versions without data, or those in some of the states."""
        return [str(one["version"]) for one in self.entries if one["state"] in (states or GONE)]


@dataclass(frozen=True)
class Delivery:
    """What was done at a place of publication.

    Attributes:
        newest: the version that readers are led to now; None where there is none.
        sent: how many files were sent.
        removed: versions whose data was removed there.
        is_changed: whether readers see anything else than before.
        notes: Japanese sentences that the person should read.
    """

    newest: str | None
    sent: int = 0
    removed: tuple[str, ...] = ()
    is_changed: bool = False
    notes: tuple[str, ...] = ()


class Target(Protocol):
    """A place of publication."""

    @property
    def label(self) -> str:
        """What the place is called in messages; never holds a secret."""

    def deliver(self, shipment: Shipment, watcher: Watcher) -> Delivery:
        """Send the version, remove what is gone, then lead readers to the newest version.

        Whenever it is interrupted, readers see the version before or the new one, and calling it
        again finishes the work.

        Raises:
            TargetError: if the place holds something else under that version, or fails.
        """


def refuse_unknown(label: str, found: Sequence[str], shipment: Shipment) -> None:
    """Stop where the place holds versions that did not come from this ``outputs``.

    Raises:
        TargetError: nothing is changed or removed on a guess.
    """
    unknown = [one for one in found if one not in shipment.versions()]
    if unknown:
        raise TargetError(
            "target_has_unknown_versions",
            label,
            f"公開先に、この出力フォルダーの一覧にない版があります: {'、'.join(unknown)}。"
            "別の出力フォルダーから公開された場所です。何も変えませんでした。"
            "--out か公開先を確かめてください。",
        )


def version_differs(label: str, version: str) -> TargetError:
    """The same version with other content is at the place."""
    return TargetError(
        "version_exists",
        label,
        f"版 {version} は、違う内容で、すでに公開されています。公開した版は上書きできません。"
        "何も変えませんでした。内容を直したときは、新しい版を作って公開してください。",
    )


def read_back_differs(label: str, name: str) -> TargetError:
    """What was sent is not what came back."""
    return TargetError(
        "read_back_differs",
        label,
        f"送った {name} を読み戻すと、内容が違います。公開先と通信を確かめてから、もう一度"
        "実行してください。読者に見える版は変わっていません。",
    )
