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
#: A post that ends in the unit's own name (防災課長 佐藤一郎): the unit stays.
_HEAD = re.compile(
    r"^(?P<unit>\S*?[課室係班部局所署館園場校])(?:長補佐|長|次長|主査|主任|主事|主幹|参事|補佐|技師)"
    rf"(?:[\s　:：]+(?P<name>{_NAME})|[（(](?P<enclosed>{_NAME})[)）])$"
)
_BRACKET = re.compile(r"^(?P<before>.*\S)[\s　]*[（(](?P<held>[^（()）]+)[)）]$", re.S)
_NUMBER = re.compile(r"(?:内線|電話|携帯|直通|TEL|PHS|℡|☎|☏)[^\d]*\d", re.I)
_WITH_POST = re.compile(
    rf"{_POST}[\s　:：]+(?P<behind>{_NAME})(?![一-鿿々])|^(?P<before>{_NAME})[\s　]*{_POST}$"
)


@lru_cache(maxsize=8_192)
def without_staff_name(name: str) -> str:
    """The name of a department without that of a person; the whole where nobody seems named.

    Two words are a department and a person only where the first ends as departments do, and the
    second as neither a department nor a place does: 総務課 人事係 and 支所 地域振興 stay. A bracket
    goes whole where it holds a telephone number, or a post and a name; 支所（見本） stays.
    """
    shorter = _without_bracket(name) or _unit_of_head(name)
    if shorter:
        return without_staff_name(shorter)
    found = _BEHIND.match(name)
    if found is None:
        return name
    if found["department"]:
        return found["department"].rstrip("（(／/:： 　\n")
    plain = re.sub(r"[\s　]", "", found["name"])
    is_unit = found["unit"].endswith(_endings())
    return found["unit"] if is_unit and _may_be_a_person(plain) else name


def _without_bracket(name: str) -> str | None:
    """What stands before a bracket that tells a person's number or post; None without one."""
    found = _BRACKET.match(name)
    if found is None:
        return None
    post = _WITH_POST.search(found["held"])
    is_person = post is not None and _is_no_unit(post["behind"] or post["before"])
    return found["before"] if is_person or _NUMBER.search(found["held"]) else None


def _unit_of_head(name: str) -> str | None:
    """The unit of which a person named behind it is the head; None where nobody is named so."""
    found = _HEAD.match(name)
    if found is None or not found["unit"].endswith(_endings()):
        return None
    if found["name"]:
        return found["unit"] if _is_no_unit(found["name"]) else None
    return found["unit"] if _may_be_a_person(found["enclosed"]) else None


def _is_no_unit(text: str) -> bool:
    return not text.endswith((*_endings(), *_other_words()))


def _may_be_a_person(text: str) -> bool:
    return len(text) >= 3 and _is_no_unit(text)


def _endings() -> tuple[str, ...]:
    return (*words("department_suffixes"), *sheet_vocabulary().words("place_endings"))


def _other_words() -> tuple[str, ...]:
    return sheet_vocabulary().words("no_staff_names")
