-- Codes of the tables in the words of a council's papers.
SELECT *
FROM (
    VALUES
    ('effect_kind', 'cost_reduction', '歳出削減'),
    ('effect_kind', 'revenue_increase', '歳入確保'),
    ('effect_kind', 'other', 'その他'),
    ('effect_basis', 'single_year', '単年度'),
    ('effect_basis', 'cumulative', '累計'),
    ('effect_basis', 'continuing', '継続'),
    ('effect_basis', 'not_stated', '算定方法の記載なし'),
    ('assessor', 'department', '担当部署'),
    ('assessor', 'headquarters', '推進本部'),
    ('assessor', 'council', '審議会'),
    ('assessor', 'other', 'その他'),
    ('not_judged', 'no_target', '数値目標なし'),
    ('not_judged', 'no_actual', '実績値なし'),
    ('not_judged', 'no_baseline', '基準値なし'),
    ('not_judged', 'no_due_year', '目標年度の記載なし'),
    ('not_judged', 'not_due', '目標年度が来ていない'),
    ('not_judged', 'no_direction', '増減どちらを目指すか不明'),
    ('missing', 'not_measured', '測定していない'),
    ('missing', 'not_applicable', '該当しない'),
    ('missing', 'not_yet', 'まだ出ていない'),
    ('missing', 'not_set', '設定していない'),
    ('relation', 'merged', '統合'),
    ('relation', 'split', '分割'),
    ('relation', 'stopped', '中止'),
    ('relation', 'transferred', '所管替え'),
    ('relation', 'renamed', '改称'),
    ('relation', 'added', '追加'),
    ('relation', 'dropped', '終了')
) AS words (kind, code, label_ja)
