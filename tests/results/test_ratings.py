from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.results.ratings import RatingReader
from tests.results.samples import SCALE

WORDS = RatingReader(SCALE, {"済": "完了", "予定通り": "順調"})
LETTERS = RatingReader({"A": "on_track", "B": "behind", "C": "not_started"}, {})
DEFINED = RatingReader({"S計画以上": "ahead", "A計画どおり": "on_track"}, {})


@pytest.mark.parametrize(
    ("reader", "text", "label"),
    [
        (WORDS, " 順 調\n", "順調"),
        (WORDS, "（順調）", "順調"),
        (WORDS, "済", "完了"),
        (WORDS, "順調：計画どおり進んでいる", "順調"),
        (LETTERS, "Ａ", "A"),
        (LETTERS, "Ⓐ", "A"),
        (LETTERS, "(A)", "A"),
        (LETTERS, "a", "A"),
        (LETTERS, "Ａ：順調", "A"),
        (LETTERS, "B（やや遅れ）", "B"),
        (DEFINED, "Ｓ", "S計画以上"),
        (DEFINED, "S 計画以上", "S計画以上"),
        (DEFINED, "Ｓ：計画以上", "S計画以上"),
        (DEFINED, "計画どおり", "A計画どおり"),
    ],
)
def test_labels_of_the_scale_in_any_writing(reader: RatingReader, text: str, label: str) -> None:
    reading = reader.read(text, True)
    assert reading.label == label
    assert reading.rating is not None
    assert reading.finding is None


@pytest.mark.parametrize(
    ("reader", "text", "rule"),
    [
        (WORDS, "良好", "rating_not_in_scale"),
        (WORDS, "順調です", "rating_not_in_scale"),
        (WORDS, "順調：遅延の恐れあり", "rating_not_in_scale"),
        (WORDS, "遅延→順調", "rating_two_labels"),
        (WORDS, "順調\n遅延", "rating_two_labels"),
        (WORDS, "順調（遅延）", "rating_two_labels"),
        (LETTERS, "D", "rating_not_in_scale"),
        (LETTERS, "A～B", "rating_not_in_scale"),
        (LETTERS, "Ａ・Ｂ", "rating_two_labels"),
        (LETTERS, "A：Bに近い", "rating_not_in_scale"),
    ],
)
def test_other_labels_are_kept_told_and_never_guessed(
    reader: RatingReader, text: str, rule: str
) -> None:
    reading = reader.read(text, True)
    assert (reading.label, reading.rating) == (text, None)
    assert reading.unrated_reason == "not_in_scale"
    assert reading.finding is not None
    assert (reading.finding.rule, reading.finding.severity) == (rule, "error")


def test_a_label_that_does_not_say_how_it_went() -> None:
    reading = WORDS.read("検討中", True)
    assert (reading.label, reading.rating) == ("検討中", None)
    assert reading.unrated_reason == "label_does_not_say"


def test_blank_and_not_asked_differ() -> None:
    assert WORDS.read(None, True).unrated_reason == "blank"
    assert WORDS.read("-", True).unrated_reason == "blank"
    assert WORDS.read(None, False).unrated_reason == "not_asked"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("■順調 □遅延", "順調"),
        ("□順調　☑遅延", "遅延"),
        ("□ 順調\n☑ 遅延", "遅延"),
        ("□順調 □遅延", None),
        ("■順調 ■遅延", "■順調 ■遅延"),
    ],
)
def test_of_boxes_the_one_that_is_ticked_counts(text: str, label: str | None) -> None:
    reader = RatingReader({"順調": "on_track", "遅延": "behind"}, {})
    assert reader.read(text, is_asked=True).label == label


def test_without_a_scale_the_label_is_kept() -> None:
    reading = RatingReader({}, {}).read("順調", True)
    assert (reading.label, reading.rating, reading.unrated_reason) == ("順調", None, "not_in_scale")


def test_a_scale_with_both_cases_keeps_them_apart() -> None:
    reader = RatingReader({"A": "ahead", "a": "behind"}, {})
    assert [reader.read(text, True).rating for text in ("A", "a", "ａ")] == [
        "ahead", "behind", "behind",
    ]  # fmt: skip


@given(st.text(max_size=20))
def test_only_labels_of_the_scale_give_a_rating(text: str) -> None:
    reading = WORDS.read(text, True)
    assert reading.rating is None or reading.label in SCALE
    assert (reading.rating is None) == (reading.unrated_reason is not None)
