from __future__ import annotations

import pytest

from pipelines.plans.layouts.form_sheets import split_sheets
from pipelines.plans.layouts.reading import LayoutReading
from pipelines.plans.likeness import similarity

from ..samples import lines_of
from .documents import ITEMS, TITLES, Item, form_sheet, form_sheets, read, wrap

LEGEND = "①市民サービスの視点 ②参加と協働の視点 ③効率化の視点"
CONTENTS = "経1-1 窓口の改善・・・・・・・Ｐ３\n経1-2 財政の健全化・・・・・・Ｐ５\n"


def reading_of(text: str) -> LayoutReading:
    return read(text).reading


def titles_of(text: str) -> list[str]:
    return [item.title.text for item in reading_of(text).items]


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_each_sheet_is_read_once_however_often_it_comes(copies: int) -> None:
    reading = reading_of(form_sheets(copies=copies))
    assert [item.title.text for item in reading.items] == TITLES
    repeated = [one for one in reading.findings if one.rule == "sheet_repeated"]
    assert len(repeated) == 2 * (copies - 1)


def test_the_outline_and_what_it_wants_to_reach() -> None:
    nodes = reading_of(form_sheets()).nodes
    assert [(one.kind_label, one.number_label, one.title.text) for one in nodes] == [
        ("経営方針", "１", "地域力の醸成"),
        ("施策", "経1-1", "窓口の改善"),
        ("施策", "経1-2", "財政の健全化"),
    ]
    assert [one.statement.text for one in nodes] == ["", *["誰もが参加できるまち"] * 2]


def test_viewpoints_go_with_their_items() -> None:
    for item in reading_of(form_sheets()).items:
        (viewpoint,) = item.viewpoints
        assert (viewpoint.code, viewpoint.label) == ("②", "参加と協働")
        assert viewpoint.text == "地域との連携"
        assert item.description.text == "現状を調べ、見直しの方針を定めます。" * 2


def test_the_annotated_example_sheet_is_reported_and_no_part_of_the_plan() -> None:
    example = "\n".join(form_sheet("経9-9", "記入の例", [Item("記入例の名称")], LEGEND))
    reading = reading_of(form_sheets() + "\n" + example)
    assert [item.title.text for item in reading.items] == TITLES
    (finding,) = [one for one in reading.findings if one.rule == "example_sheet_excluded"]
    assert "経9-9" in finding.message_ja
    assert {one.label for item in reading.items for one in item.viewpoints} == {"参加と協働"}


def test_a_sheet_the_contents_do_not_list_is_reported() -> None:
    stray = "\n".join(form_sheet("経7-1", "別の施策", [Item("別の取組み")]))
    reading = reading_of(CONTENTS + form_sheets() + "\n" + stray)
    assert [item.title.text for item in reading.items] == TITLES
    assert [one.rule for one in reading.findings] == ["example_sheet_excluded"]


SCRAMBLED = """\
方針

施策の柱

施策

目指す姿

{title}

施策実現のための取組み

取組み名 内容

{descriptions}

経営方針１ 地域力の醸成

経1-1 防災の推進
"""


def test_a_title_far_from_its_text_is_paired_by_meaning_and_says_so() -> None:
    texts = [
        "避難所の備蓄品の充実を図り、飲料水の確保のため、非常用の給水栓を順に取り付けていきます。",
        "自主防災組織の設立を支援し、地域の防災リーダーとなる人材を計画的に育てていきます。",
    ]
    between = "\n\n②参加と協働 地域との連携\n\n"
    descriptions = between.join("\n".join(wrap(text, 40)) for text in texts)
    titles = "防災リーダーの育成\n\n避難所の備蓄の充実"
    reading = reading_of(SCRAMBLED.format(title=titles, descriptions=descriptions))
    found = {item.title.text: item for item in reading.items}
    assert found["避難所の備蓄の充実"].description.text == texts[0]
    assert found["防災リーダーの育成"].description.text == texts[1]
    assert found["防災リーダーの育成"].confidence == "inferred"
    assert "form_pairing" in {one.rule for one in reading.findings}


def test_a_title_without_a_description_is_for_review() -> None:
    reading = reading_of(form_sheets({**ITEMS, "人材の育成": [Item("研修の充実", description="")]}))
    last = reading.items[-1]
    assert (last.title.text, last.confidence) == ("研修の充実", "review")
    assert any("研修の充実" in one.message_ja for one in reading.findings)


def test_sheets_on_pages_of_their_own() -> None:
    outline = {**ITEMS, "人材の育成": [Item("研修の充実")], "施設の再編": [Item("施設の統合")]}
    assert titles_of(form_sheets(outline, between="\f")) == [*TITLES, "研修の充実", "施設の統合"]


def test_a_measure_on_two_different_sheets_is_one_measure() -> None:
    second = form_sheet(
        "経1-2", "財政の健全化", [Item("広告の導入", "広報紙に広告欄を設けて収入を得ます。")]
    )
    reading = reading_of(form_sheets() + "\n" + "\n".join(second))
    assert [item.title.text for item in reading.items] == [*TITLES, "広告の導入"]
    assert [one.title.text for one in reading.nodes].count("財政の健全化") == 1
    assert reading.items[-1].confidence == reading.items[-2].confidence == "certain"


def test_a_second_sheet_of_a_measure_adds_only_what_is_new() -> None:
    more = [*ITEMS["財政の健全化"], Item("広告の導入", "広報紙に広告欄を設けて収入を得ます。")]
    second = form_sheet("経1-2", "財政の健全化", more)
    assert titles_of(form_sheets() + "\n" + "\n".join(second)) == [*TITLES, "広告の導入"]


def test_related_plans_are_no_items() -> None:
    text = form_sheets().replace("● 市内では", "関連する個別計画\n\nみほん市防災計画\n\n● 市内では")
    assert titles_of(text) == TITLES


def test_a_text_without_the_forms_labels_has_no_sheets() -> None:
    lines = lines_of("方針", "窓口を改めます。", "目指す姿")
    assert split_sheets(lines) == (lines, [])


def test_similarity_is_a_share_of_the_shorter_text() -> None:
    assert similarity("防災", "地域の防災") == 1.0
    assert similarity("防災計画", "防災") == similarity("防災", "防災計画") == 1.0
    assert similarity("防災", "財政") == 0.0
    assert similarity("", "財政") == similarity("財", "財政") == 0.0
