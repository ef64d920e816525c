-- How many indicators reached the year's target.
SELECT outcome AS "指標の目標", count(*) AS "指標の数"
FROM indicator_years
WHERE plan_id = $plan_id AND fiscal_year = $fiscal_year
GROUP BY outcome
ORDER BY list_position(['達成', '未達成'], outcome) NULLS LAST, outcome
