"""The cheap looks of long lists rule nothing out that the careful ones would read."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.results.model import Record
from pipelines.results.reading.headings import LONGEST_HEADING, HeadingReader
from pipelines.results.reading.rows import RowReader
from pipelines.results.vocabulary import sheet_vocabulary
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import Sheet
from tests.results.reading.sheets_of import read, read_sheet

_READER = HeadingReader(SheetProfile.model_validate({"columns": {"item": ["19", "わが町の話"]}}))
_WORDS = sorted(
    {
        *sheet_vocabulary().headings,
        *sheet_vocabulary().amounts,
        *sheet_vocabulary().basis,
        *sheet_vocabulary().planned_words,
        *sheet_vocabulary().actual_words,
        "わが町の話",
        "19",
    }
)
_BEFORE = ["", "(1)", "①", "■", "令和5年度", "H18", "主な", "A", "\n"]
_BEHIND = ["", "(千円)", "（累計）", "欄", "等", "令和5年度", "A", "\n", "①"]


@given(
    st.sampled_from(_BEFORE),
    st.sampled_from(_WORDS),
    st.sampled_from(["", *_WORDS]),
    st.sampled_from(_BEHIND),
    st.booleans(),
)
def test_every_heading_passes_the_cheap_look(
    before: str, word: str, second: str, behind: str, is_spaced: bool
) -> None:
    text = before + (" ".join(word) if is_spaced else word) + second + behind
    text = text.strip()
    if 0 < len(text) <= LONGEST_HEADING and _READER.one(text).field is not None:
        assert _READER.is_word(text)


def test_quick_and_careful_rows_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    choice = random.Random(4)
    texts = ["", "窓口", "印刷", "会計事務", "計画", "同上", "再掲", "小計", "課長", "3", "-"]
    rows = [["番号", "区分", "取組項目", "担当課", "目標値", "実績値", "備考"]]
    rows += [[str(at), *(choice.choice(texts) for _ in range(6))] for at in range(400)]

    def read() -> list[Record]:
        return read_sheet(Sheet("表", rows)).records

    quick = read()
    monkeypatch.setattr(RowReader, "quick", lambda self, rows, first, last: [])
    assert read() == quick
    assert len(quick) > 200


def test_a_unit_that_is_a_word_of_totals_marks_none() -> None:
    rows = [
        ["指標", "担当課", "単位", "目標値", "実績値"],
        ["満足度", "見本課", "平均値", "3", "4"],
    ]
    assert [one.texts["unit"] for one in read_sheet(Sheet("表", rows)).records] == ["平均値"]


def test_a_note_that_says_repeated_is_seen_in_plain_rows() -> None:
    rows = [["番号", "取組項目", "担当課", "効果額（千円）", "備考"]]
    rows += [["1", "窓口", "見本課", "10", ""], ["2", "印刷", "見本課", "10", "1の再掲"]]
    reading = read_sheet(Sheet("表", rows))
    assert [one.row for one in reading.records] == [2]
    assert reading.aside[("表", 3)] == "repost"


def test_labels_of_groups_in_two_columns_hold_for_the_rows_below() -> None:
    reading = read(
        "大項目|中項目|実施項目|担当課|取組状況\n甲|窓口|統合|市民課|設けた。\n||電話|管財課|委託した。"
        "\n|財政|補助金|財政課|見直した。"
    )
    assert [one.texts["category"] for one in reading.records] == ["甲 窓口", "甲 窓口", "甲 財政"]
