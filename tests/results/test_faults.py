"""Small submissions with one fault each: told rightly, none a crash, none published wrongly.

faults.yaml holds the cases; faults_support writes the files and reads them by the real path. A case
with a ``gap`` is not right yet: it says what happens now, and fails here once it is right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from pipelines.results.feedback.marked_copy import marked_copy
from pipelines.results.feedback.quarantine import quarantine_csv
from pipelines.results.rows.model import KEY_COLUMNS
from pipelines.sources.workbooks.model import CellFinding
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.checks import check_tables
from pipelines.tables.schemas import load_schemas
from tests.results.faults_support.cases import Case, SubmittedCase, faults
from tests.results.faults_support.comparing import (
    expected_rows,
    expected_told,
    place_of,
    published_rows,
    texts_of,
    told_of,
    untold,
    wrongly_worded,
)
from tests.results.faults_support.running import Outcome, run

CASES = faults().cases


def _parameters(*, with_gaps: bool) -> list[object]:
    return [
        pytest.param(
            case,
            id=case.about,
            marks=[pytest.mark.xfail(reason=case.gap, strict=True)]
            if case.gap and with_gaps
            else [],
        )
        for case in CASES
    ]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory):
    """Runs each case once."""
    folders: dict[str, Path] = {}

    @cache
    def by_name(name: str) -> Outcome:
        folders[name] = tmp_path_factory.mktemp("fault")
        return run(next(case for case in CASES if case.name == name), folders[name])

    return lambda case: by_name(case.name)


def test_there_are_a_hundred_faults_and_more():
    assert len(CASES) >= 110
    assert len({case.name for case in CASES}) == len(CASES)
    assert len({case.about for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", _parameters(with_gaps=False))
def test_nothing_crashes_and_every_row_is_accounted_for(case: Case, ran):
    outcome = ran(case)
    for one in outcome.results.files:
        account = one.account
        assert account is None or account.balances, account
        assert len(one.quarantined) == (account.quarantined if account else 0)
        assert not [fault for each in one.feedback.findings for fault in wrongly_worded(each)]
        assert not list(untold(outcome, one))
    for problem in outcome.results.problems:
        assert problem.line_ja()


@pytest.mark.parametrize("case", _parameters(with_gaps=False))
def test_what_the_department_gets_can_be_opened(case: Case, ran):
    for one in ran(case).results.files:
        quarantine_csv(one.quarantined)
        file, feedback = one.submission.file, one.feedback
        if feedback.workbook is None:
            continue
        copy = marked_copy(file.name, file.data, feedback.workbook, feedback.findings)
        book = openpyxl.load_workbook(BytesIO(copy), read_only=True)
        assert len(book.sheetnames) == len(feedback.workbook.sheets) + 1


def test_every_row_fits_its_table(ran):
    schemas = load_schemas(Path("schemas"))
    together: dict[str, list[dict[str, object]]] = defaultdict(list)
    for case in CASES:
        rows = ran(case).results.rows
        for table, key in {**KEY_COLUMNS, "indicators": "indicator_id"}.items():
            ids = [row[key] for row in rows[table]]
            assert len(set(ids)) == len(ids), case.name
        for table in ("sources", "figure_checks", "indicators", *KEY_COLUMNS):
            together[table] += rows[table]
    # Cases share their ids, and the plan's own tables are not here: keys are not compared.
    tables = {name: rows_to_table(schemas[name], rows) for name, rows in together.items()}
    found = check_tables(schemas, tables)
    assert not [one for one in found if not one.rule.endswith("_key")]


@pytest.mark.parametrize("case", _parameters(with_gaps=True))
def test_the_right_message_and_nothing_published_wrongly(case: Case, ran):
    outcome = ran(case)
    for one in case.submitted:
        _check_told(case, one, outcome)
        _check_account(one, outcome)
    _check_folders(case, outcome)
    published = published_rows(outcome)
    for table, rows in expected_rows(case).items():
        assert _ordered(published[table]) == _ordered(rows), table
    for word in case.secret:
        assert word not in texts_of(outcome)


def _ordered(rows):
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])


def _check_told(case: Case, one: SubmittedCase, outcome: Outcome) -> None:
    """Every error and warning is expected, every expected one is told at its place in its words."""
    read = [each for each in outcome.results.files if each.submission.file.name == one.file_name]
    expected = expected_told(case, one)
    if not read:
        assert not expected, f"{one.file_name} was not read at all"
        return
    wanted = Counter(
        (told.severity, told.rule, place_of(at, one.kind))
        for told in expected
        for at in told.places
    )
    found = told_of(read[0], "error", "warning")
    assert found == Counter({key: n for key, n in wanted.items() if key[0] != "info"})
    infos = set(told_of(read[0], "info"))
    assert {key for key in wanted if key[0] == "info"} <= infos
    for told in expected:
        for at in told.places:
            texts = [
                each.message_ja + each.fix_ja
                for each in read[0].feedback.findings
                if (each.rule, each.cell) == (told.rule, place_of(at, one.kind))
            ]
            for word in told.says:
                assert any(word in text for text in texts), (word, texts)
            for word in told.says_not:
                assert not any(word in text for text in texts), (word, texts)


def _check_account(one: SubmittedCase, outcome: Outcome) -> None:
    read = [each for each in outcome.results.files if each.submission.file.name == one.file_name]
    accounts = [each.account for each in read if each.account]
    assert bool(accounts) != one.is_refused
    if not accounts:
        return
    held = {
        CellFinding("info", "", "", "", *at).cell for at in read[0].feedback.account.quarantined
    }
    assert held == {place_of(at, one.kind) for at in one.quarantined}
    sound = faults().bases[one.base].aside if one.rows is None else {}
    aside = {reason: count for reason, count in {**sound, **one.aside}.items() if count}
    assert dict(accounts[0].set_aside) == aside


def _check_folders(case: Case, outcome: Outcome) -> None:
    found = [(one.severity, one.rule) for one in outcome.folder_problems]
    assert sorted(found) == sorted(told.rule for told in case.folder_told)
    for told in case.folder_told:
        assert any(
            one.rule == told.rule[1]
            and one.place.endswith(told.place)
            and all(word in one.message_ja for word in told.says)
            for one in outcome.folder_problems
        ), (told, [vars(one) for one in outcome.folder_problems])
