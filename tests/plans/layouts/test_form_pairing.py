from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.layouts.form_blocks import FormBlock
from pipelines.plans.layouts.form_pairing import FormItem, pair_blocks
from pipelines.plans.lines import Passage

GUIDE, STOCK = "防災リーダーの育成", "避難所の備蓄の充実"
GUIDE_TEXT = "地域の防災リーダーとなる人材の育成に取り組みます。"
STOCK_TEXT = "避難所に水と食料の備蓄を進めます。"


def block(kind: Any, text: str, line: int, label: str | None = None) -> FormBlock:
    code = "②" if label else None
    return FormBlock(kind, Passage(text, (line,)), code, label)


def view(text: str, line: int) -> FormBlock:
    return block("viewpoint", text, line, "参加と協働")


def viewpoint_of(item: FormItem) -> str | None:
    return item.viewpoint.text.text if item.viewpoint else None


def test_neighbours_belong_together_for_certain() -> None:
    pairing = pair_blocks(
        [
            block("title", GUIDE, 1),
            block("description", GUIDE_TEXT, 2),
            block("description", "研修を開きます。", 3),
            view("人材の育成", 4),
        ]
    )
    (item,) = pairing.items
    assert item.description == Passage(GUIDE_TEXT + "研修を開きます。", (2, 3))
    assert (viewpoint_of(item), item.confidence, item.reasons) == ("人材の育成", "certain", [])
    assert pairing.left == []


def test_a_viewpoint_far_away_is_paired_by_meaning() -> None:
    first, second = pair_blocks(
        [
            view("避難所の充実", 1),
            view("防災リーダー", 2),
            block("title", GUIDE, 3),
            block("description", GUIDE_TEXT, 4),
            block("title", STOCK, 5),
            block("description", STOCK_TEXT, 6),
        ]
    ).items
    assert (viewpoint_of(first), viewpoint_of(second)) == ("防災リーダー", "避難所の充実")
    assert (first.confidence, second.confidence) == ("inferred", "inferred")


def test_the_last_viewpoint_and_item_belong_together_by_elimination() -> None:
    pairing = pair_blocks(
        [view("その他", 1), block("title", GUIDE, 2), block("description", GUIDE_TEXT, 3)]
    )
    (item,) = pairing.items
    assert (viewpoint_of(item), item.confidence) == ("その他", "inferred")
    assert pairing.left == []


def test_a_text_standing_alone_fills_the_empty_viewpoint_it_suits() -> None:
    pairing = pair_blocks(
        [
            block("orphan", "備蓄の充実", 1),
            block("title", GUIDE, 2),
            block("description", GUIDE_TEXT, 3),
            view("", 4),
            block("title", STOCK, 5),
            block("description", STOCK_TEXT, 6),
            view("", 7),
        ]
    )
    assert [viewpoint_of(item) for item in pairing.items] == ["", "備蓄の充実"]
    assert pairing.items[1].viewpoint is not None
    assert pairing.items[1].viewpoint.text.lines == (7, 1)
    assert pairing.items[1].confidence == "inferred"


def test_a_viewpoint_that_suits_two_items_is_for_review() -> None:
    """Its place gives it to an item paired by elimination; the other has none."""
    pairing = pair_blocks(
        [
            block("title", "避難所の運営", 1),
            block("title", "避難所の備蓄", 2),
            block("description", "避難所の備蓄を進めます。", 3),
            view("", 4),
            view("避難所の運営", 5),
            block("description", "避難所の運営を話し合います。", 6),
            view("避難所の充実", 7),
            block("title", "避難所の点検", 8),
        ]
    )
    assert "review" in {item.confidence for item in pairing.items}
    assert any("当てはまります" in reason for item in pairing.items for reason in item.reasons)


def test_what_fits_nowhere_is_left() -> None:
    left = pair_blocks([block("description", GUIDE_TEXT, 1), view("育成", 2)]).left
    assert [one.text.lines for one in left] == [(2,), (1,)]
    orphan = pair_blocks([block("title", GUIDE, 1), block("orphan", "写真", 2)]).left
    assert [one.text.text for one in orphan] == ["写真"]


KINDS = st.lists(st.sampled_from(["title", "description", "viewpoint", "orphan"]), max_size=10)


@given(KINDS, st.data())
def test_every_block_is_used_or_left(kinds: list[str], data: st.DataObject) -> None:
    texts = st.text("防災備蓄育成避難所", min_size=1, max_size=6)
    blocks = [
        view(data.draw(texts), line) if kind == "viewpoint" else block(kind, data.draw(texts), line)
        for line, kind in enumerate(kinds, start=1)
    ]
    pairing = pair_blocks(blocks)
    used: list[int] = [number for one in pairing.left for number in one.text.lines]
    for item in pairing.items:
        viewpoint = item.viewpoint.text.lines if item.viewpoint else ()
        used += [*item.title.lines, *item.description.lines, *viewpoint]
    assert sorted(used) == list(range(1, len(kinds) + 1))
