"""Targets and what only looks like one; all sentences are invented."""

import datetime

import pytest

from pipelines.plans.fields.target_model import TargetReading
from pipelines.plans.fields.targets import read_targets
from pipelines.plans.lines import EMPTY, Line, Passage, passage

TITLE = Passage("窓口業務の見直し", (1,))


def targets(goal: str, description: str = "", first_fy: int | None = 2021) -> list[TargetReading]:
    before = Passage(description, (2,)) if description else EMPTY
    return read_targets(TITLE, before, Passage(goal, (3,)), "令和", first_fy).targets


WANTED = [
    ("収納率を98.5％以上とする。", "収納率", "at_least", 98.5, "%"),
    ("待機児童０人を維持する。", "待機児童", "maintain", 0, "人"),
    ("職員数を５％削減する。", "職員数", "reduce_by", 5, "%"),
    ("年間1,000万円以上の削減を図る。", "窓口業務", "reduce_by", 1000, "万円"),
    ("講座の受講者を延べ500人とする。", "講座の受講者", "reach", 500, "人"),
    ("電気使用量を前年度比10％減とする。", "電気使用量", "reduce_by", 10, "%"),
    ("県内１位を目指す。", "窓口業務", "rank", 1, "位"),
    ("市税の収納率98.0％（令和７年度）", "収納率", "reach", 98.0, "%"),
    ("マイナンバーカードの交付率を90％にする。", "交付率", "reach", 90, "%"),
    ("時間外勤務時間を120時間以内に抑える。", "時間外勤務時間", "at_most", 120, "時間"),
    ("ペーパーレス会議を年12回開催する。", "ペーパーレス会議", "reach", 12, "回"),
    ("公用車を20台減らす。", "公用車", "reduce_by", 20, "台"),
    ("使用料収入を約2,000万円増加させる。", "使用料収入", "increase_by", 2000, "万円"),
    ("経常収支比率を90％未満に抑える。", "経常収支比率", "at_most", 90, "%"),
    ("職員提案件数 年間50件", "職員提案件数", "reach", 50, "件"),
    ("指定管理者制度を10施設に導入する。", "指定管理者制度", "reach", 10, "施設"),
    ("補助金を３割削減する。", "補助金", "reduce_by", 3, "割"),
    ("オンライン手続を100種類まで拡大する。", "オンライン手続", "reach", 100, "種類"),
    ("ごみ排出量を850ｇ以下にする。", "排出量", "at_most", 850, "g"),
    ("経費削減額 ５年間で３億円", "経費削減額", "reach", 3, "億円"),
    ("研修参加者数100人以上", "研修参加者数", "at_least", 100, "人"),
    ("平均処理日数を５日短縮する。", "平均処理日数", "reduce_by", 5, "日"),
    ("新たに３件の協定を締結する。", "窓口業務", "reach", 3, "件"),
]


@pytest.mark.parametrize(("goal", "name", "comparator", "value", "unit"), WANTED)
def test_wanted_numbers(goal: str, name: str, comparator: str, value: float, unit: str) -> None:
    (found,) = targets(goal)
    assert (found.comparator, found.value, found.unit) == (comparator, value, unit)
    assert name in found.indicator
    assert found.target_text == goal


DESCRIBING = [
    "３か所の出張所について、方向性を検討する。",
    "人口５万人未満の市との比較を行う。",
    "24時間対応の窓口を検討する。",
    "第５次総合計画に基づき見直しを行う。",
    "令和３年度にシステムを導入する。",
    "４出張所の存廃について、方向性を見出す。",
    "毎年度、見直しを行う。",
    "３つの視点から検討する。",
    "次の５項目について検証する。",
    "国の10分の１補助を活用する。",
    "重点３事業が適切に実施されているか検証する。",
    "65歳以上の高齢者を対象に実施する。",
    "2015年に採択された17の目標を踏まえる。",
    "令和２年度の実績は120件である。",
    "小学校３校の統合について協議する。",
    "「3R運動」を推進する。",
    "市民の約８割が利用するサービスの見直しを行う。",
    "法律第２条第14項の趣旨にのっとり運営する。",
    "100円ショップとの連携を検討する。",
    "人口10万人当たりの職員数を公表する。",
    "市内の団体（323団体）と連携を進める。",
    "乗車人数2.0人未満の路線の運行内容を見直す。",
    "「子育て100人会議」を継続する。",
]


