from __future__ import annotations

import zlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.sources.decoding import DecodingError, decode_text, detect_encoding

from .samples import JAPANESE

KANA_AND_KANJI = (
    "ぁぃあいうんァアヴー・、。「」（）【】々〇一丁七万市民改革課令和年度髙﨑①②～－％※"
    "０９ＡｚﾊﾝｶｸaZ09 \t\r\n"
)
TEXTS = st.one_of(
    st.text(KANA_AND_KANJI, min_size=1, max_size=60),
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\ufffe"),
        min_size=1,
        max_size=60,
    ),
)
TEXT = "みほん市行政改革大綱（案）\n第１章　基本的な考え方\n①窓口の改善～髙﨑支所\n"


def filled(text: str) -> str:
    assume(text.strip())
    return text


@given(TEXTS)
def test_utf_8_comes_back(text: str) -> None:
    decoded = decode_text(filled(text).encode("utf-8"))
    assert (decoded.text, decoded.encoding) == (text, "utf-8")


@given(TEXTS)
def test_utf_8_with_a_mark_comes_back_without_it(text: str) -> None:
    decoded = decode_text(filled(text).encode("utf-8-sig"))
    assert (decoded.text, decoded.encoding) == (text, "utf-8-sig")


@given(TEXTS, st.sampled_from(["le", "be"]))
def test_utf_16_with_a_mark_comes_back_in_both_byte_orders(text: str, order: str) -> None:
    decoded = decode_text(("\ufeff" + filled(text)).encode(f"utf-16-{order}"))
    assert (decoded.text, decoded.encoding) == (text, "utf-16")


@given(st.text(KANA_AND_KANJI, min_size=1, max_size=60))
def test_cp932_comes_back(text: str) -> None:
    data = filled(text).encode("cp932", errors="ignore")
    expected = data.decode("cp932")
    assume(expected.strip() and not data.isascii() and not _is_utf_8(data))
    decoded = decode_text(data)
    assert (decoded.text, decoded.encoding) == (expected, "cp932")


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_without_a_mark_shows_in_its_line_breaks(order: str) -> None:
    decoded = decode_text(TEXT.encode(f"utf-16-{order}"))
    assert (decoded.text, decoded.encoding) == (TEXT, f"utf-16-{order}")


@pytest.mark.parametrize(
    ("declared", "codec", "name"),
    [
        ("cp932", "cp932", "cp932"),
        ("Shift_JIS", "shift_jis", "shift_jis"),
        ("UTF-8", "utf-8", "utf-8"),
        ("utf16", "utf-16", "utf-16"),
        ("euc-jp", "euc-jp", "euc_jp"),
    ],
)
def test_the_declared_encoding_is_used(declared: str, codec: str, name: str) -> None:
    text = "みほん市行政改革大綱\n窓口の改善\n"
    decoded = decode_text(text.encode(codec), declared)
    assert (decoded.text, decoded.encoding) == (text, name)


def test_the_declared_encoding_wins_over_what_the_bytes_look_like() -> None:
    looks_like_utf_8 = "ﾂｩ市".encode("cp932")[:2] + b"\n"
    assert decode_text(looks_like_utf_8).text == "©\n"
    assert decode_text(looks_like_utf_8, "cp932").text == "ﾂｩ\n"


def test_a_declaration_the_bytes_do_not_fit_is_refused_not_overruled() -> None:
    with pytest.raises(DecodingError, match="指定の文字コード utf-8") as told:
        decode_text(TEXT.encode("cp932"), "utf-8")
    assert "1行目（先頭から1バイト目）" in told.value.args[0]


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", b"\n" * 30])
def test_an_empty_file_is_told_as_empty(data: bytes) -> None:
    with pytest.raises(DecodingError, match="空"):
        decode_text(data)


