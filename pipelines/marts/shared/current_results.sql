-- The newest report of each item (or measure), department and year. ``subject_id`` is the item, or
-- what the sheet calls the measure where the item is not known; ``department_key`` is the
-- department that has the work today, by its id, else the name as reported.
SELECT
    results.*,
    coalesce(
        results.item_id,
        concat_ws('/', results.plan_id, results.category_label, results.measure_text)
    ) AS subject_id,
    coalesce(successors.last_department_id, results.department_name) AS department_key,
    EXISTS (
        SELECT 1
        FROM item_departments AS named
        LEFT JOIN department_successors AS heirs ON heirs.department_id = named.department_id
        WHERE named.item_id = results.item_id
            AND named.role = 'lead'
            AND coalesce(heirs.last_department_id, named.department_name)
            = coalesce(successors.last_department_id, results.department_name)
    ) AS is_lead
FROM yearly_results AS results
LEFT JOIN department_successors AS successors USING (department_id)
WHERE results.is_current
