from __future__ import annotations

import unicodedata

import pytest

from pipelines.plans.vocabulary import same_word, vocabulary, words


def all_words(node: object) -> list[str]:
    if isinstance(node, dict):
        return [word for child in node.values() for word in all_words(child)]
    return [str(word) for word in node] if isinstance(node, list) else [str(node)]


def test_every_list_holds_words_once() -> None:
    for keys in (("columns", "title"), ("heading_kinds",), ("department_suffixes",)):
        found = words(*keys)
        assert found
        assert len(set(found)) == len(found)
        assert all(found)


def test_longest_words_come_first_so_that_they_are_tried_first() -> None:
    lengths = [len(word) for word in words("branch_words")]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("text", ["実施時期", " 実 施 時 期 ", "実施\u3000時期"])
def test_the_same_word_whatever_spaces(text: str) -> None:
    assert same_word(text, words("columns", "schedule")) == "実施時期"


def test_the_same_word_whatever_width() -> None:
    assert same_word("Ｎｏ．", words("columns", "number")) == "No."
    assert same_word("SDGsに向けた方向性", ("ＳＤＧｓに向けた方向性",)) == "ＳＤＧｓに向けた方向性"


@pytest.mark.parametrize("text", ["", "時期を実施", "実施時期等の案"])
def test_other_words_are_not_the_same(text: str) -> None:
    assert same_word(text, words("columns", "schedule")) is None


def test_no_column_word_stands_for_two_columns_but_the_goal_of_a_title() -> None:
    seen: dict[str, str] = {}
    for column, found in vocabulary()["columns"].items():
        for word in found:
            assert word not in seen, (word, column, seen.get(word))
            seen[word] = column


def test_words_are_written_in_nfkc_but_for_full_width_brackets() -> None:
    for word in all_words(vocabulary()):
        bare = word.translate(str.maketrans("（）", "()"))
        assert unicodedata.is_normalized("NFKC", bare), word
