"""``gyokaku releases``: what has been published, what waits, and what is taken back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.commands.output import BAD_INPUT, BLOCKED, OK, say, show_problems, shown_path
from pipelines.release.lifecycle.candidates import Approval, candidates
from pipelines.release.lifecycle.candidates import approve as approve_candidate
from pipelines.release.lifecycle.entries import entry_of
from pipelines.release.lifecycle.retention import prune as prune_releases
from pipelines.release.lifecycle.retention import rollback as roll_back
from pipelines.release.lifecycle.verification import verify as verify_releases
from pipelines.release.lifecycle.withdrawal import withdraw as withdraw_release
from pipelines.release.publication import listed_versions
from pipelines.release.registry import GONE, ReleaseError, newest_published

STATES_JA = {
    "published": "公開中",
    "candidate": "承認待ち",
    "rolled_back": "差し戻し",
    "withdrawn": "取り下げ",
    "pruned": "保存期間終了",
}


def list_releases(outputs: Path) -> int:
    """Print what waits, then every release, newest first; returns the exit code."""

    def work() -> int:
        entries = listed_versions(outputs)
        newest = newest_published(entries)
        lines = [_line(one, outputs) for one in candidates(outputs)]
        lines += [_line(one, outputs, is_newest=one is newest) for one in reversed(entries)]
        for line in lines or ["公開したリリースはまだありません。gyokaku build で作れます。"]:
            say(line)
        return OK

    return _told(work)


def _line(entry: dict[str, Any], outputs: Path, *, is_newest: bool = False) -> str:
    approval = entry.get("approval", {})
    parts = [
        entry["version"],
        entry.get("date") or "日付なし",
        STATES_JA.get(entry["state"], str(entry["state"])) + ("（最新）" if is_newest else ""),
        f"{sum(entry.get('counts', {}).values()):,}行",
        shown_path(outputs / entry["path"]),
    ]
    if approval:
        parts.append(f"決裁 {approval['decision']}（{approval['decided_on']}）")
    parts += [one for one in (approval.get("tag"), entry.get("reason")) if one]
    return "  ".join(parts)


def verify(outputs: Path, version: str | None) -> int:
    """Compare every release, or one, with what was published; exit code 1 where one differs."""

    def work() -> int:
        entries = listed_versions(outputs)
        chosen = [entry_of(entries, version)] if version else entries
        problems = verify_releases(outputs, chosen)
        show_problems(problems)
        if problems:
            return BLOCKED
        say(f"{len(chosen)}件の版は、公開したときのままです。")
        return OK

    return _told(work)


def approve(outputs: Path, version: str, approval: Approval) -> int:
    """Publish a candidate."""

    def work() -> int:
        folder = approve_candidate(outputs, version, approval, _today())
        say(f"版 {version} を公開しました（決裁 {approval.decision}）。")
        say(f"場所: {shown_path(folder)}（{shown_path(outputs / 'latest')} からも開けます）")
        return OK

    return _told(work)


def withdraw(outputs: Path, version: str, reason: str) -> int:
    """Remove the data of a version."""

    def work() -> int:
        newest, followers = withdraw_release(outputs, version, reason, _today())
        say(f"版 {version} のデータを除き、理由を書いた印を残しました。")
        kept = [one["version"] for one in listed_versions(outputs) if one["state"] not in GONE]
        if kept:
            say(
                f"ほかの版（{'、'.join(kept)}）のデータは残っています。"
                "同じ値が載っていれば、その版も取り下げてください。"
            )
        for follower in followers:
            say(f"版 {follower} からは、版 {version} の値を含む変更点の一覧を除きました。")
        say(f"最新の版は {newest} です。" if newest else "公開中の版はなくなりました。")
        say("別の場所に公開した写しがあれば、そこからも除いてください（gyokaku publish）。")
        return OK

    return _told(work)


def rollback(outputs: Path, version: str) -> int:
    """Make an earlier version the newest again."""

    def work() -> int:
        later = roll_back(outputs, version, _today())
        say(f"最新の版を {version} に戻しました（差し戻した版: {'、'.join(later) or 'なし'}）。")
        return OK

    return _told(work)


def prune(outputs: Path, keep: int) -> int:
    """Remove the data of old versions."""

    def work() -> int:
        removed = prune_releases(outputs, keep, _today())
        say(f"データを除いた版: {'、'.join(removed) or 'ありません'}")
        return OK

    return _told(work)


def day(text: str) -> datetime.date | None:
    """A day as YYYY-MM-DD; None where it is none."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def bad_day(text: str) -> int:
    """Say that a text is no day; returns the exit code."""
    say(f"エラー: 「{text}」は日付ではありません。2026-04-01 の形で指定してください。", error=True)
    return BAD_INPUT


def _told(work: Callable[[], int]) -> int:
    try:
        return work()
    except ReleaseError as error:
        say(f"エラー: {error}", error=True)
        return BLOCKED


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()
