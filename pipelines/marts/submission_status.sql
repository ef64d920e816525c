-- Per survey round: who was asked, who answered, and what came of the rows.
WITH departments_of AS (
    SELECT
        round_id,
        count(*) FILTER (was_asked) AS asked_count,
        count(*) FILTER (has_answered) AS answered_count,
        count(*) FILTER (was_asked AND NOT has_answered) AS outstanding_count,
        count(*) FILTER (is_late) AS late_count
    FROM survey_departments
    GROUP BY round_id
),

revised AS (
    SELECT plan_id, source_id FROM yearly_results WHERE revision > 1
    UNION ALL
    SELECT plan_id, source_id FROM indicator_results WHERE revision > 1
    UNION ALL
    SELECT plan_id, source_id FROM financial_effects WHERE revision > 1
    UNION ALL
    SELECT plan_id, source_id FROM item_assessments WHERE revision > 1
),

-- A row's own year need not be its round's, and rounds of two years may bear one name: its file
-- tells. source_id is plan, years and round, as round_id, then twelve digits of the file's hash.
revisions AS (
    SELECT
        plan_id || '-r' || regexp_replace(
            substr(source_id, length(plan_id) + 2), '-[0-9a-f]{12}(-r[0-9]+)?$', ''
        ) AS round_id,
        count(*) AS revision_count
    FROM revised
    GROUP BY ALL
)

SELECT
    plans.municipality_code,
    rounds.plan_id,
    rounds.round_id,
    rounds.fiscal_year,
    rounds.period_start_fy,
    rounds.period_end_fy,
    rounds.round,
    rounds.round_order,
    rounds.round_status,
    rounds.answered_by,
    rounds.as_of_on,
    rounds.due_on,
    nullif(coalesce(departments_of.asked_count, 0), 0) AS asked_count,
    coalesce(departments_of.answered_count, 0) AS answered_count,
    CASE WHEN departments_of.asked_count > 0 THEN departments_of.outstanding_count END
        AS outstanding_count,
    coalesce(departments_of.late_count, 0) AS late_count,
    rounds.file_count,
    coalesce(revisions.revision_count, 0) AS revision_count,
    rounds.published_row_count,
    rounds.quarantined_row_count
FROM survey_rounds AS rounds
JOIN plans USING (plan_id)
LEFT JOIN departments_of USING (round_id)
LEFT JOIN revisions USING (round_id)
