import json

from hypothesis import given
from hypothesis import strategies as st

from pipelines.orchestration.issues import (
    issue_rows,
    problems_from_json,
    problems_to_json,
    severity_counts,
)
from pipelines.orchestration.workspace import schema_directory
from pipelines.problems import Problem
from pipelines.tables.schemas import load_schemas

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
PROBLEMS = st.lists(
    st.builds(
        Problem,
        st.sampled_from(["error", "warning", "info"]),
        st.sampled_from(["a_rule", "b_rule"]),
        TEXT,
        TEXT,
        st.none() | TEXT,
        st.none() | TEXT,
        st.none() | TEXT,
        st.none() | TEXT,
        st.none() | TEXT,
    ),
    max_size=8,
)


@given(PROBLEMS)
def test_problems_survive_json(problems: list[Problem]) -> None:
    assert problems_from_json(json.loads(json.dumps(problems_to_json(problems)))) == problems


@given(PROBLEMS)
def test_every_problem_has_a_row_of_its_own(problems: list[Problem]) -> None:
    rows = issue_rows(problems, {})
    columns = load_schemas(schema_directory())["extraction_issues"].field_names
    assert len({row["issue_id"] for row in rows}) == len(problems)
    assert all(set(row) == set(columns) for row in rows)


def test_references_to_what_reached_no_table_are_dropped() -> None:
    problem = Problem("error", "r", "p", "m", plan_id="x", municipality_code="1", source_id="s")
    (row,) = issue_rows([problem], {"municipalities": [{"municipality_code": "1"}]})
    assert (row["plan_id"], row["municipality_code"], row["source_id"]) == (None, "1", None)


def test_the_id_stays_when_only_the_wording_changes() -> None:
    first, second = (
        issue_rows([Problem("info", "r", "p", message)], {})[0] for message in ("旧", "新")
    )
    assert first["issue_id"] == second["issue_id"]


def test_counts_by_severity() -> None:
    counts = severity_counts([Problem("error", "r", "p", "m"), Problem("info", "r", "p", "m")])
    assert counts == {"errors": 1, "warnings": 0, "infos": 1}
