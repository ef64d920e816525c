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

-- What the department itself had said last before. (As a struct, since arg_max passes over nulls.)
said_before AS (
    SELECT
        unreported.fiscal_year,
        unreported.subject_id,
        unreported.department_key,
        arg_max({rating: answers.rating, label_count: answers.label_count}, answers.fiscal_year)
            AS last_answer
    FROM unreported
    JOIN answers USING (plan_id, subject_id, department_key)
    WHERE answers.fiscal_year < unreported.fiscal_year
    GROUP BY ALL
),

-- Why a department had no more to report: its own newest report before, else the item's, else a
-- change of the item, else that the item went to another department.
reasons AS (
    SELECT
        unreported.*,
        any_value(words.label_ja) AS own_label,
        any_value(items.ended_label) AS item_label,
        arg_min(ended.ended_label, (ended.from_fy, ended.ended_label))
            FILTER (NOT ended.is_transfer AND ended.from_fy <= unreported.fiscal_year)
            AS change_label,
        arg_max(ended.ended_label, ended.changed_on) FILTER (ended.is_transfer) AS transfer_label,
        arg_max(ended.reason, ended.changed_on) FILTER (ended.is_transfer) AS transfer_reason
    FROM unreported
    LEFT JOIN said_before USING (subject_id, department_key, fiscal_year)
    LEFT JOIN ended_words AS words
        ON words.ended_by = said_before.last_answer.rating
        AND said_before.last_answer.label_count = 1
    LEFT JOIN unreported_items AS items
        ON items.item_id = unreported.subject_id AND items.fiscal_year = unreported.fiscal_year
    LEFT JOIN ended_items AS ended
        ON ended.item_id = unreported.subject_id
        AND ended.changed_fy <= unreported.fiscal_year
        -- In the year of a move, one report is enough, whichever department gave it.
        AND (ended.from_fy <= unreported.fiscal_year OR items.item_id IS NULL)
    GROUP BY ALL
),

excused AS (
    SELECT
        * EXCLUDE (own_label, item_label, change_label, transfer_label, transfer_reason),
        coalesce(
            own_label,
            item_label,
            change_label,
            -- Where the plan names the department that has the item now, its report is missing.
            CASE
                WHEN NOT starts_with(transfer_reason, '所管が' || department_name || 'に移りました')
                    THEN transfer_label
            END
        ) AS ended_label
    FROM reasons
),

outcomes AS (
    SELECT
        plan_id,
        fiscal_year,
        department_key,
        department_name,
        CASE label_count WHEN 0 THEN 'unrated' WHEN 1 THEN 'rated' ELSE 'mixed' END AS status,
        CASE WHEN label_count = 1 THEN label END AS label,
        CASE WHEN label_count = 1 THEN rating END AS rating
    FROM answers
    UNION ALL
    SELECT
        plan_id,
        fiscal_year,
        department_key,
        department_name,
        CASE WHEN ended_label IS NULL THEN 'unreported' ELSE 'ended' END,
        ended_label,
        NULL
    FROM excused
),

counted AS (
    SELECT
        plan_id,
        fiscal_year,
        department_key,
        min(department_name) AS department_name,
        status,
        label,
        rating,
        count(*) AS item_count
    FROM outcomes
    GROUP BY plan_id, fiscal_year, department_key, status, label, rating
)

SELECT
    plans.municipality_code,
    counted.plan_id,
    counted.fiscal_year,
    counted.department_key,
    registered.department_id,
    coalesce(registered.name, counted.department_name) AS department_name,
    counted.status,
    coalesce(counted.label, words.label_ja) AS outcome_label,
    counted.rating,
    counted.item_count
FROM counted
JOIN plans USING (plan_id)
JOIN outcome_words AS words USING (status)
LEFT JOIN departments AS registered ON registered.department_id = counted.department_key
