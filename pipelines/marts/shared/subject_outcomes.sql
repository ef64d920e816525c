-- One row per item (or measure) and year that anybody reported on. Departments that rate one item
-- differently make it mixed, unless one alone is marked lead; ratings are never averaged.
WITH labels AS (
    SELECT
        plan_id,
        fiscal_year,
        subject_id,
        rating_label,
        any_value(item_id) AS item_id,
        any_value(rating) AS rating,
        bool_or(is_lead) AS is_lead,
        bool_or(is_provisional) AS is_provisional
    FROM department_answers
    GROUP BY plan_id, fiscal_year, subject_id, rating_label
),

counted AS (
    SELECT
        plan_id,
        fiscal_year,
        subject_id,
        any_value(item_id) AS item_id,
        count(rating_label) AS label_count,
        count(rating_label) FILTER (is_lead) AS lead_label_count,
        min(rating_label) AS label,
        arg_min(rating, rating_label) AS rating_of_label,
        min(rating_label) FILTER (is_lead) AS lead_label,
        arg_min(rating, rating_label) FILTER (is_lead) AS rating_of_lead,
        bool_or(is_provisional) AS is_provisional
    FROM labels
    GROUP BY plan_id, fiscal_year, subject_id
)

SELECT
    plan_id,
    fiscal_year,
    subject_id,
    item_id,
    CASE
        WHEN label_count = 0 THEN 'unrated'
        WHEN label_count = 1 OR lead_label_count = 1 THEN 'rated'
        ELSE 'mixed'
    END AS status,
    CASE WHEN label_count = 1 THEN label WHEN lead_label_count = 1 THEN lead_label END
        AS rating_label,
    CASE
        WHEN label_count = 1 THEN rating_of_label
        WHEN lead_label_count = 1 THEN rating_of_lead
    END AS rating,
    is_provisional
FROM counted
