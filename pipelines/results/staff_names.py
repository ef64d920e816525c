"""Names of persons behind that of a department (広報課　見本太郎), which are never published."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.plans.vocabulary import words
from pipelines.results.vocabulary import sheet_vocabulary

#: A family name and perhaps a given one: kanji, or kana behind them.
_NAME = r"[一-鿿々〆ヶ]{1,4}[ 　]?[一-鿿々ぁ-んァ-ヶー]{1,4}"
_POST = r"(?:課長補佐|課長|室長|係長|班長|部長|次長|主査|主任|主事|主幹|主席|参事|補佐|技師|副主幹)"
_BEHIND = re.compile(
    rf"^(?P<department>.*\S)[\s　（(／/:：]+"
    rf"(?:{_POST}|担当者?(?=[\s　:：]))[\s　:：]*{_NAME}[)）]?$"
    rf"|^(?P<unit>\S+)[\s　]+(?P<name>{_NAME})(?:[\s　]*{_POST})?$",
    re.S,
)


@lru_cache(maxsize=8_192)
def without_staff_name(name: str) -> str:
    """The name of a department without that of a person; the whole where nobody seems named.

    Two words are a department and a person only where the first ends as departments do, and the
    second as neither a department nor a place does: 総務課 人事係 and 支所 地域振興 stay.
    """
    found = _BEHIND.match(name)
    if found is None:
        return name
    if found["department"]:
        return found["department"].rstrip("（(／/:： 　\n")
    plain = re.sub(r"[\s　]", "", found["name"])
    is_unit = found["unit"].endswith(_endings())
    return found["unit"] if is_unit and _may_be_a_person(plain) else name


def _may_be_a_person(text: str) -> bool:
    return len(text) >= 3 and not text.endswith((*_endings(), *_other_words()))


def _endings() -> tuple[str, ...]:
    return (*words("department_suffixes"), *sheet_vocabulary().words("place_endings"))


def _other_words() -> tuple[str, ...]:
    return sheet_vocabulary().words("no_staff_names")
