-- The ratings that occur, in the order of the plan's scale; those of no scale and those that stand
-- where a rating would come last.
WITH scale AS (
    SELECT rating_label, min(ordinal) AS ordinal
    FROM rating_scales
    WHERE plan_id = $plan_id
    GROUP BY rating_label
),

found AS (
    SELECT
        outcome_label,
        min(list_position(['rated', 'mixed', 'unrated', 'unreported', 'ended'], status)) AS place
    FROM plan_progress
    WHERE plan_id = $plan_id AND fiscal_year <= $fiscal_year
    GROUP BY outcome_label
    UNION
    SELECT rating_label, 1 FROM scale
)

SELECT found.outcome_label
FROM found
LEFT JOIN scale ON scale.rating_label = found.outcome_label
GROUP BY found.outcome_label
ORDER BY min(found.place), min(scale.ordinal) NULLS LAST, found.outcome_label
