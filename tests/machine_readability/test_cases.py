"""Every rule that a file decides, on files that break it and files that do not."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.machine_readability.lint import LintReport, lint_file
from pipelines.machine_readability.rules import rule_list

from .samples import CASES, file_of, schemas_of


def report_of(case: dict[str, Any]) -> LintReport:
    name, data = file_of(case)
    return lint_file(name, data, schemas_of(case))


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule} {case['name']}")
        for rule, kinds in CASES.items()
        for case in kinds[kind]
    ]


@pytest.mark.parametrize(("rule", "case"), cases("breaks"))
def test_exactly_the_broken_rule_is_told(rule: str, case: dict[str, Any]) -> None:
    report = report_of(case)
    assert {one.rule for one in report.breaches} == {rule}, told(report)
    first = report.breaches[0]
    assert first.severity == case.get("severity", first.severity)
    assert rule not in report.unchecked
    if "places" in case:
        assert "、".join(one.place_ja for one in report.breaches) == "、".join(case["places"])


@pytest.mark.parametrize(("rule", "case"), cases("keeps"))
def test_a_file_that_breaks_nothing_is_told_nothing(rule: str, case: dict[str, Any]) -> None:
    report = report_of(case)
    assert not report.breaches, told(report)


def test_every_rule_that_a_file_decides_has_cases_of_both_kinds() -> None:
    decided = {rule.id for rule in rule_list().rules.values() if rule.decides}
    assert decided == CASES.keys()
    assert all(kinds["breaks"] and kinds["keeps"] for kinds in CASES.values())


def test_every_text_is_told_by_some_case() -> None:
    told_texts = {
        one.message
        for kinds in CASES.values()
        for case in kinds["breaks"]
        for one in report_of(case).breaches
    }
    texts = {text for rule in rule_list().rules.values() for text in rule.messages}
    assert texts - told_texts == set()


def told(report: LintReport) -> list[str]:
    return [
        f"{one.rule} {one.message} {one.place_ja} {one.value} {one.message_ja}"
        for one in report.breaches
    ]
