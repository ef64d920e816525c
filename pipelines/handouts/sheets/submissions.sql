-- 提出状況: per survey round, who was asked and who has not answered.
WITH outstanding AS (
    SELECT round_id, string_agg(department_name, '、' ORDER BY department_name) AS departments
    FROM survey_departments
    WHERE was_asked AND NOT has_answered
    GROUP BY round_id
)

SELECT
    rounds.round_status AS "調査",
    words.label_ja AS "回答者",
    printed_dates(rounds.as_of_on::VARCHAR) AS "基準日",
    printed_dates(rounds.due_on::VARCHAR) AS "期限",
    rounds.asked_count AS "照会した部署",
    rounds.answered_count AS "回答した部署",
    rounds.outstanding_count AS "未回答の部署",
    rounds.late_count AS "期限後の回答",
    CASE
        WHEN rounds.outstanding_count = 0 THEN 'なし'
        ELSE outstanding.departments
    END AS "未回答の部署の名前"
FROM submission_status AS rounds
JOIN words ON words.kind = 'assessor' AND words.code = rounds.answered_by
LEFT JOIN outstanding USING (round_id)
WHERE
    rounds.plan_id = $plan_id
    AND (rounds.answered_by = 'department' OR rounds.asked_count > 0)
    AND $fiscal_year BETWEEN rounds.period_start_fy AND rounds.period_end_fy
ORDER BY rounds.round_order, rounds.round_id
