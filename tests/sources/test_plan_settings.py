from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.plan_settings import PlanSettings, SettingsFault, parse_plan_settings

from .samples import JAPANESE, settings_text


def faults_of(**changes: Any) -> list[tuple[str | None, str]]:
    with pytest.raises(SettingsFault) as told:
        parse_plan_settings(settings_text(**changes))
    return told.value.faults


def test_the_least_that_is_needed() -> None:
    read = parse_plan_settings(settings_text())
    assert (read.municipality_code, read.municipality_name) == ("990019", "みほん市")
    assert (read.prefecture_code, read.document_kind) == ("99", "full")
    assert (read.layout_name, read.layout_options) == ("auto", {})
    assert (read.title, read.document_status, read.published_on) == (None, None, None)
    assert (read.source_url, read.license, read.retrieved_on) == (None, None, None)


def test_every_key_is_read() -> None:
    read = parse_plan_settings(
        settings_text(
            layout={"name": "item_table", "goal_marks": ["成果"]},
            encoding="cp932",
            title="第２次みほん市行政改革大綱",
            document_status="draft",
            period_start_fy=2021,
            period_end_fy=2025,
            published_on=datetime.date(2021, 3, 31),
            edition_of="990019-gyokaku1",
            source_url="https://example.jp/gyokaku.pdf",
            license="CC-BY-4.0",
            retrieved_on=datetime.date(2026, 4, 1),
        )
    )
    assert (read.layout_name, read.layout_options) == ("item_table", {"goal_marks": ["成果"]})
    assert (read.encoding, read.title) == ("cp932", "第２次みほん市行政改革大綱")
    assert (read.document_status, read.edition_of) == ("draft", "990019-gyokaku1")
    assert (read.period_start_fy, read.period_end_fy) == (2021, 2025)
    assert read.published_on == datetime.date(2021, 3, 31)
    assert read.retrieved_on == datetime.date(2026, 4, 1)
    assert (read.source_url, read.license) == ("https://example.jp/gyokaku.pdf", "CC-BY-4.0")


@pytest.mark.parametrize(
    "key", ["municipality_code", "municipality_name", "prefecture_code", "document_kind"]
)
def test_a_missing_key_is_named(key: str) -> None:
    assert faults_of(**{key: ...}) == [
        (key, f"必須のキー {key} がありません。書き足してください。")
    ]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("municipality_code", "990018", "990019"),
        ("municipality_code", "99001", "6桁"),
        ("municipality_code", 990019, "引用符"),
        ("municipality_name", "", "municipality_name"),
        ("prefecture_code", "98", "「98」はありません"),
        ("prefecture_code", "13", "先頭2桁と違います"),
        ("document_kind", "大綱", "full, summary, excerpt, framework, stub"),
        ("document_status", "案", "draft, final"),
        ("period_start_fy", "2021", "西暦の数字"),
        ("period_start_fy", 3, "西暦の数字"),
        ("period_end_fy", 20215, "西暦の数字"),
        ("published_on", "令和3年3月", "2026-04-01 の形"),
        ("retrieved_on", datetime.datetime(2026, 4, 1, 9), "2026-04-01 の形"),
        ("source_url", "www.example.jp", "http"),
        ("title", 5, "引用符"),
        ("encoding", 932, "引用符"),
        ("町名", "みほん", "知らないキー"),
    ],
)
def test_a_wrong_value_is_told_once_in_japanese_with_its_key(
    key: str, value: Any, said: str
) -> None:
    (fault,) = faults_of(**{key: value})
    assert fault[0] == key
    assert said in fault[1]
    assert JAPANESE.search(fault[1])


def test_all_faults_come_at_once() -> None:
    found = faults_of(
        municipality_code="990018",
        municipality_name=...,
        document_kind="大綱",
        source_url="www.example.jp",
        町名="みほん",
    )
    assert {key for key, _ in found} == {
        "municipality_code",
        "municipality_name",
        "document_kind",
        "source_url",
        "町名",
    }
    assert len(found) == 5


def test_a_wrong_prefecture_is_told_with_the_other_faults() -> None:
    found = faults_of(prefecture_code="98", document_kind="大綱")
    assert {key for key, _ in found} == {"prefecture_code", "document_kind"}


@pytest.mark.parametrize("layout", [3, ["item_table"]])
def test_a_layout_of_the_wrong_type_is_told_once_under_its_own_name(layout: Any) -> None:
    (fault,) = faults_of(layout=layout)
    assert fault[0] == "layout"


def test_a_period_that_ends_before_it_begins_is_told() -> None:
    assert faults_of(period_start_fy=2025, period_end_fy=2021)


def test_a_name_of_spaces_is_no_name() -> None:
    assert faults_of(municipality_name=" 　")


@pytest.mark.parametrize("day", ["2021-02-30", "2021-13-01"])
def test_a_day_that_never_was_is_told_not_raised(day: str) -> None:
    with pytest.raises(SettingsFault):
        parse_plan_settings(settings_text() + f"published_on: {day}\n")


def test_an_unquoted_code_is_not_told_as_another_number() -> None:
    text = settings_text(municipality_code=...) + "municipality_code: 011002\n"
    with pytest.raises(SettingsFault) as told:
        parse_plan_settings(text)
    assert "4610" not in told.value.faults[0][1]


def test_a_key_given_twice_is_told() -> None:
    with pytest.raises(SettingsFault):
        parse_plan_settings(settings_text() + "title: 大綱\ntitle: 計画\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("municipality_code: [", "YAML"),
        ('municipality_name: "みほん市\n', "YAML"),
        ("municipality_code: 1\n\tmunicipality_name: 2\n", "YAML"),
        ("key: @x", "1行目6文字目"),
        ("", "キー: 値"),
        ("~", "キー: 値"),
        ("みほん市の計画です", "キー: 値"),
        ("- 990019\n- みほん市\n", "キー: 値"),
    ],
)
def test_what_is_no_mapping_is_told_once(text: str, said: str) -> None:
    with pytest.raises(SettingsFault) as told:
        parse_plan_settings(text)
    ((key, message),) = told.value.faults
    assert key is None
    assert said in message
    assert JAPANESE.search(message)


def test_yaml_cannot_make_objects() -> None:
    with pytest.raises(SettingsFault, match="YAML"):
        parse_plan_settings(settings_text() + "title: !!python/object/apply:os.getcwd []\n")


@given(st.text(alphabet=" :-[]{}\"'\n\t#&*!|>%@`a1市", max_size=40))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        read = parse_plan_settings(text)
    except SettingsFault as told:
        assert told.faults
    else:
        assert isinstance(read, PlanSettings)


@given(
    st.dictionaries(
        st.sampled_from([*PlanSettings.model_fields, "町名"]),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.text("a市0-", max_size=6),
            st.lists(st.none()),
        ),
    )
)
def test_every_fault_of_any_mapping_is_japanese(changes: dict[str, Any]) -> None:
    try:
        parse_plan_settings(settings_text(**changes))
    except SettingsFault as told:
        assert all(JAPANESE.search(message) for _, message in told.faults)


def test_a_key_left_empty_is_told_as_empty() -> None:
    assert faults_of(municipality_name=None) == [
        ("municipality_name", "municipality_name が空です。値を書いてください。")
    ]
