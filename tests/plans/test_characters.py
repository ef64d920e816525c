from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.characters import (
    close_up,
    half_width,
    join_parts,
    normalised_title,
    plain_text,
    without_spaces,
)

ANY = st.text(max_size=40)
PUNCTUATION = (
    "、。，．・：；？！（）［］｛｝「」『』【】〔〕〈〉《》～〜－―…‥＋＝％＆＠＃＊／￥　"
    "①⑳㈱㎡℃№Ⅳ※→々ー"
)
JAPANESE_WORDS = st.text("市民改革のをサービスー、。（）「」々", min_size=1, max_size=12)


@given(ANY)
def test_half_width_is_idempotent(text: str) -> None:
    assert half_width(half_width(text)) == half_width(text)


@given(st.text(PUNCTUATION + "市民かなカナ", max_size=20))
def test_half_width_leaves_japanese_text_and_punctuation(text: str) -> None:
    assert half_width(text) == text


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=20))
def test_full_width_digits_and_letters_become_half_width_and_marks_stay(text: str) -> None:
    full = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    expected = "".join(
        plain if plain.isalnum() else wide for plain, wide in zip(text, full, strict=True)
    )
    assert half_width(full) == expected


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("ＩＣＴ２０２１", "ICT2021"),
        ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
        ("ﾊﾟﾌﾞﾘｯｸ･ｺﾒﾝﾄ", "パブリック・コメント"),
        ("｢市民｣､｡", "「市民」、。"),
        ("市⺠", "市民"),
        ("⻑寿命化", "長寿命化"),
        ("⻘少年、⻄部、⻝育、⺟子", "青少年、西部、食育、母子"),
        ("⽂化、⽣活、⾼⿑、⼟⽊", "文化、生活、高齊、土木"),
        ("髙﨑神社", "髙﨑神社"),
    ],
)
def test_width_of_real_words(printed: str, published: str) -> None:
    assert half_width(printed) == published


@given(st.text(st.characters(min_codepoint=0x2F00, max_codepoint=0x2FD5), max_size=10))
def test_no_kangxi_radical_is_published(text: str) -> None:
    assert all(unicodedata.name(one).startswith("CJK UNIFIED") for one in half_width(text))


@given(ANY)
def test_plain_text_is_nfkc_trimmed_and_idempotent(text: str) -> None:
    plain = plain_text(text)
    assert plain == " ".join(plain.split())
    assert unicodedata.is_normalized("NFKC", plain)
    assert plain_text(plain) == plain


@given(st.lists(JAPANESE_WORDS, min_size=1, max_size=6), st.text(" \t\u3000", max_size=3))
def test_close_up_takes_every_layout_space_between_japanese(words: list[str], gap: str) -> None:
    assert close_up(gap + gap.join(words) + gap) == "".join(words)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("令和 ３ 年度", "令和 ３ 年度"),
        ("PDCA　　cycle", "PDCA cycle"),
        ("ICT を 使う", "ICT を使う"),
        ("  市民\t課  ", "市民課"),
        ("", ""),
    ],
)
def test_close_up_keeps_one_space_beside_latin(text: str, closed: str) -> None:
    assert close_up(text) == closed


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["窓口サー", "ビスの改善"], "窓口サービスの改善"),
        (["ＬＥ", "Ｄ化"], "ＬＥＤ化"),
        (["open", "data"], "open data"),
        (["ICT", "の活用"], "ICTの活用"),
        (["平成30", "年度"], "平成30年度"),
        ([], ""),
    ],
)
def test_wrapped_parts_close_up(parts: list[str], joined: str) -> None:
    assert join_parts(parts) == joined


@given(st.text("市民改革のをサービスー", min_size=1, max_size=30), st.integers(1, 8))
def test_a_text_wrapped_at_any_width_comes_back(text: str, width: int) -> None:
    assert join_parts([text[at : at + width] for at in range(0, len(text), width)]) == text


@given(ANY)
def test_without_spaces_leaves_only_text(text: str) -> None:
    assert not any(one.isspace() for one in without_spaces(text))
    assert [one for one in text if not one.isspace()] == list(without_spaces(text))


@pytest.mark.parametrize(
    "printed",
    [
        "ＩＣＴの活用（※５）",
        "ICT の 活用※6",
        "ＩＣＴ の活用^{※28}",
        "ICTの活用",
        "ICTの活用(※12)",
    ],
)
def test_titles_are_one_whatever_width_spaces_and_footnotes(printed: str) -> None:
    assert normalised_title(printed) == "ICTの活用"


def test_titles_keep_what_is_no_footnote_mark() -> None:
    assert normalised_title("支援（継続）２") == "支援(継続)2"
    assert normalised_title("市⺠※注") == "市民※注"
