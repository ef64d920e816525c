-- The target that each current indicator result is measured against: the plan's next one that is
-- due, else its last, else the final target that the results themselves state.
WITH ranked AS (
    SELECT
        results.indicator_result_id,
        targets.*,
        row_number() OVER (
            PARTITION BY results.indicator_result_id
            ORDER BY
                coalesce(targets.due_fy, 9999) < results.fiscal_year,
                abs(coalesce(targets.due_fy, 9999) - results.fiscal_year),
                targets.seq
        ) AS place
    FROM indicator_results AS results
    JOIN item_targets AS targets USING (indicator_id)
    WHERE results.is_current
)

SELECT
    results.indicator_result_id,
    ranked.target_id,
    ranked.comparator,
    CASE
        WHEN ranked.target_id IS NULL THEN 'reach_by_due_year'
        WHEN ranked.comparator = 'maintain' THEN 'maintain'
        WHEN ranked.per IS NOT NULL THEN 'every_year'
        ELSE 'reach_by_due_year'
    END AS target_kind,
    -- 72,000 ㎡ of reduction is a change: what is to be reached follows from the baseline.
    CASE ranked.comparator
        WHEN 'reduce_by' THEN ranked.baseline_value - ranked.value
        WHEN 'increase_by' THEN ranked.baseline_value + ranked.value
        ELSE coalesce(ranked.value, results.final_target_value)
    END AS target_value,
    coalesce(ranked.due_fy, results.due_fy) AS due_fy,
    ranked.baseline_value,
    ranked.baseline_fy,
    CASE
        WHEN ranked.comparator IN ('at_least', 'increase_by') THEN 'up'
        WHEN ranked.comparator IN ('at_most', 'reduce_by', 'rank') THEN 'down'
        ELSE coalesce(
            ranked.direction,
            indicators.direction,
            CASE sign(ranked.value - ranked.baseline_value) WHEN 1 THEN 'up' WHEN -1 THEN 'down' END
        )
    END AS direction
FROM indicator_results AS results
JOIN indicators USING (indicator_id)
LEFT JOIN ranked
    ON ranked.indicator_result_id = results.indicator_result_id AND ranked.place = 1
WHERE results.is_current
