-- Each indicator's target and actual value of a year, in words: as data, and as printed.
WITH named AS (
    SELECT
        progress.*,
        coalesce(progress.planned_value, progress.target_value) AS stated_value,
        CASE WHEN progress.planned_value IS NULL THEN progress.due_fy END AS stated_due_fy,
        results.planned_text,
        results.actual_text,
        missing.label_ja AS missing_ja,
        progress.indicator_name
        || CASE WHEN progress.direction = 'down' THEN '（小さいほどよい）' ELSE '' END
        || CASE
            WHEN progress.department_name != coalesce(reported.reporters, '')
                THEN '（' || progress.department_name || '）'
            ELSE ''
        END AS indicator,
        CASE
            WHEN progress.is_achieved THEN '達成'
            WHEN NOT progress.is_achieved THEN '未達成'
            ELSE coalesce(reasons.label_ja, '判断できない')
        END AS outcome
    FROM indicator_progress AS progress
    JOIN indicator_results AS results USING (indicator_result_id)
    LEFT JOIN reported_years AS reported
        ON reported.plan_id = progress.plan_id
        AND reported.fiscal_year = progress.fiscal_year
        AND reported.subject_id = progress.item_id
    LEFT JOIN words AS reasons
        ON reasons.kind = 'not_judged' AND reasons.code = progress.not_judged_reason
    LEFT JOIN words AS missing
        ON missing.kind = 'missing' AND missing.code = progress.missing_reason
)

SELECT
    plan_id,
    fiscal_year,
    item_id,
    indicator_result_id,
    indicator,
    coalesce(stated_target(number_text(stated_value), unit, stated_due_fy), planned_text) AS target,
    coalesce(stated_target(printed_number(stated_value), unit, stated_due_fy), planned_text)
        AS printed_target,
    coalesce(number_text(actual_value) || unit, actual_text, missing_ja) AS actual,
    coalesce(printed_number(actual_value) || unit, actual_text, missing_ja) AS printed_actual,
    outcome,
    is_achieved,
    result_status
FROM named
