-- How far each indicator has come, year by year. Progress is (actual - baseline) / (target -
-- baseline), beside the share of the target's period that has passed; targets to maintain a value
-- and targets of every year are judged each year by themselves. Nothing is invented: where a
-- baseline, a due year or a direction is missing, a reason stands instead.
WITH measured AS (
    SELECT
        plans.municipality_code,
        plans.period_start_fy,
        results.*,
        indicators.name AS indicator_name,
        indicators.unit,
        targets.* EXCLUDE (indicator_result_id)
    FROM indicator_results AS results
    JOIN plans USING (plan_id)
    JOIN indicators USING (indicator_id)
    JOIN indicator_targets AS targets USING (indicator_result_id)
    WHERE results.is_current
),

shares AS (
    SELECT
        *,
        CASE
            WHEN target_kind != 'reach_by_due_year' THEN 'judged_each_year'
            WHEN NOT has_target THEN 'no_target'
            WHEN actual_value IS NULL THEN 'no_actual'
            WHEN baseline_value IS NULL THEN 'no_baseline'
            WHEN baseline_value = target_value THEN 'baseline_equals_target'
        END AS no_progress_reason,
        -- A target's period begins behind its baseline; without one's year, with the plan.
        coalesce(baseline_fy, period_start_fy - 1) AS since_fy,
        -- The year's own target first; a final one judges its due year and those behind it.
        CASE
            WHEN planned_value IS NOT NULL THEN planned_value
            WHEN target_kind != 'reach_by_due_year' OR target_due_fy <= fiscal_year
                THEN target_value
        END AS year_target
    FROM measured
),

judged AS (
    SELECT
        *,
        CASE
            WHEN no_progress_reason IS NULL
                -- Rounded, so that a third of the way after a third of the time is no less.
                THEN round(
                    (actual_value - baseline_value) / (target_value - baseline_value), 9)
        END AS progress_share,
        CASE
            WHEN target_kind = 'reach_by_due_year' AND target_due_fy > since_fy
                THEN round(least(1.0, greatest(0.0,
                    (fiscal_year - since_fy)::DOUBLE / (target_due_fy - since_fy))), 9)
        END AS elapsed_share,
        CASE
            WHEN actual_value IS NULL OR year_target IS NULL THEN NULL
            WHEN direction = 'up' THEN actual_value >= year_target
            WHEN direction = 'down' THEN actual_value <= year_target
            WHEN actual_value = year_target THEN true
        END AS is_achieved,
        CASE
            WHEN planned_value IS NULL AND NOT has_target THEN 'no_target'
            WHEN actual_value IS NULL THEN 'no_actual'
            WHEN year_target IS NULL AND target_kind = 'reach_by_due_year' THEN CASE
                WHEN target_due_fy IS NULL THEN 'no_due_year'
                WHEN target_due_fy > fiscal_year THEN 'not_due'
                ELSE 'no_baseline'
            END
            WHEN year_target IS NULL THEN 'no_baseline'
            WHEN direction IS NULL AND actual_value != year_target THEN 'no_direction'
        END AS not_judged_reason
    FROM shares
)

SELECT
    municipality_code,
    plan_id,
    indicator_result_id,
    item_id,
    indicator_id,
    indicator_name,
    unit,
    fiscal_year,
    department_name,
    planned_value,
    actual_value,
    target_id,
    target_kind,
    target_value,
    direction,
    baseline_value,
    baseline_fy,
    target_due_fy AS due_fy,
    progress_share,
    no_progress_reason,
    elapsed_share,
    CASE
        WHEN planned_value IS NULL AND NOT has_target THEN 'Q'
        WHEN actual_value IS NULL THEN 'N'
        WHEN progress_share >= elapsed_share THEN 'A'
        WHEN progress_share < elapsed_share THEN 'B'
        WHEN is_achieved THEN 'A'
        WHEN NOT is_achieved THEN 'B'
    END AS progress_class,
    is_achieved,
    not_judged_reason,
    missing_reason,
    result_status
FROM judged
