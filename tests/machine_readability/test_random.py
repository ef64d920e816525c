"""Whatever a file holds, linting it ends with a report or a refusal that says what to do."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.machine_readability.intake import intake_findings
from pipelines.machine_readability.lint import LintReport, lint_file
from pipelines.machine_readability.rules import rule_list
from pipelines.sources.workbooks.model import WorkbookError
from pipelines.sources.workbooks.reading import read_workbook

from .samples import CASES, file_of, schemas_of, xlsx_bytes

ODD = [
    "",
    " ",
    "　課",
    "件数",
    "令和5年度",
    "2023",
    "1,200円",
    "-",
    "〃",
    "合計",
    "①",
    "a\nb",
    "※注",
]
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=6))
tables = st.lists(st.lists(texts, max_size=5), min_size=1, max_size=7)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932"])


def quoted(rows: list[list[str]]) -> str:
    return "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows
    )


def lint_or_refuse(name: str, data: bytes) -> LintReport | None:
    try:
        return lint_file(name, data)
    except WorkbookError as error:
        assert error.finding.message_ja
        return None


def assert_can_be_told(report: LintReport | None) -> None:
    for one in report.breaches if report else ():
        assert one.rule in rule_list().rules
        assert one.message_ja
        assert one.fix_ja
        assert one.count >= len(one.places) or one.count == 1
        assert isinstance(one.place_ja, str)


@given(tables, ENCODINGS)
def test_random_csv_never_crashes(rows: list[list[str]], encoding: str) -> None:
    assert_can_be_told(lint_or_refuse("a.csv", quoted(rows).encode(encoding, "replace")))


@given(st.binary(max_size=200))
def test_random_bytes_never_crash(data: bytes) -> None:
    assert_can_be_told(lint_or_refuse("a.csv", data))


CELLS = st.one_of(
    st.sampled_from(ODD),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6),
    st.sampled_from([{}, {"merge": ["A1:B2"]}, {"hide_rows": [2]}, {"fill": {"A2": "FFFF00"}}]),
)
@settings(max_examples=40)
def test_random_workbooks_never_crash(rows: list[list[Any]], more: dict[str, Any]) -> None:
    data = xlsx_bytes([{"rows": rows, **more}])
    assert_can_be_told(lint_or_refuse("a.xlsx", data))


def broken_files() -> list[tuple[str, bytes]]:
    return [file_of(case) for kinds in CASES.values() for case in kinds["breaks"]]


@given(st.sampled_from(broken_files()), st.data())
@settings(max_examples=60)
def test_damaged_files_never_crash(file: tuple[str, bytes], data: st.DataObject) -> None:
    name, content = file
    at = data.draw(st.integers(0, len(content) - 1))
    changed = content[:at] + bytes([data.draw(st.integers(0, 255))]) + content[at + 1 :]
    assert_can_be_told(lint_or_refuse(name, changed))


def test_intake_tells_one_info_for_every_rule_about_spreadsheets() -> None:
    told: set[str] = set()
    for rule, kinds in CASES.items():
        for case in kinds["breaks"]:
            name, data = file_of(case)
            found = intake_findings(read_workbook(name, data), data)
            rules = [one.rule for one in found]
            assert len(set(rules)) == len(rules)
            assert set(rules) <= {rule}
            assert all(one.severity == "info" for one in found)
            told.update(rules)
    assert told == {"L1-10", "L1-11", "L1-12", "L1-13", "L2-06"}


def test_a_schema_is_known_by_its_header_alone() -> None:
    case = {"csv": "name,kind\na,b\n", "schema": {"name": {}, "kind": {}}}
    name, data = file_of(case)
    assert lint_file(name, data, schemas_of(case)).schema is not None
    assert lint_file(name, data.replace(b"kind", b"sort"), schemas_of(case)).schema is None
