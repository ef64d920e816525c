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
    SELECT plan_id, fiscal_year, round, revision FROM yearly_results
    UNION ALL
    SELECT plan_id, fiscal_year, round, revision FROM indicator_results
    UNION ALL
    SELECT plan_id, fiscal_year, round, revision FROM financial_effects
    UNION ALL
    SELECT plan_id, fiscal_year, round, revision FROM item_assessments
),

revisions AS (
    SELECT
        rounds.round_id,
        count(*) AS revision_count
    FROM survey_rounds AS rounds
    JOIN revised
        ON revised.plan_id = rounds.plan_id
        AND revised.round = rounds.round
        AND revised.revision > 1
        AND coalesce(revised.fiscal_year BETWEEN rounds.period_start_fy AND rounds.period_end_fy, true)
    GROUP BY rounds.round_id
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
