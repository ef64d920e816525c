-- Items that nobody reported on in a year with results of their plan. ``ended_label`` says why nobody
-- had to: the newest report before said that the item is completed or stopped, or it was stopped,
-- merged or split before the year. Null: a report is missing.
WITH years AS (
    SELECT DISTINCT plan_id, fiscal_year
    FROM subject_outcomes
),

silent AS (
    SELECT years.plan_id, years.fiscal_year, items.item_id
    FROM years
    JOIN reform_items AS items USING (plan_id)
    ANTI JOIN subject_outcomes AS outcomes
        ON outcomes.plan_id = years.plan_id
        AND outcomes.fiscal_year = years.fiscal_year
        AND outcomes.subject_id = items.item_id
    WHERE NOT items.is_repost
),

by_change AS (
    SELECT silent.item_id, silent.fiscal_year, arg_min(ended.ended_label, (from_fy, ended_label))
        AS ended_label
    FROM silent
    JOIN ended_items AS ended
        ON ended.item_id = silent.item_id AND ended.from_fy <= silent.fiscal_year
    WHERE NOT ended.is_transfer
    GROUP BY ALL
)

SELECT
    silent.plan_id,
    silent.fiscal_year,
    silent.item_id,
    coalesce(words.label_ja, by_change.ended_label) AS ended_label
FROM silent
ASOF LEFT JOIN subject_outcomes AS before
    ON before.subject_id = silent.item_id AND silent.fiscal_year > before.fiscal_year
LEFT JOIN ended_words AS words ON words.ended_by = before.rating
LEFT JOIN by_change
    ON by_change.item_id = silent.item_id AND by_change.fiscal_year = silent.fiscal_year
