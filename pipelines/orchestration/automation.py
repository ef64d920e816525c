"""When builds run by themselves: the job, the nightly schedule, the sensor on the raw folder."""

import dagster as dg

from pipelines.orchestration.files import read_json
from pipelines.orchestration.partitions import ALL_PARTITIONS_TAGS
from pipelines.orchestration.resources import Workspace
from pipelines.sources.fingerprints import raw_fingerprint

# Retrying cannot mend data, so the job says no even where an instance says yes.
build_job = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all(),
    tags={"dagster/max_retries": "0", "dagster/retry_on_asset_or_op_failure": "false"},
    description="Everything from raw/ to the release. Partitions without changes are skipped.",
)


@dg.schedule(
    job=build_job,
    cron_schedule="30 2 * * *",
    execution_timezone="Asia/Tokyo",
    description="Every night at 02:30: all prefectures in one run.",
)
def nightly_build() -> dg.RunRequest:
    """One run over the whole range of partitions."""
    return dg.RunRequest(tags=ALL_PARTITIONS_TAGS)


@dg.sensor(
    job=build_job,
    minimum_interval_seconds=60,
    description="Builds when the content of raw/ changed; time stamps do not count.",
)
def raw_content_changed(
    context: dg.SensorEvaluationContext, workspace: Workspace
) -> dg.SensorResult | dg.SkipReason:
    """Compare the raw folder with what the sensor saw last, or with the last successful build.

    The cursor is the fingerprint. There is no run key: content that returns to an earlier state
    is a change too, and Dagster would not start a second run for a key it knows.
    """
    places = workspace.places
    try:
        seen = raw_fingerprint(places.raw)
    except OSError as error:
        return dg.SkipReason(
            f"raw/ を読めません（{error.strerror}）。置き場所と権限を確かめてください。"
        )
    known = context.cursor or (read_json(places.fingerprint) or {}).get("raw")
    if seen == known:
        context.update_cursor(seen)
        return dg.SkipReason("raw/ の内容は前回から変わっていません。")
    return dg.SensorResult(run_requests=[dg.RunRequest(tags=ALL_PARTITIONS_TAGS)], cursor=seen)
