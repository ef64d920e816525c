"""Rules about characters in any cell: L1-06 (layout) and L1-08 (vendor-specific characters)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.machine_readability.model import Breach, Column, Table

_JAPANESE = "[ぁ-ゖァ-ヺー一-鿿々〇]"
#: White space around a text, gaps of several spaces, and characters set apart one by one.
SPACED = re.compile(
    r"\A[ \t\u3000\xa0]|[ \t\u3000\xa0]\Z|[^\s][ \u3000\xa0]*(?:[ \xa0]{2}|\u3000[ \u3000\xa0])"
    rf"[ \u3000\xa0]*[^\s]|\A{_JAPANESE}(?:[ \u3000]+{_JAPANESE})+\Z"
)
#: A line break in the middle of so few characters parts no paragraphs.
_SHORT = 20
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_WAVES = re.compile("[\u301c\uff5e]")
#: Units in one character (㎡, ㎞): vendor-specific, but what everybody writes.
_UNITS = re.compile("[\u3380-\u33df]")


def text_breaches(table: Table) -> Iterator[Breach]:
    """Layout and vendor-specific characters, column by column."""
    for column in table.columns:
        texts = list(column.rows_of)
        for message, found in (
            ("value_spaced", [one for one in texts if SPACED.search(one)]),
            ("value_broken", [one for one in texts if _is_broken(table, one)]),
        ):
            breach = column.breach(message, found)
            if breach is not None:
                yield breach
        yield from _characters(table, column, texts)


def _is_broken(table: Table, text: str) -> bool:
    """A line break in a short cell of a sheet that ends no sentence; in CSV it is L1-14."""
    bare = text.strip()
    if table.kind == "csv" or "\n" not in bare or len(bare) > _SHORT:
        return False
    return not re.search(r"[。．.、）)]\s*\n|\n\s*[・○●①-⑳(（0-9]", bare)


def _characters(table: Table, column: Column, texts: list[str]) -> Iterator[Breach]:
    for message, pattern in (
        ("vendor_character", vendor_characters()),
        ("private_character", _PRIVATE),
        ("unit_character", _UNITS),
        ("wave_dash", _WAVES),
    ):
        found = [one for one in [column.name, *texts] if pattern.search(one)]
        if found:
            shown = "".join(dict.fromkeys("".join(pattern.findall(one)[0] for one in found)))
            cells = [one for one in found if one in column.rows_of]
            breach = column.breach(message, cells, characters=shown[:10])
            yield breach or column.header_breach(message, table.header_row, characters=shown[:10])


@cache
def vendor_characters() -> re.Pattern[str]:
    """Marks, letters and squared words outside of JIS X 0208 that vendors added to Shift_JIS.

    Row 13 of NEC and the small Roman numerals of IBM, as code page 932 has them, and their kin
    that Unicode added later (㉑, ㋿, 🄰). Ideographs are left out: they write proper names.
    """
    row_13 = (bytes((0x87, low)) for low in range(0x40, 0x9D) if low != 0x7F)
    ibm = (bytes((0xFA, low)) for low in range(0x40, 0x5C))
    found = {_of_cp932(code) for code in (*row_13, *ibm)} - {""}
    extra = "".join(
        re.escape(one) for one in sorted(found) if not (_is_in_jis(one) or _UNITS.match(one))
    )
    return re.compile(
        f"[{extra}\u2160-\u217f\u2460-\u24ff\u2776-\u2793\u3200-\u337f\u33e0-\u33ff\U0001f100-\U0001f2ff]"
    )


def _of_cp932(code: bytes) -> str:
    try:
        return code.decode("cp932")
    except UnicodeDecodeError:
        return ""


def _is_in_jis(character: str) -> bool:
    if "\u4e00" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff":
        return True
    try:
        character.encode("shift_jis")
    except UnicodeEncodeError:
        return character in "\uff07\uff02\uffe2\uffe4"
    return True
