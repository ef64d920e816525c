-- 目標に届かなかった指標: why, what next, and what became of last year's opinion.
SELECT
    coalesce(years.number_label, '－') AS "番号",
    coalesce(years.title, items.title) AS "改革項目",
    indicators.indicator AS "指標",
    indicators.printed_target AS "目標",
    indicators.printed_actual
    || CASE indicators.result_status WHEN 'provisional' THEN '（見込み）' ELSE '' END AS "実績",
    CASE
        WHEN years.status IN ('unreported', 'ended') THEN years.outcome_label
        ELSE years.shortfall_reason
    END
        AS "未達成の理由",
    CASE
        WHEN years.status IN ('unreported', 'ended') THEN years.outcome_label
        ELSE years.next_action
    END
        AS "今後の対応",
    before.council_opinion AS "前年度の審議会の意見",
    before.city_response AS "意見への市の回答"
FROM indicator_years AS indicators
LEFT JOIN reform_items AS items USING (item_id)
LEFT JOIN item_years AS years
    ON years.plan_id = indicators.plan_id
    AND years.fiscal_year = indicators.fiscal_year
    AND years.item_id = indicators.item_id
LEFT JOIN assessments AS before
    ON before.item_id = indicators.item_id AND before.fiscal_year = indicators.fiscal_year - 1
WHERE
    indicators.plan_id = $plan_id
    AND indicators.fiscal_year = $fiscal_year
    AND NOT indicators.is_achieved
ORDER BY
    years.pillar_ordinal NULLS LAST, items.ordinal NULLS LAST, indicators.indicator_result_id
