-- How many items each department rated how in which year. Results of a department that was renamed
-- or merged count for the one that has its work now; the department's own rating, nobody else's.
WITH years AS (
    SELECT DISTINCT plan_id, fiscal_year
    FROM current_results
),

asked AS (
    SELECT DISTINCT
        items.plan_id,
        named.item_id AS subject_id,
        coalesce(successors.last_department_id, named.department_name) AS department_key,
        named.department_name
    FROM item_departments AS named
    JOIN reform_items AS items USING (item_id)
    LEFT JOIN department_successors AS successors ON successors.department_id = named.department_id
    WHERE NOT named.is_collective AND NOT items.is_repost
),

answers AS (
    SELECT
        plan_id,
        fiscal_year,
        subject_id,
        department_key,
        any_value(department_name) AS department_name,
        coalesce(list_distinct(list(rating_label) FILTER (rating_label IS NOT NULL)), [])
            AS labels,
        any_value(rating) AS rating
    FROM current_results
    GROUP BY ALL
),

unreported AS (
    SELECT years.plan_id, years.fiscal_year, asked.subject_id, asked.department_key,
        asked.department_name
    FROM years
    JOIN asked USING (plan_id)
    ANTI JOIN answers USING (plan_id, fiscal_year, subject_id, department_key)
),

counted AS (
    SELECT
        plan_id,
        fiscal_year,
        department_key,
        department_name,
        CASE len(labels) WHEN 0 THEN 'unrated' WHEN 1 THEN 'rated' ELSE 'mixed' END AS status,
        CASE WHEN len(labels) = 1 THEN labels[1] END AS rating_label,
        CASE WHEN len(labels) = 1 THEN rating END AS rating
    FROM answers
    UNION ALL
    SELECT plan_id, fiscal_year, department_key, department_name, 'unreported', NULL, NULL
    FROM unreported
)

SELECT
    plans.municipality_code,
    counted.plan_id,
    counted.fiscal_year,
    counted.department_key,
    registered.department_id,
    coalesce(registered.name, min(counted.department_name)) AS department_name,
    counted.status,
    coalesce(counted.rating_label, words.label_ja) AS outcome_label,
    counted.rating,
    count(*) AS item_count
FROM counted
JOIN plans USING (plan_id)
JOIN outcome_words AS words USING (status)
LEFT JOIN departments AS registered ON registered.department_id = counted.department_key
GROUP BY
    plans.municipality_code, counted.plan_id, counted.fiscal_year, counted.department_key,
    registered.department_id, registered.name, counted.status, counted.rating_label,
    words.label_ja, counted.rating
