"""The five real plans, as they are or changed, and the rows they give."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.plans.extraction import ExtractedPlan, extract_plan
from pipelines.plans.repair.chain import repair_text
from pipelines.sources.decoding import decode_text
from pipelines.sources.discovery import PlanFolder, RawDocument, discover_plans

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"
# The readings name the documents as they were received.
READINGS = {
    "032093": "ichinoseki",
    "072109": "nihonmatsu",
    "112372": "misato",
    "142123": "atsugi",
    "011002": "sapporo",
}
CODES = tuple(READINGS)
Row = dict[str, Any]


@cache
def folder(code: str) -> PlanFolder:
    found = [one for one in discover_plans(ROOT / "raw").folders if one.plan_id.startswith(code)]
    assert len(found) == 1
    return found[0]


@cache
def text_of(code: str) -> str:
    document = folder(code).document
    assert document is not None
    return decode_text(document.data).text


@cache
def original(code: str) -> ExtractedPlan:
    return extract_plan(folder(code))


@cache
def reading(code: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((GOLD / f"{READINGS[code]}.json").read_text("utf-8"))
    return content


def read_changed(code: str, text: str, encoding: str = "utf-8") -> ExtractedPlan:
    """The rows of a plan whose document says something else."""
    document = folder(code).document
    assert document is not None
    changed = RawDocument(document.name, text.encode(encoding))
    return extract_plan(replace(folder(code), document=changed))


def replaced(code: str, old: str, new: str) -> ExtractedPlan:
    """The rows after replacing a text that the document must hold."""
    assert old in text_of(code)
    return read_changed(code, text_of(code).replace(old, new))


def edited(code: str, edit: Callable[[list[str]], list[str]]) -> ExtractedPlan:
    """The rows after editing the document's lines."""
    return read_changed(code, "\n".join(edit(text_of(code).split("\n"))))


def line_with(lines: list[str], text: str, after: int = 0) -> int:
    """Index of the first line that is ``text``, white space aside."""
    wanted = bare(text)
    return next(at for at in range(after, len(lines)) if bare(lines[at]) == wanted)


def bare(text: str | None) -> str:
    """For comparing: NFKC, no white space, one kind of wave dash."""
    plain = unicodedata.normalize("NFKC", text or "").replace("〜", "~")
    return "".join(plain.split())


def without_marks(text: str | None) -> str:
    """``bare`` without footnote marks such as （※5）."""
    return re.sub(r"\(※\d+\)|※\d+", "", bare(text))


def repaired_lines(code: str) -> dict[int, str]:
    """The repaired text of each line, widths as a row has them."""
    return {line.number: bare(line.plain) for line in repair_text(text_of(code)).lines}


def numbers_of(source_lines: str | None) -> list[int]:
    """``785-786;813`` to the numbers."""
    numbers: list[int] = []
    for part in (source_lines or "").split(";"):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1) if part else []
    return numbers


def by_id(plan: ExtractedPlan) -> dict[str, Row]:
    return {row["item_id"]: row for row in plan.rows["reform_items"]}


def titles(plan: ExtractedPlan) -> list[str]:
    return [row["title"] for row in plan.rows["reform_items"]]
