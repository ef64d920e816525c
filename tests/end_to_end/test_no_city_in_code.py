"""Nothing in the code knows a city of ours, or counts on a line of a document."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.end_to_end.five_plans import CODES, READINGS, ROOT, folder, original

FILES = sorted(
    path
    for pattern in ("*.py", "*.yaml", "*.sql", "*.html")
    for path in (ROOT / "pipelines").rglob(pattern)
)


def names_of(code: str) -> set[str]:
    """The city's name with and without 市, in Latin letters, and the places it names itself by."""
    name = folder(code).settings.municipality_name
    places = {
        row["branch_name"].removesuffix("支所")
        for row in original(code).rows["item_departments"]
        if row["branch_name"] and not row["branch_name"].startswith("各")
    }
    return {name, name.removesuffix("市"), READINGS[code], code, *places}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_city_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    named = [name for code in CODES for name in names_of(code) if name.lower() in text]
    assert named == []


@pytest.mark.parametrize(
    "path", [one for one in FILES if one.suffix == ".py"], ids=lambda p: p.name
)
def test_no_title_of_an_item_stands_in_the_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    titles = {row["title"] for code in CODES for row in original(code).rows["reform_items"]}
    assert [title for title in titles if len(title) > 6 and title in text] == []


@pytest.mark.parametrize(
    "path",
    [one for one in FILES if "plans" in one.parts and one.suffix == ".py"],
    ids=lambda p: p.name,
)
def test_no_line_number_is_counted_on(path: Path) -> None:
    """Neither a line nor the number of items of a document is compared with a constant."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare):
            numbers = [
                one.value
                for one in [node.left, *node.comparators]
                if isinstance(one, ast.Constant) and isinstance(one.value, int)
            ]
            assert all(number < 32 or number in (100, 1000, 1900) for number in numbers), (
                path.name,
                node.lineno,
            )
            assert not (
                numbers and re.search(r"\.number\b", ast.unparse(node)) and max(numbers) > 1
            )
