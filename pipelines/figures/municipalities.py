"""Municipalities that figures and rating scales name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from pipelines.sources.municipality_code import fault_of_code
from pipelines.sources.prefectures import prefecture_names

Row = dict[str, Any]


def fault_of_municipality(code: str, name: str) -> str | None:
    """What is wrong with a code and a name as typed, in Japanese; None if nothing is."""
    fault = fault_of_code(code)
    if fault:
        return fault
    if code[:2] not in prefecture_names():
        return f"コード「{code}」の先頭2桁の都道府県はありません。コードを確かめてください。"
    return None if name else "municipality_name が空です。団体の名前を書いてください。"


def names_by_code(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One name for each code: the one written most often, of equals the first by its letters."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for code, name in pairs:
        seen[code][name] += 1
    return {
        code: min(names, key=lambda name: (-names[name], name))
        for code, names in sorted(seen.items())
    }


def municipality_rows(names: dict[str, str]) -> list[Row]:
    """Rows of ``municipalities``; the prefecture follows from the code.

    Args:
        names: municipality code to name; every code has been checked.
    """
    return [
        {
            "municipality_code": code,
            "standard_area_code": code[:5],
            "name": name,
            "prefecture_code": code[:2],
            "prefecture_name": prefecture_names()[code[:2]],
        }
        for code, name in sorted(names.items())
    ]
