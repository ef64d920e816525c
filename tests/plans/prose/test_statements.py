import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.characters import display_width
from pipelines.plans.prose.kinds import announced_kind, kind_of_heading

from .samples import outline, prose_of, told

CHAPTERS = """みほん市行政改革大綱

１ 策定の背景

・人口の減少が続いている
・税収の伸びが見込めない

２ これまでの成果と課題

成果

・窓口を一つにまとめた

課題

・電子申請の利用が少ない

３ 計画について

(1) 位置付け

総合計画を支える計画です。

(2) 推進体制

推進本部を置きます。
"""


def test_paragraphs_and_bullets_stand_under_their_headings() -> None:
    assert told(prose_of(CHAPTERS)) == [
        ("background", "策定の背景", "人口の減少が続いている"),
        ("background", "策定の背景", "税収の伸びが見込めない"),
        ("achievement", "成果", "窓口を一つにまとめた"),
        ("remaining_issue", "課題", "電子申請の利用が少ない"),
        ("definition", "位置付け", "総合計画を支える計画です。"),
        ("promotion_body", "推進体制", "推進本部を置きます。"),
    ]


def test_the_path_names_every_heading_above_and_its_lines() -> None:
    found = prose_of(CHAPTERS).statements[2]
    assert found.path == ("これまでの成果と課題", "成果")
    assert found.heading_lines == (8, 10)
    assert found.text.lines == (12,)


def test_issues_that_no_review_precedes_are_issues() -> None:
    text = "１ 現状\n\n課題\n\n・財源が足りない\n"
    assert told(prose_of(text)) == [("issue", "課題", "財源が足りない")]


def test_an_announced_list_is_what_was_announced() -> None:
    text = (
        "１ 改革の考え方\n\n・改革の視点は，次の２つを想定しています。\n\n"
        "①  市民志向\n\n市民の満足を高める\n\n②  効率と成果の両立\n\n費用と質の両方を見る\n"
    )
    assert told(prose_of(text)) == [
        ("body", "改革の考え方", "改革の視点は，次の2つを想定しています。"),
        ("viewpoint", "市民志向", "市民の満足を高める"),
        ("viewpoint", "効率と成果の両立", "費用と質の両方を見る"),
    ]


def test_a_series_without_text_is_a_list() -> None:
    text = "１ 改革の目的\n\n① 役割を見直す\n\n② 体質を改める\n\n２ 推進体制\n\n本部を置きます。\n"
    prose = prose_of(text)
    assert told(prose)[:2] == [
        ("purpose", "改革の目的", "役割を見直す"),
        ("purpose", "改革の目的", "体質を改める"),
    ]
    assert [one.number_label for one in prose.statements[:2]] == ["①", "②"]


def test_wrapped_lines_are_one_text_and_a_connective_goes_on_with_its_bullet() -> None:
    text = (
        "１ 基本方針\n\n○ 市民、団体、企業、行政がそれぞれの役割を担い、多くの分野で力を\n\n"
        "合わせて取り組みます。\n\nまた、情報を公表します。\n\n○ 職員の力を伸ばします。\n"
    )
    first, second = prose_of(text).statements
    assert first.text.text.startswith("市民、団体") and first.text.text.endswith("公表します。")
    assert first.text.lines == (3, 5, 7)
    assert second.text.text == "職員の力を伸ばします。"


def test_a_closing_word_a_pointer_and_a_lone_bracket_are_no_text() -> None:
    text = (
        "１ 成果\n\n・職員の削減\n\n・窓口の統合 など\n\n※主な内容は３ページに記載\n\n（資料編）\n"
    )
    prose = prose_of(text)
    assert [one.text.text for one in prose.statements] == ["職員の削減", "窓口の統合"]
    assert {prose.aside[7], prose.aside[9]} == {"pointer"}


def test_an_arrow_sets_apart_a_heading_and_its_text() -> None:
    text = "１ これまでの取組\n\n第２次改革 ➡ 効果額 12 億円以上\n\n・組織のスリム化\n"
    assert told(prose_of(text)) == [
        ("achievement", "第2次改革", "効果額 12 億円以上"),
        ("achievement", "第2次改革", "組織のスリム化"),
    ]


def test_a_statement_belongs_to_the_heading_of_the_outline_that_it_names() -> None:
    reading = outline("強い組織をつくる", "財政基盤を固める")
    text = (
        "１ 基本方針\n\n① 強い組織をつくる\n\n人を育てます。\n\n② 財政基盤を固める\n\n蓄えます。\n"
    )
    nodes = [one.node for one in prose_of(text, reading).statements]
    assert nodes == reading.nodes


def test_contents_drawings_and_the_cover_are_set_aside() -> None:
    entries = "\n".join(f"{word} ――――――― {at}" for at, word in enumerate(("背景", "目的", "方針")))
    drawing = "\n".join(["市民", "意見", "審議会", "Plan", "Do", "Check", "Action"])
    text = f"みほん市\n令和３年\n目次\n{entries}\n１ 目的\n力を尽くします。\n{drawing}\n"
    prose = prose_of(text)
    assert [one.text.text for one in prose.statements] == ["力を尽くします。"]
    reasons = [prose.aside[number] for number in (1, 2, 3, 4, 5, 6)]
    assert reasons == ["cover", "cover", "contents", "contents", "contents", "contents"]
    assert {prose.aside[number] for number in range(9, 16)} == {"drawing"}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("策定の背景", "background"),
        ("改革の理念と目的", "basic_idea"),
        ("行政改革の推進体制", "promotion_body"),
        ("スローガン", "slogan"),
        ("現状と課題", "issue"),
        ("取組の公表", None),
    ],
)
def test_kinds_of_headings(heading: str, kind: str | None) -> None:
    assert kind_of_heading(heading) == kind


def test_kinds_at_the_end_and_announced_kinds() -> None:
    assert kind_of_heading("効率と成果の両立", at_end=True) is None
    assert kind_of_heading("これまでの成果", at_end=True) == "achievement"
    assert announced_kind("改革の目的は次の３つを想定しています。") == "purpose"
    assert announced_kind("改革の目的を定めます。") is None


def test_display_width_counts_ascii_as_half() -> None:
    assert display_width("行政ABC") == 3.5


@given(st.text(alphabet="１２①②・○「」。、\n 　市民改革課題目的（）※⇒→Ａ1", max_size=300))
def test_any_text_can_be_read_and_no_statement_is_empty(text: str) -> None:
    for one in prose_of(text).statements:
        assert one.text.text and one.text.lines
