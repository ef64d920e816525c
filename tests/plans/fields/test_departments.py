from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.plans.fields.departments import (
    Department,
    department_cells,
    is_department_text,
    read_departments,
)
from pipelines.plans.lines import Line, Passage
from pipelines.plans.vocabulary import words

from ..samples import lines_of

STEMS = st.text("みほんさくらひかり財政企画農林福祉水道情報システ危機管理", min_size=1, max_size=8)
NAMES = st.builds(
    str.__add__, STEMS, st.sampled_from(["課", "室", "係", "センター", "事務局"])
).filter(
    lambda name: (
        not any(name[:end].endswith(words("department_suffixes")) for end in range(len(name)))
    )
)


def wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def names_in(*texts: str) -> list[str]:
    cells, _ = department_cells(lines_of(*texts))
    return [one.department_name for one in read_departments(cells)]


def one_cell(text: str) -> list[Department]:
    return read_departments([Passage(text, (5,))])


@given(st.lists(NAMES, min_size=1, max_size=6), st.integers(1, 12), st.booleans())
def test_any_list_of_units_wrapped_at_any_width_comes_back_whole(
    names: list[str], width: int, blank_between: bool
) -> None:
    """One unit per cell, at most four lines each (the longest wrap that is read)."""
    assume(all(len(wrapped(name, width)) <= 4 for name in names))
    texts: list[str] = []
    expected: list[Passage] = []
    for name in names:
        first = len(texts)
        for part in wrapped(name, width):
            texts += [part, ""] if blank_between else [part]
        numbers = [at + 1 for at in range(first, len(texts)) if texts[at]]
        expected.append(Passage(name, tuple(numbers)))
    cells, used = department_cells(lines_of(*texts))
    assert cells == expected
    assert used == expected[-1].lines[-1]
    assert [(one.department_name, one.lines) for one in read_departments(cells)] == [
        (cell.text, cell.lines) for cell in expected
    ]


@given(st.lists(NAMES, min_size=1, max_size=5), st.sampled_from("・､、，,／/"), st.integers(3, 20))
def test_units_in_one_cell_wrapped_at_any_width_come_back_whole(
    names: list[str], separator: str, width: int
) -> None:
    """A cell of at most four lines, none wider than a department column."""
    parts = wrapped(separator.join(names), width)
    assume(len(parts) <= 4)
    assert names_in(*parts) == names


@pytest.mark.parametrize("separator", "／/")
def test_a_line_that_opens_with_a_slash_goes_on_with_the_one_before(separator: str) -> None:
    assert names_in("総務課", f"{separator}財政課") == ["総務課", "財政課"]


def test_a_very_narrow_column() -> None:
    assert names_in(*wrapped("地域包括支援センター", 2)) == ["地域包括支援センター"]


@given(st.lists(NAMES, min_size=2, max_size=4), st.sampled_from([" ", "　", "  "]))
def test_units_on_one_line_are_cells_of_their_own(names: list[str], gap: str) -> None:
    assert names_in(gap.join(names)) == names


@pytest.mark.parametrize("parts", [("総務課　財", "政課"), ("農林課 商工観", "光課")])
def test_units_set_apart_by_a_space_and_wrapped_are_two(parts: tuple[str, str]) -> None:
    first, rest = parts[0].split()
    assert names_in(*parts) == [first, rest + parts[1]]


@pytest.mark.parametrize(
    ("texts", "taken"),
    [
        (("財政課", "窓口を改めます。"), 1),
        (("財政課", "2", "窓口の改善", "（新規）"), 1),
        (("窓口を改めます。",), 0),
        ((), 0),
    ],
)
def test_reading_stops_where_departments_end(texts: tuple[str, ...], taken: int) -> None:
    cells, used = department_cells(lines_of(*texts))
    assert used == taken
    assert [cell.text for cell in cells] == list(texts[:taken])


@pytest.mark.parametrize(
    "text",
    ["財政課", "各支所", "①職員課", "会計管理者", "支所産業建設課（みなみ・ひがし）", "②～⑤財政課"],
)
def test_department_texts(text: str) -> None:
    assert is_department_text(text)


@pytest.mark.parametrize(
    "text", ["", "　", "①", "窓口の改善", "財政課が行う。", "課長", "（みなみ）"]
)
def test_other_texts(text: str) -> None:
    assert not is_department_text(text)


def department(name: str, **more: Any) -> Department:
    return Department(name, lines=(5,), **more)


