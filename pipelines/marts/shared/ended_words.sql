-- What ends an item, by its rating or by a change in mid-plan, and what then stands where a rating
-- would.
SELECT *
FROM (
    VALUES
    ('completed', '完了済み'),
    ('discontinued', '中止済み'),
    ('withdrawn', '中止済み'),
    ('stopped', '中止済み'),
    ('merged', '統合済み'),
    ('split', '分割済み'),
    ('renamed', '改称済み'),
    ('transferred', '所管替え済み')
) AS words (ended_by, label_ja)
