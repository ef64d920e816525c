"""What holds no items is refused with a reason; a wrong layout invents nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.plans.extraction import extract_plan
from pipelines.plans.layouts.registry import choose_layout, layouts
from pipelines.plans.repair.chain import repair_text
from pipelines.sources.discovery import RawDocument
from tests.end_to_end.five_plans import (
    CODES,
    bare,
    folder,
    line_with,
    original,
    text_of,
    without_marks,
)
from tests.plans.layouts.documents_other import WITHOUT_ITEMS


def items_of(text: str, layout: str = "auto") -> list[str]:
    choice = choose_layout(repair_text(text).lines, layout)
    return [item.title.text for item in choice.reading.items] if choice else []


@pytest.mark.parametrize("name", WITHOUT_ITEMS)
def test_a_document_without_items_is_refused_and_says_so(name: str) -> None:
    document = RawDocument("plan.txt", WITHOUT_ITEMS[name].encode())
    plan = extract_plan(replace(folder("032093"), document=document))
    assert not plan.readable, [row["title"] for row in plan.rows["reform_items"]]
    (problem,) = plan.problems
    assert problem.rule == "layout_not_found" and "項目" in problem.message_ja
    assert plan.rows == {}


@pytest.mark.parametrize("layout", layouts())
@pytest.mark.parametrize("name", WITHOUT_ITEMS)
def test_no_layout_invents_items_when_it_is_forced(name: str, layout: str) -> None:
    assert items_of(WITHOUT_ITEMS[name], layout) == []


@pytest.mark.parametrize("layout", layouts())
@pytest.mark.parametrize("code", CODES)
def test_a_wrong_layout_reads_nothing_that_is_no_item(code: str, layout: str) -> None:
    known = {without_marks(row["title"]) for row in original(code).rows["reform_items"]}
    assert {without_marks(title) for title in items_of(text_of(code), layout)} <= known


def only(code: str, first: str | None, last: str | None) -> str:
    """The document's lines from one that says ``first`` up to one that says ``last``."""
    lines = text_of(code).split("\n")
    start = line_with(lines, first) if first else 0
    end = line_with(lines, last, start + 1) if last else len(lines)
    return "\n".join(lines[start:end])


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("032093", None, "改革実施項目 内容 実施時期 所管課"),
        ("032093", "次の体制により、行政改革を着実に推進します。", None),
        ("142123", None, "(3) 重点目標に位置付ける具体的な取組"),
        ("142123", "用語説明", None),
        ("112372", None, "方針"),
        ("072109", None, "事業名事業内容"),
    ],
)
def test_the_parts_without_items_are_refused(
    code: str, first: str | None, last: str | None
) -> None:
    assert items_of(only(code, first, last)) == []


@pytest.mark.parametrize("code", CODES)
def test_headings_alone_are_refused(code: str) -> None:
    titles = [row["title"] for row in original(code).rows["policy_nodes"]]
    labels = [row["number_label"] or "" for row in original(code).rows["policy_nodes"]]
    lines = [f"{label} {title}" for label, title in zip(labels, titles, strict=True)]
    assert items_of("\n".join(lines)) == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("seed", range(3))
def test_shuffled_and_thinned_documents_never_crash(code: str, seed: int) -> None:
    lines = text_of(code).split("\n")
    chance = random.Random(seed)
    thinned = [line for line in lines if chance.random() < 0.7]
    chance.shuffle(lines)
    for text in ("\n".join(thinned), "\n".join(lines)):
        document = RawDocument("plan.txt", text.encode())
        plan = extract_plan(replace(folder(code), document=document))
        assert plan.readable == bool(plan.rows.get("reform_items"))


SENTENCES = st.lists(
    st.text(
        alphabet="市民行政改革の推進を図る課題と方針取組平成年度12３（）・○①",
        min_size=3,
        max_size=40,
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(SENTENCES)
def test_prose_gives_no_items(sentences: list[str]) -> None:
    text = "\n".join(f"{one.replace('・', '')}。" for one in sentences if bare(one))
    assert items_of(text) == []
