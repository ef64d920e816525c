-- 効果額の内訳: the amounts that the departments reported for the year.
SELECT
    coalesce(items.number_label, '－') AS "番号",
    coalesce(items.title, effects.measure_text, effects.category_label, effects.section_label)
        AS "取組",
    effects.department_name AS "部署",
    effects.kind AS "種類",
    effects.basis AS "算定方法",
    told_amount(effects.planned_yen, effects.is_planned_unread) AS "計画額（円）",
    told_amount(effects.actual_yen, effects.is_actual_unread) AS "実績額（円）",
    concat_ws(
        chr(10),
        CASE effects.result_status WHEN 'provisional' THEN '見込み' ELSE '確定' END,
        '算定できない理由：' || effects.not_computable_reason,
        effects.baseline_fy || '年度比'
    ) AS "備考"
FROM effects
LEFT JOIN reform_items AS items USING (item_id)
WHERE
    effects.plan_id = $plan_id
    AND $fiscal_year BETWEEN coalesce(effects.fiscal_year, effects.period_start_fy)
        AND coalesce(effects.fiscal_year, effects.period_end_fy)
ORDER BY items.ordinal NULLS LAST, effects.effect_id
