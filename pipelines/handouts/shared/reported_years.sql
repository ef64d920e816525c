-- What the departments wrote about each item (or measure) and year.
WITH reported AS (
    SELECT
        *,
        subject_of(plan_id, item_id, category_label, section_label, measure_text) AS subject_id
    FROM yearly_results
    WHERE is_current
),

shared AS (
    SELECT
        *,
        min(department_name) OVER same_subject != max(department_name) OVER same_subject AS is_shared
    FROM reported
    WINDOW same_subject AS (PARTITION BY plan_id, fiscal_year, subject_id)
)

SELECT
    plan_id,
    fiscal_year,
    subject_id,
    min(category_label) AS category_label,
    min(section_label) AS section_label,
    min(measure_text) AS measure_text,
    string_agg(DISTINCT department_name, '、' ORDER BY department_name) AS reporters,
    joined_texts(activity_text, department_name, is_shared) AS activity_text,
    joined_texts(shortfall_reason, department_name, is_shared) AS shortfall_reason,
    joined_texts(next_action, department_name, is_shared) AS next_action,
    max(as_of_on) AS as_of_on,
    CASE
        WHEN bool_and(result_status = 'provisional') THEN '見込み'
        WHEN bool_or(result_status = 'provisional') THEN '見込みを含む'
        ELSE '確定'
    END AS result_status_ja
FROM shared
GROUP BY plan_id, fiscal_year, subject_id
