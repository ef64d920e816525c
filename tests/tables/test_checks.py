"""The compiled checks: which rows they find, and what they tell."""

from __future__ import annotations

import datetime
from typing import Any

import pyarrow as pa
import pytest

from pipelines.tables.arrow import rows_to_table
from pipelines.tables.checks import Violation, check_tables
from pipelines.tables.messages import LONGEST_VALUE
from pipelines.tables.rules import compile_rules, foreign_key_rules

from .samples import REAL_SCHEMAS, SAMPLE_SCHEMAS, good_group, good_member

GROUP_ROWS = [good_group(), good_group(code="B")]


def check(*members: dict[str, Any], groups: list[dict[str, Any]] | None = None) -> list[Violation]:
    rows = {"groups": GROUP_ROWS if groups is None else groups, "members": list(members)}
    tables = {name: rows_to_table(SAMPLE_SCHEMAS[name], some) for name, some in rows.items()}
    return check_tables(SAMPLE_SCHEMAS, tables)


def test_good_rows_break_no_rule() -> None:
    born = datetime.date(2000, 2, 29)
    full = good_member(
        **{"kind": "it's", "kind_code": "カナ", "level": 2, "ratio": 0.1, "step": 0.5},
        **{"agreed": True, "born": born, "mail": "a@b", "above_code": "A", "above_seq": 2},
    )
    assert check(full, good_member(seq=2)) == []


@pytest.mark.parametrize(
    ("changed", "rule", "value"),
    [
        ({"name": None}, "required", None),
        ({"kind": "乙"}, "enum", "乙"),
        ({"level": 3}, "enum", "3"),
        ({"step": 0.2}, "enum", "0.2"),
        ({"agreed": False}, "enum", "false"),
        ({"met": datetime.date(2001, 1, 2)}, "enum", "2001-01-02"),
        ({"kind_code": "012"}, "pattern", "012"),
        ({"kind_code": "01\n"}, "pattern", "01\n"),
        ({"seq": 0}, "minimum", "0"),
        ({"seq": 4}, "maximum", "4"),
        ({"ratio": 0.09999999999999999}, "minimum", "0.09999999999999999"),
        ({"ratio": 2.6}, "maximum", "2.6"),
        ({"born": datetime.date(2000, 2, 28)}, "minimum", "2000-02-28"),
        ({"born": datetime.date(2020, 1, 2)}, "maximum", "2020-01-02"),
        ({"name": "一"}, "minLength", "一"),
        ({"name": "12345"}, "maxLength", "12345"),
        ({"group_code": "C"}, "foreign_key", "C"),
    ],
)
def test_one_broken_rule(changed: dict[str, Any], rule: str, value: str | None) -> None:
    (found,) = check(good_member(**changed))
    (name,) = changed
    assert (found.table, found.rule, found.columns, found.value) == (
        "members",
        rule,
        (name,),
        value,
    )
    assert found.row_number == 1
    assert found.row_key == ", ".join(
        f"{key}={(good_member() | changed)[key]}" for key in ("group_code", "seq")
    )


def test_bounds_and_lengths_are_allowed_themselves() -> None:
    assert check(good_member(seq=3, ratio=2.5, name="𠮷𠮷𠮷𠮷")) == []


def test_every_repetition_of_a_key_is_found_but_the_first() -> None:
    found = check(*[good_member()] * 3)
    assert [(one.rule, one.row_number) for one in found] == [("primary_key", 2), ("primary_key", 3)]
    assert found[0].value == "A / 1"


def test_a_key_without_any_value_is_found() -> None:
    found = check(good_member(group_code=None, seq=None))
    assert [one.rule for one in found] == ["required", "required", "primary_key"]
    assert found[0].row_key == "group_code=空, seq=空"


def test_unique_values_and_keys_let_nulls_repeat() -> None:
    day = datetime.date(2001, 1, 1)
    same = [good_member(seq=seq, mail="a@b", born=day) for seq in (1, 2)]
    assert [(one.rule, one.columns, one.row_number) for one in check(*same)] == [
        ("unique", ("mail",), 2),
        ("unique_key", ("name", "born"), 2),
    ]
    assert check(*[good_member(seq=seq) for seq in (1, 2)]) == []


def test_a_unique_key_is_repeated_only_as_a_whole() -> None:
    day = datetime.date(2001, 1, 1)
    other = good_member(seq=2, name="三四", born=day)
    assert check(good_member(born=day), other, good_member(seq=3)) == []


def test_a_reference_that_is_null_leads_nowhere_and_needs_not() -> None:
    assert check(good_member(above_code=None, above_seq=None)) == []


def test_a_reference_that_is_half_null_is_compared() -> None:
    (found,) = check(good_member(above_code="A", above_seq=None))
    assert (found.rule, found.columns) == ("foreign_key", ("above_code", "above_seq"))
    assert found.value == "A / 空"


def test_a_reference_inside_the_table_and_around_a_circle() -> None:
    speaker = good_group(speaker_code="A", speaker_seq=1)
    assert check(good_member(above_code="A", above_seq=1), groups=[speaker]) == []
    found = check(good_member(above_code="A", above_seq=2), groups=[speaker])
    assert [(one.table, one.rule) for one in found] == [("members", "foreign_key")]
    found = check(good_member(seq=2), groups=[speaker])
    assert [(one.table, one.rule) for one in found] == [("groups", "foreign_key")]


