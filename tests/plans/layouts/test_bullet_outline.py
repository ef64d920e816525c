from __future__ import annotations

import pytest

from pipelines.plans.layouts.reading import LayoutReading

from .documents import TITLES, Item, choice_of, kana_outline, numbered_outline, read


def reading_of(text: str) -> LayoutReading:
    return read(text).reading


def titles_of(text: str) -> list[str]:
    return [item.title.text for item in reading_of(text).items]


def test_the_outlines() -> None:
    kana = [(one.number_label, one.title.text) for one in reading_of(kana_outline()).nodes]
    assert kana == [("ア", "行政経営の改革"), ("(ｱ)", "窓口の改善"), ("(ｲ)", "財政の健全化")]
    numbered = [(one.number_label, one.depth) for one in reading_of(numbered_outline()).nodes]
    assert numbered == [("(1)", 1), ("①", 2), ("②", 2)]


def test_only_the_section_that_lists_items_is_read() -> None:
    """Bullets before and behind it (全庁で進める, 本部を置く) are no items."""
    assert titles_of(numbered_outline()) == TITLES
    assert titles_of(kana_outline()) == TITLES


@pytest.mark.parametrize("mark", "・○●◎□■◆◇")
def test_any_list_mark(mark: str) -> None:
    assert titles_of(kana_outline().replace("・", mark)) == TITLES


def test_wrapped_bullets_close_up() -> None:
    text = numbered_outline().replace("電子申請の拡大", "電子申\n　請の拡大")
    items = reading_of(text).items
    assert [item.title.text for item in items] == TITLES
    assert len(items[1].title.lines) == 2


@pytest.mark.parametrize("word", ["など", "等"])
def test_a_closing_word_is_no_part_of_the_last_title(word: str) -> None:
    text = kana_outline().replace("電子申請の拡大", f"電子申請の拡大 {word}")
    assert titles_of(text) == TITLES
    own_line = kana_outline().replace("電子申請の拡大", f"電子申請の拡大\n{word}")
    assert titles_of(own_line) == TITLES


def test_a_closing_word_in_mid_list_stays() -> None:
    assert titles_of(kana_outline().replace("総合窓口の設置", "総合窓口 など"))[0] == "総合窓口など"


def test_continuity_and_reposts_are_taken_off() -> None:
    text = kana_outline({"窓口の改善": [Item("総合窓口（新規）"), Item("電子申請（再掲）")]})
    first, second = reading_of(text).items
    assert (first.title.text, first.continuity) == ("総合窓口", "new")
    assert (second.title.text, second.is_repost) == ("電子申請", True)


def test_a_note_describes_its_item_but_a_definition_does_not() -> None:
    text = numbered_outline().replace(
        "○ 総合窓口の設置", "○ 総合窓口の設置\n⇒ 手続を一か所で\n終えられる。\n⇒ 手続…届出のこと"
    )
    item = reading_of(text).items[0]
    assert (item.title.text, item.description.text) == (
        "総合窓口の設置",
        "手続を一か所で終えられる。",
    )


def test_a_subtitle_says_what_the_heading_wants() -> None:
    text = numbered_outline().replace(
        "(1) 市民と築く市役所", "(1) 市民と築く市役所\n～ 参加と協働 ～"
    )
    first = reading_of(text).nodes[0]
    assert (first.title.text, first.statement.text.strip()) == ("市民と築く市役所", "参加と協働")


def test_a_heading_and_its_first_bullet_on_one_line() -> None:
    text = numbered_outline().replace("① 窓口の改善\n○", "① 窓口の改善　　○")
    assert titles_of(text) == TITLES
    assert reading_of(text).items[0].node.title.text == "窓口の改善"


def test_a_misplaced_slogan_box_is_set_aside_and_told() -> None:
    text = numbered_outline().replace("(1) 市民", "「変わります！」\n(1) 市民")
    reading = reading_of(text)
    assert [item.title.text for item in reading.items] == TITLES
    (finding,) = reading.findings
    assert finding.rule == "text_set_aside"
    assert "変わります" in finding.message_ja


def test_a_series_without_items_that_begins_again_is_set_aside() -> None:
    text = numbered_outline().replace("① 窓口の改善", "① 見える化\n② 早く\n① 窓口の改善")
    reading = reading_of(text)
    assert [item.title.text for item in reading.items] == TITLES
    assert [one.title.text for one in reading.nodes] == [
        "市民と築く市役所",
        "窓口の改善",
        "財政の健全化",
    ]
    assert [one.rule for one in reading.findings] == ["text_set_aside"] * 2


def test_a_section_without_bullets_is_refused() -> None:
    assert choice_of(kana_outline({"窓口の改善": []})) is None


def test_a_wrapped_line_that_begins_with_a_decimal_number_goes_on() -> None:
    text = numbered_outline().replace("電子申請の拡大", "経常経費を\n3.5％削減")
    assert titles_of(text)[1] == "経常経費を3.5％削減"
