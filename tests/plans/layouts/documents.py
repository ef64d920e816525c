"""Invented documents of each of the five layouts, built from the items they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.plans.layouts.registry import Choice, choose_layout
from pipelines.plans.repair.chain import repair_text

TABLE_HEADER = "改革実施項目 内容 実施時期 所管課"


@dataclass(frozen=True)
class Item:
    """One invented item as its document prints it."""

    title: str
    description: str = "現状を調べ、見直しの方針を定めます。"
    goal: str = ""
    schedule: str = "毎年度"
    departments: Sequence[str] = field(default_factory=lambda: ["財政課"])
    continuity: str = "継続"


ITEMS = {
    "窓口の改善": [
        Item("総合窓口の設置", schedule="令和３年度～", departments=["市民課"], continuity="新規"),
        Item("電子申請の拡大", goal="対象手続 50件", departments=["情報システム課", "各課"]),
    ],
    "財政の健全化": [
        Item("使用料の見直し", schedule="～令和６年度"),
        Item("未利用地の活用", schedule="令和４年度～６年度", departments=["管財課"]),
    ],
}


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` characters."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def choice_of(text: str, name: str = "auto") -> Choice | None:
    """What the pipeline makes of a text."""
    return choose_layout(repair_text(text).lines, name)


def read(text: str) -> Choice:
    """The same, where a layout must be found."""
    choice = choice_of(text)
    assert choice is not None
    return choice


def flattened_item(number: int, item: Item, width: int = 6) -> list[str]:
    """One row of a four-column table as a PDF export flattens it."""
    lines = [f"{number}", *wrap(item.title, width), f"（{item.continuity}）"]
    lines += wrap(item.description, 20)
    lines += ["【目標】", *wrap(item.goal, 20)] if item.goal else []
    return [*lines, item.schedule, *item.departments]


def item_table(
    outline: Mapping[str, Sequence[Item]] = ITEMS, width: int = 6, page_every: int = 0
) -> str:
    """一覧表: headings ① ②, a header line over each table, items numbered through."""
    lines = ["みほん市行政改革大綱・集中改革プラン（案）", "計画期間　令和３年度～令和７年度", ""]
    lines += ["改革の内容を次のとおり定めます。", "", "改革実施項目の一覧"]
    number = 0
    for at, (heading, items) in enumerate(outline.items()):
        lines += [f"{'①②③④⑤⑥'[at]} {heading}", TABLE_HEADER]
        for item in items:
            number += 1
            lines += flattened_item(number, item, width)
            if page_every and number % page_every == 0:
                lines += ["\f" + TABLE_HEADER]
    return "\n".join([*lines, ""])


def bullets(outline: Mapping[str, Sequence[Item]], heads: Iterable[str], mark: str) -> list[str]:
    """Headings with their bullets."""
    lines = []
    for head, (title, items) in zip(heads, outline.items(), strict=False):
        lines += [f"{head} {title}", *(f"{mark}{item.title}" for item in items)]
    return lines


def kana_outline(outline: Mapping[str, Sequence[Item]] = ITEMS) -> str:
    """（3）具体的な取組 > ア > (ｱ) > ・."""
    rows = bullets(outline, ("(ｱ)", "(ｲ)", "(ｳ)"), "・")
    parts = ["みほん市行政改革大綱（案）の概要について", "", "１ 大綱の考え方", "(1) 改革の目的"]
    parts += ["・質の高い行政サービスの提供", "(2) 重点目標", "・目標の達成"]
    parts += ["(3) 重点目標に位置付ける具体的な取組", "ア 行政経営の改革", *rows]
    return "\n".join([*parts, "(4) 行政改革の推進", "・庁内の組織で進める", ""])


def numbered_outline(outline: Mapping[str, Sequence[Item]] = ITEMS) -> str:
    """３ 具体的な取組項目 > (1) > ① > ○."""
    rows = bullets(outline, "①②③", "○ ")
    parts = ["「みほん市改革プラン」の枠組み", "", "１ 基本的な考え方", "改革の趣旨を定める。"]
    parts += ["２ 進め方", "○ 全庁で進める", "３ 具体的な取組項目", "(1) 市民と築く市役所", *rows]
    return "\n".join([*parts, "４ 推進の体制", "○ 本部を置く", ""])


FORM_LABELS = ["方針", "施策の柱", "施策", "目指す姿", "現状と課題"]
FORM_TAIL = ["施策実現のための取組み", "取組み名 内容", "行革の視点 行革の視点からの取組み内容"]


def form_sheet(number: str, title: str, items: Sequence[Item], legend: str = "") -> list[str]:
    """One sheet of the form, its labels first as the export puts them."""
    blocks = [[label] for label in FORM_LABELS]
    blocks += [[legend]] if legend else []
    blocks += [["● 市内では利用が減っています。"], FORM_TAIL]
    for item in items:
        blocks += [[item.title], wrap(item.description * 2, 34), ["②参加と協働 地域との連携"]]
    blocks += [["経営方針１ 地域力の醸成"], [f"{number} {title}"], ["誰もが参加できるまち"]]
    return [line for block in blocks for line in (*block, "")]


def form_sheets(
    outline: Mapping[str, Sequence[Item]] = ITEMS, copies: int = 1, between: str = ""
) -> str:
    """様式: a sheet per heading, each as often as the export repeats it."""
    lines = ["みほん市施策内容（案）", ""]
    for at, (title, items) in enumerate(outline.items(), start=1):
        sheet = form_sheet(f"経1-{at}", title, items)
        for _ in range(copies):
            lines += [between + sheet[0], *sheet[1:], "", ""]
    return "\n".join(lines)


def tab_table(
    outline: Mapping[str, Sequence[Item]] = ITEMS,
    row: str = "{}\t{}",
    header: Sequence[str] = ("事業名", "事業内容"),
) -> str:
    """タブの表: 方策 1 > 手法 1-1, and a table under each; ``row`` says how cells are set apart."""
    lines = ["みほん市改革推進計画", "", "方策 1 市政改革", ""]
    for at, (title, items) in enumerate(outline.items(), start=1):
        lines += [
            f"手法 1-{at}",
            title,
            "",
            "基本方針",
            "成果を高めます。",
            "",
            row.format(*header),
        ]
        lines += [row.format(one.title, one.description, *one.departments) for one in items]
        lines += ["", "※ 1 用語の説明", ""]
    return "\n".join(lines)


TITLES = [item.title for items in ITEMS.values() for item in items]
