-- One row per item (or measure) and year that anybody reported on. Departments that rate one item
-- differently make it mixed, unless exactly one of them is marked lead; ratings are never averaged.
WITH labels AS (
    SELECT
        plan_id,
        fiscal_year,
        subject_id,
        any_value(item_id) AS item_id,
        bool_or(result_status = 'provisional') AS is_provisional,
        coalesce(list_distinct(list(rating_label) FILTER (rating_label IS NOT NULL)), [])
            AS all_labels,
        coalesce(list_distinct(list(rating_label) FILTER (rating_label IS NOT NULL AND is_lead)), [])
            AS lead_labels
    FROM current_results
    GROUP BY plan_id, fiscal_year, subject_id
),

chosen AS (
    SELECT
        *,
        CASE
            WHEN len(all_labels) = 0 THEN 'unrated'
            WHEN len(all_labels) = 1 OR len(lead_labels) = 1 THEN 'rated'
            ELSE 'mixed'
        END AS status,
        CASE
            WHEN len(all_labels) = 1 THEN all_labels[1]
            WHEN len(lead_labels) = 1 THEN lead_labels[1]
        END AS rating_label
    FROM labels
)

SELECT
    chosen.plan_id,
    chosen.fiscal_year,
    chosen.subject_id,
    chosen.item_id,
    chosen.status,
    chosen.rating_label,
    (
        SELECT any_value(results.rating)
        FROM current_results AS results
        WHERE results.plan_id = chosen.plan_id
            AND results.fiscal_year = chosen.fiscal_year
            AND results.subject_id = chosen.subject_id
            AND results.rating_label = chosen.rating_label
    ) AS rating,
    chosen.is_provisional
FROM chosen
