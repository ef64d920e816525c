"""``gyokaku publish``: the newest release, and every withdrawal, to where readers get it."""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.commands.output import BAD_INPUT, BLOCKED, OK, say
from pipelines.commands.progress import BarReporter, PlainReporter
from pipelines.release.registry import ReleaseError, read_versions
from pipelines.release.targets.address import open_target
from pipelines.release.targets.delivery import publish_to
from pipelines.release.targets.masking import masked
from pipelines.release.targets.model import BadAddressError, Delivery

_NOTHING_PUBLISHED = (
    "公開されたリリースがありません。先に make release か gyokaku build を実行してください。"
    "承認を待つ版があれば、gyokaku releases approve で公開できます。"
)


def publish(
    address: str,
    outputs: Path,
    version: str | None,
    name: str | None = None,
    organization: str | None = None,
) -> int:
    """Send a version; returns the exit code.

    Args:
        address: a folder, ``s3://...`` or ``ckan+https://...``.
        outputs: the folder of releases.
        version: None sends the newest published one.
        name: of the dataset on a CKAN site.
        organization: that owns a new dataset there.
    """
    try:
        entries = read_versions(outputs)
        known = [one["version"] for one in entries]
        if not known:
            return _failed(_NOTHING_PUBLISHED, BAD_INPUT)
        if version is not None and version not in known:
            return _failed(f"版 {version} はありません（ある版: {'、'.join(known)}）。", BAD_INPUT)
        target = open_target(address, outputs, name, organization)
        with BarReporter() if sys.stdout.isatty() else PlainReporter() as watcher:
            done = publish_to(target, outputs, version, watcher)
    except BadAddressError as error:
        return _failed(str(error), BAD_INPUT)
    except ReleaseError as error:
        return _failed(str(error), BLOCKED)
    _tell(done, target.label)
    return OK


def _tell(done: Delivery, label: str) -> None:
    for version in done.removed:
        say(f"公開先から、版 {version} のデータを除きました。")
    if not done.sent and not done.is_changed:
        say(f"公開先は最新の状態です。何も送りませんでした: {label}")
    elif done.sent:
        say(f"{done.sent}個のファイルを送り、読み戻して確かめました: {label}")
    else:
        say(f"公開先を更新しました: {label}")
    say(f"公開先の最新の版: {done.newest or 'ありません'}")
    for note in done.notes:
        say(note)


def _failed(message: str, code: int) -> int:
    say(f"エラー: {masked(message)}", error=True)
    return code
