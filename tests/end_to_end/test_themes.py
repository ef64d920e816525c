"""Themes of the five plans and of other titles against a reader, and what the docs say."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import pytest

from pipelines.plans.themes import assign_themes, themes
from tests.end_to_end.five_plans import CODES, GOLD, ROOT, Row, bare, original

DOCS = ("themes.md", "themes.ja.md")


@dataclass
class Count:
    """Right, wrong and missing assignments."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    by_theme: dict[str, list[int]] = field(default_factory=dict)

    def add(self, found: set[str], wanted: set[str]) -> None:
        self.right += len(found & wanted)
        self.wrong += len(found - wanted)
        self.missing += len(wanted - found)
        for theme in found | wanted:
            counted = self.by_theme.setdefault(theme, [0, 0, 0])
            counted[0 if theme in found & wanted else 1 if theme in found else 2] += 1

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing)

    def cells(self) -> str:
        counts = f"{self.right} | {self.wrong} | {self.missing}"
        return f"| {counts} | {self.precision:.2f} | {self.recall:.2f} |"


def judged(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found_in(title: str, description: str | None = None, goal: str | None = None) -> set[str]:
    return {one.theme for one in assign_themes(title, description, goal)}


def items() -> Iterable[tuple[str, Row]]:
    return ((code, row) for code in CODES for row in original(code).rows["reform_items"])


@cache
def of_five_plans() -> Count:
    wanted = {(row["plan"], row["title"]): set(row["themes"].split()) for row in
              judged("themes.csv")}  # fmt: skip
    count = Count()
    for code, row in items():
        found = found_in(row["title"], row["description"], row["goal_text"])
        count.add(found, wanted.pop((code, row["title"])))
    assert wanted == {}
    return count


@cache
def of_titles(name: str) -> Count:
    count = Count()
    for row in judged("themes_titles.csv"):
        if row["list"] == name:
            count.add(found_in(row["title"]), set(row["themes"].split()))
    return count


def test_five_plans() -> None:
    assert of_five_plans().precision >= 0.95
    assert of_five_plans().recall >= 0.9


@pytest.mark.parametrize("name", ["other", "fresh", "invented", "real"])
def test_other_titles(name: str) -> None:
    assert of_titles(name).precision >= 0.92
    assert of_titles(name).recall >= 0.87


def test_rows_of_the_plans_tell_words_that_stand_in_their_items() -> None:
    for code in CODES:
        plan = original(code)
        rows = {row["item_id"]: row for row in plan.rows["reform_items"]}
        assert plan.rows["item_themes"]
        for row in plan.rows["item_themes"]:
            item = rows[row["item_id"]]
            text = bare(f"{item['title']}{item['description'] or ''}{item['goal_text'] or ''}")
            assert all(bare(word) in text for word in row["matched_words"].split(";"))
            assert row["source_lines"] == item["source_lines"]


@pytest.mark.parametrize("name", DOCS)
def test_the_docs_name_every_theme_and_its_figures(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    by_theme = of_five_plans().by_theme
    for theme in themes():
        label, described = (
            (theme.label_ja, theme.description_ja)
            if name.endswith("ja.md")
            else (theme.label_en, theme.description_en)
        )
        counts = " | ".join(map(str, by_theme[theme.theme]))
        assert f"| `{theme.theme}` | {label} | {described} | {counts} |" in text


@pytest.mark.parametrize("name", DOCS)
def test_the_docs_tell_the_measured_figures(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    counts = [of_five_plans(), *(of_titles(one) for one in ("other", "fresh", "invented", "real"))]
    assert [one.cells() for one in counts if one.cells() not in text] == []
