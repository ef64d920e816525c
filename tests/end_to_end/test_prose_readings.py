"""Statements, periods, terms, figures and counts, held against what people read, row by row.

A reading may accept other kinds for a statement (``kind_alternatives``), and rows that a careful
reader may or may not give (``*_optional``): such rows count neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from tests.end_to_end.five_plans import CODES, Row, bare, original, reading, without_marks


def rows(code: str, table: str) -> list[Row]:
    return original(code).rows[table]


def nodes(code: str) -> dict[str | None, Row]:
    return {row["node_id"]: row for row in rows(code, "policy_nodes")}


def statements_read(code: str) -> list[dict[str, Any]]:
    """The reading's statements and related data, each in the form of a statement."""
    content = reading(code)
    data = [
        {"kind": "related_data", "text": f"出典:{one['source']}", "node": one["node"]}
        for one in content.get("related_data", [])
    ]
    return [*content["statements"], *data]


def told(texts: Iterable[str]) -> list[str]:
    """For comparing as sets: a closing など, aim marks and footnote marks aside."""
    return sorted(without_marks(text).replace("^{}", "").strip("~") for text in texts)


@pytest.mark.parametrize("code", CODES)
def test_every_statement_and_no_other(code: str) -> None:
    found = told(row["text"] for row in rows(code, "plan_statements"))
    assert found == told(one["text"] for one in statements_read(code))


@pytest.mark.parametrize("code", CODES)
def test_kinds_and_headings_of_statements(code: str) -> None:
    by_text: dict[str, list[Row]] = {}
    for row in rows(code, "plan_statements"):
        by_text.setdefault(told([row["text"]])[0], []).append(row)
    for one in statements_read(code):
        row = by_text[told([one["text"]])[0]].pop(0)
        accepted = {one["kind"], *one.get("kind_alternatives", [])}
        assert row["statement_kind"] in accepted, one["text"]
        if one.get("heading"):
            assert bare(row["heading"]) == bare(one["heading"])
        if one.get("number"):
            assert bare(row["number_label"]) == bare(one["number"])
        if one.get("section"):
            assert bare(one["section"]) in bare(row["section_path"])
        if "node" in one:
            assert bare(nodes(code)[row["node_id"]]["number_label"]) == bare(one["node"])


def test_statements_stand_at_the_lines_that_people_named() -> None:
    for code in ("142123", "011002", "112372"):
        named = {told([one["text"]])[0]: one["source_lines"] for one in reading(code)["statements"]}
        for row in rows(code, "plan_statements"):
            wanted = named[told([row["text"]])[0]]
            first, last = wanted.split("-")[0], wanted.split("-")[-1]
            assert row["source_lines"].startswith(first) and row["source_lines"].endswith(last)


def test_bodies_and_what_they_do() -> None:
    found = {
        bare(row["heading"]): bare(row["text"])
        for row in rows("032093", "plan_statements")
        if row["statement_kind"] == "promotion_body"
    }
    for body in reading("032093")["bodies"]:
        assert found[bare(body["name"])] == bare(body["description"])


@pytest.mark.parametrize("code", CODES)
def test_periods(code: str) -> None:
    optional = {one["label"] for one in reading(code).get("periods_optional", [])}
    found = [period(row) for row in rows(code, "plan_periods") if row["label"] not in optional]
    wanted = [
        (one["kind"], str(one["start"]), str(one["end"]))
        for one in reading(code).get("periods", [])
    ]
    assert sorted(found) == sorted(wanted)
    for row, one in zip(rows(code, "plan_periods"), reading(code).get("periods", []), strict=False):
        if "inferred" in one:
            assert row["is_inferred"] == one["inferred"]


def period(row: Row) -> tuple[str, str, str]:
    start, end = row["start_fy"] or row["start_on"], row["end_fy"] or row["end_on"]
    return row["period_kind"], str(start), str(end)


@pytest.mark.parametrize("code", CODES)
def test_glossary(code: str) -> None:
    found = [
        (bare(row["mark"]), without_marks(row["term"]), bare(row["definition"]))
        for row in rows(code, "glossary_terms")
    ]
    wanted = [
        (bare(one.get("mark")), without_marks(one["term"]), bare(one["definition"]))
        for one in reading(code).get("glossary", [])
    ]
    assert found == wanted
    for row, one in zip(rows(code, "glossary_terms"), reading(code)["glossary"], strict=True):
        if "page_ref" in one:
            assert row["page_ref"] == one["page_ref"]
        if "full_form" in one:
            assert row["full_form"] == one["full_form"]


@pytest.mark.parametrize("code", CODES)
def test_stated_figures(code: str) -> None:
    content = reading(code)
    optional = {bare(one["figure_text"]) for one in content.get("stated_figures_optional", [])}
    found = [
        (row["value"], bare(row["unit"]), row["fiscal_year"])
        for row in rows(code, "stated_figures")
        if bare(row["figure_text"]) not in optional
    ]
    wanted = [
        (one["value"], bare(one["unit"]), one["fiscal_year"])
        for one in content.get("stated_figures", [])
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize("code", CODES)
def test_targets_and_no_invented_ones(code: str) -> None:
    items = {row["item_id"]: row for row in rows(code, "reform_items")}
    found = []
    for row in rows(code, "item_targets"):
        item = items[row["item_id"]]
        node = nodes(code)[item["node_id"]]
        place = (bare(nodes(code)[node["parent_node_id"]]["title"]), bare(item["number_label"]))
        found.append((*place, *(row[name] for name in TARGET_COLUMNS)))
    wanted = [
        (
            bare(one["item"]["pillar"]),
            bare(one["item"]["number"]),
            one["value"],
            *(one.get(key) for key in TARGET_KEYS),
        )
        for one in reading(code).get("targets", [])
    ]
    assert found == wanted


TARGET_COLUMNS = (
    "value", "unit", "comparator", "due_fy", "baseline_value", "baseline_fy", "is_approximate",
    "per",
)  # fmt: skip
TARGET_KEYS = (
    "unit", "comparator", "due_fy", "baseline_value", "baseline_fy", "approximate", "per",
)  # fmt: skip


def test_targets_say_the_share_and_the_day_to_compare_with() -> None:
    (row,) = (one for one in rows("032093", "item_targets") if one["equivalent_text"])
    (one,) = (one for one in reading("032093")["targets"] if "equivalent" in one)
    assert bare(row["equivalent_text"]) == bare(one["equivalent"][0]["text"])
    assert str(row["baseline_on"]) == one["baseline_date"]


def test_control_totals_are_those_of_the_document_and_hold() -> None:
    found = {
        label_of(row): (row["stated_count"], row["matches"])
        for row in rows("032093", "control_totals")
    }
    assert found == {
        bare(one["node"]): (one["stated"], True) for one in reading("032093")["control_totals"]
    }
    assert all(rows(code, "control_totals") == [] for code in CODES if code != "032093")


def label_of(row: Row) -> str:
    node = nodes("032093").get(row["node_id"])
    parent = nodes("032093").get(node["parent_node_id"]) if node else None
    return bare(f"{parent['title']}/{row['label']}" if parent else row["label"])
