-- How many items of a plan have which rating in which year, for the whole plan and per pillar.
WITH outcomes AS (
    SELECT plan_id, fiscal_year, subject_id, status, rating_label AS label, rating, is_provisional
    FROM subject_outcomes
    UNION ALL
    SELECT
        plan_id,
        fiscal_year,
        item_id,
        CASE WHEN ended_label IS NULL THEN 'unreported' ELSE 'ended' END,
        ended_label,
        NULL,
        false
    FROM unreported_items
),

placed AS (
    SELECT outcomes.* EXCLUDE (subject_id), pillars.pillar_id
    FROM outcomes
    LEFT JOIN item_pillars AS pillars ON pillars.item_id = outcomes.subject_id
),

scoped AS (
    SELECT *, 'plan' AS scope_kind, plan_id AS scope_key
    FROM placed
    UNION ALL
    SELECT *, 'pillar' AS scope_kind, pillar_id AS scope_key
    FROM placed
    WHERE pillar_id IS NOT NULL
),

counted AS (
    SELECT
        plan_id,
        fiscal_year,
        scope_kind,
        scope_key,
        status,
        label,
        rating,
        count(*) AS item_count,
        count(*) FILTER (is_provisional) AS provisional_item_count
    FROM scoped
    GROUP BY ALL
)

SELECT
    plans.municipality_code,
    counted.plan_id,
    counted.fiscal_year,
    counted.scope_kind,
    counted.scope_key,
    coalesce(nodes.title, plans.title) AS scope_title,
    nodes.ordinal AS pillar_ordinal,
    counted.status,
    coalesce(counted.label, words.label_ja) AS outcome_label,
    counted.rating,
    counted.item_count,
    sum(counted.item_count) OVER (PARTITION BY counted.scope_key, counted.fiscal_year)::BIGINT
        AS scope_item_count,
    counted.provisional_item_count
FROM counted
JOIN plans USING (plan_id)
JOIN outcome_words AS words USING (status)
LEFT JOIN policy_nodes AS nodes ON nodes.node_id = counted.scope_key
