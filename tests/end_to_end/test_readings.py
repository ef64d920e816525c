"""What the pipeline reads, held against what people read, field by field.

The two readings from outside name things the way they do: no viewpoints, ``status`` for continuity.
Compared with NFKC and without white space, footnote marks in titles aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.end_to_end.five_plans import (
    CODES,
    Row,
    bare,
    numbers_of,
    original,
    reading,
    text_of,
    without_marks,
)

CONTINUITY = {"継続": "continuing", "新規": "new", None: None}
# (municipality code, item title or node title, field) -> why the reading and the row may differ.
EXCEPTIONS = {
    ("072109", "みんなで創る持続可能なまち", "number_label"): (
        "the reading uses the unnumbered heading's kind as its key; the document prints no number"
    ),
}


def item_pairs(code: str) -> Iterator[tuple[Row, dict[str, Any]]]:
    rows, items = original(code).rows["reform_items"], reading(code)["items"]
    assert len(rows) == len(items)
    yield from zip(rows, items, strict=True)


def compare(code: str, title: str, field: str, found: Any, wanted: Any) -> list[str]:
    if found == wanted or (code, title, field) in EXCEPTIONS:
        return []
    return [f"{title} {field}: {found!r} is not {wanted!r}"]


@pytest.mark.parametrize("code", CODES)
def test_titles_in_order(code: str) -> None:
    assert [without_marks(row["title"]) for row, _ in item_pairs(code)] == [
        without_marks(item["title"]) for _, item in item_pairs(code)
    ]


@pytest.mark.parametrize("code", CODES)
def test_outline(code: str) -> None:
    rows, nodes = original(code).rows["policy_nodes"], reading(code)["nodes"]
    assert [without_marks(row["title"]) for row in rows] == [
        without_marks(node["title"]) for node in nodes
    ]
    faults: list[str] = []
    for row, node in zip(rows, nodes, strict=True):
        title = row["title"]
        faults += compare(code, title, "depth", row["depth"], node["depth"])
        label = bare(str(node["number"] or ""))
        faults += compare(code, title, "number_label", bare(row["number_label"]), label)
        if "kind" in node:
            faults += compare(code, title, "kind_label", row["kind_label"], node["kind"])
        if "statement" in node:
            wanted = bare(node["statement"])
            faults += compare(code, title, "statement", bare(row["statement"]), wanted)
    assert faults == []


@pytest.mark.parametrize("code", CODES)
def test_each_item_stands_under_its_heading(code: str) -> None:
    nodes = {row["node_id"]: row for row in original(code).rows["policy_nodes"]}
    faults: list[str] = []
    for row, item in item_pairs(code):
        node = nodes[row["node_id"]]
        above = nodes.get(node["parent_node_id"])
        if isinstance(item.get("node"), list):
            found: Any = [bare(above["title"] if above else ""), bare(node["title"])]
            wanted: Any = [bare(title) for title in item["node"]]
        elif "node" in item:
            found, wanted = bare(node["number_label"]), bare(item["node"])
        else:
            found = [bare(above["title"] if above else ""), bare(node["number_label"])]
            wanted = [bare(item["pillar"]), bare(item["policy"])]
        faults += compare(code, row["title"], "node", found, wanted)
    assert faults == []


TEXTS = {
    "description": "description",
    "goal_text": "goal",
    "schedule_text": "schedule_text",
    "department_text": "department_text",
    "repost_ref": "repost_ref",
    "number_label": "number",
}


@pytest.mark.parametrize("code", CODES)
def test_texts_of_items(code: str) -> None:
    faults: list[str] = []
    for row, item in item_pairs(code):
        for column, key in TEXTS.items():
            if key in item:
                found, wanted = bare(row[column]), bare(item[key])
                faults += compare(code, row["title"], column, found, wanted)
    assert faults == []


@pytest.mark.parametrize("code", CODES)
def test_continuity_schedule_and_reposts(code: str) -> None:
    faults: list[str] = []
    for row, item in item_pairs(code):
        title = row["title"]
        if "status" in item:
            wanted = CONTINUITY[item["status"]]
            faults += compare(code, title, "continuity", row["continuity"], wanted)
        if "schedule" in item:
            found = (row["schedule_kind"], row["start_fy"], row["end_fy"])
            faults += compare(code, title, "schedule", found, tuple(item["schedule"].values()))
        if "is_repost" in item:
            faults += compare(code, title, "is_repost", row["is_repost"], item["is_repost"])
        if "certainty" in item:
            faults += compare(code, title, "confidence", row["confidence"], item["certainty"])
    assert faults == []


@pytest.mark.parametrize("code", CODES)
def test_departments_and_viewpoints(code: str) -> None:
    faults: list[str] = []
    for row, item in item_pairs(code):
        departments = [
            (bare(one["branch_name"]), bare(one["department_name"]), bare(one["scope"]))
            for one in original(code).rows["item_departments"]
            if one["item_id"] == row["item_id"]
        ]
        wanted: list[Any] = [
            (bare(one.get("branch")), bare(one["name"]), bare(one.get("scope")))
            for one in item.get("departments", [])
        ]
        faults += compare(code, row["title"], "departments", departments, wanted)
        viewpoints = [
            (one["viewpoint_code"], bare(one["viewpoint_label"]), bare(one["viewpoint_text"]))
            for one in original(code).rows["item_viewpoints"]
            if one["item_id"] == row["item_id"]
        ]
        wanted = [
            (one["code"], bare(one["label"]), bare(one["text"]))
            for one in item.get("viewpoints", [])
        ]
        faults += compare(code, row["title"], "viewpoints", viewpoints, wanted)
    assert faults == []


@pytest.mark.parametrize("code", CODES)
def test_source_lines_are_those_a_person_named(code: str) -> None:
    """The readings count the viewpoints' lines to the item, and blank lines inside a range."""
    filled = {at for at, line in enumerate(text_of(code).split("\n"), 1) if line.strip()}
    faults: list[str] = []
    for row, item in item_pairs(code):
        viewpoints = [
            number
            for one in original(code).rows["item_viewpoints"]
            if one["item_id"] == row["item_id"]
            for number in numbers_of(one["source_lines"])
        ]
        found = {*numbers_of(row["source_lines"]), *viewpoints}
        if "line_start" in item:
            named = set(range(item["line_start"], item["line_end"] + 1))
            assert {item["line_start"], item["line_end"]} <= found <= named, row["title"]
        else:
            named = set(numbers_of(item.get("source_lines") or str(item["source_line"])))
            faults += compare(code, row["title"], "source_lines", found, named & filled)
    assert faults == []


