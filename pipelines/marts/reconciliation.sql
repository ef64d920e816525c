-- How many totals that a city states agree with what they are totals of.
WITH checks AS (
    SELECT municipality_code, plan_id, check_kind, outcome
    FROM figure_checks
    UNION ALL
    SELECT plans.municipality_code, totals.plan_id, 'control_total',
        CASE WHEN totals.matches THEN 'agrees' ELSE 'disagrees' END
    FROM control_totals AS totals
    JOIN plans USING (plan_id)
)

SELECT
    municipality_code,
    coalesce(plan_id, municipality_code) AS subject_key,
    plan_id,
    check_kind AS total_kind,
    outcome,
    count(*) AS check_count
FROM checks
GROUP BY ALL
