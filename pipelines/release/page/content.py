"""index.html of a release: plain HTML in Japanese and English, without a script.

gyokaku.duckdb has neither size nor hash here, as two writes of the same rows differ in bytes:
SHA256SUMS tells them. So the page is the same for the same input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipelines.release.layout import DATAPACKAGE, csv_path, municipal_path, parquet_path


@dataclass(frozen=True)
class Download:
    """A file of the release.

    Attributes:
        path: relative to the page.
        size: in bytes, in words.
        sha256: 64 hexadecimal digits.
    """

    path: str
    size: str
    sha256: str


def page(
    package: Mapping[str, Any],
    counts: Mapping[str, int],
    changes: Mapping[str, Any],
    municipalities: Sequence[Mapping[str, Any]],
    others: Sequence[Download],
    spreadsheet: Download,
) -> str:
    """The page.

    Args:
        package: the content of datapackage.json.
        counts: rows by table.
        changes: the content of changes/changes.json.
        municipalities: rows of the table of that name.
        others: files that a city hands out, which the package does not list.
        spreadsheet: gyokaku.xlsx.
    """
    return _template().render(
        package=package,
        licence=package["licenses"][0],
        tables=_tables(package, counts),
        changes=changes,
        municipalities=[
            {
                "name": one["name"],
                "path": f"{municipal_path(one['municipality_code'])}/{DATAPACKAGE}",
            }
            for one in municipalities
        ],
        others=others,
        spreadsheet=spreadsheet,
    )


def _tables(package: Mapping[str, Any], counts: Mapping[str, int]) -> list[dict[str, Any]]:
    files = {one["path"]: one for one in package["resources"]}
    return [
        {
            "name": one["name"],
            "title": one["title"],
            "title_en": one["title_en"],
            "rows": counts[one["name"]],
            "csv": _download(files[csv_path(one["name"])]),
            "parquet": _download(files[parquet_path(one["name"])]),
        }
        for one in package["resources"]
        if one.get("type") == "table"
    ]


def _download(resource: Mapping[str, Any]) -> Download:
    digest = resource["hash"].removeprefix("sha256:")
    return Download(resource["path"], size_text(resource["bytes"]), digest)


def size_text(size: int) -> str:
    """A number of bytes in words: 812 B, 3.4 kB, 12.5 MB."""
    if size < 1000:
        return f"{size} B"
    for unit, scale in (("kB", 1e3), ("MB", 1e6)):
        if size < scale * 999.95:
            return f"{size / scale:.1f} {unit}"
    return f"{size / 1e9:.1f} GB"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")
