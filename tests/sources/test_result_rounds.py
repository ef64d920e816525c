from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipelines.problems import Problem
from pipelines.sources.result_rounds import RoundDiscovery, discover_rounds

ROUND = "status: 見込み\nas_of_on: 2026-02-28\n"


def add_round(
    raw: Path,
    place: str = "990019/keiei3/2025/1-mikomi",
    settings: str | None = ROUND,
    **texts: str,
) -> Path:
    folder = raw / "results" / place
    folder.mkdir(parents=True, exist_ok=True)
    if settings is not None:
        (folder / "round.yaml").write_text(settings, encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def told(found: RoundDiscovery) -> list[tuple[str, str, str | None]]:
    return [(one.rule, one.place, one.column_name) for one in found.problems]


def test_a_round_with_its_files(tmp_path: Path) -> None:
    folder = add_round(tmp_path, soumu="課,評価\n", kikaku="課,評価\n")
    (folder / "~$soumu.xlsx").write_text("owner")
    (folder / ".DS_Store").write_text("x")
    (folder / "mail").mkdir()
    (folder / "mail" / "zeimu.csv").write_text("税務課")
    found = discover_rounds(tmp_path)
    assert found.problems == []
    (one,) = found.rounds
    assert (one.plan_id, one.fiscal_year, one.period, one.name) == (
        "990019-keiei3", 2025, (2025, 2025), "1-mikomi",
    )  # fmt: skip
    assert one.settings.status_of_results == "provisional"
    assert one.settings.as_of_on == datetime.date(2026, 2, 28)
    assert [file.name for file in one.files] == ["kikaku.csv", "mail/zeimu.csv", "soumu.csv"]
    assert one.place == "results/990019/keiei3/2025/1-mikomi"


def test_a_folder_of_several_years(tmp_path: Path) -> None:
    add_round(tmp_path, "990019/keiei3/2019-2022/1-published")
    (one,) = discover_rounds(tmp_path).rounds
    assert (one.fiscal_year, one.period) == (None, (2019, 2022))


@pytest.mark.parametrize(
    ("status", "result"), [("見込み", "provisional"), ("確定", "final"), ("再調査", "final")]
)
def test_what_a_status_says(tmp_path: Path, status: str, result: str) -> None:
    add_round(tmp_path, settings=f"status: {status}\n")
    (one,) = discover_rounds(tmp_path).rounds
    assert one.settings.status_of_results == result


def test_a_round_asked_again_before_the_books_close(tmp_path: Path) -> None:
    add_round(tmp_path, settings="status: 再調査\nresult_status: provisional\norder: 2\n")
    (one,) = discover_rounds(tmp_path).rounds
    assert (one.settings.status_of_results, one.settings.place) == ("provisional", 2)


@pytest.mark.parametrize("level", ["990019", "990019/keiei3", "990019/keiei3/2025"])
def test_the_nearest_profile_counts(tmp_path: Path, level: str) -> None:
    folder = add_round(tmp_path)
    above = tmp_path / "results" / level
    if level != "990019":
        (above / "profile.yaml").write_text("lists_only_main_rows: true\n")
        (above / "source.yaml").write_text("source_url: https://example.jp/a\n")
    (one,) = discover_rounds(tmp_path).rounds
    assert one.profile.lists_only_main_rows == (level != "990019")
    assert one.origin.source_url == (None if level == "990019" else "https://example.jp/a")
    (folder / "profile.yaml").write_text("fiscal_year: 2020\n")
    (one,) = discover_rounds(tmp_path).rounds
    assert (one.profile.lists_only_main_rows, one.profile.fiscal_year) == (False, 2020)


def test_receipts_put_files_in_order(tmp_path: Path) -> None:
    receipts = "receipts:\n  - {file: soumu.csv, number: 2, received_on: 2026-03-05}\n"
    add_round(tmp_path, settings=ROUND + receipts, soumu="a\n")
    (one,) = discover_rounds(tmp_path).rounds
    receipt = one.settings.receipt_of("soumu.csv")
    assert receipt is not None
    assert (receipt.number, receipt.received_on) == (2, datetime.date(2026, 3, 5))
    assert one.settings.receipt_of("other.csv") is None


@pytest.mark.parametrize(
    ("place", "settings", "rule", "where"),
    [
        ("990018/keiei3/2025/1", ROUND, "results_place", "results/990018"),
        ("990019/keiei3/令和7年度/1", ROUND, "results_place", "results/990019/keiei3/令和7年度"),
        ("990019/keiei3/2022-2019/1", ROUND, "results_place", "results/990019/keiei3/2022-2019"),
        ("990019/keiei3/2025/1", None, "round_missing", "results/990019/keiei3/2025/1/round.yaml"),
        ("990019/keiei3/2025/1", "", "round_invalid", "results/990019/keiei3/2025/1/round.yaml"),
        (
            "990019/keiei3/2025/1", "status: 仮\n", "round_invalid",
            "results/990019/keiei3/2025/1/round.yaml",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told(
    tmp_path: Path, place: str, settings: str | None, rule: str, where: str
) -> None:
    add_round(tmp_path, place, settings)
    found = discover_rounds(tmp_path)
    assert found.rounds == []
    assert [(one.rule, one.place) for one in found.problems] == [(rule, where)]
    assert all(isinstance(one, Problem) and one.message_ja for one in found.problems)


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    folder = add_round(tmp_path, settings="status: 確定\nordr: 1\nas_of_on: 昨日\n")
    (folder / "profile.yaml").write_text("columns: {unknown: [x]}\nskip_rows: ['(a+)+']\n")
    (folder / "source.yaml").write_text("source_url: example.jp\n")
    places = "results/990019/keiei3/2025/1-mikomi"
    assert sorted(told(discover_rounds(tmp_path)), key=str) == [
        ("profile_invalid", f"{places}/profile.yaml", "columns"),
        ("profile_invalid", f"{places}/profile.yaml", "skip_rows"),
        ("round_invalid", f"{places}/round.yaml", "as_of_on"),
        ("round_invalid", f"{places}/round.yaml", "ordr"),
        ("source_invalid", f"{places}/source.yaml", "source_url"),
    ]


def test_a_fault_above_several_rounds_is_told_once(tmp_path: Path) -> None:
    add_round(tmp_path, "990019/keiei3/2025/1")
    add_round(tmp_path, "990019/keiei3/2025/2")
    (tmp_path / "results/990019/keiei3/profile.yaml").write_text("fiscal_yaer: 2020\n")
    found = discover_rounds(tmp_path)
    assert found.rounds == []
    assert told(found) == [("profile_invalid", "results/990019/keiei3/profile.yaml", "fiscal_yaer")]


def test_files_in_the_wrong_place_and_receipts_without_file(tmp_path: Path) -> None:
    add_round(tmp_path, settings=ROUND + "receipts: [{file: a.xlsx, number: 1}]\n")
    (tmp_path / "results/990019/keiei3/soumu.xlsx").write_text("x")
    assert told(discover_rounds(tmp_path)) == [
        ("stray_file", "results/990019/keiei3/soumu.xlsx", None),
        ("receipt_without_file", "results/990019/keiei3/2025/1-mikomi/round.yaml", "receipts"),
    ]


def test_no_results_at_all(tmp_path: Path) -> None:
    assert discover_rounds(tmp_path) == RoundDiscovery()
