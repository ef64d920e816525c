-- The newest report of each department on each item (or measure) and year. ``subject_id`` is the
-- item, or what the sheet calls the measure where the item is not known; ``department_key`` is the
-- department that has the work today, by its id, else the name as reported. Departments that became
-- one and rated differently leave one row per rating. ``is_lead`` is the one department marked lead;
-- of two leads neither decides.
WITH leads AS (
    SELECT
        named.item_id,
        any_value(coalesce(heirs.last_department_id, named.department_name)) AS department_key
    FROM item_departments AS named
    LEFT JOIN department_successors AS heirs ON heirs.department_id = named.department_id
    WHERE named.role = 'lead'
    GROUP BY named.item_id
    HAVING count(DISTINCT coalesce(heirs.last_department_id, named.department_name)) = 1
),

reported AS (
    SELECT
        results.plan_id,
        results.fiscal_year,
        results.item_id,
        coalesce(
            results.item_id,
            -- As result_id tells measures apart; what divides the parts stands in no text.
            concat_ws(
                chr(31),
                results.plan_id,
                coalesce(results.category_label, ''),
                coalesce(results.section_label, ''),
                results.measure_text
            )
        ) AS subject_id,
        coalesce(successors.last_department_id, results.department_name) AS department_key,
        results.department_name,
        results.rating_label,
        results.rating,
        results.result_status = 'provisional' AS is_provisional
    FROM yearly_results AS results
    LEFT JOIN department_successors AS successors USING (department_id)
    WHERE results.is_current
)

SELECT
    reported.plan_id,
    reported.fiscal_year,
    reported.subject_id,
    reported.department_key,
    reported.rating_label,
    any_value(reported.item_id) AS item_id,
    min(reported.department_name) AS department_name,
    any_value(reported.rating) AS rating,
    bool_or(reported.is_provisional) AS is_provisional,
    bool_or(leads.item_id IS NOT NULL) AS is_lead
FROM reported
LEFT JOIN leads USING (item_id, department_key)
GROUP BY
    reported.plan_id, reported.fiscal_year, reported.subject_id, reported.department_key,
    reported.rating_label
