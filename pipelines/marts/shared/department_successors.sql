-- Department -> the one that its work went to in the end: itself where nobody took it over.
WITH RECURSIVE followed AS (
    SELECT department_id, department_id AS last_id, successor_id, 0 AS steps
    FROM departments
    UNION ALL
    SELECT followed.department_id, later.department_id, later.successor_id, steps + 1
    FROM followed
    JOIN departments AS later ON later.department_id = followed.successor_id
    WHERE steps < 100 -- a register whose successors run in a circle is told elsewhere
)

SELECT
    followed.department_id,
    arg_max(followed.last_id, followed.steps) AS last_department_id
FROM followed
GROUP BY ALL
