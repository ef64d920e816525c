from .samples import prose_of, told


def test_a_title_printed_behind_its_box_takes_the_box() -> None:
    text = (
        "１ 考え方\n\n(1) 目的\n\n・市民のために力を尽くす\n\n\n\n"
        "・改革プランは、行動計画です。\n\n・改革プランは、毎年見直します。\n\n改革プランとは\n\n"
        "(2) 視点\n\n・市民の目で見る\n"
    )
    prose = prose_of(text)
    assert told(prose)[1:3] == [
        ("definition", "改革プランとは", "改革プランは、行動計画です。"),
        ("definition", "改革プランとは", "改革プランは、毎年見直します。"),
    ]
    assert [one.rule for one in prose.findings] == ["box_given_back"]


def test_a_series_that_starts_again_belongs_to_the_empty_box_above() -> None:
    text = (
        "１ 改革の柱\n\n＜２つの柱＞\n\n＜２つの柱の背景＞\n\n①  人の改革\n\n～人を育てる～\n\n"
        "②  財政の改革\n\n～無駄を省く～\n\n①  人の改革\n\n・人が足りない。\n\n"
        "②  財政の改革\n\n・財源が足りない。\n"
    )
    assert told(prose_of(text)) == [
        ("basic_policy", "人の改革", "人を育てる"),
        ("basic_policy", "財政の改革", "無駄を省く"),
        ("background", "人の改革", "人が足りない。"),
        ("background", "財政の改革", "財源が足りない。"),
    ]
