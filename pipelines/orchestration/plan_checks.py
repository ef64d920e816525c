"""Checks of the table ``plans`` against the raw folder and the newest release."""

import dagster as dg

from pipelines.orchestration.check_results import check_result
from pipelines.orchestration.extraction import plan_store
from pipelines.orchestration.published import RULE, lost_plans, published_plan_ids
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.verdicts import record_verdict
from pipelines.orchestration.workspace import Places, schema_directory
from pipelines.plans.corrections import RULE as CORRECTION_RULE
from pipelines.plans.item_history import RULE as ITEM_CHANGE_RULE
from pipelines.problems import Problem
from pipelines.sources.corrections import CORRECTIONS
from pipelines.sources.item_changes import ITEM_CHANGES
from pipelines.tables.schemas import load_schemas
from pipelines.tables.store import ParquetStore

PLANS_TABLE = "plans"
SOME_PLAN = "some_plan_is_readable"
STATEMENTS_HOLD = "corrections_and_changes_hold"

#: What people stated about a plan and could not be done as stated. A plan must not be published
#: without it, so these problems stop the build where others only leave a plan out.
STATEMENT_RULES = frozenset(
    {CORRECTIONS.rule, CORRECTION_RULE, ITEM_CHANGES.rule, ITEM_CHANGE_RULE}
)


@dg.asset_check(
    asset=PLANS_TABLE,
    name=RULE,
    blocking=True,
    description="A plan of the newest release is left out only where its folder is gone.",
)
def published_plans_remain_readable(workspace: Workspace) -> dg.AssetCheckResult:
    """Compare the plans of the newest release with those of the tables."""
    places = workspace.places
    problems = lost_plans(
        published_plan_ids(places.outputs),
        present_plan_ids(places),
        left_out_plans(places),
        places.plans,
    )
    record_verdict(places, RULE, PLANS_TABLE, problems)
    return check_result(RULE, PLANS_TABLE, problems)


@dg.asset_check(
    asset=PLANS_TABLE,
    name=SOME_PLAN,
    blocking=True,
    description="At least one plan could be read.",
)
def some_plan_is_readable(workspace: Workspace) -> dg.AssetCheckResult:
    """A release without a single plan is no release."""
    places = workspace.places
    problems = [] if present_plan_ids(places) else [no_plan_problem()]
    record_verdict(places, SOME_PLAN, PLANS_TABLE, problems)
    return check_result(SOME_PLAN, PLANS_TABLE, problems)


@dg.asset_check(
    asset=PLANS_TABLE,
    name=STATEMENTS_HOLD,
    blocking=True,
    description="Every entry of corrections.yaml and item_changes.yaml is sound and applies.",
)
def corrections_and_changes_hold(workspace: Workspace) -> dg.AssetCheckResult:
    """Look for entries that could not be applied to what was read."""
    places = workspace.places
    problems = [
        problem
        for report in plan_store(places.extracted).reports()
        for problem in report.problems
        if problem.rule in STATEMENT_RULES
    ]
    record_verdict(places, STATEMENTS_HOLD, PLANS_TABLE, problems)
    return check_result(STATEMENTS_HOLD, PLANS_TABLE, problems)


def present_plan_ids(places: Places) -> list[str]:
    """The plans of the stored table."""
    store = ParquetStore(places.tables, load_schemas(schema_directory()))
    return [str(one) for one in store.read(PLANS_TABLE).column("plan_id").to_pylist()]


def left_out_plans(places: Places) -> dict[str, str]:
    """plan_id -> place of every plan found in the raw folder and not used."""
    return {
        plan_id: place
        for report in plan_store(places.extracted).reports()
        for plan_id, place in report.left_out.items()
    }


def no_plan_problem() -> Problem:
    """What to say where not one plan could be used."""
    message = (
        "使える計画が一つもないため、何も作りませんでした。"
        "raw/plans/<団体コード>/<計画名>/ に plan.yaml と文書を置くか、上のエラーを直してください。"
    )
    return Problem("error", SOME_PLAN, "plans", message)
