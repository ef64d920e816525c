"""Asking a release: read-only, nothing outside of the file, and every value in every form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.release.query import (
    FORMATS,
    Answer,
    QueryError,
    as_csv,
    as_json,
    as_markdown,
    as_table,
    ask,
)

TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "gyokaku.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE items (item_id INTEGER, title VARCHAR)")
        connection.execute("INSERT INTO items VALUES (1, '窓口'), (2, NULL)")
    return path


def test_columns_and_rows_of_a_statement(file: Path) -> None:
    found = ask(file, "SELECT title, item_id AS 番号 FROM items ORDER BY item_id")
    assert found == Answer(("title", "番号"), [("窓口", 1), (None, 2)])


def test_of_several_statements_the_last_answers(file: Path) -> None:
    assert ask(file, "SELECT 1; SELECT 2 AS b;") == Answer(("b",), [(2,)])


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (i INTEGER)",
        "INSERT INTO items VALUES (3, 'x')",
        "UPDATE items SET title = 'x'",
        "DELETE FROM items",
        "DROP TABLE items",
        "ALTER TABLE items ADD COLUMN x INTEGER",
        "COMMENT ON TABLE items IS 'x'",
        "SELECT 1; DROP TABLE items",
        "BEGIN; DELETE FROM items; COMMIT",
    ],
)
def test_nothing_can_be_changed(file: Path, statement: str) -> None:
    before = file.read_bytes()
    with pytest.raises(QueryError, match="SQLを実行できません"):
        ask(file, statement)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('{folder}/secret.csv')",
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM sniff_csv('{folder}/secret.csv')",
        "COPY items TO '{folder}/out.csv'",
        "COPY items FROM '{folder}/secret.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "IMPORT DATABASE '{folder}'",
        "ATTACH '{folder}/out.duckdb' AS out",
        "SELECT * FROM read_parquet('https://example.com/a.parquet')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "SET threads = 1",
    ],
)
def test_nothing_outside_of_the_file_can_be_reached(
    file: Path, tmp_path: Path, statement: str
) -> None:
    (tmp_path / "secret.csv").write_text("item_id,title\n9,x\n")
    with pytest.raises(QueryError):
        ask(file, statement.format(folder=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


@pytest.mark.parametrize("statement", ["", "  ;\n", "-- nothing\n"])
def test_no_statement_is_told(file: Path, statement: str) -> None:
    with pytest.raises(QueryError, match="SQLがありません"):
        ask(file, statement)


def test_what_is_wrong_is_told_in_japanese_with_the_words_of_duckdb(file: Path) -> None:
    with pytest.raises(QueryError, match=r"(?s)SQLを実行できません。\n.*item_ids") as told:
        ask(file, "SELECT item_ids FROM items")
    assert isinstance(told.value.__cause__, duckdb.Error)


def test_a_file_that_is_missing_or_broken_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "gyokaku.duckdb"
    for _ in range(2):
        with pytest.raises(QueryError, match=r"gyokaku\.duckdb を開けません"):
            ask(broken, "SELECT 1")
        broken.write_bytes(b"no database at all" * 1000)


VALUES = """
    SELECT NULL AS nothing, '' AS empty, true AS yes, 1 AS one, 0.5::DOUBLE AS half,
        1.50::DECIMAL(5, 2) AS price, DATE '2024-04-01' AS day,
        TIMESTAMP '2024-04-01 09:30:00' AS moment, ['甲', NULL] AS list,
        {'年度': 2024, '日': DATE '2024-04-01'} AS record, MAP {DATE '2024-04-01': 1} AS map,
        'NaN'::DOUBLE AS nan, 'inf'::DOUBLE AS infinite, 170141183460469231731::HUGEINT AS huge
"""


def test_values_in_json(file: Path) -> None:
    (row,) = json.loads(as_json(ask(file, VALUES)))
    assert row == {
        "nothing": None,
        "empty": "",
        "yes": True,
        "one": 1,
        "half": 0.5,
        "price": 1.5,
        "day": "2024-04-01",
        "moment": "2024-04-01T09:30:00",
        "list": ["甲", None],
        "record": {"年度": 2024, "日": "2024-04-01"},
        "map": {"2024-04-01": 1},
        "nan": None,
        "infinite": None,
        "huge": 170141183460469231731,
    }


def test_columns_of_one_name_are_all_in_the_json(file: Path) -> None:
    found = ask(file, "SELECT 1 AS a, 2 AS a, 3 AS a_1, 4 AS a")
    assert json.loads(as_json(found)) == [{"a": 1, "a_1": 2, "a_1_1": 3, "a_2": 4}]


def test_values_in_csv(file: Path) -> None:
    header, row = csv.reader(io.StringIO(as_csv(ask(file, VALUES))))
    found = dict(zip(header, row, strict=True))
    assert [found[name] for name in ("nothing", "yes", "one", "price", "day")] == [
        "", "true", "1", "1.50", "2024-04-01",
    ]  # fmt: skip


def with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.lists(st.tuples(TEXTS, st.none() | st.integers()), max_size=4))
def test_any_text_comes_back_from_csv_and_json(rows: list[tuple[str, int | None]]) -> None:
    answer = Answer(("文", "数"), list(rows))
    read = list(csv.reader(io.StringIO(as_csv(answer), newline="")))
    assert read == [
        ["文", "数"],
        *([with_lf(text), "" if number is None else str(number)] for text, number in rows),
    ]
    assert [tuple(row.values()) for row in json.loads(as_json(answer))] == rows


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_markdown_table_has_one_line_per_row_and_as_many_cells(
    rows: list[tuple[str, str]],
) -> None:
    lines = as_markdown(Answer(("a|b", "c"), list(rows))).splitlines()
    assert len(lines) == 2 + len(rows)
    for line in lines:
        bare = line.replace("\\\\", "").replace("\\|", "")
        assert bare.count("|") == 3


def test_bars_and_line_breaks_in_markdown() -> None:
    rows = [("a|b", "一行目\n二行目"), ("\\", None), ("一\r\n二", True)]
    assert as_markdown(Answer(("x", "y"), rows)).splitlines() == [
        "| x | y |",
        "| --- | --- |",
        "| a\\|b | 一行目<br>二行目 |",
        "| \\\\ |  |",
        "| 一<br>二 | true |",
    ]


def test_a_table_shows_texts_as_they_are() -> None:
    shown = as_table(Answer(("題", "数"), [("[bold]窓口[/bold]", 12), (None, None)]), width=60)
    lines = shown.splitlines()
    assert any("[bold]窓口[/bold]" in line and "12" in line for line in lines)
    assert "None" not in shown
    assert len(lines) == 6


def test_a_long_text_is_folded_and_not_cut() -> None:
    text = "行政改革の取組" * 30
    shown = as_table(Answer(("題",), [(text,)]), width=40)
    assert "".join(line.strip("│┃ ") for line in shown.splitlines()[3:-1]) == text


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_shows_an_answer_without_rows(form: str) -> None:
    shown = FORMATS[form](Answer(("題",), []))
    assert shown == "[]\n" if form == "json" else "題" in shown
