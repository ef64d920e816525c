-- One row per item (or measure) and year with results, in the order of the plan: items nobody
-- reported on stand too, as in the mart plan_progress.
WITH years AS (
    SELECT DISTINCT plan_id, fiscal_year
    FROM reported_years
),

expected AS (
    SELECT years.plan_id, years.fiscal_year, items.item_id AS subject_id
    FROM years
    JOIN reform_items AS items USING (plan_id)
    WHERE NOT items.is_repost
    UNION
    SELECT plan_id, fiscal_year, subject_id
    FROM reported_years
),

indicator_texts AS (
    SELECT
        item_id,
        fiscal_year,
        string_agg(
            indicator || '：目標 ' || coalesce(target, '記載なし')
            || '、実績 ' || coalesce(actual, '記載なし') || '、' || outcome,
            chr(10)
            ORDER BY indicator_result_id
        ) AS indicators
    FROM indicator_years
    WHERE item_id IS NOT NULL
    GROUP BY item_id, fiscal_year
)

SELECT
    expected.plan_id,
    expected.fiscal_year,
    expected.subject_id,
    items.item_id,
    pillars.node_id AS pillar_id,
    pillars.ordinal AS pillar_ordinal,
    pillars.number_label AS pillar_number,
    pillars.title AS pillar_title,
    reported.category_label,
    reported.section_label,
    items.ordinal AS item_ordinal,
    items.number_label,
    coalesce(items.title, reported.measure_text) AS title,
    items.department_text,
    reported.reporters,
    outcome_words.status,
    coalesce(outcomes.rating_label, unreported.ended_label, outcome_words.label_ja)
        AS outcome_label,
    ratings.department_ratings,
    reported.activity_text,
    reported.shortfall_reason,
    reported.next_action,
    indicator_texts.indicators,
    reported.result_status_ja,
    reported.as_of_on,
    item_changes.changes,
    assessments.* EXCLUDE (item_id, fiscal_year)
FROM expected
LEFT JOIN reported_years AS reported USING (plan_id, fiscal_year, subject_id)
LEFT JOIN subject_outcomes AS outcomes USING (plan_id, fiscal_year, subject_id)
LEFT JOIN unreported_items AS unreported
    ON unreported.item_id = expected.subject_id
    AND unreported.fiscal_year = expected.fiscal_year
JOIN outcome_words
    ON outcome_words.status = coalesce(
        outcomes.status, CASE WHEN unreported.ended_label IS NULL THEN 'unreported' ELSE 'ended' END
    )
LEFT JOIN department_ratings AS ratings USING (plan_id, fiscal_year, subject_id)
LEFT JOIN reform_items AS items ON items.item_id = expected.subject_id
LEFT JOIN item_pillars ON item_pillars.item_id = items.item_id
LEFT JOIN policy_nodes AS pillars ON pillars.node_id = item_pillars.pillar_id
LEFT JOIN indicator_texts
    ON indicator_texts.item_id = items.item_id
    AND indicator_texts.fiscal_year = expected.fiscal_year
LEFT JOIN item_changes ON item_changes.item_id = items.item_id
LEFT JOIN assessments
    ON assessments.item_id = items.item_id AND assessments.fiscal_year = expected.fiscal_year
ORDER BY
    expected.plan_id, expected.fiscal_year, pillars.ordinal NULLS LAST,
    items.ordinal NULLS LAST, expected.subject_id
