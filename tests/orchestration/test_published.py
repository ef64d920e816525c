from pathlib import Path

import pytest

from pipelines.orchestration.published import is_removed, lost_plans
from tests.orchestration.samples import FIRST, add_plan


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    add_plan(tmp_path, FIRST, "plan-a")
    return tmp_path / "plans"


def test_a_plan_that_is_still_read_is_not_lost(plans: Path) -> None:
    assert lost_plans(["032093-plan-a"], ["032093-plan-a"], {}, plans) == []


def test_a_plan_leaves_by_removing_its_folder(plans: Path) -> None:
    assert lost_plans(["032093-plan-z", "142123-plan-b"], [], {}, plans) == []


def test_a_left_out_plan_blocks_and_says_what_to_do(plans: Path) -> None:
    place = "plans/032093/plan-a"
    (problem,) = lost_plans(["032093-plan-a"], [], {"032093-plan-a": place}, plans)
    assert problem.severity == "error"
    assert problem.place == place
    assert "フォルダーを raw/plans から取り除いた" in problem.message_ja


def test_a_folder_that_nobody_reported_blocks_too(plans: Path) -> None:
    (problem,) = lost_plans(["032093-plan-a"], [], {}, plans)
    assert problem.place == "plans/032093/plan-a"


def test_a_municipality_folder_that_cannot_be_read_proves_nothing(
    plans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    iterdir = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == FIRST:
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert not is_removed(plans, "032093-plan-z")


def test_a_missing_plans_folder_is_an_accident(tmp_path: Path) -> None:
    assert not is_removed(tmp_path / "plans", "032093-plan-a")


def test_a_new_plan_may_be_left_out(plans: Path) -> None:
    assert lost_plans([], [], {"032093-plan-a": "plans/032093/plan-a"}, plans) == []
