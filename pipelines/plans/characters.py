"""Rules about single characters and about closing up wrapped text.

Width (release contract, "Text is what the document says"): digits and Latin letters half-width,
half-width kana full-width, CJK radicals as ideographs, Japanese punctuation as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# What a Japanese line is made of: kana, ideographs, Japanese punctuation and full-width brackets.
JAPANESE = (
    r"\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\u2e80-\u2fdf々〇ー～…―"
)
SPACES = r"[ \t\u3000\u00a0]"
# White space in a text that is closed up; a vertical tab parts the lines of a table's cell.
_WHITE = r"[ \t\v\u3000\u00a0]"
_BETWEEN_JAPANESE = re.compile(rf"(?<=[{JAPANESE}]){_WHITE}+(?=[{JAPANESE}])")
_ANY_SPACE = re.compile(_WHITE)
_SPACES = re.compile(rf"{_WHITE}+")

# Kangxi radicals have a compatibility decomposition; these of the radicals supplement have none,
# so the table says which ideograph they stand for (Unicode CJKRadicals.txt).
RADICALS_SUPPLEMENT = {
    "⺅": "亻", "⺒": "巳", "⺘": "扌", "⺝": "月", "⺟": "母", "⺠": "民", "⺡": "氵",
    "⺣": "灬", "⺨": "犭", "⺩": "王", "⺫": "目", "⺬": "示", "⺭": "礻", "⺮": "竹",
    "⺰": "糸", "⺲": "罒", "⺶": "羊", "⺹": "耂", "⺼": "月", "⺾": "艹", "⻁": "虎",
    "⻂": "衤", "⻄": "西", "⻅": "見", "⻆": "角", "⻈": "訁", "⻉": "貝", "⻋": "車",
    "⻌": "辶", "⻍": "辶", "⻏": "阝", "⻑": "長", "⻒": "镸", "⻓": "長", "⻖": "阝",
    "⻘": "青", "⻙": "韋", "⻝": "食", "⻞": "食", "⻟": "飠", "⻤": "鬼", "⻨": "麦",
    "⻩": "黄", "⻫": "斉", "⻭": "歯", "⻯": "竜", "⻲": "亀", "⺁": "厂", "⺇": "几",
    "⺊": "卜", "⺌": "小", "⺎": "兀", "⺏": "尢", "⺕": "彐", "⺗": "心",
}  # fmt: skip


@cache
def _width_table() -> dict[int, str]:
    """Code points whose width is normalised, with what they become."""
    full_width = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
    kangxi = list(range(0x2F00, 0x2FD6))
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in full_width + kangxi}
    return table | {ord(radical): ideograph for radical, ideograph in RADICALS_SUPPLEMENT.items()}


_FOOTNOTE_MARK = re.compile(r"\(※\d+\)|\^\{※\d+\}|※\d+")
_RADICALS_SUPPLEMENT = re.compile(r"[\u2e80-\u2fdf]")
_HALF_WIDTH_KANA = re.compile(r"[\uff61-\uff9f]+")


_NOT_HALF_WIDTH = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2e80-\u2fdf\uff61-\uff9f]")


def half_width(text: str) -> str:
    """Digits and Latin half-width, kana full-width, radicals as ideographs; the rest untouched."""
    if not _NOT_HALF_WIDTH.search(text):
        return text
    if _HALF_WIDTH_KANA.search(text):
        text = _HALF_WIDTH_KANA.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
    return text.translate(_width_table())


@lru_cache(maxsize=32_768)
def plain_text(text: str) -> str:
    """NFKC with radicals as ideographs and white space collapsed: for comparing only."""
    if _RADICALS_SUPPLEMENT.search(text):
        text = half_width(text)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def close_up(text: str) -> str:
    """Remove layout spaces between Japanese characters; others become one plain space."""
    text = text.strip()
    if not _ANY_SPACE.search(text):
        return text
    return _SPACES.sub(" ", _BETWEEN_JAPANESE.sub("", text))


def join_parts(parts: list[str]) -> str:
    """Join the wrapped parts of one text; two Latin words keep a space between them."""
    if len(parts) == 1:
        return close_up(parts[0])
    joined: list[str] = []
    for part in parts:
        if joined and _is_latin(joined[-1][-1:]) and _is_latin(part[:1]):
            joined.append(" ")
        if part:
            joined.append(part)
    return close_up("".join(joined))


def _is_latin(character: str) -> bool:
    """Full-width Latin wraps in mid-word like kanji (ＬＥ / Ｄ化); half-width wraps by words."""
    return character.isascii() and character.isalpha()


def display_width(text: str) -> float:
    """Width of a text in full-width characters: an ASCII character takes half of one."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def without_spaces(text: str) -> str:
    """All white space removed."""
    return "".join(text.split())


@lru_cache(maxsize=32_768)
def bare_text(text: str) -> str:
    """``plain_text`` without any white space: a word is compared with several lists."""
    return without_spaces(plain_text(text))


def count_of_glyphs(text: str) -> int:
    """How many characters other than white space a text gives once its widths are normalised."""
    if _HALF_WIDTH_KANA.search(text):
        text = half_width(text)
    return len("".join(text.split()))


@lru_cache(maxsize=32_768)
def normalised_title(title: str) -> str:
    """A title for identity: NFKC, no white space, no footnote marks such as （※5） or ※6."""
    plain = bare_text(title)
    return _FOOTNOTE_MARK.sub("", plain) if "※" in plain else plain
