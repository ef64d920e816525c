-- The target that each current indicator result is measured against: the plan's next one that is
-- due, else its last, else the final target that the results themselves state.
WITH chosen AS (
    SELECT
        results.indicator_result_id,
        arg_min(
            targets.target_id,
            (
                coalesce(targets.due_fy, 9999) < results.fiscal_year,
                abs(coalesce(targets.due_fy, 9999) - results.fiscal_year),
                targets.seq
            )
        ) AS target_id
    FROM indicator_results AS results
    JOIN item_targets AS targets USING (indicator_id)
    WHERE results.is_current
    GROUP BY results.indicator_result_id
)

SELECT
    results.indicator_result_id,
    targets.target_id,
    CASE
        WHEN targets.comparator = 'maintain' THEN 'maintain'
        WHEN targets.per IS NOT NULL THEN 'every_year'
        ELSE 'reach_by_due_year'
    END AS target_kind,
    -- 72,000 ㎡ of reduction is a change: what is to be reached follows from the baseline.
    CASE targets.comparator
        WHEN 'reduce_by' THEN targets.baseline_value - targets.value
        WHEN 'increase_by' THEN targets.baseline_value + targets.value
        ELSE coalesce(targets.value, results.final_target_value)
    END AS target_value,
    coalesce(targets.due_fy, results.due_fy) AS target_due_fy,
    targets.baseline_value,
    targets.baseline_fy,
    CASE
        WHEN targets.comparator IN ('at_least', 'increase_by') THEN 'up'
        WHEN targets.comparator IN ('at_most', 'reduce_by', 'rank') THEN 'down'
        ELSE coalesce(
            targets.direction,
            indicators.direction,
            CASE sign(targets.value - targets.baseline_value)
                WHEN 1 THEN 'up'
                WHEN -1 THEN 'down'
            END
        )
    END AS direction
FROM indicator_results AS results
JOIN indicators USING (indicator_id)
LEFT JOIN chosen USING (indicator_result_id)
LEFT JOIN item_targets AS targets USING (target_id)
WHERE results.is_current
