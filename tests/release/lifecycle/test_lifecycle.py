"""Approval, withdrawal, rollback and retention: what is led to, what is kept, what is gone."""

from __future__ import annotations

import datetime
import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipelines.release.lifecycle.candidates import Approval, approve, candidates
from pipelines.release.lifecycle.retention import prunable, prune, rollback
from pipelines.release.lifecycle.verification import verify
from pipelines.release.lifecycle.withdrawal import finish_removals, withdraw
from pipelines.release.outcome import ReleaseEvidence, ReleaseOutcome
from pipelines.release.publication import recover
from pipelines.release.registry import ReleaseError, read_versions

from ..samples import build, rows, schemas
from ..test_publication import Crash, crash_at

TODAY = datetime.date(2026, 4, 10)
DECISION = Approval("8行管第12号", datetime.date(2026, 4, 1), datetime.date(2026, 4, 10))
ONE_TABLE = {"municipalities": schemas()["municipalities"]}
#: The name of the municipality in each of three releases; the second is what nobody should see.
NAMES = ("みほん市", "秘密の名前", "見本市")


def small_build(outputs: Path, name: str, **evidence: Any) -> ReleaseOutcome:
    given = {"municipalities": [{**rows()["municipalities"][0], "name": name}]}
    return build(outputs, given, ONE_TABLE, ReleaseEvidence(**evidence))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = tmp_path_factory.mktemp("three") / "outputs"
    versions = [small_build(outputs, name).version for name in NAMES]
    assert versions == ["1.0.0", "1.0.1", "1.0.2"]
    return outputs


@pytest.fixture
def outputs(three: Path, tmp_path: Path) -> Path:
    return shutil.copytree(three, tmp_path / "outputs", symlinks=True)


