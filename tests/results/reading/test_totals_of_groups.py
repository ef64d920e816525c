"""What totals sum up: rows of groups of several kinds, rows of a department named once."""

from __future__ import annotations

from pipelines.results.totals import total_checks
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.reading.sheets_of import read
from tests.results.samples import STUB, source


def outcomes(text: str) -> list[tuple[str, str]]:
    rows, _ = total_checks(read(text), source(), STUB, SheetProfile())
    return [(row["label"], row["outcome"]) for row in rows]


def test_a_total_of_groups_of_both_kinds_sums_up_both() -> None:
    text = """
        番号|取組項目|担当課|効果額（千円）
        １　歳入の確保|||
        1|広告|財政課|10
        小計|||10
        ２　歳出の削減|||
        2|委託|管財課|20
        小計|||20
        合計|||30
    """
    assert outcomes(text) == [("小計", "agrees"), ("小計", "agrees"), ("合計", "agrees")]


def test_a_total_of_a_column_that_says_its_kind_is_of_this_kind() -> None:
    text = """
        番号|取組項目|担当課|削減額（千円）|収入額（千円）
        １　歳入の確保|||
        1|広告|財政課|1|10
        ２　歳出の削減|||
        2|委託|管財課|20|2
        合計|||21|12
    """
    assert outcomes(text) == [("合計", "agrees"), ("合計", "agrees")]


def test_the_total_of_a_department_that_stands_on_its_first_row_only() -> None:
    text = """
        担当課|取組項目|年度|効果額（千円）
        財政課|広告|R3|100
        ||R4|200
        財政課 計|||300
        管財課|貸付|R3|10
        ||R4|20
        管財課 計|||30
    """
    assert outcomes(text) == [("財政課 計", "agrees"), ("管財課 計", "agrees")]
