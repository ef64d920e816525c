"""Where every line of the five documents went; what nothing uses is listed in the docs."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from pipelines.orchestration.accounting import cited_lines, line_accounting, reasons_by_line
from pipelines.release.line_reasons import REASONS_JA, UNUSED_REASONS, unused_count
from tests.end_to_end.five_plans import CODES, ROOT, folder, original, text_of

LISTED = ROOT / "docs" / "unused-lines.md"


def unused_lines(code: str) -> dict[int, str]:
    """Line number to reason of every line that nothing uses."""
    lines = text_of(code).split("\n")
    reasons = reasons_by_line(lines, original(code))
    return {number: reason for number, reason in reasons.items() if reason in UNUSED_REASONS}


def listed_lines() -> dict[str, dict[int, str]]:
    """Plan to line number to reason, as the docs list them."""
    listed: dict[str, dict[int, str]] = defaultdict(dict)
    plan = ""
    for line in LISTED.read_text("utf-8").splitlines():
        plan = line.removeprefix("## ") if line.startswith("## ") else plan
        row = re.fullmatch(r"\| (\d+) \| .* \| (\w+) \|", line)
        if row:
            listed[plan][int(row[1])] = row[2]
    return listed


@pytest.mark.parametrize("code", CODES)
def test_the_lines_that_nothing_uses_are_those_of_the_docs(code: str) -> None:
    assert unused_lines(code) == listed_lines()[folder(code).plan_id]


@pytest.mark.parametrize("code", CODES)
def test_every_line_is_counted_once(code: str) -> None:
    account = line_accounting(original(code), folder(code))
    assert account is not None
    assert account["read"] == account["published"] + sum(account["set_aside"].values())
    assert account["published"] == len(cited_lines(original(code).rows))
    assert unused_count(account["set_aside"]) == len(unused_lines(code))
    assert set(account["set_aside"]) <= set(REASONS_JA)
    assert "unused" not in account["set_aside"]
