-- What became of an item while the plan ran, from the day of the change on.
SELECT
    items.plan_id,
    lineage.from_item_id AS item_id,
    string_agg(
        DISTINCT lineage.changed_on || ' ' || words.label_ja
        || coalesce('（' || CASE WHEN heirs.item_id = items.item_id THEN NULL ELSE heirs.title END
            || 'へ）', ''),
        '、'
        ORDER BY lineage.changed_on || ' ' || words.label_ja
        || coalesce('（' || CASE WHEN heirs.item_id = items.item_id THEN NULL ELSE heirs.title END
            || 'へ）', '')
    ) AS changes
FROM item_lineage AS lineage
JOIN reform_items AS items ON items.item_id = lineage.from_item_id
JOIN words ON words.kind = 'relation' AND words.code = lineage.relation
LEFT JOIN reform_items AS heirs ON heirs.item_id = lineage.to_item_id
WHERE lineage.changed_on IS NOT NULL
GROUP BY items.plan_id, lineage.from_item_id