@pytest.mark.parametrize("code", CODES)
def test_what_the_plan_says_of_itself(code: str) -> None:
    (row,), plan = original(code).rows["plans"], reading(code)["plan"]
    assert bare(row["title"]) == bare(plan["title"])
    for column in ("document_status", "period_start_fy", "period_end_fy"):
        assert row[column] == plan[column]
    if "generation" in plan:
        assert row["generation"] == plan["generation"]


def test_items_per_heading_are_the_documents_own_count() -> None:
    code = "032093"
    nodes = {row["node_id"]: row for row in original(code).rows["policy_nodes"]}
    found = Counter[str]()
    for row in original(code).rows["reform_items"]:
        node = nodes[row["node_id"]]
        pillar = nodes[node["parent_node_id"]]
        found[pillar["title"]] += 1
        found[f"{pillar['title']}/{node['number_label']}"] += 1
    stated = {one["node"]: one["stated"] for one in reading(code)["control_totals"]}
    assert found.total() / 2 == stated.pop("合計")
    assert dict(found) == stated


def test_no_exception_is_listed_that_is_not_needed() -> None:
    for code, title, field in EXCEPTIONS:
        (row,) = (one for one in original(code).rows["policy_nodes"] if one["title"] == title)
        (node,) = (one for one in reading(code)["nodes"] if bare(one["title"]) == bare(title))
        assert bare(row[field]) != bare(str(node["number"]))
