from __future__ import annotations

import pytest

from pipelines.plans.layouts.headings import kind_heading
from pipelines.plans.layouts.outline import Outline
from pipelines.plans.lines import Passage

from ..samples import lines_of

# lines: kind, number, title, label lines, lines taken
HEADINGS: dict[tuple[str, ...], tuple[str, str | None, str, tuple[int, ...], int]] = {
    ("方策 1 市政改革", "次の行"): ("方策", "1", "市政改革", (1,), 1),
    ("手法 1-1", "窓口の改善"): ("手法", "1-1", "窓口の改善", (1,), 2),
    ("手法", "1-1", "窓口の改善"): ("手法", "1-1", "窓口の改善", (1, 2), 3),
    ("経営方針１ 「地域力の醸成」",): ("経営方針", "１", "地域力の醸成", (1,), 1),
    ("重点目標２　財政の健全化",): ("重点目標", "２", "財政の健全化", (1,), 1),
    ("方策の柱", "みらいを築く"): ("方策の柱", None, "みらいを築く", (1,), 2),
    ("基本方針 一 市民の視点",): ("基本方針", "一", "市民の視点", (1,), 1),
}


@pytest.mark.parametrize("texts", HEADINGS)
def test_headings_that_name_their_kind(texts: tuple[str, ...]) -> None:
    heading = kind_heading(lines_of(*texts))
    assert heading is not None
    found = (heading.kind, heading.number, heading.title.text, heading.label_lines, heading.taken)
    assert found == HEADINGS[texts]


@pytest.mark.parametrize(
    "texts",
    [
        ("窓口の改善",),
        ("目標を達成する",),
        ("手法 1-1",),
        ("手法", "1-1"),
        ("手法", "方策"),
        ("方策 1", "手法 1-1"),
        ("方策 1 市政を改革していきます。",),
        ("方策 1 " + "市" * 61,),
    ],
)
def test_other_lines(texts: tuple[str, ...]) -> None:
    assert kind_heading(lines_of(*texts)) is None


def test_a_heading_printed_again_is_the_same_heading() -> None:
    outline = Outline()
    top = outline.add(Passage("窓口の改善（※１）", (1,)))
    assert outline.add(Passage("窓口の 改善", (9,))) is top
    child = outline.add(Passage("窓口の改善", (10,)), top)
    assert child is not top
    assert (child.depth, child.parent) == (2, top)
    assert outline.nodes == [top, child]
