"""The Dagster side of the pipeline: assets, checks, partitions, schedule, sensor, resources.

Nothing is computed here that a stage could compute: the assets call the pure functions of the
stages, keep their results in the store and tell Dagster about them.
"""

import warnings

# Single-run backfills are the documented way to run many partitions at once, still marked beta;
# the version is pinned, so the warning tells nobody anything.
warnings.filterwarnings("ignore", message="Parameter `backfill_policy`")
