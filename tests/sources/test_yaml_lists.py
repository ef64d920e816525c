"""corrections.yaml and item_changes.yaml as files: every fault at once, nothing left aside."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipelines.problems import errors
from pipelines.sources.corrections import CORRECTIONS, Correction
from pipelines.sources.discovery import discover_plans
from pipelines.sources.item_changes import ITEM_CHANGES, Change, ItemChange
from pipelines.sources.yaml_lists import ListEntry, parse_list

from .samples import JAPANESE, write_plan

DAY = datetime.date(2026, 4, 1)


def correction(**changes: Any) -> dict[str, Any]:
    keys: dict[str, Any] = {
        "table": "reform_items",
        "row": "990019-gyokaku1-0000",
        "column": "title",
        "expected": "窓口の改善",
        "value": "窓口の改良",
        "reason": "誤植のため",
        "date": DAY,
    }
    return {key: value for key, value in {**keys, **changes}.items() if value is not ...}


def change(**changes: Any) -> dict[str, Any]:
    keys: dict[str, Any] = {"date": DAY, "change": "stopped", "items": ["窓口"], "reason": "廃止"}
    return {key: value for key, value in {**keys, **changes}.items() if value is not ...}


def read(model: type[ListEntry], *entries: Any) -> tuple[dict[int, Any], list[Any]]:
    found, faults = parse_list(yaml.safe_dump(list(entries), allow_unicode=True), model)
    return dict(found), faults


def test_a_sound_list_is_numbered_from_one() -> None:
    entries, faults = read(Correction, correction(), correction(value=None))
    assert not faults
    assert [entries[number].value for number in (1, 2)] == ["窓口の改良", None]
    assert entries[1].date == DAY


def test_faulty_entries_count_and_are_told_together() -> None:
    entries, faults = read(
        Correction, correction(reason=" "), correction(), "文", correction(table=..., colour="赤")
    )
    assert list(entries) == [2]
    assert {(number, key) for number, key, _ in faults} == {
        (1, "reason"),
        (3, None),
        (4, "table"),
        (4, "colour"),
    }
    assert all(JAPANESE.search(message) for _, _, message in faults)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"row": ["a"]}, "row"),
        ({"row": {}}, "row"),
        ({"row": {"item_id": None}}, "row"),
        ({"row": True}, "row"),
        ({"expected": ["a"]}, "expected"),
        ({"expected": ...}, "expected"),
        ({"value": {"a": 1}}, "value"),
        ({"value": ...}, None),
        ({"value": "  "}, None),
        ({"drop": True}, None),
        ({"drop": "yes", "value": ...}, "drop"),
        ({"reason": ...}, "reason"),
        ({"date": "去年"}, "date"),
        ({"date": ...}, "date"),
        ({"column": "題名"}, "column"),
    ],
)
def test_a_wrong_correction_is_told(wrong: dict[str, Any], key: str | None) -> None:
    entries, faults = read(Correction, correction(**wrong))
    assert not entries
    assert [fault[:2] for fault in faults] == [(1, key)]


@pytest.mark.parametrize(
    "sound",
    [
        {"row": {"item_id": "a", "seq": 1}, "expected": None, "value": 3},
        {"drop": True, "value": ...},
        {"expected": DAY, "value": False},
        {"row": 7},
    ],
)
def test_a_sound_correction_is_read(sound: dict[str, Any]) -> None:
    assert read(Correction, correction(**sound))[1] == []


def test_a_text_is_read_without_space_around_it() -> None:
    entries, _ = read(Correction, correction(value=" 改良\n", reason=" 誤植 "))
    assert (entries[1].value, entries[1].reason) == ("改良", "誤植")


@pytest.mark.parametrize(
    ("kind", "items", "into", "key"),
    [
        ("merged", ["甲", "乙"], [], "into"),
        ("merged", [], ["丙"], "items"),
        ("merged", ["甲"], ["乙", "丙"], "into"),
        ("split", ["甲", "乙"], ["丙"], "items"),
        ("added", ["甲"], ["乙"], "items"),
        ("added", [], [], "into"),
        ("stopped", [], [], "items"),
        ("stopped", ["甲"], ["乙"], "into"),
        ("renamed", ["甲"], [], "into"),
    ],
)
def test_each_change_names_as_many_items_as_it_has(
    kind: Change, items: list[str], into: list[str], key: str
) -> None:
    entries, faults = read(ItemChange, change(change=kind, items=items, into=into))
    assert not entries
    assert faults[0][1] == key


def test_a_transfer_names_its_department_and_nothing_else_does() -> None:
    assert read(ItemChange, change(change="transferred"))[1]
    assert not read(ItemChange, change(change="transferred", department="財政課"))[1]
    assert read(ItemChange, change(department="財政課"))[1]


def test_a_single_name_needs_no_list() -> None:
    entries, _ = read(ItemChange, change(items=" 窓口 "))
    assert entries[1].items == ("窓口",)
    assert read(ItemChange, change(items=[1]))[1][0][1] == "items"


@pytest.mark.parametrize("text", ["", "# まだない\n", "[]"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    assert parse_list(text, Correction) == ({}, [])


@pytest.mark.parametrize("text", ["a: 1", "文", "- [", "- {date: 2026-02-30}", "- {a: 1, a: 2}"])
def test_what_is_no_list_is_told(text: str) -> None:
    entries, faults = parse_list(text, Correction)
    assert not entries and faults


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    for model in (Correction, ItemChange):
        entries, faults = parse_list(text, model)
        assert entries == {} or not faults


def test_a_folder_brings_its_entries(tmp_path: Path) -> None:
    folder = write_plan(tmp_path)
    (folder / CORRECTIONS.name).write_text(yaml.safe_dump([correction()]), encoding="utf-8")
    (folder / ITEM_CHANGES.name).write_text(yaml.safe_dump([change()]), encoding="utf-8")
    (plan,) = discover_plans(tmp_path).folders
    assert plan.corrections[1].column == "title"
    assert plan.item_changes[1].items == ("窓口",)


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        (CORRECTIONS.name, b"a: 1", CORRECTIONS.rule),
        (CORRECTIONS.name, "訂".encode("cp932"), CORRECTIONS.rule),
        (ITEM_CHANGES.name, b"- {}", ITEM_CHANGES.rule),
        ("corrections.yml", b"", CORRECTIONS.rule),
        ("Correction.yaml", b"", CORRECTIONS.rule),
        ("item-changes.yaml", b"", ITEM_CHANGES.rule),
    ],
)
def test_a_faulty_file_is_an_error_with_its_name(
    tmp_path: Path, name: str, data: bytes, rule: str
) -> None:
    folder = write_plan(tmp_path)
    (folder / name).write_bytes(data)
    found = errors(discover_plans(tmp_path).problems)
    assert found and {one.rule for one in found} == {rule}
    assert all(name in one.place for one in found)


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (write_plan(tmp_path) / CORRECTIONS.name).mkdir()
    assert [one.rule for one in discover_plans(tmp_path).problems] == [CORRECTIONS.rule]


def test_an_edition_of_another_city_is_left_out(tmp_path: Path) -> None:
    write_plan(tmp_path, code="990027", slug="other")
    own = write_plan(tmp_path)
    with (own / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write("edition_of: 990027-other\n")
    discovery = discover_plans(tmp_path)
    assert [one.plan_id for one in discovery.folders] == ["990027-other"]
    assert [one.rule for one in discovery.problems] == ["edition_of_unknown"]