@pytest.fixture(scope="module")
def waiting(three: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = shutil.copytree(three, tmp_path_factory.mktemp("w") / "outputs", symlinks=True)
    assert small_build(outputs, "待つ市", needs_approval=True).state == "candidate"
    return outputs


@pytest.fixture
def candidate(waiting: Path, tmp_path: Path) -> Path:
    return shutil.copytree(waiting, tmp_path / "outputs", symlinks=True)


def states(outputs: Path) -> list[str]:
    return [entry["state"] for entry in read_versions(outputs)]


def holding(outputs: Path, text: str) -> list[str]:
    """Every file below a folder whose bytes hold a text."""
    files = (path for path in outputs.rglob("*") if path.is_file() and not path.is_symlink())
    return [str(path.relative_to(outputs)) for path in files if text.encode() in path.read_bytes()]


def latest(outputs: Path) -> str:
    assert json.loads((outputs / "latest.json").read_bytes())["version"] == (
        (outputs / "latest").resolve().name
    )
    return (outputs / "latest").resolve().name


def test_a_candidate_is_led_to_by_nothing(candidate: Path) -> None:
    assert latest(candidate) == "1.0.2"
    assert len(read_versions(candidate)) == 3
    assert [one["version"] for one in candidates(candidate)] == ["1.0.3"]
    assert (candidate / "candidates" / "1.0.3" / "SHA256SUMS").is_file()


def test_approval_publishes_the_very_bytes_and_keeps_the_decision(candidate: Path) -> None:
    before = (candidate / "candidates" / "1.0.3" / "SHA256SUMS").read_bytes()
    folder = approve(candidate, "1.0.3", DECISION, TODAY)
    assert (folder / "SHA256SUMS").read_bytes() == before
    assert latest(candidate) == "1.0.3"
    entry = read_versions(candidate)[-1]
    assert entry["path"] == "releases/1.0.3"
    assert entry["approval"] == {
        "decision": "8行管第12号",
        "decided_on": "2026-04-01",
        "public_on": "2026-04-10",
    }
    assert verify(candidate, read_versions(candidate)) == []
    assert not (candidate / "candidates").exists()


@pytest.mark.parametrize(
    ("approval", "today", "rule"),
    [
        (DECISION, datetime.date(2026, 4, 9), "approval_too_early"),
        (
            Approval("1", datetime.date(2026, 4, 3), datetime.date(2026, 4, 1)),
            TODAY,
            "approval_days",
        ),
    ],
)
def test_days_that_cannot_be(
    candidate: Path, approval: Approval, today: datetime.date, rule: str
) -> None:
    with pytest.raises(ReleaseError) as told:
        approve(candidate, "1.0.3", approval, today)
    assert told.value.rule == rule
    assert latest(candidate) == "1.0.2"


def test_only_what_was_looked_at_is_published(candidate: Path) -> None:
    package = candidate / "candidates" / "1.0.3" / "datapackage.json"
    package.write_bytes(package.read_bytes() + b" ")
    with pytest.raises(ReleaseError, match=r"datapackage\.json"):
        approve(candidate, "1.0.3", DECISION, TODAY)
    assert latest(candidate) == "1.0.2"


def test_a_candidate_that_was_compared_with_another_release(candidate: Path) -> None:
    rollback(candidate, "1.0.0", TODAY)
    with pytest.raises(ReleaseError, match=r"1\.0\.0 に替わりました"):
        approve(candidate, "1.0.3", DECISION, TODAY)


def test_an_unknown_candidate_names_those_there_are(candidate: Path) -> None:
    with pytest.raises(ReleaseError, match=r"待っている版: 1\.0\.3"):
        approve(candidate, "9.9.9", DECISION, TODAY)


def test_a_build_replaces_the_candidate_or_takes_it_back(candidate: Path) -> None:
    small_build(candidate, "もう一つの市", needs_approval=True)
    assert [one["version"] for one in candidates(candidate)] == ["1.0.3"]
    assert holding(candidate, "待つ市") == []
    assert small_build(candidate, NAMES[-1], needs_approval=True).state == "unchanged"
    assert candidates(candidate) == []


def test_a_crash_while_approving_leaves_the_candidate_or_the_release(candidate: Path) -> None:
    found = set()
    for step in itertools.count(1):
        copy = shutil.copytree(candidate, candidate.parent / f"{step}", symlinks=True)
        with pytest.MonkeyPatch.context() as patch:
            crash_at(patch, step)
            try:
                approve(copy, "1.0.3", DECISION, TODAY)
            except Crash:
                pass
            else:
                break
        recover(copy)
        found.add(latest(copy))
        if latest(copy) == "1.0.2":
            approve(copy, "1.0.3", DECISION, TODAY)
        assert latest(copy) == "1.0.3"
        assert verify(copy, read_versions(copy)) == []
        shutil.rmtree(copy)
    assert found == {"1.0.2", "1.0.3"}


def test_what_is_withdrawn_is_found_nowhere(outputs: Path) -> None:
    assert holding(outputs, NAMES[1])
    newest, followers = withdraw(outputs, "1.0.1", "個人の名前が含まれていたため", TODAY)
    assert (newest, followers) == ("1.0.2", ["1.0.2"])
    assert holding(outputs, NAMES[1]) == []
    assert states(outputs) == ["published", "withdrawn", "published"]
    stone = json.loads((outputs / "releases" / "1.0.1" / "tombstone.json").read_bytes())
    assert stone["reason"] == "個人の名前が含まれていたため"
    assert "個人の名前" in (outputs / "releases" / "1.0.1" / "index.html").read_text("utf-8")
    assert verify(outputs, read_versions(outputs)) == []


def test_a_withdrawal_makes_no_damage_pass_as_published(outputs: Path) -> None:
    damaged = outputs / "releases/1.0.2/data/csv/municipalities.csv"
    damaged.write_bytes(b"other")
    withdraw(outputs, "1.0.1", "誤り", TODAY)
    faults = verify(outputs, read_versions(outputs))
    assert [one.message_ja.split(" ")[0] for one in faults] == ["data/csv/municipalities.csv"]
    (outputs / "releases/1.0.2/SHA256SUMS").unlink()
    finish_removals(outputs, read_versions(outputs))
    assert "SHA256SUMS" in verify(outputs, read_versions(outputs))[0].message_ja


def test_the_newest_withdrawn_leads_to_the_one_before(outputs: Path) -> None:
    assert withdraw(outputs, "1.0.2", "誤り", TODAY) == ("1.0.1", [])
    assert latest(outputs) == "1.0.1"
    assert small_build(outputs, "直した市").version == "1.0.3"
    assert read_versions(outputs)[-1]["previous_version"] == "1.0.1"


@pytest.mark.parametrize("how", ["withdrawn", "rolled_back"])
def test_what_was_taken_back_is_not_published_again_by_itself(outputs: Path, how: str) -> None:
    if how == "withdrawn":
        withdraw(outputs, "1.0.2", "誤り", TODAY)
    else:
        rollback(outputs, "1.0.1", TODAY)
    outcome = small_build(outputs, NAMES[-1])
    assert outcome.state == "blocked"
    assert [one.rule for one in outcome.problems] == ["taken_back"]
    assert not (outputs / "staging").exists()
    assert latest(outputs) == "1.0.1"
    assert small_build(outputs, NAMES[-1], version="1.0.9").version == "1.0.9"


def test_an_empty_decision_is_none(candidate: Path) -> None:
    with pytest.raises(ReleaseError, match="決裁番号が空"):
        approve(candidate, "1.0.3", Approval(" ", TODAY, TODAY), TODAY)


def test_with_all_withdrawn_nothing_is_led_to(outputs: Path) -> None:
    for version in ("1.0.0", "1.0.1", "1.0.2"):
        withdraw(outputs, version, "誤り", TODAY)
    assert not (outputs / "latest").exists()
    assert not (outputs / "latest.json").exists()
    assert all(holding(outputs, name) == [] for name in NAMES)
    assert small_build(outputs, "新しい市").version == "1.0.3"


def test_a_candidate_that_holds_withdrawn_values_goes(candidate: Path) -> None:
    withdraw(candidate, "1.0.2", "誤り", TODAY)
    assert candidates(candidate) == []
    assert holding(candidate, NAMES[2]) == []


def test_a_crash_while_withdrawing_is_finished_by_the_next_command(outputs: Path) -> None:
    for step in itertools.count(1):
        copy = shutil.copytree(outputs, outputs.parent / f"{step}", symlinks=True)
        with pytest.MonkeyPatch.context() as patch:
            crash_at(patch, step)
            try:
                withdraw(copy, "1.0.1", "誤り", TODAY)
            except Crash:
                pass
            else:
                break
        entries = recover(copy)
        finish_removals(copy, entries)
        if entries[1]["state"] != "withdrawn":
            withdraw(copy, "1.0.1", "誤り", TODAY)
        assert holding(copy, NAMES[1]) == []
        assert verify(copy, read_versions(copy)) == []
        shutil.rmtree(copy)
    assert step > 10


@pytest.mark.parametrize("version", ["1.0.7", "1.0.1"])
def test_what_is_not_there_cannot_be_withdrawn(outputs: Path, version: str) -> None:
    withdraw(outputs, "1.0.1", "誤り", TODAY)
    with pytest.raises(ReleaseError):
        withdraw(outputs, version, "誤り", TODAY)


def test_a_withdrawal_needs_a_reason(outputs: Path) -> None:
    with pytest.raises(ReleaseError, match="--reason"):
        withdraw(outputs, "1.0.1", " ", TODAY)
    assert states(outputs) == ["published"] * 3


def test_rollback_leads_back_and_the_next_build_compares_with_it(outputs: Path) -> None:
    assert rollback(outputs, "1.0.0", TODAY) == ["1.0.1", "1.0.2"]
    assert latest(outputs) == "1.0.0"
    assert states(outputs) == ["published", "rolled_back", "rolled_back"]
    assert verify(outputs, read_versions(outputs)) == []
    assert small_build(outputs, NAMES[0]).state == "unchanged"
    assert small_build(outputs, "別の市").version == "1.0.3"


def test_rollback_to_where_it_is_or_cannot_be(outputs: Path) -> None:
    with pytest.raises(ReleaseError, match="すでに最新"):
        rollback(outputs, "1.0.2", TODAY)
    withdraw(outputs, "1.0.1", "誤り", TODAY)
    with pytest.raises(ReleaseError, match="戻せません"):
        rollback(outputs, "1.0.1", TODAY)


def test_prune_keeps_the_newest_and_what_bears_a_name(candidate: Path) -> None:
    tagged = Approval("1", DECISION.decided_on, DECISION.public_on, "令和7年度公表")
    approve(candidate, "1.0.3", tagged, TODAY)
    small_build(candidate, "次の市")
    small_build(candidate, "その次の市")
    assert prune(candidate, 1, TODAY) == ["1.0.0", "1.0.1", "1.0.2", "1.0.4"]
    assert latest(candidate) == "1.0.5"
    kept = [one["version"] for one in read_versions(candidate) if one["state"] == "published"]
    assert kept == ["1.0.3", "1.0.5"]
    assert holding(candidate / "releases" / "1.0.0", NAMES[0]) == []
    assert verify(candidate, read_versions(candidate)) == []


def test_the_newest_stays_when_later_ones_were_rolled_back() -> None:
    entries = [
        {"version": "1.0.0", "state": "published"},
        {"version": "1.0.1", "state": "rolled_back"},
        {"version": "1.0.2", "state": "rolled_back"},
    ]
    assert prunable(entries, 1) == ["1.0.1"]
    assert prunable(entries, 3) == []


def test_to_keep_nothing_is_refused(outputs: Path) -> None:
    with pytest.raises(ReleaseError, match="1以上"):
        prune(outputs, 0, TODAY)


def test_damage_is_found(outputs: Path) -> None:
    (outputs / "releases" / "1.0.0" / "quality.json").write_bytes(b"{}")
    shutil.rmtree(outputs / "releases" / "1.0.1")
    found = verify(outputs, read_versions(outputs))
    assert [one.place for one in found] == ["releases/1.0.0", "releases/1.0.1"]
    assert "quality.json" in found[0].message_ja
