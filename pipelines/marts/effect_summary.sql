-- Planned and actual yen by year, kind and basis. Amounts of different bases are never added: a
-- single year's new effect, a continuing one and a cumulative one are different things.
SELECT
    plans.municipality_code,
    effects.plan_id,
    coalesce(effects.fiscal_year, effects.period_start_fy) AS start_fy,
    coalesce(effects.fiscal_year, effects.period_end_fy) AS end_fy,
    CASE WHEN start_fy = end_fy THEN start_fy END AS fiscal_year,
    effects.effect_kind,
    effects.effect_basis,
    sum(effects.planned_yen)::BIGINT AS planned_yen,
    sum(effects.actual_yen)::BIGINT AS actual_yen,
    count(*) AS row_count,
    count(effects.planned_yen) AS planned_count,
    count(effects.actual_yen) AS actual_count,
    count(effects.not_computable_reason) AS not_computable_count,
    count(*) FILTER (effects.result_status = 'provisional') AS provisional_count
FROM financial_effects AS effects
JOIN plans USING (plan_id)
WHERE effects.is_current
GROUP BY ALL
