-- 柱ごとの評価: every item under its pillar, with what the department wrote.
SELECT
    coalesce(
        nullif(concat_ws('　', pillar_number, pillar_title), ''),
        nullif(concat_ws('　', section_label, category_label), ''),
        '計画の項目に対応づけられない取組'
    ) AS group_title,
    outcome_label,
    coalesce(number_label, '－') AS "番号",
    title || coalesce(chr(10) || '※' || printed_dates(changes), '') AS "改革項目",
    concat_ws(
        chr(10),
        coalesce(reporters, department_text),
        CASE WHEN reporters != department_text THEN '計画：' || department_text END
    ) AS "担当部署",
    concat_ws(
        chr(10),
        outcome_label || CASE WHEN result_status_ja != '確定' THEN '（' || result_status_ja || '）'
            ELSE '' END,
        department_ratings,
        '推進本部：' || headquarters_rating
    ) AS "評価",
    CASE WHEN status IN ('unreported', 'ended') THEN outcome_label ELSE activity_text END
        AS "実施した内容",
    CASE WHEN status IN ('unreported', 'ended') THEN outcome_label ELSE shortfall_reason END
        AS "未達成の理由",
    CASE WHEN status IN ('unreported', 'ended') THEN outcome_label ELSE next_action END
        AS "今後の対応"
FROM item_years
WHERE plan_id = $plan_id AND fiscal_year = $fiscal_year
ORDER BY
    pillar_ordinal NULLS LAST, item_ordinal NULLS LAST, section_label NULLS LAST,
    category_label NULLS LAST, subject_id
