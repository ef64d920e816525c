-- Changes in mid-plan after which nobody (transferred: not the department named in the plan) is to
-- report on an item, and the first fiscal year that lies behind them as a whole.
WITH changes AS (
    SELECT
        from_item_id AS item_id,
        changed_on,
        relation,
        any_value(reason) AS reason,
        count(DISTINCT to_item_id) AS heir_count
    FROM item_lineage
    WHERE
        changed_on IS NOT NULL
        AND from_item_id IS NOT NULL
        AND (relation = 'transferred' OR to_item_id IS DISTINCT FROM from_item_id)
    GROUP BY ALL
)

SELECT
    changes.item_id,
    changes.changed_on,
    -- 1 April is the first day of the fiscal year.
    year(changes.changed_on - INTERVAL 3 MONTH)::BIGINT AS changed_fy,
    (year(changes.changed_on - INTERVAL 3 MONTH - INTERVAL 1 DAY) + 1)::BIGINT AS from_fy,
    changes.relation = 'transferred' AS is_transfer,
    changes.reason,
    words.label_ja AS ended_label
FROM changes
JOIN ended_words AS words ON words.ended_by = changes.relation
-- Of an item split into a single other one, a part goes on under its own name.
WHERE changes.relation != 'split' OR changes.heir_count > 1
