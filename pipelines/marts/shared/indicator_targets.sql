-- The target that each current indicator result is measured against: the plan's next one that is
-- due, else its last one that was, else one without a year, else the final target that the results
-- themselves state. ``has_target`` is true also where a change has no baseline to count from, so that
-- nobody can say what is to be reached.
WITH chosen AS (
    SELECT
        results.indicator_result_id,
        arg_min(
            targets.target_id,
            (
                CASE
                    WHEN targets.due_fy >= results.fiscal_year THEN 0
                    WHEN targets.due_fy < results.fiscal_year THEN 1
                    ELSE 2
                END,
                coalesce(abs(targets.due_fy - results.fiscal_year), 0),
                targets.seq
            )
        ) AS target_id
    FROM indicator_results AS results
    JOIN item_targets AS targets USING (indicator_id)
    WHERE results.is_current
    GROUP BY results.indicator_result_id
),

directed AS (
    SELECT
        results.indicator_result_id,
        results.final_target_value,
        targets.target_id,
        targets.comparator,
        targets.value,
        targets.value_upper,
        targets.baseline_value,
        targets.baseline_fy,
        coalesce(targets.due_fy, results.due_fy) AS target_due_fy,
        -- 年間4万件 by a year is to be reached by then; 毎年度300件 names no year and is judged in each.
        CASE
            WHEN targets.comparator = 'maintain' THEN 'maintain'
            WHEN targets.per IS NOT NULL AND targets.due_fy IS NULL THEN 'every_year'
            ELSE 'reach_by_due_year'
        END AS target_kind,
        CASE
            -- 2割削減 without a baseline: whether values are levels or what was saved is not known.
            WHEN targets.comparator = 'reduce_by' AND targets.baseline_value IS NULL THEN NULL
            WHEN targets.comparator IN ('at_least', 'increase_by') THEN 'up'
            WHEN targets.comparator IN ('at_most', 'reduce_by', 'rank') THEN 'down'
            WHEN targets.direction IS NOT NULL THEN targets.direction
            WHEN indicators.direction IS NOT NULL THEN indicators.direction
            -- A value that is to be kept does not say on which side of it is better.
            WHEN targets.comparator = 'maintain' THEN NULL
            WHEN targets.baseline_value < targets.value THEN 'up'
            WHEN targets.baseline_value > coalesce(targets.value_upper, targets.value) THEN 'down'
        END AS direction
    FROM indicator_results AS results
    JOIN indicators USING (indicator_id)
    LEFT JOIN chosen USING (indicator_result_id)
    LEFT JOIN item_targets AS targets USING (target_id)
    WHERE results.is_current
)

SELECT
    indicator_result_id,
    target_id,
    target_kind,
    -- 72,000 ㎡ of reduction is a change: what is to be reached follows from the baseline. Rounded, as
    -- 93.1 - 2.2 is not quite 90.9 in binary. A range that is met from above is met at its upper end.
    CASE
        WHEN comparator = 'reduce_by' THEN round(baseline_value - value, 9)
        WHEN comparator = 'increase_by' THEN round(baseline_value + value, 9)
        WHEN direction = 'down' THEN coalesce(value_upper, value, final_target_value)
        ELSE coalesce(value, final_target_value)
    END AS target_value,
    target_id IS NOT NULL OR final_target_value IS NOT NULL AS has_target,
    target_due_fy,
    baseline_value,
    baseline_fy,
    direction
FROM directed
