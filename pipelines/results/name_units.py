"""Units that stand in brackets behind the name of an indicator: 市税収納率（％）.

What stands there may also tell one indicator from another (利用者数（施設）, 収納率（現年）), so
that only a unit that headings name, and that fits what the name counts, is one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.plans.characters import bare_text
from pipelines.results.amounts import is_money_unit
from pipelines.results.cell_words import unit_form
from pipelines.results.values import clean_unit, scaled_unit
from pipelines.results.vocabulary import sheet_vocabulary

_BEHIND = re.compile(
    r"(?P<name>.*[^\s(（])\s*[(（](?:単位\s*[:：]?\s*)?(?P<unit>[^()（）]{1,10})[)）]", re.S
)
_CLOSING = (")", "）")
#: How a name ends -> units that go with it; others say of what it is.
_FITTING = (
    (("者数", "人数", "人口"), ("人",)),
    (("件数",), ("件",)),
    (("回数",), ("回",)),
    (("率", "割合"), ("%", "ポイント", "割", "‰")),
)
_MONEY_NAMES = ("額", "費")


@lru_cache(maxsize=8_192)
def unit_behind(name: str) -> tuple[str, str | None]:
    """The name of an indicator without the unit in brackets at its end, and that unit.

    Without one, the name as it is and None.
    """
    pure = name.strip()
    match = _BEHIND.fullmatch(pure) if pure.endswith(_CLOSING) else None
    unit = clean_unit(match["unit"]) if match else None
    if match is None or unit is None or not _is_listed(unit) or not _fits(match["name"], unit):
        return name, None
    return match["name"].strip(), unit


def _is_listed(unit: str) -> bool:
    return bare_text(unit) in sheet_vocabulary().words("units")


def _fits(name: str, unit: str) -> bool:
    plain = bare_text(name)
    if plain.endswith(_MONEY_NAMES):
        return is_money_unit(unit)
    base = scaled_unit(unit)[1]
    wanted = next((units for ends, units in _FITTING if plain.endswith(ends)), None)
    return wanted is None or base in map(unit_form, wanted)
