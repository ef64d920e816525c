-- 効果額: sums by year, kind and basis. Amounts of different kinds or bases are never added.
WITH unread AS (
    SELECT
        plan_id,
        coalesce(fiscal_year, period_start_fy) AS start_fy,
        coalesce(fiscal_year, period_end_fy) AS end_fy,
        effect_kind,
        effect_basis,
        bool_or(is_planned_unread) AS any_planned,
        bool_or(is_actual_unread) AS any_actual,
        count(unread_amounts) AS row_count
    FROM effects
    WHERE plan_id = $plan_id
    GROUP BY ALL
)

SELECT
    CASE
        WHEN effects.start_fy = effects.end_fy THEN fiscal_year_label(effects.start_fy)
        ELSE fiscal_year_label(effects.start_fy) || '～' || fiscal_year_label(effects.end_fy)
    END AS "年度・期間",
    kinds.label_ja AS "種類",
    bases.label_ja AS "算定方法",
    told_amount(effects.planned_yen, unread.any_planned) AS "計画額（円）",
    told_amount(effects.actual_yen, unread.any_actual) AS "実績額（円）",
    effects.row_count AS "報告の数",
    effects.actual_count AS "実績額あり",
    effects.not_computable_count AS "算定できない",
    unread.row_count AS "読み取れない",
    effects.provisional_count AS "見込み"
FROM effect_summary AS effects
JOIN unread USING (plan_id, start_fy, end_fy, effect_kind, effect_basis)
JOIN words AS kinds ON kinds.kind = 'effect_kind' AND kinds.code = effects.effect_kind
JOIN words AS bases ON bases.kind = 'effect_basis' AND bases.code = effects.effect_basis
WHERE effects.plan_id = $plan_id AND effects.start_fy <= $fiscal_year
ORDER BY effects.start_fy, effects.end_fy, effects.effect_kind, effects.effect_basis
