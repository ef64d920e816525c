"""index.html: every file of the release is led to, and what a document says stays text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipelines.release.checksums import read_checksums
from pipelines.release.page.content import size_text

from .samples import build, rows

VOID = {"meta", "br", "link", "img", "input", "hr"}
NASTY = '<script>alert(1)</script>"&市'


class Page(HTMLParser):
    """Links, texts, and whether every element is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.names: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = rows()
    given["municipalities"][0]["name"] = NASTY
    given["plans"][0]["title"] = NASTY
    outputs = tmp_path_factory.mktemp("page")
    assert build(outputs, given).state == "published"
    return outputs / "latest"


@pytest.fixture(scope="module")
def page(release: Path) -> Page:
    found = Page()
    found.feed((release / "index.html").read_text("utf-8"))
    found.close()
    assert found.open == []
    return found


def test_nothing_of_a_document_is_markup(page: Page) -> None:
    assert "script" not in page.names
    assert NASTY in page.text


def test_every_link_leads_to_a_file_or_to_a_source(page: Page, release: Path) -> None:
    outside = [one for one in page.links if one.startswith("http")]
    inside = [one for one in page.links if not one.startswith("http")]
    assert "https://example.com/plan.txt" in outside
    assert all((release / one).is_file() for one in inside)
    assert {"gyokaku.duckdb", "gyokaku.xlsx", "packages/990019/datapackage.json"} <= set(inside)


def test_hashes_are_those_of_the_files(page: Page, release: Path) -> None:
    listed = read_checksums(release)
    for name in ("data/csv/plans.csv", "data/parquet/plans.parquet", "gyokaku.xlsx"):
        assert listed[name] in page.text
    assert listed["gyokaku.duckdb"] not in page.text  # it differs from build to build


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_960, "1.0 MB"), (12_500_000, "12.5 MB")],
)
def test_sizes_in_words(size: int, text: str) -> None:
    assert size_text(size) == text
