"""Checks of results: nothing of a submitted file is lost without a word."""

import dagster as dg

from pipelines.orchestration.check_results import check_result
from pipelines.orchestration.evidence import row_accounts
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.verdicts import record_verdict
from pipelines.problems import Problem
from pipelines.release.outcome import SourceAccounting

SOURCES_TABLE = "sources"
ROWS_ADD_UP = "every_row_is_accounted_for"


@dg.asset_check(
    asset=SOURCES_TABLE,
    name=ROWS_ADD_UP,
    blocking=True,
    description="Of every submitted file: rows read = published + set aside + quarantined.",
)
def every_row_is_accounted_for(workspace: Workspace) -> dg.AssetCheckResult:
    """Compare the counts of every file that was read."""
    places = workspace.places
    problems = [_lost(one) for one in row_accounts(places) if not one.balances]
    record_verdict(places, ROWS_ADD_UP, SOURCES_TABLE, problems)
    return check_result(ROWS_ADD_UP, SOURCES_TABLE, problems)


def _lost(one: SourceAccounting) -> Problem:
    message = (
        f"読み取った{one.read}行と、公開{one.published}行・対象外{sum(one.set_aside.values())}行・"
        f"保留{one.quarantined}行の合計が合わないため、公開を止めました。"
        "プログラムの不具合です。このファイルを開発者に知らせてください。"
    )
    return Problem("error", ROWS_ADD_UP, one.source_id, message, source_id=one.source_id)
