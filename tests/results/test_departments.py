from __future__ import annotations

import datetime

import pytest

from pipelines.results.department_register import REGISTER_COLUMNS, department_rows
from pipelines.results.departments import (
    DepartmentMatcher,
    current_successor,
    without_contact,
)
from tests.results.samples import CODE, department

OLD = department("情報課", id="1", valid_to="2022-03-31", successor="2")
NEW = department("デジタル課", id="2", valid_from="2022-04-01", bureau="総務部")
ONE = department("管理課", id="3", bureau="建設部")
OTHER = department("管理課", id="4", bureau="水道部")
REGISTER = (OLD, NEW, ONE, OTHER)
MATCHER = DepartmentMatcher(REGISTER)


@pytest.mark.parametrize(
    ("name", "bureau", "year", "found", "rule"),
    [
        ("情報課", None, 2021, OLD, None),
        ("情 報 課", None, 2021, OLD, None),
        ("情報課", None, 2022, OLD, "department_out_of_date"),
        ("デジタル課", None, 2022, NEW, None),
        ("総務部デジタル課", None, 2022, NEW, None),
        ("デジタル課（本庁）", None, 2022, NEW, None),
        ("デジタル課", None, 2021, NEW, "department_newer_than_year"),
        ("デジタル課", None, None, NEW, None),
        ("管理課", "水道部", 2022, OTHER, None),
        ("管理課", None, 2022, None, "department_ambiguous"),
        ("みほん課", None, 2022, None, "department_not_in_register"),
        ("関係各課", None, 2022, None, None),
        ("全公民館", None, 2022, None, None),
    ],
)
def test_names_are_matched_as_valid_in_their_year(
    name: str, bureau: str | None, year: int | None, found: object, rule: str | None
) -> None:
    match = MATCHER.match(name, bureau, year)
    assert match.department == found
    assert (match.finding.rule if match.finding else None) == rule


def test_a_name_given_again_means_the_department_of_the_year() -> None:
    first = department("企画課", id="1", valid_to="2020-03-31")
    again = department("企画課", id="9", valid_from="2022-04-01")
    matcher = DepartmentMatcher((first, again))
    assert matcher.match("企画課", None, 2019).department == first
    assert matcher.match("企画課", None, 2023).department == again


def test_without_a_register_nothing_is_told() -> None:
    match = DepartmentMatcher(()).match("みほん課", None, 2022)
    assert (match.department, match.finding) == (None, None)


def test_current_successors() -> None:
    third = department("DX課", id="5")
    chain = (OLD, department("デジタル課", id="2", successor="5"), third)
    assert current_successor(OLD.department_id, chain) == third.department_id
    assert current_successor(third.department_id, chain) == third.department_id
    loop = (department("甲", id="1", successor="2"), department("乙", id="2", successor="1"))
    assert current_successor(loop[0].department_id, loop) == loop[1].department_id


def line(department_id: str, name: str, **more: str) -> list[str]:
    texts = {"department_id": department_id, "name": name, **more}
    return [texts.get(column, "") for column in REGISTER_COLUMNS]


def test_a_register_becomes_rows() -> None:
    rows, findings = department_rows(
        [
            list(REGISTER_COLUMNS),
            line("1", "情報課", valid_to="2022-03-31", successor_id="2", bureau=""),
            line("2", "ＤＸ課", valid_from="2022/4/1"),
            ["", "", " "],
        ],
        CODE,
        "register",
    )
    assert not findings
    assert rows[0] == {
        "department_id": f"{CODE}-d-1",
        "municipality_code": CODE,
        "bureau": None,
        "name": "情報課",
        "valid_from": None,
        "valid_to": datetime.date(2022, 3, 31),
        "successor_id": f"{CODE}-d-2",
        "source_id": "register",
        "row": 2,
    }
    assert (rows[1]["name"], rows[1]["valid_from"]) == ("DX課", datetime.date(2022, 4, 1))


