"""Bytes to text, without guessing silently.

The order is: the encoding declared in ``plan.yaml``; a byte order mark; strict UTF-8; UTF-16
without a mark where every second byte of the line breaks is zero; strict cp932. Nothing is replaced
or ignored: bytes that fit none of them are refused with the place of the first bad byte.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRAY_IN_CP932 = re.compile("[\x80-\xa0\uf8f0-\uf8f3]")
#: Control characters other than white space and the end mark of old editors (U+001A).
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
#: How ISO-2022-JP changes to two bytes a character (RFC 1468).
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]")
_SAVE_OR_STATE = "文書をUTF-8で保存し直すか、plan.yaml の encoding に文字コードを書いてください。"
_SAMPLE = 100_000
_CONTROL_BYTES = bytes(code for code in range(0x80) if _CONTROLS.match(chr(code)))


class DecodingError(ValueError):
    """Bytes that are no text; ``args[0]`` says in Japanese what is wrong and what to do.

    Attributes:
        what_ja: what is wrong, with its line where one is known.
        fix_ja: what to do about a document of a plan; other files need other advice.
    """

    def __init__(self, what_ja: str, fix_ja: str = "") -> None:
        super().__init__(what_ja + fix_ja)
        self.what_ja = what_ja
        self.fix_ja = fix_ja


class EmptyTextError(DecodingError):
    """Nothing but white space and byte order marks."""


@dataclass(frozen=True)
class Decoded:
    """A text and the encoding it was read with (Python's codec name)."""

    text: str
    encoding: str


def decode_text(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a raw document.

    Args:
        data: the file as received.
        declared: codec name from ``plan.yaml``; it wins over everything else.

    Raises:
        DecodingError: empty or binary content, an unknown declared encoding, or undecodable bytes.
    """
    encoding, text = (_canonical(declared), None) if declared else _detected(data)
    if b"\x00" in data and not encoding.startswith("utf-16"):
        raise _binary("U+0000", data.count(b"\x00"), _line(data, data.index(b"\x00")))
    try:
        text = data.decode(encoding) if text is None else text
    except UnicodeDecodeError as error:
        fault = error if declared else _farthest_fault(data, error)
        raise _undecodable(data, fault, declared) from error
    _refuse_stray_bytes(data, text, encoding)
    if not declared:
        _refuse_other_encoding(data, text, encoding)
    if not text.strip().strip("\ufeff"):
        raise EmptyTextError("ファイルが空です。", "受け取った文書をもう一度置いてください。")
    # Counting bytes is quicker than looking through the text, and mostly enough.
    if len(data.translate(None, _CONTROL_BYTES)) != len(data):
        _refuse_binary(text)
    return Decoded(text, encoding)


def detect_encoding(data: bytes) -> str:
    """The codec that fits ``data``: by mark, then UTF-8, UTF-16 without a mark, else cp932."""
    return _detected(data)[0]


def _detected(data: bytes) -> tuple[str, str | None]:
    """The codec that fits, and the text where finding out gave it."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, None
    unmarked = _unmarked_utf16(data)
    if unmarked is not None:
        return unmarked, None
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp932", None


def _farthest_fault(data: bytes, error: UnicodeDecodeError) -> UnicodeDecodeError:
    """The fault of the encoding that read most of the file: that is the one the file is in."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as other:
        return max(other, error, key=lambda one: one.start)
    return error


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows in its line breaks: ``\\n`` with a zero byte beside it."""
    if len(data) % 2 or b"\x00" not in data:
        return None
    for encoding, line_break in (("utf-16-le", b"\n\x00"), ("utf-16-be", b"\x00\n")):
        aligned = any(data[at : at + 2] == line_break for at in range(0, len(data), 2))
        if aligned and _decodes(data, encoding) and _reads_like_text(data.decode(encoding)):
            return encoding
    return None


def _reads_like_text(text: str) -> bool:
    """Bytes taken for UTF-16 by mistake give rare ideographs, and neither kana nor much ASCII."""
    kana = sum("\u3040" <= one <= "\u30ff" for one in text)
    ascii_letters = sum(one.isascii() and one.isprintable() for one in text)
    return "\x00" not in text and (kana >= len(text) / 20 or ascii_letters >= len(text) / 2)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _canonical(declared: str) -> str:
    try:
        "".encode(declared)
        "a".encode(declared)
        return codecs.lookup(declared).name
    except (LookupError, UnicodeError) as error:
        raise DecodingError(
            f"plan.yaml の encoding「{declared}」という文字コードはありません。",
            "utf-8、cp932、utf-16 のどれかを書くか、行を消してください。",
        ) from error


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _undecodable(data: bytes, error: UnicodeDecodeError, declared: str | None) -> DecodingError:
    if not declared and _is_euc_jp(data):
        return _euc_jp(data)
    tried = f"指定の文字コード {declared}" if declared else "UTF-8、cp932、UTF-16 のどれ"
    place = f"{_line(data, error.start)}行目（先頭から{error.start + 1}バイト目）の文字"
    return DecodingError(f"{place}を{tried}でも読めません。", _SAVE_OR_STATE)


def _refuse_stray_bytes(data: bytes, text: str, encoding: str) -> None:
    """Python reads bytes that mean nothing in cp932 as control or private characters."""
    stray = _STRAY_IN_CP932.search(text) if encoding == "cp932" else None
    if stray and _is_euc_jp(data):
        raise _euc_jp(data)
    if stray:
        line = text.count("\n", 0, stray.start()) + 1
        raise DecodingError(
            f"{line}行目に、UTF-8、cp932、UTF-16 のどれでも読めない文字があります。",
            _SAVE_OR_STATE,
        )


def _euc_jp(data: bytes) -> DecodingError:
    line = _line(data, next(at for at, byte in enumerate(data) if byte > 0x7F))
    return DecodingError(f"{line}行目から、文字コードがEUC-JPのため読めません。", _SAVE_OR_STATE)


def _refuse_other_encoding(data: bytes, text: str, encoding: str) -> None:
    """Bytes that can be read, but as nobody wrote them."""
    first = _ISO_2022_JP.search(data) if encoding == "utf-8" else None
    if first and _decodes(data, "iso2022_jp_ext"):
        line = _line(data, first.start())
        raise DecodingError(
            f"{line}行目から、文字コードがISO-2022-JP（メールの文字コード）のため読めません。",
            _SAVE_OR_STATE,
        )
    if encoding == "cp932" and _is_in_half_width(text) and _is_euc_jp(data):
        raise _euc_jp(data)


def _is_in_half_width(text: str) -> bool:
    """EUC-JP taken for cp932 gives little but half-width katakana; the beginning tells."""
    others = [one for one in text[:_SAMPLE] if not one.isascii()]
    return sum("\uff61" <= one <= "\uff9f" for one in others) > len(others) / 2


def _is_euc_jp(data: bytes) -> bool:
    """Read as EUC-JP, a fifth of what is not ASCII is kana, which nothing else gives by chance."""
    if not _decodes(data, "euc_jp"):
        return False
    others = [one for one in data.decode("euc_jp") if not one.isascii()]
    kana = sum("\u3041" <= one <= "\u30fe" for one in others)
    return kana >= max(2, len(others) / 5)


def _refuse_binary(text: str) -> None:
    """A text document holds no control characters besides white space; a renamed binary does."""
    controls = list(_CONTROLS.finditer(text))
    if controls:
        line = text.count("\n", 0, controls[0].start()) + 1
        raise _binary(f"U+{ord(controls[0][0]):04X}", len(controls), line)


def _binary(code: str, count: int, line: int) -> DecodingError:
    return DecodingError(
        f"文字として読めない制御文字（{code} など{count}個、最初は{line}行目）があり、"
        "テキスト文書ではないようです。",
        "元の文書からテキストを取り出して、.txt として置き直してください。",
    )