# cell: the units in it
CELLS: dict[str, list[Department]] = {
    "財政課": [department("財政課")],
    "総務課・財政課": [department("総務課"), department("財政課")],
    "各課": [department("各課", is_collective=True)],
    "関係各課": [department("関係各課", is_collective=True)],
    "各支所": [department("各支所", is_collective=True)],
    "各支所地域振興課": [department("地域振興課", branch_name="各支所", is_collective=True)],
    "みなみ支所地域振興課": [department("地域振興課", branch_name="みなみ支所")],
    "みなみ総合支所市民課": [department("市民課", branch_name="みなみ総合支所")],
    "きた支所地域振興課・市民課": [
        department("地域振興課", branch_name="きた支所"),
        department("市民課", branch_name="きた支所"),
    ],
    "支所産業建設課（みなみ・ひがし・きた）": [
        department("産業建設課", branch_name="みなみ支所"),
        department("産業建設課", branch_name="ひがし支所"),
        department("産業建設課", branch_name="きた支所"),
    ],
    "総務課（みほん庁舎）": [department("総務課（みほん庁舎）")],
    "①職員課": [department("職員課", scope="①")],
    "②～⑤財政課": [department("財政課", scope="②～⑤")],
    "②、 ④ 財政課・総務課": [
        department("財政課", scope="②、④"),
        department("総務課", scope="②、④"),
    ],
    "◎財政課": [department("財政課", role="lead")],
    "財政課（主）": [department("財政課", role="lead")],
    "○総務課": [department("総務課", role="related")],
    "①財政課（関）": [department("財政課", scope="①", role="related")],
}


@pytest.mark.parametrize("text", CELLS)
def test_what_a_cell_says(text: str) -> None:
    assert one_cell(text) == CELLS[text]


def test_scopes_on_one_line() -> None:
    cells, _ = department_cells(lines_of("①職員課 ②～⑤財政課", first=5))
    assert read_departments(cells) == [
        department("職員課", scope="①"),
        department("財政課", scope="②～⑤"),
    ]


@pytest.mark.parametrize(
    "texts",
    [("① 職員課 ② 財政課",), ("①職員課 ②", "財政課"), ("①職員課・②財政課",), ("①職員課②財政課",)],
)
def test_every_scope_goes_with_its_own_unit(texts: tuple[str, ...]) -> None:
    cells, _ = department_cells(lines_of(*texts))
    found = [(one.scope, one.department_name) for one in read_departments(cells)]
    assert found == [("①", "職員課"), ("②", "財政課")]


def test_every_role_mark_goes_with_its_own_unit() -> None:
    found = [(one.role, one.department_name) for one in one_cell("◎財政課・○総務課")]
    assert found == [("lead", "財政課"), ("related", "総務課")]


def test_a_role_word_with_the_colon_that_is_printed() -> None:
    assert one_cell("主管：財政課") == [department("財政課", role="lead")]


@pytest.mark.parametrize("name", ["全国大会推進室", "関係人口創出課"])
def test_a_unit_of_its_own_is_not_collective(name: str) -> None:
    assert one_cell(name) == [department(name)]


def test_a_bracket_that_is_still_open_goes_on() -> None:
    """The first line alone already ends like a unit."""
    (cell,), used = department_cells(lines_of("総務課（みほん支所", "分室）"))
    assert (cell.lines, used) == ((1, 2), 2)


BRANCHES = "支所産業建設課（みなみ・ひがし・きた）"


@pytest.mark.parametrize("width", [5, 6, 7, *range(8, 20)])
def test_branches_in_brackets_wrapped_at_any_width(width: int) -> None:
    cells, _ = department_cells(lines_of(*wrapped(BRANCHES, width)))
    found = [(one.branch_name, one.department_name) for one in read_departments(cells)]
    assert found == [(f"{name}支所", "産業建設課") for name in ("みなみ", "ひがし", "きた")]


@given(
    st.lists(st.text("①～②・、（）()各支所課部室財政◎○:： 　。係センター", max_size=9), max_size=6)
)
def test_no_lines_raise_and_no_cell_names_other_lines(texts: list[str]) -> None:
    lines: list[Line] = lines_of(*texts)
    cells, used = department_cells(lines)
    numbers = [number for cell in cells for number in cell.lines]
    assert set(numbers) <= set(range(1, used + 1))
    assert all(one.lines for one in read_departments(cells))
    assert "".join("".join(cell.text.split()) for cell in cells) == "".join(
        "".join(texts[number - 1].split()) for number in dict.fromkeys(numbers)
    )
