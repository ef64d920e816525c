"""The folder of a new plan: its place, and a ``plan.yaml`` that explains its keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from pipelines.sources.discovery import PlanFolder

# What one writes into plan.yaml; the comments are for people who see the file for the first time.
TEMPLATE = """\
# この計画について、文書に書かれていないことを書きます。「#」の後は説明で、消してもかまいません。
# キーの一覧と例は docs/new-plan.ja.md にあります。

municipality_code: "{code}"        # 全国地方公共団体コード（6桁）
municipality_name: {name}
prefecture_code: "{prefecture}"              # 都道府県コード（2桁）

# 文書の種類: full（計画の全文） summary（概要版） excerpt（一部） framework（骨子・枠組み）
document_kind: {kind}

# 文書の出どころ。分からないものは行を消してください（空のまま公開され、注意として表示されます）。
{source_url}
{license}
{retrieved_on}

# 文書に印刷されていないときだけ書きます。
# title: ○○市行政改革大綱
# document_status: final            # draft（案）か final（確定）
# period_start_fy: 2024
# period_end_fy: 2028

# 読み方。auto なら自動で選びます。言葉が違うときは、次のように足します。
# layout:
#   name: item_table
#   columns:
#     title: [取組の名称]
#   continuity:
#     new: [新たに]
layout: {layout}
"""
LONGEST_SLUG = 40


def slug_of(name: str) -> str:
    """A folder's name from a file's: lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKC", name).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug[:LONGEST_SLUG].strip("-") or "plan"


def fault_of_slug(slug: str) -> str | None:
    """What is wrong with a folder's name, in Japanese; None where it can be used."""
    if re.fullmatch(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?", slug):
        return None
    return f"計画の短い名前「{slug}」は使えません。半角の英小文字、数字、ハイフンで付けてください。"


def plan_yaml(
    code: str,
    name: str,
    kind: str = "full",
    source_url: str = "",
    terms: str = "",
    layout: str = "auto",
    retrieved_on: str = "",
) -> str:
    """The text of a new ``plan.yaml``; what is not known stands in it as a comment."""
    return TEMPLATE.format(
        code=code,
        name=name,
        prefecture=code[:2],
        kind=kind,
        source_url=_line("source_url", source_url, "https://www.example.jp/plan.pdf"),
        license=_line("license", f'"{terms}"' if terms else "", "CC-BY-4.0"),
        retrieved_on=_line("retrieved_on", retrieved_on, "2026-04-01"),
        layout=layout,
    )


def _line(key: str, value: str, example: str) -> str:
    return f"{key}: {value}" if value else f"# {key}: {example}"


def with_layout(text: str, layout: str) -> str:
    """A ``plan.yaml`` with the layout that was found."""
    return re.sub(r"^layout: .*$", f"layout: {layout}", text, flags=re.M)


def known_name(code: str, folders: Iterable[PlanFolder]) -> str | None:
    """The municipality's name as the other plans of the same code say it."""
    names = {one.settings.municipality_name for one in folders if one.plan_id.startswith(code)}
    return names.pop() if len(names) == 1 else None


def write_folder(folder: Path, document: Path, text: str) -> None:
    """Make the folder of a plan: the document byte for byte, and its ``plan.yaml``.

    Raises:
        FileExistsError: the folder is there already; nothing is written.
    """
    folder.mkdir(parents=True)
    (folder / document.name).write_bytes(document.read_bytes())
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
