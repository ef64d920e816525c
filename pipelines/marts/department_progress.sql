-- How many items each department rated how in which year. Results of a department that was renamed
-- or merged count for the one that has its work now; the department's own rating, nobody else's.
WITH years AS (
    SELECT DISTINCT plan_id, fiscal_year
    FROM department_answers
),

asked AS (
    SELECT
        items.plan_id,
        named.item_id AS subject_id,
        coalesce(successors.last_department_id, named.department_name) AS department_key,
        min(named.department_name) AS department_name
    FROM item_departments AS named
    JOIN reform_items AS items USING (item_id)
    LEFT JOIN department_successors AS successors ON successors.department_id = named.department_id
    WHERE NOT named.is_collective AND NOT items.is_repost
    -- An item may name two departments that have become one.
    GROUP BY ALL
),

answers AS (
    SELECT
        plan_id,
        fiscal_year,
        subject_id,
        department_key,
        min(department_name) AS department_name,
        count(rating_label) AS label_count,
        min(rating_label) AS label,
        arg_min(rating, rating_label) AS rating
    FROM department_answers
    GROUP BY plan_id, fiscal_year, subject_id, department_key
),

unreported AS (
    SELECT
        years.plan_id,
        years.fiscal_year,
        asked.subject_id,
        asked.department_key,
        asked.department_name
    FROM years
    JOIN asked USING (plan_id)
    ANTI JOIN answers USING (plan_id, fiscal_year, subject_id, department_key)
),

outcomes AS (
    SELECT
        plan_id,
        fiscal_year,
        department_key,
        department_name,
        CASE label_count WHEN 0 THEN 'unrated' WHEN 1 THEN 'rated' ELSE 'mixed' END AS status,
        CASE WHEN label_count = 1 THEN label END AS rating_label,
        CASE WHEN label_count = 1 THEN rating END AS rating
    FROM answers
    UNION ALL
    SELECT plan_id, fiscal_year, department_key, department_name, 'unreported', NULL, NULL
    FROM unreported
),

counted AS (
    SELECT
        plan_id,
        fiscal_year,
        department_key,
        min(department_name) AS department_name,
        status,
        rating_label,
        rating,
        count(*) AS item_count
    FROM outcomes
    GROUP BY plan_id, fiscal_year, department_key, status, rating_label, rating
)

SELECT
    plans.municipality_code,
    counted.plan_id,
    counted.fiscal_year,
    counted.department_key,
    registered.department_id,
    coalesce(registered.name, counted.department_name) AS department_name,
    counted.status,
    coalesce(counted.rating_label, words.label_ja) AS outcome_label,
    counted.rating,
    counted.item_count
FROM counted
JOIN plans USING (plan_id)
JOIN outcome_words AS words USING (status)
LEFT JOIN departments AS registered ON registered.department_id = counted.department_key
