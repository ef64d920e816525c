"""The word rules of the themes, on invented titles and on the real items."""

from __future__ import annotations

import csv

import pytest

from pipelines.plans.themes import assign_themes, theme_rows, themes
from tests.end_to_end.five_plans import CODES, GOLD, bare, original


def codes(title: str, description: str = "", goal: str = "") -> set[str]:
    return {one.theme for one in assign_themes(title, description, goal)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("学校給食調理業務の民間委託", {"outsourcing"}),
        ("指定管理者制度の運用改善", {"outsourcing"}),
        ("職員定数の適正化と定員管理", {"staffing"}),
        ("特殊勤務手当の見直し", {"staffing"}),
        ("階層別研修の充実", {"human_resources"}),
        ("行政評価制度の見直し", {"evaluation"}),
        ("公共施設の統廃合", {"facilities"}),
        ("ネーミングライツの導入", {"revenue"}),
        ("使用料・手数料の見直し", {"revenue"}),
        ("団体補助金の見直し", {"subsidies"}),
        ("下水道事業の経営健全化", {"enterprises"}),
        ("AI・RPAの活用", {"digital"}),
        ("オンライン申請の拡大", {"digital"}),
        ("総合窓口の設置", {"counter_services"}),
        ("市民活動団体との協働", {"collaboration"}),
        ("広報紙のリニューアル", {"publicity"}),
        ("消防の広域化", {"regional_cooperation"}),
        ("財政健全化の推進", {"finance"}),
        ("災害備蓄品の更新", set()),
        ("指定ごみ袋の見直し", set()),
        ("敬老祝金の見直し", set()),
    ],
)
def test_themes_of_titles(title: str, expected: set[str]) -> None:
    assert codes(title) == expected


def test_several_themes_with_the_words_that_decided() -> None:
    found = {one.theme: one.matched_words for one in assign_themes("窓口業務の民間委託")}
    assert found == {"outsourcing": ("委託", "民間委託"), "counter_services": ("窓口",)}


def test_a_word_in_passing_does_not_decide_beside_a_title_that_does() -> None:
    assert codes("給与の見直し", "指定管理者の給与も参考にする。") == {"staffing"}
    assert codes("運営の見直し", "指定管理者制度を導入する。") == {"outsourcing"}
    both = codes("市民センターの運営", "指定管理者制度を進める。", "指定管理者制度を導入する。")
    assert "outsourcing" in both


def test_letters_inside_a_longer_word_do_not_decide() -> None:
    assert "digital" not in codes("FITプログラムの実施")


@pytest.mark.parametrize("code", CODES)
def test_the_words_stand_in_the_item(code: str) -> None:
    rows = {row["item_id"]: row for row in original(code).rows["reform_items"]}
    for row in theme_rows(rows.values()):
        item = rows[row["item_id"]]
        text = bare(f"{item['title']}{item['description'] or ''}{item['goal_text'] or ''}")
        assert all(bare(word) in text for word in row["matched_words"].split(";"))


def test_themes_against_the_judgement_of_a_reader() -> None:
    """Items judged one by one; wrong themes weigh more than missing ones (docs/themes.md)."""
    right = wrong = missing = 0
    with (GOLD / "themes.csv").open(encoding="utf-8", newline="") as file:
        judged = {(row["plan"], row["title"]): set(row["themes"].split()) for row in
                  csv.DictReader(file)}  # fmt: skip
    for code in CODES:
        for row in original(code).rows["reform_items"]:
            wanted = judged.get((code, row["title"]))
            if wanted is not None:
                found = codes(row["title"], row["description"] or "", row["goal_text"] or "")
                right += len(found & wanted)
                wrong += len(found - wanted)
                missing += len(wanted - found)
    assert right / (right + wrong) >= 0.95
    assert right / (right + missing) >= 0.85


def test_labels_are_one_per_theme() -> None:
    assert len({one.label_ja for one in themes()}) == len(themes()) == 15
