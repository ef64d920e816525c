"""Names of persons behind departments are cut; names of units and places stay."""

import pytest

from pipelines.results.staff_names import without_staff_name
from tests.results.samples import STUB, record, rows_of


@pytest.mark.parametrize(
    "written",
    [
        "広報課　見本太郎",
        "広報課 見本 太郎",
        "広報課\n見本太郎",
        "広報課　係長　見本太郎",
        "広報課（主査 見本太郎）",
        "広報課　担当：見本太郎",
        "広報課 見本はなこ",
        "広報課　見本太郎　主任",
        "広報課長 見本太郎",
        "広報課長　見本",
        "広報課長：見本太郎",
        "広報課長（見本太郎）",
        "広報課主査 見本 太郎",
        "広報課長補佐 見本太郎",
        "広報課（内線123 見本）",
        "広報課（見本　電話：０１２３）",
        "広報課 (TEL 12-3456 見本太郎)",
        "広報課（係長 見本）",
        "広報課（広聴係長 見本）",
        "広報課（係長 見本、主任 試験）",
        "広報課（見本係長）",
        "広報課　見本太郎（内線123）",
    ],
)
def test_a_person_behind_a_department_is_cut(written: str) -> None:
    assert without_staff_name(written) == "広報課"


@pytest.mark.parametrize(
    "name",
    [
        "広報課",
        "総務課 人事係",
        "総務課 行革推進",
        "企画課　財政課",
        "支所産業建設課（花泉・大東）",
        "総務課（行革担当）",
        "市民課、各支所",
        "総務部 総務課",
        "教育委員会 学校教育課",
        "見本支所 地域振興",
        "健康福祉部　関係各課",
        "広報課（見本）",
        "広報課 見本",
        "支所（花泉）",
        "支所長（花泉）",
        "広報課長",
        "総務課長 人事係",
        "総務課（人事係長）",
        "総務課（行政改革担当部長）",
        "総務課（電話交換）",
        "市長 見本太郎",
    ],
)
def test_units_and_places_stay(name: str) -> None:
    assert without_staff_name(name) == name


def test_a_row_is_published_without_the_person_and_says_so() -> None:
    result = rows_of(
        record(
            3,
            item="窓口の改善",
            department="広報課　見本太郎",
            activity="改めた。",
            fiscal_year="2024",
        ),
        plan=STUB,
    )
    (row,) = result.rows["yearly_results"]
    assert row["department_name"] == "広報課"
    assert "staff_name_left_out" in {one.rule for one in result.findings}
    assert "見本太郎" not in str(result.rows)
