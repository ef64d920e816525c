-- How many items of a plan have which rating in which year, for the whole plan and per pillar.
WITH years AS (
    SELECT DISTINCT plan_id, fiscal_year
    FROM subject_outcomes
),

expected AS (
    SELECT years.plan_id, years.fiscal_year, items.item_id AS subject_id
    FROM years
    JOIN reform_items AS items USING (plan_id)
    WHERE NOT items.is_repost
    UNION
    SELECT plan_id, fiscal_year, subject_id
    FROM subject_outcomes
),

placed AS (
    SELECT
        expected.plan_id,
        expected.fiscal_year,
        coalesce(outcomes.status, 'unreported') AS status,
        outcomes.rating_label,
        outcomes.rating,
        coalesce(outcomes.is_provisional, false) AS is_provisional,
        pillars.pillar_id
    FROM expected
    LEFT JOIN subject_outcomes AS outcomes USING (plan_id, fiscal_year, subject_id)
    LEFT JOIN item_pillars AS pillars ON pillars.item_id = expected.subject_id
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
        rating_label,
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
    coalesce(counted.rating_label, words.label_ja) AS outcome_label,
    counted.rating,
    counted.item_count,
    sum(counted.item_count) OVER (PARTITION BY counted.scope_key, counted.fiscal_year)::BIGINT
        AS scope_item_count,
    counted.provisional_item_count
FROM counted
JOIN plans USING (plan_id)
JOIN outcome_words AS words USING (status)
LEFT JOIN policy_nodes AS nodes ON nodes.node_id = counted.scope_key
