from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.figures.plan_links import KnownPlan
from pipelines.figures.rating_scales import (
    COLUMNS,
    read_rating_scales,
    read_scale_files,
)
from pipelines.figures.rating_words import RATINGS, rating_words, ratings_of_scale
from pipelines.figures.reading import FigureReading
from pipelines.plans.rating_scale import scale_of
from tests.figures.figure_files import PLAN, SCALES, csv_bytes


def label(ordinal: int, rating_label: str, definition: str = "", **columns: str) -> dict[str, str]:
    row = {
        "municipality_code": "990019",
        "municipality_name": "みほん市",
        "plan_label": PLAN,
        "ordinal": str(ordinal),
        "rating_label": rating_label,
        "definition": definition,
        "source_url": "https://example.jp/scale",
        "rating": "",
    }
    return row | columns


def read(*rows: dict[str, str], plans: tuple[KnownPlan, ...] = ()) -> FigureReading:
    return read_rating_scales("mihon.csv", csv_bytes(rows, (*COLUMNS, "rating")), plans)


def ratings(*rows: dict[str, str]) -> list[str | None]:
    return [row["rating"] for row in read(*rows).rows]


@pytest.mark.parametrize(
    ("definition", "rating"),
    [
        ("計画以上", "ahead"),
        ("概ね計画どおりに進捗している。", "on_track"),
        ("やや遅れている", "behind"),
        ("ほとんど進んでいない", "behind"),
        ("計画より遅れが生じている（60％未満）", "behind"),
        ("ほとんど達成できていない(60%未満)", "not_achieved"),
        ("目標を達成できなかった", "not_achieved"),
        ("大半を達成した(80%以上90%未満)", "partly_achieved"),
        ("未着手のもの", "not_started"),
        ("計画どおり進んでいない", None),
        ("達成に向けて準備中", None),
        ("8割達成", None),
        ("完了予定", None),
        ("達成又は完了", None),
        ("90%以上", None),
        ("", None),
    ],
)
def test_a_letter_says_what_its_definition_says(definition: str, rating: str | None) -> None:
    reading = read(label(1, "A", definition))
    assert [row["rating"] for row in reading.rows] == [rating]
    told = [problem.rule for problem in reading.problems]
    assert told == ([] if rating else ["scale_label_unknown"])


def test_nearly_achieved_depends_on_the_other_labels() -> None:
    assert ratings(label(1, "a", "ほぼ達成した(90%以上)"), label(2, "b", "遅れている")) == [
        "achieved",
        "behind",
    ]
    assert ratings(label(1, "達成"), label(2, "ほぼ達成")) == ["achieved", "partly_achieved"]


def test_a_label_that_says_nothing_is_not_read_from_its_definition() -> None:
    reading = read(label(1, "その他", "中止"))
    assert reading.rows[0]["rating"] is None and reading.problems == []


def test_the_column_rating_decides() -> None:
    assert ratings(label(1, "完了", rating="achieved"), label(2, "その他", rating="withdrawn")) == [
        "achieved",
        "withdrawn",
    ]


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"municipality_code": "990018"}, "figure_municipality"),
        ({"ordinal": "0"}, "scale_ordinal"),
        ({"ordinal": "一"}, "scale_ordinal"),
        ({"rating_label": ""}, "scale_label_missing"),
        ({"rating": "good"}, "scale_rating"),
        ({"source_url": "example.jp"}, "figure_url"),
    ],
)
def test_a_faulty_row_is_set_aside(columns: dict[str, str], rule: str) -> None:
    reading = read(label(1, "完了") | columns, label(2, "順調"))
    assert [row["rating_label"] for row in reading.rows] == ["順調"]
    assert [problem.rule for problem in reading.problems] == [rule]
    (account,) = reading.accounts
    assert (account.published, account.quarantined) == (1, 1)


def test_what_stands_twice_in_a_scale_is_ambiguous() -> None:
    reading = read(label(1, "Ａ", "順調"), label(2, "A", "遅延"), label(3, "B"), label(3, "完了"))
    assert reading.rows == []
    assert {one.rule for one in reading.problems} == {"scale_label_twice", "scale_ordinal_twice"}


def test_a_plans_own_scale_goes_before_the_common_one() -> None:
    plan = KnownPlan("990019-p2", "990019", "みほん市第2次行政改革プラン", 2, (2020, 2022))
    common = label(1, "○", "順調", plan_label="")
    rows = read(label(1, "Ａ", "計画以上"), common, plans=(plan,)).rows
    assert scale_of(rows, "990019-p2", "990019") == {"A": "ahead"}
    assert scale_of(rows, "990019-p1", "990019") == {"○": "on_track"}
    assert scale_of(rows, "990027-x", "990027") == {}


def test_a_scale_of_another_plan_is_no_common_one() -> None:
    assert scale_of(read(label(1, "完了")).rows, "990019-p1", "990019") == {}


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(order: random.Random) -> None:
    rows = [
        label(1, "a", "ほぼ達成した"),
        label(2, "b", "達成した"),
        label(1, "S", "計画以上", plan_label=""),
        label(2, "S", "遅延", plan_label=""),
    ]
    shuffled = order.sample(rows, len(rows))
    contents = [[row | {"row": None} for row in read(*one).rows] for one in (rows, shuffled)]
    assert contents[0] == contents[1] and len(contents[0]) == 2


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_label_can_be_read(one: str, definition: str) -> None:
    assert ratings_of_scale([(one, definition)])[0] in (None, *RATINGS)


def test_a_long_definition_takes_no_time() -> None:
    assert ratings_of_scale([("A", "計画どおり" + "している" * 2000 + "か")]) == [None]


def test_the_word_lists_name_known_ratings_only() -> None:
    assert set(rating_words().definitions.values()) <= {*RATINGS, "nearly_achieved"}
    assert not rating_words().says_nothing & set(rating_words().labels)


def test_the_real_scales() -> None:
    reading = read_scale_files([("rating_scales.csv", SCALES)])
    found: dict[str, list[object]] = {}
    for row in reading.rows:
        found.setdefault(row["municipality_code"], []).append(row["rating"])
    assert found == {
        "032093": ["completed", "on_track", "behind", "discontinued"],
        "262013": ["achieved", "partly_achieved", "under_review"],
        "262111": ["completed", "partly_achieved", None],
        "092169": ["ahead", "on_track", "behind", "behind"],
        "092100": ["achieved", "partly_achieved", "behind", "not_achieved"],
    }
    assert reading.problems == [] and len({row["scale_id"] for row in reading.rows}) == 18
