from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.figures.plan_links import KnownPlan
from pipelines.figures.published import COLUMNS, read_figure_files, read_published_figures
from tests.figures.figure_files import FIGURES, PLAN, csv_bytes, figure, read, real_rows, year


def test_a_figure_becomes_a_row() -> None:
    (row,) = read(year(2021, "effect_actual", 1057, published_as="1,057", unit="百万円")).rows
    assert row["figure_id"].startswith("990019-p") and len(row["figure_id"]) == 16
    assert (row["value"], row["unit"]) == (1057.0, "百万円")
    assert (row["value_normalized"], row["unit_normalized"]) == (1_057_000_000.0, "円")
    assert (row["fiscal_year"], row["basis"], row["result_status"]) == (
        2021,
        "single_year",
        "final",
    )
    assert (row["source_id"], row["row"]) == ("figures-mihon", 2)
    assert row["is_derived"] is False and row["plan_id"] is None


@pytest.mark.parametrize(
    ("metric", "unit", "normalised"),
    [
        ("items_total", "件", "項目"),
        ("items_planned:窓口", "取組", "項目"),
        ("indicator_actual:苦情", "件", "件"),
        ("indicator_actual:床面積", "㎡", "㎡"),
        ("effect_planned", "億円", "円"),
    ],
)
def test_units_are_made_one(metric: str, unit: str, normalised: str) -> None:
    (row,) = read(figure(metric, 5, unit=unit)).rows
    assert (row["unit"], row["unit_normalized"]) == (unit, normalised)


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"municipality_code": "990018"}, "figure_municipality"),
        ({"municipality_code": "99001"}, "figure_municipality"),
        ({"municipality_code": "480002"}, "figure_municipality"),
        ({"municipality_name": ""}, "figure_municipality"),
        ({"plan_label": ""}, "figure_text_missing"),
        ({"published_as": ""}, "figure_text_missing"),
        ({"unit": ""}, "figure_text_missing"),
        ({"unit": "人"}, "figure_unit"),
        ({"fiscal_year": "令和3年度"}, "figure_year"),
        ({"fiscal_year": "4000"}, "figure_year"),
        ({"period_start_fy": "2023"}, "figure_year_order"),
        ({"metric": "effect_realised"}, "figure_metric"),
        ({"metric": ""}, "figure_metric"),
        ({"metric": "effect_actual:"}, "figure_metric"),
        ({"metric": "indicator_actual"}, "figure_metric"),
        ({"metric": "effect_actual:窓\n口"}, "figure_metric"),
        ({"basis": "累計"}, "figure_basis"),
        ({"status": "確定"}, "figure_status"),
        ({"value": ""}, "figure_value"),
        ({"value": "9.5E+09"}, "figure_value"),
        ({"value": "約100"}, "figure_value"),
        ({"value": "nan"}, "figure_value"),
        ({"value": "101"}, "figure_value_contradicts"),
        ({"published_as": "△100"}, "figure_value_contradicts"),
        ({"source_url": ""}, "figure_url"),
        ({"source_url": "example.jp/x"}, "figure_url"),
    ],
)
def test_a_faulty_row_is_set_aside_and_told(columns: dict[str, str], rule: str) -> None:
    reading = read(figure("effect_actual", 100) | columns, figure("effect_actual", 7))
    assert [row["value"] for row in reading.rows] == [7.0]
    assert rule in {problem.rule for problem in reading.problems}
    assert rule in reading.quarantined[0].rules
    assert all(problem.place == "figures/mihon.csv: 2行" for problem in reading.problems)
    (account,) = reading.accounts
    assert (account.read, account.published, account.quarantined) == (2, 1, 1)


def test_all_faults_of_a_row_at_once() -> None:
    broken = dict.fromkeys(COLUMNS, "?")
    rules = {problem.rule for problem in read(broken).problems}
    assert {
        "figure_municipality",
        "figure_year",
        "figure_metric",
        "figure_basis",
        "figure_status",
        "figure_value",
        "figure_url",
    } <= rules


def test_a_row_twice_is_published_once() -> None:
    one = figure("effect_actual", 100)
    reading = read(one, one)
    assert [row["row"] for row in reading.rows] == [2]
    (problem,) = reading.problems
    assert problem.rule == "figure_twice" and "2行" in problem.message_ja


def test_the_same_figure_from_two_pages_has_two_ids() -> None:
    one = figure("effect_actual", 100)
    reading = read(one, one | {"source_url": "https://example.jp/b"})
    ids = sorted(row["figure_id"] for row in reading.rows)
    assert len(ids) == 2 and ids[1] == f"{ids[0]}-2"


def test_figures_of_several_files_share_no_id() -> None:
    one = figure("effect_actual", 100)
    other = one | {"source_url": "https://example.jp/b"}
    reading = read_figure_files([("b.csv", csv_bytes([one, other])), ("a.csv", csv_bytes([one]))])
    assert len({row["figure_id"] for row in reading.rows}) == len(reading.rows) == 2
    assert [(one.source_id, one.published, one.quarantined) for one in reading.accounts] == [
        ("figures-a", 1, 0),
        ("figures-b", 1, 1),
    ]


@pytest.mark.parametrize("sign", [1, -1])
def test_a_saving_is_positive_whatever_sign_is_printed(sign: int) -> None:
    rows = read(year(2020, "cost_reduction", 5 * sign), year(2021, "cost_reduction", 7 * sign)).rows
    assert {row["value"] for row in rows} == {5.0 * sign, 7.0 * sign}
    assert {row["value_normalized"] for row in rows} == {5000.0, 7000.0}


