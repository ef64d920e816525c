-- Item -> the top heading of the outline that it stands under.
WITH RECURSIVE above AS (
    SELECT node_id, node_id AS pillar_id, parent_node_id, 0 AS steps
    FROM policy_nodes
    UNION ALL
    SELECT above.node_id, higher.node_id, higher.parent_node_id, steps + 1
    FROM above
    JOIN policy_nodes AS higher ON higher.node_id = above.parent_node_id
    WHERE steps < 100
),

pillars AS (
    SELECT node_id, arg_max(pillar_id, steps) AS pillar_id
    FROM above
    GROUP BY ALL
)

SELECT items.item_id, pillars.pillar_id
FROM reform_items AS items
JOIN pillars USING (node_id)
