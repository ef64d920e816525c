"""The word rules of the themes, on invented titles and on the real items."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.characters import plain_text, without_spaces
from pipelines.plans.themes import assign_themes, theme_rows, themes
from tests.end_to_end.five_plans import ROOT

RULES = yaml.safe_load((ROOT / "pipelines/plans/themes.yaml").read_text(encoding="utf-8"))
LISTED = [
    (code, word) for code, entry in RULES.items() for word in [*entry["anywhere"], *entry["title"]]
]


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
        ("オンライン申請の拡大", {"digital", "counter_services"}),
        ("総合窓口の設置", {"counter_services"}),
        ("市民活動団体との協働", {"collaboration"}),
        ("広報紙のリニューアル", {"publicity"}),
        ("消防の広域化", {"regional_cooperation"}),
        ("財政健全化の推進", {"finance"}),
        ("災害備蓄品の更新", set()),
        ("指定ごみ袋の見直し", set()),
        ("敬老祝金の見直し", set()),
        ("市民活動の支援", set()),
        ("保育園の定員の見直し", {"facilities"}),
        ("コミュニティバスの運行", set()),
        ("収入役の廃止", set()),
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


def test_several_words_of_a_theme_in_one_text_decide_beside_a_title_that_does() -> None:
    assert "digital" not in codes("給与の見直し", "RPAも調べる。")
    assert "digital" in codes("内部事務の合理化", "RPAやAI-OCRを活用する。")


def test_width_and_spaces_do_not_matter() -> None:
    assert codes("Ｒ Ｐ Ａ の活用") == {"digital"}
    assert codes("指 定 管 理 者 制度の導入") == {"outsourcing"}


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_every_word_told_stands_in_the_texts(title: str, description: str, goal: str) -> None:
    text = [without_spaces(plain_text(one)) for one in (title, description, goal)]
    for one in assign_themes(title, description, goal):
        assert one.matched_words
        assert all(any(word in part for part in text) for word in one.matched_words)


@pytest.mark.parametrize(("code", "word"), LISTED, ids=lambda value: str(value))
def test_every_listed_word_decides_in_a_title(code: str, word: str) -> None:
    """None is hidden by a phrase of the same theme that is taken out."""
    assert code in codes(f"{word}に関する検討")


def test_no_word_is_listed_twice_in_a_theme_or_too_short() -> None:
    assert len(set(LISTED)) == len(LISTED)
    assert all(len(word) > 1 for _, word in LISTED)


def test_rows_carry_the_source_of_their_item() -> None:
    item = {
        "item_id": "990019-x",
        "title": "窓口業務の民間委託",
        "description": None,
        "goal_text": None,
        "source_id": "990019-document",
        "source_lines": "3-4",
        "page": 2,
    }
    first, second = theme_rows([item])
    assert (first["theme"], second["theme"]) == ("outsourcing", "counter_services")
    assert first["matched_words"] == "委託;民間委託"
    for row in (first, second):
        assert (row["source_id"], row["source_lines"], row["page"]) == (
            "990019-document",
            "3-4",
            2,
        )


def test_an_item_without_a_word_has_no_row() -> None:
    item = {"item_id": "x", "title": "防災訓練の充実", "description": None, "goal_text": None}
    assert theme_rows([item]) == []


def test_labels_are_one_per_theme() -> None:
    assert len({one.label_ja for one in themes()}) == len(themes()) == 15
