"""Lines above tables that say of which kind the amounts below them are."""

from __future__ import annotations

import pytest

from pipelines.results.reading.line_kinds import kind_of_line


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("歳出削減効果額一覧", "cost_reduction"),
        ("歳入の確保", "revenue_increase"),
        ("人件費・物件費の削減", "cost_reduction"),
        ("令和5年度 収入額と実績", "revenue_increase"),
        ("歳入の確保と負担の適正化", None),
        ("事務の効率化と経費の削減", None),
        ("歳入確保と歳出削減", None),
        ("収入印紙売りさばきの廃止", None),
        ("効果額", None),
    ],
)
def test_a_line_of_two_policies_says_no_kind(label: str, kind: str | None) -> None:
    assert kind_of_line(label) == kind