def test_a_row_without_values_is_told_once_as_blank() -> None:
    found = check({})
    assert [(one.rule, one.columns) for one in found] == [
        ("blank_row", ()),
        ("primary_key", ("group_code", "seq")),
    ]
    assert "すべての列が空" in found[0].message_ja


def test_rows_are_counted_in_the_table_not_in_its_pieces() -> None:
    schema = SAMPLE_SCHEMAS["members"]
    part = rows_to_table(schema, [good_member(seq=2, kind="乙")])
    table = pa.concat_tables([rows_to_table(schema, [good_member()]), part])
    groups = rows_to_table(SAMPLE_SCHEMAS["groups"], GROUP_ROWS)
    (found,) = check_tables(SAMPLE_SCHEMAS, {"groups": groups, "members": table})
    assert (found.row_number, found.row_key) == (2, "group_code=A, seq=2")


def test_a_table_to_refer_to_that_is_not_given_is_a_violation() -> None:
    table = rows_to_table(SAMPLE_SCHEMAS["members"], [good_member()])
    (found,) = check_tables(SAMPLE_SCHEMAS, {"members": table})
    assert (found.rule, found.columns, found.row_number) == ("foreign_key", ("group_code",), None)
    assert "groups がない" in found.message_ja
    lonely = rows_to_table(SAMPLE_SCHEMAS["groups"], GROUP_ROWS)
    assert check_tables(SAMPLE_SCHEMAS, {"groups": lonely}) == []


def test_only_the_rules_asked_for_are_checked() -> None:
    rows = {"groups": GROUP_ROWS, "members": [good_member(kind="乙", group_code="C")]}
    tables = {name: rows_to_table(SAMPLE_SCHEMAS[name], some) for name, some in rows.items()}
    (found,) = check_tables(SAMPLE_SCHEMAS, tables, foreign_key_rules)
    assert (found.rule, found.columns) == ("foreign_key", ("group_code",))


def test_rows_are_told_in_their_order_however_many_there_are() -> None:
    schema = SAMPLE_SCHEMAS["members"]
    good = rows_to_table(schema, [good_member()]).take([0] * 60_000)
    bad = rows_to_table(schema, [good_member(kind="乙")])
    groups = rows_to_table(SAMPLE_SCHEMAS["groups"], GROUP_ROWS)
    table = pa.concat_tables([bad, good] * 5)  # more than one thread of DuckDB reads
    found = check_tables(
        SAMPLE_SCHEMAS,
        {"groups": groups, "members": table},
        lambda one: [rule for rule in compile_rules(one) if rule.rule == "enum"],
    )
    assert [one.row_number for one in found] == [1, 60_002, 120_003, 180_004, 240_005]


def test_what_does_not_fit_the_schema_is_refused_before_any_check() -> None:
    table = rows_to_table(SAMPLE_SCHEMAS["groups"], GROUP_ROWS).drop_columns(["column"])
    with pytest.raises(ValueError, match="table groups: column column is missing") as caught:
        check_tables(SAMPLE_SCHEMAS, {"groups": table, "strangers": table})
    assert "table strangers is not declared" in str(caught.value)


def test_a_message_tells_table_row_column_value_rule_and_remedy() -> None:
    (found,) = check(good_member(ratio=3.0))
    assert found.message_ja == (
        "表「表members」（members）の行（group_code=A, seq=1）: "
        "列「列ratio」（ratio）の値「3.0」は、上限の2.5より大きい値です。値を確かめて、2.5以下に直してください。"
    )
    (found,) = check(good_member(kind="乙"))
    assert "決められた値（甲、it's、c,d）ではありません" in found.message_ja
    (found,) = check(good_member(group_code="C"))
    assert "参照先の表「表groups」にありません" in found.message_ja


def test_every_rule_has_its_message() -> None:
    for schema in [*SAMPLE_SCHEMAS.values(), *REAL_SCHEMAS.values()]:
        for rule in compile_rules(schema):
            assert rule.table == schema.name and rule.sql
    members = [
        good_member(kind="乙", kind_code="１", ratio=0.0, mail="a@b", seq=4),
        good_member(name=None, ratio=3.0, mail="a@b"),
        good_member(name="一"),
        good_member(name="12345", above_code="A", group_code="B"),
        {},
    ]
    for found in check(*members):
        assert "{limit}" not in found.message_ja and found.message_ja.endswith("ください。")
        assert f"（{found.table}）の行（{found.row_key}）" in found.message_ja
        assert all(f"（{name}）" in found.message_ja for name in found.columns)


def test_a_message_never_shows_an_internal_value_and_cuts_a_long_one() -> None:
    (found,) = check(good_member(secret="秘密の値"))
    assert found.value == "秘密の値" and "秘密の値" not in found.message_ja
    assert "非公開" in found.message_ja
    (found,) = check(good_member(kind="長" * (LONGEST_VALUE + 1)))
    assert f"「{'長' * LONGEST_VALUE}…」" in found.message_ja


def test_a_violation_is_an_error_like_those_of_other_stages() -> None:
    problem = check(good_member(name="一"))[0].problem()
    assert (problem.severity, problem.rule) == ("error", "table_min_length")
    assert problem.place == "members: group_code=A, seq=1"
    assert (problem.column_name, problem.value) == ("name", "一")
    assert "短い値" in problem.line_ja()
