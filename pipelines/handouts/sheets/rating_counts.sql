-- How many items have which rating: per pillar this year, and for the whole plan year by year.
WITH scale AS (
    SELECT rating_label, min(ordinal) AS ordinal
    FROM rating_scales
    WHERE plan_id = $plan_id
    GROUP BY rating_label
)

SELECT
    counts.scope_kind,
    CASE
        WHEN counts.scope_kind = 'plan' THEN fiscal_year_label(counts.fiscal_year)
        ELSE concat_ws('　', nodes.number_label, nodes.title)
    END AS title,
    counts.outcome_label,
    counts.item_count
FROM plan_progress AS counts
LEFT JOIN policy_nodes AS nodes ON nodes.node_id = counts.scope_key
LEFT JOIN scale ON scale.rating_label = counts.outcome_label AND counts.status = 'rated'
WHERE
    counts.plan_id = $plan_id
    AND (
        counts.fiscal_year = $fiscal_year
        OR (counts.scope_kind = 'plan' AND counts.fiscal_year < $fiscal_year)
    )
ORDER BY
    counts.scope_kind, nodes.ordinal, counts.fiscal_year,
    list_position(['rated', 'mixed', 'unrated', 'unreported', 'ended'], counts.status),
    scale.ordinal NULLS LAST, counts.outcome_label