def test_the_odd_sign_of_a_table_is_an_increase_of_costs_and_told() -> None:
    signs = {2020: -5, 2021: -7, 2022: 3}
    reading = read(*(year(y, "cost_reduction", value) for y, value in signs.items()))
    assert {row["value_normalized"] for row in reading.rows} == {5000.0, 7000.0, -3000.0}
    assert [problem.rule for problem in reading.problems] == ["figure_cost_increase"]


def test_signs_that_balance_say_nothing() -> None:
    reading = read(year(2020, "cost_reduction", 5), year(2021, "cost_reduction", -7))
    assert reading.rows == []
    assert {problem.rule for problem in reading.problems} == {"figure_sign_unclear"}


def test_a_decrease_is_typed_with_its_sign() -> None:
    printed = "153人を削減"
    assert read(figure("indicator_change:職員数", -153, printed)).problems == []
    (problem,) = read(figure("indicator_change:職員数", 153, printed)).problems
    assert problem.rule == "figure_value_contradicts"


@pytest.mark.parametrize(
    ("columns", "rule", "severity"),
    [
        ({"published_as": "0.1千円（うち国費50円）"}, "figure_not_reread", "warning"),
        ({"published_as": "1憶円", "value": "100000"}, "figure_misprint", "info"),
        ({"fiscal_year": "2019"}, "figure_year_outside_period", "warning"),
    ],
)
def test_what_is_published_and_told(columns: dict[str, str], rule: str, severity: str) -> None:
    reading = read(figure("effect_actual", 100) | columns)
    assert len(reading.rows) == 1
    assert [(one.rule, one.severity) for one in reading.problems] == [(rule, severity)]


def test_a_name_that_differs_is_told_and_the_common_one_taken() -> None:
    rows = [year(y, "effect_actual", 5) for y in (2020, 2021, 2022)]
    reading = read(rows[0] | {"municipality_name": "みほん町"}, *rows[1:])
    assert reading.municipalities == {"990019": "みほん市"}
    assert [one.rule for one in reading.problems] == ["figure_name_differs"]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("cp932", ","), ("utf-16", "\t"), ("utf-16-le", ",")],
)
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    rows = [figure("effect_actual", 100, plan_label="みほんのプラン、その一")]
    data = csv_bytes(rows, encoding=encoding, delimiter=delimiter)
    reading = read_published_figures("mihon.csv", data)
    assert reading.problems == []
    assert reading.rows[0]["plan_label"] == "みほんのプラン、その一"
    assert reading.sources[0]["encoding"] == encoding


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "figures_file_unreadable"),
        (b"PK\x03\x04\x00\x00", "figures_file_unreadable"),
        (b'a,b\n"open,1\n', "figures_file_unreadable"),
        ("団体,値\n".encode(), "figures_column_missing"),
        (csv_bytes([]).replace(b"metric", b"metric,metric"), "figures_column_doubled"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, rule: str) -> None:
    reading = read_published_figures("mihon.csv", data)
    assert reading.rows == [] and reading.accounts == []
    assert rule in {problem.rule for problem in reading.problems}


def test_blank_rows_further_columns_and_stray_cells() -> None:
    data = csv_bytes([figure("effect_actual", 100)], [*COLUMNS, "memo"])
    data += b",,,\r\n" + csv_bytes([figure("effect_actual", 7)]).splitlines()[1] + b",memo,x\r\n"
    reading = read_published_figures("mihon.csv", data)
    rules = {problem.rule for problem in reading.problems}
    assert rules == {"figures_column_unknown", "figure_cells"}
    (account,) = reading.accounts
    assert (account.read, account.published, account.blank, account.quarantined) == (3, 1, 1, 1)


def test_a_plan_is_linked_where_one_fits() -> None:
    plan = KnownPlan("990019-plan2", "990019", "みほん市第二次行政改革プラン", 2, (2020, 2022))
    data = csv_bytes([figure("effect_actual", 100)])
    assert read_published_figures("m.csv", data, [plan]).rows[0]["plan_id"] == "990019-plan2"


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(order: random.Random) -> None:
    rows = [
        year(2020, "effect_actual", 5),
        year(2020, "effect_actual", 5, source_url="https://example.jp/b"),
        year(2020, "effect_actual", 5, status="provisional"),
        year(2021, "cost_reduction", -3),
        year(2022, "cost_reduction", -4, municipality_name="みほん町"),
        year(2022, "cost_reduction", 9),
        figure("items_total", 8),
        figure("items_total", 8),
    ]
    shuffled = order.sample(rows, len(rows))
    assert _content(shuffled) == _content(rows)


def _content(rows: list[dict[str, str]]) -> list[dict[str, object]]:
    return [row | {"row": None} for row in read(*rows).rows]


def test_the_real_file_is_read_whole() -> None:
    reading = read_published_figures("published_figures.csv", FIGURES)
    (account,) = reading.accounts
    assert (account.read, account.published, account.quarantined) == (126, 126, 0)
    assert len({row["figure_id"] for row in reading.rows}) == 126
    assert len(reading.municipalities) == 7
    assert [one.rule for one in reading.problems] == ["figure_misprint"] * 3
    assert {row["published_as"] for row in reading.rows} == {
        row["published_as"] for row in real_rows()
    }
    assert PLAN not in {row["plan_label"] for row in reading.rows}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04\x00\x00", b"\xff\xfe\xfd\x80\x81"])
def test_what_to_do_about_a_file_that_is_no_text_is_for_csv_files(data: bytes) -> None:
    (problem,) = read_published_figures("mihon.csv", data).problems
    assert "UTF-8のCSVで保存し直して" in problem.message_ja
    assert "plan.yaml" not in problem.message_ja
