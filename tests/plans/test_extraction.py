"""Folders to rows: sound plans of each layout, and every document that must be refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.plans.extraction import ExtractedPlan, extract_plan
from pipelines.problems import errors
from pipelines.sources.discovery import discover_plans

from .layouts.documents import (
    ITEMS,
    TITLES,
    Item,
    form_sheets,
    item_table,
    kana_outline,
    numbered_outline,
    tab_table,
)

CODE, SLUG = "990019", "gyokaku1"
TABLES = [
    "municipalities",
    "sources",
    "plans",
    "policy_nodes",
    "reform_items",
    "item_departments",
    "item_viewpoints",
    "plan_statements",
    "plan_periods",
    "glossary_terms",
    "stated_figures",
    "control_totals",
    "indicators",
    "item_targets",
    "item_themes",
]
BUILDERS: dict[str, Callable[[], str]] = {
    "item_table": item_table,
    "kana_outline": kana_outline,
    "numbered_outline": numbered_outline,
    "form_sheets": form_sheets,
    "tab_table": tab_table,
}


def extract(raw: Path, document: bytes | str | None, **keys: Any) -> ExtractedPlan:
    """One plan folder of みほん市 with this document, discovered and read."""
    folder = raw / "plans" / CODE / SLUG
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "municipality_code": CODE,
        "municipality_name": "みほん市",
        "prefecture_code": "99",
        "document_kind": "full" if document is not None else "stub",
        **keys,
    }
    (folder / "plan.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    if document is not None:
        data = document.encode("utf-8") if isinstance(document, str) else document
        (folder / "plan.txt").write_bytes(data)
    found = discover_plans(raw)
    assert found.problems == []
    (plan,) = found.folders
    return extract_plan(plan)


REFUSED: dict[str, tuple[bytes, str, str]] = {
    "an empty file": (b"", "document_undecodable", "空"),
    "blank lines": (b"\r\n\n \n", "document_undecodable", "空"),
    "undecodable bytes": (
        "窓口\n".encode("cp932") + b"\x81\x20\n",
        "document_undecodable",
        "2行目",
    ),
    "a picture named .txt": (
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        "document_undecodable",
        "読めない",
    ),
    "a workbook named .txt": (b"PK\x03\x04" + bytes(40), "document_undecodable", "制御文字"),
    "headings only": (
        "みほん市行政改革大綱\n第１章 基本方針\n１ 改革の目的\n① 窓口の改善\n".encode(),
        "layout_not_found",
        "見出しや文章だけ",
    ),
    "prose only": (
        ("本市では令和３年度から、財政課を中心に改善に取り組みます。\n" * 9).encode(),
        "layout_not_found",
        "9行を読みましたが",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_that_cannot_be_read_is_refused_with_one_message(
    tmp_path: Path, case: str
) -> None:
    data, rule, said = REFUSED[case]
    plan = extract(tmp_path, data)
    (problem,) = plan.problems
    assert (problem.severity, problem.rule) == ("error", rule)
    assert problem.place == f"plans/{CODE}/{SLUG}/plan.txt"
    assert said in problem.message_ja
    assert (plan.readable, plan.rows, plan.plan_id) == (False, {}, f"{CODE}-{SLUG}")


def test_an_unknown_layout_names_the_known_ones(tmp_path: Path) -> None:
    plan = extract(tmp_path, item_table(), layout="mihon")
    (problem,) = plan.problems
    assert (problem.rule, plan.readable) == ("layout_unknown", False)
    assert all(name in problem.message_ja for name in ("mihon", "auto", *BUILDERS))


def test_a_named_layout_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    plan = extract(tmp_path, item_table(), layout="form_sheets")
    assert [one.rule for one in plan.problems] == ["layout_not_found"]


@pytest.mark.parametrize("name", BUILDERS)
def test_a_sound_plan_gives_rows_of_every_table(tmp_path: Path, name: str) -> None:
    plan = extract(tmp_path, BUILDERS[name]())
    assert plan.readable
    assert errors(plan.problems) == []
    assert sorted(plan.rows) == sorted(TABLES)
    assert [row["title"] for row in plan.rows["reform_items"]] == TITLES
    assert [row["ordinal"] for row in plan.rows["reform_items"]] == [1, 2, 3, 4]
    assert plan.rows["plans"][0]["layout"] == name
    (municipality,) = plan.rows["municipalities"]
    assert municipality == {
        "municipality_code": CODE,
        "standard_area_code": "99001",
        "name": "みほん市",
        "prefecture_code": "99",
        "prefecture_name": "見本県",
    }


@pytest.mark.parametrize("name", BUILDERS)
def test_keys_are_unique_and_lead_somewhere(tmp_path: Path, name: str) -> None:
    rows = extract(tmp_path, BUILDERS[name]()).rows
    nodes = [row["node_id"] for row in rows["policy_nodes"]]
    items = [row["item_id"] for row in rows["reform_items"]]
    assert len(set(nodes)) == len(nodes)
    assert len(set(items)) == len(items)
    assert {row["node_id"] for row in rows["reform_items"]} <= set(nodes)
    parents = {row["parent_node_id"] for row in rows["policy_nodes"]} - {None}
    assert parents <= set(nodes)
    for table in ("item_departments", "item_viewpoints"):
        assert {row["item_id"] for row in rows[table]} <= set(items)
    assert {row["source_id"] for row in rows["reform_items"]} == {rows["sources"][0]["source_id"]}


@pytest.mark.parametrize("name", BUILDERS)
def test_source_lines_hold_every_text_of_an_item(tmp_path: Path, name: str) -> None:
    text = BUILDERS[name]()
    raw = ["", *text.split("\n")]
    for row in extract(tmp_path, text).rows["reform_items"]:
        numbers: list[int] = []
        for part in row["source_lines"].split(";"):
            first, _, last = part.partition("-")
            numbers += range(int(first), int(last or first) + 1)
        held = "".join("".join(raw[number] for number in numbers).split())
        held = held.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        for column in ("title", "description", "goal_text", "schedule_text", "department_text"):
            assert "".join((row[column] or "").split()) in held, (column, row[column])


def test_the_columns_of_an_item(tmp_path: Path) -> None:
    rows = extract(tmp_path, item_table()).rows
    second = rows["reform_items"][1]
    assert second["number_label"] == "2"
    assert second["continuity"] == "continuing"
    assert second["goal_text"] == "対象手続 50件"
    assert (second["schedule_kind"], second["start_fy"], second["end_fy"]) == (
        "every_year",
        None,
        None,
    )
    fourth = rows["reform_items"][3]
    assert (fourth["schedule_text"], fourth["schedule_kind"]) == ("令和4年度～6年度", "range")
    assert (fourth["start_fy"], fourth["end_fy"], fourth["goal_text"]) == (2022, 2024, None)
    departments = [
        (row["seq"], row["department_name"], row["is_collective"])
        for row in rows["item_departments"]
        if row["item_id"] == second["item_id"]
    ]
    assert departments == [(1, "情報システム課", False), (2, "各課", True)]


def test_what_the_document_prints_goes_before_plan_yaml(tmp_path: Path) -> None:
    stated = {"title": "別の名前", "period_start_fy": 2001, "period_end_fy": 2002}
    (plan,) = extract(tmp_path, item_table(), **stated).rows["plans"]
    assert plan["title"] == "みほん市行政改革大綱・集中改革プラン"
    assert (plan["document_status"], plan["period_start_fy"], plan["period_end_fy"]) == (
        "draft",
        2021,
        2025,
    )
    assert plan["source_lines"] == "1-2"


def test_plan_yaml_fills_in_what_the_document_does_not_print(tmp_path: Path) -> None:
    silent = "\n".join(item_table().split("\n")[2:])
    stated = {"title": "みほん市行革大綱", "document_status": "final"}
    extracted = extract(tmp_path, silent, **stated)
    (plan,) = extracted.rows["plans"]
    assert (plan["title"], plan["document_status"]) == ("みほん市行革大綱", "final")
    missing = [one for one in extracted.problems if one.rule == "plan_not_stated"]
    assert [one.column_name for one in missing] == ["period_start_fy"]


def test_the_source_row(tmp_path: Path) -> None:
    data = item_table().encode("cp932")
    (source,) = extract(tmp_path, data).rows["sources"]
    assert source["path"] == f"plans/{CODE}/{SLUG}/plan.txt"
    assert (source["encoding"], source["media_type"]) == ("cp932", "text/plain")
    assert (source["bytes"], source["page_count"]) == (len(data), None)
    assert source["line_count"] == item_table().count("\n") + 1
    assert (source["source_url"], source["license"], source["retrieved_on"]) == (None, None, None)


def test_unknown_url_licence_and_day_are_warnings(tmp_path: Path) -> None:
    problems = extract(tmp_path, item_table()).problems
    null = [one for one in problems if one.rule == "plan_yaml_null"]
    assert [one.column_name for one in null] == ["source_url", "license", "retrieved_on"]
    assert {one.severity for one in null} == {"warning"}
    assert {one.place for one in null} == {f"plans/{CODE}/{SLUG}/plan.yaml"}


def test_pages_are_named(tmp_path: Path) -> None:
    rows = extract(tmp_path, item_table(page_every=1)).rows
    assert [row["page"] for row in rows["reform_items"]] == [1, 2, 3, 4]
    assert rows["sources"][0]["page_count"] == 5


def test_a_schedule_that_cannot_be_read_is_kept_and_told(tmp_path: Path) -> None:
    text = (
        tab_table()
        .replace("\t事業内容", "\t実施時期")
        .replace("現状を調べ、見直しの方針を定めます。", "条件が整い次第")
    )
    plan = extract(tmp_path, text)
    assert {row["schedule_text"] for row in plan.rows["reform_items"]} == {"条件が整い次第"}
    assert {row["schedule_kind"] for row in plan.rows["reform_items"]} == {None}
    unread = [one for one in plan.problems if one.rule == "schedule_unread"]
    assert len(unread) == 4
    assert all(one.place.startswith(f"plans/{CODE}/{SLUG}/plan.txt: ") for one in unread)


def test_a_stub_has_its_municipality_and_plan_only(tmp_path: Path) -> None:
    plan = extract(tmp_path, None, title="みほん市行革大綱")
    assert sorted(plan.rows) == ["municipalities", "plans"]
    assert plan.rows["plans"][0]["title"] == "みほん市行革大綱"
    assert plan.readable


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_the_encoding_changes_no_row_but_the_source(tmp_path: Path, encoding: str) -> None:
    plain = extract(tmp_path, item_table()).rows
    other = extract(tmp_path, item_table().encode(encoding)).rows
    assert {table: rows for table, rows in plain.items() if table != "sources"} == {
        table: rows for table, rows in other.items() if table != "sources"
    }


def test_equal_titles_get_ids_in_reading_order(tmp_path: Path) -> None:
    items = {"窓口の改善": [Item("待合の改修"), Item("待合の改修"), Item("使用料の見直し")]}
    ids = [row["item_id"] for row in extract(tmp_path, item_table(items)).rows["reform_items"]]
    assert ids[1] == f"{ids[0]}-2"
    assert len(set(ids)) == 3


@pytest.mark.parametrize("name", ["item_table", "tab_table", "kana_outline"])
def test_no_id_changes_but_those_of_the_items_touched(tmp_path: Path, name: str) -> None:
    builders: dict[str, Callable[[Any], str]] = {
        "item_table": item_table,
        "tab_table": tab_table,
        "kana_outline": kana_outline,
    }
    first, second = ITEMS.values()
    changed = {
        "財政の健全化": [second[1], Item("広告の導入"), second[0]],
        "窓口の改善": [first[1]],
    }
    before = _ids(extract(tmp_path, builders[name](ITEMS)))
    behind = _ids(extract(tmp_path, "\n\n" + builders[name](changed)))
    kept = set(before) & set(behind)
    assert kept == {one.title for one in (*second, first[1])}
    assert {title: before[title] for title in kept} == {title: behind[title] for title in kept}


def _ids(plan: ExtractedPlan) -> dict[str, str]:
    return {row["title"]: row["item_id"] for row in plan.rows["reform_items"]}