@pytest.mark.parametrize("goal", DESCRIBING)
def test_describing_numbers(goal: str) -> None:
    assert targets(goal) == []


def test_numbers_that_are_no_target_are_given_back() -> None:
    goal = Passage("重点３事業が適切に実施されているか検証する。", (3,))
    assert [one.text for one in read_targets(TITLE, EMPTY, goal).left] == [goal.text]


def test_due_year_and_the_share_that_explains() -> None:
    (found,) = targets("令和７年度までに、指導員を、団体（40団体）の約半数である、20人を養成する。")
    assert (found.value, found.due_fy, found.is_approximate) == (20, 2025, False)


def test_years_in_a_list_before_the_plan_are_the_baseline() -> None:
    goal = "乗車2.0人未満の路線の運行を見直す。・平成30年度 22路線・令和５年度 11路線"
    (found,) = targets(goal)
    assert (found.value, found.due_fy) == (11, 2023)
    assert (found.baseline_value, found.baseline_fy, found.direction) == (22, 2018, "down")
    assert found.indicator == "乗車2.0人未満の路線"


def test_every_stated_year_is_a_target() -> None:
    found = targets("R3：10件 R4：15件 R5：20件")
    assert [(one.due_fy, one.value) for one in found] == [(2021, 10), (2022, 15), (2023, 20)]
    two = targets("令和５年度：30％、令和７年度：50％")
    assert [(one.due_fy, one.value) for one in two] == [(2023, 30), (2025, 50)]
    unknown = targets("令和２年度：30％、令和７年度：50％", first_fy=None)
    assert [(one.value, one.baseline_value) for one in unknown] == [(50, 30)]


@pytest.mark.parametrize(
    "goal",
    [
        "市民満足度を60％から70％に引き上げる。",
        "市民満足度 60％→70％",
        "市民満足度 60％（R2）から70％（R7）へ",
    ],
)
def test_from_one_value_to_another(goal: str) -> None:
    (found,) = targets(goal)
    assert (found.value, found.baseline_value, found.direction) == (70, 60, "up")
    assert "市民満足度" in found.indicator


def test_a_note_tells_the_value_to_start_from_and_its_breakdown_is_no_target() -> None:
    goal = "手続を、30種類に増やす。※ 令和２年度は19種類・窓口 14種類・郵送 ５種類"
    (found,) = targets(goal)
    assert (found.value, found.baseline_value, found.baseline_fy) == (30, 19, 2020)


def test_a_share_in_other_words_and_the_day_to_compare_with() -> None:
    goal = (
        "令和８年度までに、延床面積を、概ね１割縮減する。"
        "※ 平成27年４月１日現在の面積との比較。概ね１割は約72,000㎡。"
    )
    (found,) = targets(goal)
    assert (found.value, found.unit, found.comparator) == (72_000, "㎡", "reduce_by")
    assert (found.equivalent_text, found.is_approximate) == ("概ね１割", True)
    assert found.baseline_on == datetime.date(2015, 4, 1)
    assert (found.baseline_fy, found.due_fy) == (2015, 2026)


def test_rates_per_period() -> None:
    (monthly,) = targets(
        "令和３年５月号から、月１回発行する。", "発行回数を月２回から月１回に見直す。"
    )
    assert (monthly.per, monthly.baseline_value, monthly.due_fy) == ("月", 2, 2021)
    (yearly,) = targets("毎年度、４業務程度を新たに導入する。")
    assert (yearly.per, yearly.is_approximate, yearly.due_fy) == ("年度", True, None)


def test_compared_years_are_the_baseline_and_not_the_due_year() -> None:
    (found,) = targets("職員数を令和７年度までに５％削減する（令和２年度比）。")
    assert (found.due_fy, found.baseline_fy, found.baseline_value) == (2025, 2020, None)


def test_a_target_names_exactly_its_lines() -> None:
    goal = passage([Line(5, "窓口を見直す。"), Line(7, "収納率を98％と"), Line(9, "する。"),
                    Line(11, "周知を図る。")])  # fmt: skip
    (found,) = read_targets(TITLE, EMPTY, goal).targets
    assert found.lines == (7, 9)
    assert found.target_text == "収納率を98％とする。"
