-- The plan's ratings and what they mean.
SELECT rating_label AS "評価", definition AS "評価の意味"
FROM rating_scales
WHERE plan_id = $plan_id
ORDER BY ordinal, scale_id
