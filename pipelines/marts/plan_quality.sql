-- For what share of a plan's items a reader can tell what is to be reached, from where, by when and
-- by whom; and how long its newest results took to be published.
WITH of_targets AS (
    SELECT
        item_id,
        bool_or(baseline_value IS NOT NULL) AS has_baseline,
        bool_or(due_fy IS NOT NULL OR due_on IS NOT NULL) AS has_due_year
    FROM item_targets
    GROUP BY item_id
),

-- Where a plan does not tell leading departments from others, its only department leads. One named
-- twice, for two parts of the item, is one.
in_charge AS (
    SELECT item_id, department_name, is_collective
    FROM item_departments
    QUALIFY coalesce(role = 'lead', false)
        OR (role IS NULL AND NOT bool_or(coalesce(role = 'lead', false)) OVER (PARTITION BY item_id))
),

of_departments AS (
    SELECT
        item_id,
        count(DISTINCT department_name) = 1 AND NOT bool_or(is_collective) AS has_one_lead
    FROM in_charge
    GROUP BY item_id
),

counted AS (
    SELECT
        plans.municipality_code,
        plans.plan_id,
        count(items.item_id) AS item_count,
        count(of_targets.item_id) AS quantitative_target_item_count,
        count(*) FILTER (of_targets.has_baseline) AS baseline_item_count,
        count(*) FILTER (of_targets.has_due_year) AS due_year_item_count,
        count(*) FILTER (of_departments.has_one_lead) AS one_lead_department_item_count,
        count(items.schedule_text) AS schedule_item_count
    FROM plans
    LEFT JOIN reform_items AS items ON items.plan_id = plans.plan_id AND NOT items.is_repost
    LEFT JOIN of_targets USING (item_id)
    LEFT JOIN of_departments USING (item_id)
    GROUP BY plans.municipality_code, plans.plan_id
),

published AS (
    SELECT
        plan_id,
        max(period_end_fy) AS newest_result_fy,
        arg_max(published_on, (period_end_fy, -epoch(published_on))) AS first_published_on
    FROM survey_rounds
    WHERE published_on IS NOT NULL
    GROUP BY plan_id
)

SELECT
    counted.municipality_code,
    counted.plan_id,
    counted.item_count,
    counted.quantitative_target_item_count,
    counted.quantitative_target_item_count / nullif(counted.item_count, 0)
        AS quantitative_target_share,
    counted.baseline_item_count,
    counted.baseline_item_count / nullif(counted.item_count, 0) AS baseline_share,
    counted.due_year_item_count,
    counted.due_year_item_count / nullif(counted.item_count, 0) AS due_year_share,
    counted.one_lead_department_item_count,
    counted.one_lead_department_item_count / nullif(counted.item_count, 0)
        AS one_lead_department_share,
    counted.schedule_item_count,
    counted.schedule_item_count / nullif(counted.item_count, 0) AS schedule_share,
    published.newest_result_fy,
    published.first_published_on - make_date(published.newest_result_fy + 1, 3, 31)
        AS days_to_publication
FROM counted
LEFT JOIN published USING (plan_id)
