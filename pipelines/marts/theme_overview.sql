-- What each plan does about a theme. Counts describe a plan; cities are not ranked by them.
WITH targets AS (
    SELECT item_id, count(*) AS target_count
    FROM item_targets
    GROUP BY item_id
)

SELECT
    plans.municipality_code,
    items.plan_id,
    themes.theme,
    any_value(themes.theme_label) AS theme_label,
    count(*) AS item_count,
    count(targets.item_id) AS item_with_target_count,
    coalesce(sum(targets.target_count), 0)::BIGINT AS target_count
FROM item_themes AS themes
JOIN reform_items AS items USING (item_id)
JOIN plans USING (plan_id)
LEFT JOIN targets USING (item_id)
WHERE NOT items.is_repost
GROUP BY plans.municipality_code, items.plan_id, themes.theme
