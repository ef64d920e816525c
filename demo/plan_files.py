"""The plan's folder: the document as a text export, plan.yaml and what people noted beside it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from pipelines.plans.identity import Identities

PLAN_ID = "990019-keiei3"
COLUMNS = ("番号", "実施項目", "区分", "内容", "目標", "実施時期", "所管課")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CHARACTERS_PER_LINE = 42


def plan_files(plan: dict[str, Any]) -> dict[str, bytes]:
    """File name -> bytes of the plan's folder."""
    return {
        "keiei3.txt": plan_text(plan).encode("utf-8"),
        "plan.yaml": _SETTINGS.encode("utf-8"),
        "corrections.yaml": _corrections(plan).encode("utf-8"),
        "item_changes.yaml": _yaml(plan["changes"]).encode("utf-8"),
    }


_SETTINGS = """\
# 架空の見本（みほん市）。文書そのものが述べていないことだけを書く。
municipality_code: "990019"
municipality_name: みほん市
prefecture_code: "99"
document_kind: full
document_status: final
layout: tab_table
published_on: 2023-03-31
source_url: https://example.jp/mihon/keiei3/
license: CC-BY-4.0
retrieved_on: 2023-04-03
"""


def plan_text(plan: dict[str, Any]) -> str:
    """The document: a cover, prose, four tables with separated cells, words explained."""
    pages = [_cover(plan), _prose(plan)]
    pages += [list(_pillar(at, one)) for at, one in enumerate(plan["pillars"], start=1)]
    pages.append(list(_closing(plan)))
    footer = f"{plan['title']}（{plan['fictional'].split('です')[0]}）"
    return "\f".join("\n".join([*page, "", footer, ""]) for page in pages)


def _cover(plan: dict[str, Any]) -> list[str]:
    notice = f"この文書は、{plan['fictional']}"
    return [plan["title"], "", plan["published"], "", "みほん市", "", notice]


def _prose(plan: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for number, name in zip("１２３", ("background", "purpose", "policy"), strict=True):
        lines += [f"{number} {plan[name]['heading']}", "", *_wrapped(plan[name]["text"]), ""]
    return [*lines, "計画期間", "", plan["period"].translate(_FULL_WIDTH), "", "４ 実施項目"]


def _pillar(number: int, pillar: dict[str, Any]) -> Iterator[str]:
    yield f"柱{str(number).translate(_FULL_WIDTH)} {pillar['title']}"
    yield ""
    yield from _wrapped(pillar["statement"])
    yield ""
    yield "\t".join(COLUMNS)
    for item in pillar["items"]:
        yield "\t".join(
            (
                item["number"],
                item["title"],
                item["kind"],
                item["text"],
                item["goal"],
                item["schedule"],
                "、".join(item["departments"]),
            )
        )


def _closing(plan: dict[str, Any]) -> Iterator[str]:
    promotion = plan["promotion"]
    yield from (f"５ {promotion['heading']}", "")
    yield from _wrapped(promotion["text"])
    yield from ("", "用語解説", "")
    for at, (term, definition) in enumerate(plan["glossary"], start=1):
        yield from (f"※{at} {term}：{definition}", "")


def _wrapped(text: str) -> list[str]:
    """Lines as a page breaks them; the folded blanks of the YAML go."""
    return textwrap.wrap("".join(text.split()), _CHARACTERS_PER_LINE)


def _corrections(plan: dict[str, Any]) -> str:
    correction = plan["correction"]
    printed = correction["expected"]
    entry = {
        "table": "reform_items",
        "row": Identities(PLAN_ID).item_id(printed),
        "column": "title",
        "expected": printed,
        "value": correction["value"],
        "reason": correction["reason"],
        "date": correction["date"],
    }
    return _yaml([entry])


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