def test_all_faults_of_a_register_are_told_at_once() -> None:
    rows, findings = department_rows(
        [
            list(REGISTER_COLUMNS),
            line("1", "甲課", successor_id="2"),
            line("2", "乙課", successor_id="1"),
            line("3", "丙課", successor_id="99"),
            line("4", ""),
            line("5", "丁課", valid_from="令和4年", valid_to="2022-02-30"),
            line("6", "戊課", valid_from="2022-04-01", valid_to="2021-03-31"),
            line("7", "己課"),
            line("7", "庚課"),
            line("8 9", "辛課"),
            line("10", "壬課", successor_id="10"),
        ],
        CODE,
        "register",
    )
    assert [row["row"] for row in rows] == [2, 3, 4, 11]
    assert [row["successor_id"] for row in rows] == [None] * 4
    assert [(finding.rule, finding.row) for finding in findings] == [
        ("register_blank", 5),
        ("register_date_invalid", 6),
        ("register_date_invalid", 6),
        ("register_dates_reversed", 7),
        ("register_id_invalid", 10),
        ("register_id_repeated", 8),
        ("register_id_repeated", 9),
        ("register_successor_loop", 2),
        ("register_successor_loop", 3),
        ("register_successor_unknown", 4),
        ("register_successor_loop", 11),
    ]
    assert all(finding.fix_ja for finding in findings)


def test_blank_lines_do_not_move_the_rows_that_are_told() -> None:
    rows, findings = department_rows(
        [
            [],
            [*REGISTER_COLUMNS[2::-1], "備考"],
            [],
            ["甲課", "", "1", "本庁"],
            ["", "", ""],
            [],
            ["", "", "2"],
            ["乙課"],
        ],
        CODE,
        "register",
    )
    assert [(row["name"], row["row"]) for row in rows] == [("甲課", 4)]
    assert [(one.rule, one.row, one.column) for one in findings] == [
        ("register_blank", 7, 1),
        ("register_blank", 8, 3),
    ]


def test_a_register_without_its_columns_is_told_once() -> None:
    rows, findings = department_rows([["部署", "ID"], ["甲課", "1"]], CODE, "register")
    assert not rows
    assert [(one.rule, one.row) for one in findings] == [("register_columns", 1)]
    assert department_rows([[], [""]], CODE, "register") == ([], [])


@pytest.mark.parametrize(
    ("name", "found", "rule"),
    [
        ("デジタル課、各施設所管課", NEW, "department_of_list"),
        ("みほん課、デジタル課", NEW, "department_of_list"),
        ("関係各課・デジタル課", NEW, "department_of_list"),
        ("デジタル課\n（本庁）", NEW, None),
        ("デジタル課、総務部デジタル課", NEW, "department_of_list"),
        ("デジタル課、情報課", None, "department_several"),
        ("建設部管理課／水道部管理課", None, "department_several"),
        ("管理課、みほん課", None, "department_not_in_register"),
        ("みほん課、見本課", None, "department_not_in_register"),
    ],
)
def test_a_list_of_departments_is_of_the_one_that_is_registered(
    name: str, found: object, rule: str | None
) -> None:
    match = MATCHER.match(name, None, 2022)
    assert match.department == found
    assert (match.finding.rule if match.finding else None) == rule


def test_a_name_with_a_dot_is_no_list() -> None:
    matcher = DepartmentMatcher((department("こども・若者課"), department("若者課")))
    match = matcher.match("こども・若者課、関係各課", None, 2022)
    assert match.department is not None
    assert match.department.name == "こども・若者課"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("総務課（内線2345）", "総務課"),
        ("総務課\n（内線 123・124）", "総務課"),
        ("総務課　内線：2345", "総務課"),
        ("総務課 TEL 0123-45-6789", "総務課"),
        ("総務課（電話担当）", "総務課（電話担当）"),
        ("電話交換室", "電話交換室"),
        ("総務課（本庁）", "総務課（本庁）"),
    ],
)
def test_telephone_numbers_are_no_part_of_a_name(written: str, name: str) -> None:
    assert without_contact(written) == name


@pytest.mark.parametrize(
    "behind",
    [
        "\n0191-21-2111",
        "（0191-21-2111）",
        "（2345）",
        "（内2345）",
        "（℡2345 見本）",
        "　0191(21)2111",
        "（E-mail: kouhou@example.jp）",
        " kouhou@example.jp",
        "　電話：0191-21-2111（直通）",
        "　2345",
    ],
)
def test_no_number_or_address_behind_a_name_is_published(behind: str) -> None:
    assert without_contact(f"広報課{behind}") == "広報課"
    assert without_contact(f"広報課{behind}、総務課").startswith("広報課")


@pytest.mark.parametrize(
    "name", ["総務課第1係", "総務課（2階）", "第２庁舎管理室", "電話交換室", "総務課（庶務・電算）"]
)
def test_numbers_and_words_of_names_stay(name: str) -> None:
    assert without_contact(name) == name


def test_several_names_with_numbers() -> None:
    assert without_contact("広報課（内線2345）、総務課（内線2346）") == "広報課、総務課"
    assert without_contact("内線2345") == ""
