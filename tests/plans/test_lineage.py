"""What became of items: linked where titles or texts say so, left open where they do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.orchestration.workspace import schema_directory
from pipelines.plans.lineage import Comparison, Link, compare_items, lineage_rows, open_ends
from pipelines.plans.rows import Row
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.schemas import load_schemas
from tests.end_to_end.five_plans import CODES, original

Text = str | tuple[str, str]

TEXT = "市民の利便性を高めるため、窓口の開設時間を夜間と休日に延ばす。"
OTHER_TEXT = "職員の能力を高めるため、階層別の研修と派遣を計画的に行う。"


def items(plan: str, *texts: Text, **more: Any) -> list[Row]:
    pairs = [(text, "") if isinstance(text, str) else text for text in texts]
    return [
        {
            "item_id": f"990019-{plan}-{number}",
            "plan_id": f"990019-{plan}",
            "title": title,
            "description": text or None,
            "goal_text": None,
            "is_repost": False,
            **more,
        }
        for number, (title, text) in enumerate(pairs)
    ]


def compared(older: list[Row], newer: list[Row]) -> Comparison:
    return compare_items(older, newer)


def links(comparison: Comparison) -> list[tuple[str | None, str | None, str]]:
    return [
        (one and one["title"], other and other["title"], relation)
        for one, other, relation, *_ in [
            *comparison.links,
            *open_ends(comparison, older_whole=True, newer_whole=True),
        ]
    ]


def test_equal_titles_are_the_same_whatever_their_spaces_and_width() -> None:
    found = compared(items("a", "ＩＴの 活用（※1）"), items("b", "ITの活用"))
    assert links(found) == [("ＩＴの 活用（※1）", "ITの活用", "same")]
    assert found.links[0].similarity == 1


def test_the_similarity_tells_whether_the_text_changed() -> None:
    found = compared(items("a", ("窓口の改善", TEXT)), items("b", ("窓口の改善", OTHER_TEXT)))
    assert found.links[0].relation == "same"
    assert 0.5 <= (found.links[0].similarity or 0) < 0.8


def test_another_title_with_the_same_text_is_renamed() -> None:
    found = compared(
        items("a", ("窓口の夜間延長", TEXT), ("研修", OTHER_TEXT)),
        items("b", ("窓口時間の拡大", TEXT), ("研修", OTHER_TEXT)),
    )
    assert ("窓口の夜間延長", "窓口時間の拡大", "renamed") in links(found)
    assert len(links(found)) == 2


def test_what_shares_a_stock_phrase_only_is_dropped_and_added() -> None:
    found = compared(items("a", "使用料の見直し"), items("b", "組織の見直し"))
    assert links(found) == [
        ("使用料の見直し", None, "dropped"),
        (None, "組織の見直し", "added"),
    ]


def test_short_equal_texts_do_not_make_two_items_one() -> None:
    found = compared(
        items("a", ("庁舎の警備", "検討する。")), items("b", ("図書の貸出", "検討する。"))
    )
    assert [relation for *_, relation in links(found)] == ["dropped", "added"]


def test_two_candidates_nearly_as_good_are_told_and_not_linked() -> None:
    found = compared(
        items("a", ("窓口の夜間延長", TEXT)),
        items("b", ("窓口の夜間開設", TEXT), ("窓口の夜間開放", TEXT)),
    )
    assert not found.links
    (doubt,) = found.doubts
    assert len(doubt.older) == 1 and len(doubt.newer) == 2
    ends = open_ends(found, older_whole=True, newer_whole=True)
    assert [end.relation for end in ends] == ["dropped", "added", "added"]
    assert all("決められません" in end.reason for end in ends)


def test_equal_titles_in_one_plan_are_told_apart_by_their_texts() -> None:
    older = items("a", ("見直し", TEXT), ("見直し", OTHER_TEXT))
    newer = items("b", ("見直し", OTHER_TEXT), ("見直し", TEXT))
    found = compared(older, newer)
    assert {(link.from_item["item_id"][-1], link.to_item["item_id"][-1]) for link in found.links
            if link.from_item and link.to_item} == {("0", "1"), ("1", "0")}  # fmt: skip
    assert {link.relation for link in found.links} == {"same"}
    assert len(compared(items("a", "見直し", "見直し"), items("b", "見直し")).doubts) == 1


def test_two_items_whose_texts_one_holds_are_merged() -> None:
    parts: tuple[Text, Text] = (("窓口の延長", TEXT), ("職員研修の充実", OTHER_TEXT))
    whole = ("窓口の延長と職員研修の充実", TEXT + OTHER_TEXT)
    merged = compared(items("a", *parts), items("b", whole))
    assert [relation for *_, relation in links(merged)] == ["merged", "merged"]
    split = compared(items("a", whole), items("b", *parts))
    assert links(split) == [(whole[0], parts[0][0], "split"), (whole[0], parts[1][0], "split")]


def test_one_part_alone_is_no_merger() -> None:
    found = compared(
        items("a", ("窓口の延長", TEXT), ("財産の売却", "")),
        items("b", ("窓口の延長と職員研修の充実", TEXT + OTHER_TEXT)),
    )
    assert "merged" not in {relation for *_, relation in links(found)}


def test_reposted_and_stated_items_are_left_aside() -> None:
    older, newer = items("a", "甲の項目", "乙の項目"), items("b", "甲の項目", "乙の項目")
    reposts = items("b", "再掲", is_repost=True)
    stated = Link(older[0], newer[1], "renamed", "理由")
    found = compare_items(older, [*newer, *reposts], [stated])
    assert links(found) == [("乙の項目", None, "dropped"), (None, "甲の項目", "added")]


@pytest.mark.parametrize(
    ("older_whole", "newer_whole", "told"),
    [(True, True, ["dropped", "added"]), (True, False, ["added"]), (False, True, ["dropped"])],
)
def test_a_part_of_a_plan_tells_nothing_of_what_it_leaves_out(
    older_whole: bool, newer_whole: bool, told: list[str]
) -> None:
    found = compared(items("a", "甲甲甲"), items("b", "乙乙乙"))
    ends = open_ends(found, older_whole=older_whole, newer_whole=newer_whole)
    assert [end.relation for end in ends] == told


TITLES = st.lists(st.text("窓口改善見直し職員研修の", min_size=1, max_size=8), max_size=6)


@given(TITLES, TITLES)
def test_every_item_has_an_end_and_none_has_two(before: list[str], after: list[str]) -> None:
    older, newer = items("a", *before), items("b", *after)
    found = compare_items(older, newer)
    every = [*found.links, *open_ends(found, older_whole=True, newer_whole=True)]
    for side, given_items, relation in ((0, older, "split"), (1, newer, "merged")):
        ends = [link[side]["item_id"] for link in every if link[side] and link[2] != relation]
        held = {link[side]["item_id"] for link in every if link[side] and link[2] == relation}
        assert len(set(ends)) == len(ends)
        assert set(ends) | held == {item["item_id"] for item in given_items}
    rows = lineage_rows("990019-b", every)
    rows_to_table(load_schemas(schema_directory())["item_lineage"], rows)
    assert len({row["lineage_id"] for row in rows}) == len(rows)
    again = compare_items(older[::-1], newer[::-1])
    key = "lineage_id"
    assert sorted(row[key] for row in lineage_rows("990019-b", again.links)) == sorted(
        row[key] for row in lineage_rows("990019-b", found.links)
    )


@pytest.mark.parametrize("code", CODES)
def test_items_of_one_plan_are_never_taken_for_one(code: str) -> None:
    """No two items of a real plan are one: whatever links them here would be invented."""
    found = original(code).rows["reform_items"]
    for start in (0, 1):
        comparison = compare_items(found[start::2], found[1 - start :: 2])
        assert not comparison.links and not comparison.doubts
