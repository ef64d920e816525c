-- What stands where a rating would, for items that have none.
SELECT *
FROM (
    VALUES
    ('rated', '評価あり'),
    ('unrated', '評価なし'),
    ('mixed', '評価が分かれる'),
    ('unreported', '報告なし'),
    ('ended', '終了済み')
) AS words (status, label_ja)
