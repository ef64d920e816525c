-- 前年度の意見への回答: every opinion of the year before, with the item's rating of this year.
SELECT
    coalesce(items.number_label, '－') AS "番号",
    items.title || coalesce(chr(10) || '※' || printed_dates(changes.changes), '') AS "改革項目",
    opinions.rating_label AS "前年度の審議会の評価",
    opinions.opinion AS "審議会の意見",
    opinions.city_response AS "市の回答",
    coalesce(years.outcome_label, '報告なし') AS "この年度の評価"
FROM item_assessments AS opinions
JOIN reform_items AS items USING (item_id)
LEFT JOIN item_changes AS changes USING (item_id)
LEFT JOIN item_years AS years
    ON years.item_id = opinions.item_id AND years.fiscal_year = $fiscal_year
WHERE
    opinions.is_current
    AND opinions.assessor = 'council'
    AND items.plan_id = $plan_id
    AND opinions.fiscal_year = $fiscal_year - 1
ORDER BY items.ordinal, opinions.assessment_id