@pytest.mark.parametrize("text", ["", "\n", "　\n　\n"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_an_empty_file_with_a_mark_is_told_as_empty(text: str, codec: str) -> None:
    with pytest.raises(DecodingError, match="空"):
        decode_text(text.encode(codec))


def test_undecodable_bytes_name_line_and_byte() -> None:
    data = "窓口\n".encode("cp932") + b"\x81\x20\n"
    with pytest.raises(DecodingError) as told:
        decode_text(data)
    assert "2行目" in told.value.args[0]
    assert f"先頭から{len('窓口'.encode('cp932')) + 2}バイト目" in told.value.args[0]


def test_one_bad_byte_in_a_utf_8_document_is_told_at_its_own_line() -> None:
    sound = "みほん市行政改革大綱\n市民の視点で進める。\n窓口".encode()
    with pytest.raises(DecodingError, match=f"3行目（先頭から{len(sound) + 1}バイト目）"):
        decode_text(sound + b"\xff" + "の改善\n".encode())


@pytest.mark.parametrize("data", [b"\xff\xfeA\x00B", b"\xff\xfe\x00\xd8\x0a\x00"])
def test_a_broken_utf_16_file_is_refused(data: bytes) -> None:
    with pytest.raises(DecodingError, match="読めません"):
        decode_text(data)


MAGIC = {
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "ZIP, xlsx, docx": b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
    "gzip": b"\x1f\x8b\x08\x00",
    "OLE, xls, doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16),
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Filter/FlateDecode>>stream\n"
    + zlib.compress(bytes(range(256)) * 9),
    "SQLite": b"SQLite format 3\x00\x10\x00\x01\x01",
    "ELF": b"\x7fELF\x02\x01\x01\x00",
}


@pytest.mark.parametrize("kind", MAGIC)
@given(tail=st.binary(max_size=80))
def test_a_binary_file_named_txt_never_decodes(kind: str, tail: bytes) -> None:
    with pytest.raises(DecodingError) as told:
        decode_text(MAGIC[kind] + tail + bytes(4))
    assert JAPANESE.search(told.value.args[0])


def test_a_short_binary_with_one_zero_before_a_line_break_is_no_utf_16() -> None:
    with pytest.raises(DecodingError):
        decode_text(MAGIC["SQLite"] + b"\x00\n")


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_bytes_with_a_zero_byte_never_decode(before: bytes, behind: bytes) -> None:
    data = before + b"\x00" + behind
    assume(not before.startswith((b"\xff\xfe", b"\xfe\xff")) and data.strip())
    assume(not detect_encoding(data).startswith("utf-16"))
    with pytest.raises(DecodingError):
        decode_text(data)


@given(st.binary(min_size=1, max_size=80))
def test_no_bytes_raise_anything_else_and_nothing_is_replaced(data: bytes) -> None:
    try:
        decoded = decode_text(data)
    except DecodingError as told:
        assert JAPANESE.search(told.args[0])
    else:
        assert decoded.text == data.decode(decoded.encoding)
        assert not any(one < " " and one not in "\t\n\r\f\v\x1a" for one in decoded.text)


def test_control_characters_are_counted_and_named() -> None:
    with pytest.raises(DecodingError, match=r"U\+0007 など2個"):
        decode_text("改革\x07\n窓口\x1b\n".encode())


def test_form_feeds_and_the_old_end_mark_are_text() -> None:
    assert decode_text("窓口\f改善\v\x1a".encode()).text == "窓口\f改善\v\x1a"


def test_an_unknown_declared_encoding_says_what_to_write() -> None:
    with pytest.raises(DecodingError, match="「sjis-mihon」という文字コードはありません"):
        decode_text(TEXT.encode(), "sjis-mihon")


@pytest.mark.parametrize("declared", ["hex", "rot13", "zip", "base64", "undefined"])
def test_a_codec_that_is_no_text_encoding_is_refused(declared: str) -> None:
    with pytest.raises(DecodingError, match="という文字コードはありません"):
        decode_text(TEXT.encode(), declared)


@pytest.mark.parametrize("bad", [b"\x80", b"\xa0", b"\xfd", b"\xfe", b"\xff"])
def test_bytes_that_stand_for_nothing_in_cp932_are_undecodable(bad: bytes) -> None:
    data = "窓口\n".encode("cp932") + bad + "改善\n".encode("cp932")
    with pytest.raises(DecodingError, match="2行目"):
        decode_text(data)


def test_a_damaged_utf_8_text_is_not_read_as_cp932() -> None:
    with pytest.raises(DecodingError):
        decode_text("窓口の".encode() + b"\xff\xfe\n")


def test_a_binary_file_is_told_as_one() -> None:
    with pytest.raises(DecodingError, match="テキスト文書ではない"):
        decode_text(bytes(range(256)) * 4)


JIS_TEXT = "みほん市の行政改革大綱\n窓口の待ち時間を短くした。\n"


def test_euc_jp_is_named_with_its_line_and_advice_stands_apart() -> None:
    with pytest.raises(DecodingError, match="EUC-JP") as told:
        decode_text(("a,b\n" + JIS_TEXT).encode("euc_jp"))
    assert "2行目" in told.value.what_ja
    assert "plan.yaml" in told.value.fix_ja
    assert "plan.yaml" not in told.value.what_ja


def test_euc_jp_that_cp932_takes_for_half_width_katakana_is_refused() -> None:
    data = "この市".encode("euc_jp")
    assert data.decode("cp932")
    with pytest.raises(DecodingError, match="EUC-JP"):
        decode_text(data)
    assert decode_text(data, "euc_jp").text == "この市"


def test_half_width_katakana_is_text() -> None:
    text = "ﾐﾎﾝｼ ｷﾞｮｳｾｲｶｲｶｸ、ﾏﾄﾞｸﾞﾁ･ﾐﾅｵｼ"
    assert decode_text(text.encode("cp932")).text == text


def test_iso_2022_jp_is_named() -> None:
    with pytest.raises(DecodingError, match="2行目から、文字コードがISO-2022-JP"):
        decode_text(("a\n" + JIS_TEXT).encode("iso2022_jp"))
    assert decode_text(JIS_TEXT.encode("iso2022_jp"), "iso2022_jp").text == JIS_TEXT
