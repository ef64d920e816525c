-- What the papers are about.
SELECT
    cities.name AS city,
    is_fictional(plans.municipality_code) AS is_fictional,
    coalesce(plans.title, plans.plan_id) AS plan,
    plans.period_start_fy,
    plans.period_end_fy,
    (
        SELECT printed_dates(
            string_agg(DISTINCT as_of_on::VARCHAR, '、' ORDER BY as_of_on::VARCHAR)
        )
        FROM yearly_results
        WHERE plan_id = $plan_id AND fiscal_year = $fiscal_year AND is_current
    ) AS as_of,
    (
        SELECT string_agg(label, '、' ORDER BY label)
        FROM (
            SELECT result_status_ja || ' ' || count(*) || '項目' AS label
            FROM item_years
            WHERE plan_id = $plan_id AND fiscal_year = $fiscal_year
                AND result_status_ja IS NOT NULL
            GROUP BY result_status_ja
        )
    ) AS result_status
FROM plans
LEFT JOIN municipalities AS cities USING (municipality_code)
WHERE plan_id = $plan_id
