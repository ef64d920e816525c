-- Where departments rated an item differently: each one's own rating.
SELECT
    plan_id,
    fiscal_year,
    subject_id,
    string_agg(
        department_name || '：' || coalesce(rating_label, '評価なし'),
        '、'
        ORDER BY department_name, rating_label
    ) AS department_ratings
FROM department_answers
GROUP BY plan_id, fiscal_year, subject_id
HAVING count(DISTINCT coalesce(rating_label, '')) > 1
