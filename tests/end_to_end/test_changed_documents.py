"""The documents changed: the output follows, and no id changes but those of the items touched."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, pairwise

import pytest

from pipelines.plans.extraction import ExtractedPlan
from tests.end_to_end.five_plans import (
    CODES,
    Row,
    bare,
    by_id,
    edited,
    line_with,
    original,
    read_changed,
    replaced,
    text_of,
    titles,
)

TABLE, OUTLINE, BOLD, FORM, TAB = "032093", "142123", "011002", "112372", "072109"
Edit = Callable[[list[str]], list[str]]


def assert_same(code: str, changed: ExtractedPlan, touched: int = 0) -> None:
    """All items and headings as before, ids included; ``touched`` items may say something else."""
    before, after = by_id(original(code)), by_id(changed)
    assert list(before) == list(after)
    assert node_ids(original(code)) == node_ids(changed)
    different = [
        item_id for item_id, row in after.items() if content(row) != content(before[item_id])
    ]
    assert len(different) == touched, [after[one]["title"] for one in different]


def content(row: Row) -> Row:
    """What a row says, wherever it stands and in whatever width its label is printed."""
    said = {name: value for name, value in row.items() if name not in {"source_lines", "page"}}
    return {**said, "number_label": bare(row["number_label"])}


def assert_only(
    code: str, changed: ExtractedPlan, added: list[str] | None = None, gone: list[str] | None = None
) -> None:
    """Exactly these titles came and went; every other item kept its id, in the same order."""
    before, after = by_id(original(code)), by_id(changed)
    assert [row["title"] for key, row in after.items() if key not in before] == (added or [])
    assert [row["title"] for key, row in before.items() if key not in after] == (gone or [])
    kept = [key for key in before if key in after]
    assert [key for key in after if key in before] == kept
    for key in kept:
        assert after[key]["node_id"] == before[key]["node_id"]
    assert node_ids(original(code)) == node_ids(changed)


def node_ids(plan: ExtractedPlan) -> list[str]:
    return [row["node_id"] for row in plan.rows["policy_nodes"]]


def cut(lines: list[str], first: str, last: str) -> list[str]:
    """Without the lines from the one that is ``first`` up to before the one that is ``last``."""
    start = line_with(lines, first)
    return lines[:start] + lines[line_with(lines, last, start) :]


def put(lines: list[str], before: str, new: list[str]) -> list[str]:
    at = line_with(lines, before)
    return lines[:at] + new + lines[at:]


def move(lines: list[str], first: str, last: str, before: str) -> list[str]:
    start = line_with(lines, first)
    block = lines[start : line_with(lines, last, start)]
    return put(cut(lines, first, last), before, block)


LAST_SCHEDULE = "～令和６年度 職員課"
TRAINING, NEXT_AFTER_TRAINING = "・各種研修の充実", "・積極的に研修を受けることができる環境づくり"
RECEPTION, NEXT_AFTER_RECEPTION = "○接遇向上", "○ IT を活用したサービスアップ など"
ONE_STOP, NEXT_AFTER_ONE_STOP = (
    "○窓口のワンストップサービス",
    "○窓口手段の多様化（インターネット，携帯電話等） など",
)
NEW_TABLE_ROW = [
    "８",
    "",
    "公文書の",
    "",
    "電子化",
    "",
    "（新規）",
    "",
    "紙の公文書を電子化し、検索を",
    "",
    "容易にする。",
    "",
    "【目標】",
    "",
    "令和６年度までに、3,000冊を電子化する。",
    "",
    "令和６年度 総務課",
    "",
]
NEW_SHEET_ITEM = [
    "市民アンケートの電子化",
    "",
    "電子申請を使った市民アンケートを行い、結果を公表します。",
    "",
    "①市民サービス 市民の声の把握",
    "",
]


def put_in_both_sheets(lines: list[str], before: str, new: list[str]) -> list[str]:
    at = line_with(lines, before)
    again = line_with(lines, before, at + 1)
    return lines[:at] + new + lines[at:again] + new + lines[again:]


def behind(lines: list[str], text: str, new: list[str]) -> list[str]:
    at = line_with(lines, text) + 1
    return [*lines[:at], *new, *lines[at:]]


def with_tab_row(lines: list[str]) -> list[str]:
    row = next(line for line in lines if line.startswith("行政組織の見直し\t"))
    return behind(lines, row, ["公共調達の見直し\t公共調達の透明性を高める。"])


def with_sheet_item(lines: list[str]) -> list[str]:
    return put_in_both_sheets(lines, "有権者の政治意識向上", NEW_SHEET_ITEM)


ADDED: list[tuple[str, str, Edit]] = [
    (TABLE, "公文書の電子化", lambda lines: behind(lines, LAST_SCHEDULE, ["", *NEW_TABLE_ROW])),
    (OUTLINE, "健康管理の充実", lambda lines: behind(lines, TRAINING, ["", "・健康管理の充実 "])),
    (BOLD, "名札の見直し", lambda lines: behind(lines, "○接遇向上", ["", "○名札の見直し "])),
    (FORM, "市民アンケートの電子化", with_sheet_item),
    (TAB, "公共調達の見直し", with_tab_row),
]


@pytest.mark.parametrize(("code", "title", "edit"), ADDED, ids=[one[0] for one in ADDED])
def test_an_item_added(code: str, title: str, edit: Edit) -> None:
    assert_only(code, edited(code, edit), added=[title])


def without_tab_row(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("EBPMの推進")]


def without_sheet_item(lines: list[str]) -> list[str]:
    once = cut(lines, "有権者の政治意識向上", "関連する個別計画")
    return cut(once, "有権者の政治意識向上", "関連する個別計画")


def from_first_table(lines: list[str], first: str, last: str) -> list[str]:
    start = line_with(lines, "改革実施項目 内容 実施時期 所管課")
    return [*lines[:start], *cut(lines[start:], first, last)]


REMOVED: list[tuple[str, str, Edit]] = [
    (TABLE, "自主防災組織等の育成", lambda lines: cut(lines, "２", "３")),
    (TABLE, "地域協働体への支援", lambda lines: from_first_table(lines, "１", "２")),
    (OUTLINE, "各種研修の充実", lambda lines: cut(lines, TRAINING, NEXT_AFTER_TRAINING)),
    (BOLD, "接遇向上", lambda lines: cut(lines, RECEPTION, NEXT_AFTER_RECEPTION)),
    (BOLD, "窓口のワンストップサービス", lambda lines: cut(lines, ONE_STOP, NEXT_AFTER_ONE_STOP)),
    (FORM, "有権者の政治意識向上", without_sheet_item),
    (TAB, "EBPMの推進", without_tab_row),
]


@pytest.mark.parametrize(("code", "title", "edit"), REMOVED, ids=[one[1] for one in REMOVED])
def test_an_item_removed(code: str, title: str, edit: Edit) -> None:
    assert_only(code, edited(code, edit), gone=[title])


RENAMED = [
    (TABLE, "救命講習等の開催", "応急手当の講習"),
    (OUTLINE, "適切な債権管理", "債権管理の一元化"),
    (BOLD, "接遇向上", "窓口応対の向上"),
    (FORM, "有権者の政治意識向上", "投票率の向上"),
    (TAB, "EBPMの推進", "根拠に基づく政策立案"),
]


@pytest.mark.parametrize(("code", "old", "new"), RENAMED, ids=[one[0] for one in RENAMED])
def test_an_item_renamed(code: str, old: str, new: str) -> None:
    assert_only(code, replaced(code, old, new), added=[new], gone=[old])


def moved_sheet_item(lines: list[str]) -> list[str]:
    start = line_with(lines, "有権者の政治意識向上")
    block = lines[start : line_with(lines, "関連する個別計画", start)]
    return put_in_both_sheets(without_sheet_item(lines), "公共施設の長寿命化", block)


MOVED: list[tuple[str, str, str, Edit]] = [
    (
        OUTLINE,
        "各種研修の充実",
        "(ｲ)",
        lambda lines: move(lines, TRAINING, NEXT_AFTER_TRAINING, "・適切な債権管理"),
    ),
    (
        BOLD,
        "接遇向上",
        "②",
        lambda lines: move(lines, RECEPTION, NEXT_AFTER_RECEPTION, ONE_STOP),
    ),
    (FORM, "有権者の政治意識向上", "経3-2", moved_sheet_item),
]


@pytest.mark.parametrize(("code", "title", "label", "edit"), MOVED, ids=[one[0] for one in MOVED])
def test_an_item_moved_keeps_its_id_and_changes_its_heading(
    code: str, title: str, label: str, edit: Edit
) -> None:
    changed = edited(code, edit)
    before, after = by_id(original(code)), by_id(changed)
    assert set(before) == set(after)
    (item_id,) = (key for key, row in before.items() if row["title"] == title)
    nodes = {row["node_id"]: row for row in changed.rows["policy_nodes"]}
    assert after[item_id]["node_id"] != before[item_id]["node_id"]
    assert nodes[after[item_id]["node_id"]]["number_label"] == label
    others = [key for key in before if key != item_id]
    assert all(after[key]["node_id"] == before[key]["node_id"] for key in others)


def test_a_table_row_moved_to_another_page() -> None:
    def edit(lines: list[str]) -> list[str]:
        start = line_with(lines, "救命講習等の開催") - 1
        block = lines[start : line_with(lines, "毎年度 消防課", start) + 2]
        lines = lines[:start] + lines[start + len(block) :]
        target = line_with(lines, "第三セクターの") - 2
        return lines[:target] + block + lines[target:]

    changed = edited(TABLE, edit)
    before, after = by_id(original(TABLE)), by_id(changed)
    moved = [key for key in before if after[key]["node_id"] != before[key]["node_id"]]
    assert set(before) == set(after) and len(moved) == 1
    assert before[moved[0]]["title"] == "救命講習等の開催"


def test_two_items_swapped_keep_their_ids() -> None:
    def edit(lines: list[str]) -> list[str]:
        one, two, three = (line_with(lines, mark, 280) for mark in ("１", "２", "３"))
        return lines[:one] + lines[two:three] + lines[one:two] + lines[three:]

    changed = edited(TABLE, edit)
    assert sorted(by_id(changed)) == sorted(by_id(original(TABLE)))
    assert titles(changed)[:2] == titles(original(TABLE))[1::-1]


def test_years_and_numbers_follow() -> None:
    text = text_of(TABLE).replace("令和３年度 広聴広報課", "令和10年度 広聴広報課")
    changed = read_changed(
        TABLE, text.replace("160人", "200人").replace("～令和６年度 職員課", "令和８年度～ 職員課")
    )
    assert_same(TABLE, changed, touched=3)
    rows = {row["title"]: row for row in changed.rows["reform_items"]}
    assert rows["市広報の発行回数の見直し"]["start_fy"] == 2028
    assert "200人" in rows["自主防災組織等の育成"]["goal_text"]
    found = rows["日直業務の見直し"]
    assert (found["schedule_kind"], found["start_fy"], found["end_fy"]) == ("from", 2026, None)


def test_the_plans_own_period_and_generation_follow() -> None:
    text = text_of(OUTLINE).replace("第７次", "第12次").replace("令和８年度", "令和13年度")
    (plan,) = read_changed(OUTLINE, text).rows["plans"]
    assert (plan["generation"], plan["period_end_fy"]) == (12, 2031)


NAMES = {TABLE: "一関", OUTLINE: "厚木", BOLD: "札幌", FORM: "三郷", TAB: "二本松"}


@pytest.mark.parametrize("name", ["みほん", "津", "ながいながいなまえのまち"])
@pytest.mark.parametrize("code", CODES)
def test_another_name_of_the_city(code: str, name: str) -> None:
    old = NAMES[code]
    text = text_of(code).replace(old, name).replace(" ".join(old), " ".join(name))
    changed = read_changed(code, text)
    touched = sum(old in row["title"] for row in original(code).rows["reform_items"])
    before, after = by_id(original(code)), by_id(changed)
    assert len(after) == len(before) and len(set(before) - set(after)) == touched
    assert node_ids(changed) == node_ids(original(code))


@pytest.mark.parametrize("times", [1, 2, 3, 5, 6])
def test_fake_bold_printed_another_number_of_times(times: int) -> None:
    run = re.compile(r"(\S(?:.{0,79}?\S)?)(?:\s*\1){3}")
    lines = [
        run.sub(lambda match: match[1] * times, line) if is_bold(line) else line
        for line in text_of(BOLD).split("\n")
    ]
    assert_same(BOLD, read_changed(BOLD, "\n".join(lines)))


def is_bold(line: str) -> bool:
    stripped = "".join(line.split())
    return bool(re.fullmatch(r"(?:(.{1,80}?)\1{3})+", stripped))


def sheets_of(text: str) -> tuple[list[str], list[list[str]]]:
    lines = text.split("\n")
    starts = [at for at, line in enumerate(lines) if line.strip("# ") == "方針"]
    bounds = [*starts, len(lines)]
    return lines[: starts[0]], [lines[a:b] for a, b in pairwise(bounds)]


@pytest.mark.parametrize("copies", ["first", "second", "each three times", "no example"])
def test_sheets_once_or_more_often(copies: str) -> None:
    head, (example, *sheets) = sheets_of(text_of(FORM))
    firsts, seconds = sheets[0::2], sheets[1::2]
    chosen = {
        "first": [example, *firsts],
        "second": [example, firsts[0], *seconds[1:]],
        "each three times": [example, *(sheet for one in firsts for sheet in (one, one, one))],
        "no example": sheets,
    }[copies]
    assert_same(FORM, read_changed(FORM, "\n".join([*head, *chain.from_iterable(chosen)])))


HEADINGS = [
    (TABLE, "財政運営の健全化", "健全な財政の確立", 14),
    (OUTLINE, "事業見直しの徹底", "事業の点検", 3),
    (FORM, "広域行政の推進", "近隣自治体との連携", 4),
    (TAB, "広域連携推進", "近隣市町村との連携", 8),
]


@pytest.mark.parametrize(("code", "old", "new", "items"), HEADINGS, ids=[h[0] for h in HEADINGS])
def test_a_heading_renamed_changes_only_what_stands_under_it(
    code: str, old: str, new: str, items: int
) -> None:
    changed = replaced(code, old, new)
    before, after = by_id(original(code)), by_id(changed)
    assert list(before) == list(after)
    moved = [key for key in before if before[key]["node_id"] != after[key]["node_id"]]
    assert len(moved) == items
    assert new in {row["title"] for row in changed.rows["policy_nodes"]}


def test_departments_renamed_and_wrapped_otherwise() -> None:
    changed = replaced(TABLE, "防災課", "危機管理室")
    assert_same(TABLE, changed, touched=1)
    wrapped = replaced(
        TABLE, "大東支所地域振興\n\n課・市民課", "大東支所地\n\n域振興課・\n\n市民課"
    )
    assert_same(TABLE, wrapped)


SAME_TEXT: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: f"\ufeff{text}",
    "no trailing spaces": lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
    "full-width digits": lambda text: text.translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
}


@pytest.mark.parametrize("change", SAME_TEXT)
@pytest.mark.parametrize("code", CODES)
def test_the_same_text_written_otherwise(code: str, change: str) -> None:
    assert_same(code, read_changed(code, SAME_TEXT[change](text_of(code))))


@pytest.mark.parametrize("code", [TABLE, OUTLINE, BOLD, TAB])
def test_blank_lines_carry_no_meaning(code: str) -> None:
    text = text_of(code)
    assert_same(code, read_changed(code, text.replace("\n", "\n\n")))
    filled = [line for line in text.split("\n") if line.strip()]
    assert_same(code, read_changed(code, "\n".join(filled)))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp932"])
@pytest.mark.parametrize("code", CODES)
def test_other_encodings(code: str, encoding: str) -> None:
    text = text_of(code)
    if encoding == "cp932":
        text = text.encode("cp932", "ignore").decode("cp932")
    assert titles(read_changed(code, text, encoding)) == titles(read_changed(code, text))


def test_form_feeds_give_pages_and_change_nothing_else() -> None:
    lines = text_of(TABLE).split("\n")
    for at in range(len(lines) - 1, 0, -1):
        opens = re.match(r" +(?:改革実施項目|[②③]|事務事業|財政運営)", lines[at])
        if opens and lines[at - 1].strip():
            lines[at] = "\f" + lines[at]
    changed = read_changed(TABLE, "\n".join(lines))
    assert_same(TABLE, changed)
    pages = [row["page"] for row in changed.rows["reform_items"]]
    assert pages == sorted(pages) and len(set(pages)) > 5


def test_an_item_that_goes_on_over_a_page() -> None:
    new = [
        "",
        "※10 ある語の説明である。",
        "",
        "続きの説明。",
        " 改革実施項目 内容 実施時期 所管課 ",
        "",
    ]
    goal = "令和７年度までに、市防災指導員（ＡＩＤ）"
    changed = edited(
        TABLE, lambda lines: put(lines, "を、市内の自主防災組織（323組織）の約半", new)
    )
    assert goal in text_of(TABLE)
    assert_same(TABLE, changed)


def test_tables_drawn_with_bars() -> None:
    lines = [
        "| " + line.replace("\t", " | ") + " |" if "\t" in line else line
        for line in text_of(TAB).split("\n")
    ]
    assert_same(TAB, read_changed(TAB, "\n".join(lines)))


@pytest.mark.parametrize("code", CODES)
def test_headings_alone_are_refused(code: str) -> None:
    kept = [row["title"] for row in original(code).rows["policy_nodes"]]
    plan = read_changed(code, "行政改革大綱\n\n目次\n\n" + "\n\n".join(kept))
    assert not plan.readable and not plan.rows
    (problem,) = plan.problems
    assert problem.severity == "error" and problem.rule == "layout_not_found"
