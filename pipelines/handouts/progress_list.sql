-- 行政改革進捗状況一覧.csv of one plan and year: one row per item (or measure).
WITH year_effects AS (
    SELECT subject_id, kind, basis, planned_yen, actual_yen
    FROM effects
    WHERE plan_id = $plan_id AND fiscal_year = $fiscal_year
),

-- Every kind and basis has its own columns, in every city and year.
amounts AS (
    PIVOT year_effects
    ON kind IN ('歳出削減', '歳入確保', 'その他'),
        basis IN ('単年度', '累計', '継続', '算定方法の記載なし')
    USING sum(planned_yen)::BIGINT AS "計画額（円）", sum(actual_yen)::BIGINT AS "実績額（円）"
    GROUP BY subject_id
),

not_in_yen AS (
    SELECT
        subject_id,
        string_agg(DISTINCT not_computable_reason, chr(10) ORDER BY not_computable_reason)
            AS reasons,
        string_agg(DISTINCT unread_amounts, '、' ORDER BY unread_amounts) AS unread
    FROM effects
    WHERE plan_id = $plan_id AND fiscal_year = $fiscal_year
    GROUP BY subject_id
)

SELECT
    plans.municipality_code AS "全国地方公共団体コード",
    -- A measure has no id of its own: its name is shortened to one.
    coalesce(years.item_id, years.plan_id || '-m' || left(sha256(years.subject_id), 12))
    || '-' || years.fiscal_year AS "ID",
    CASE WHEN is_fictional(plans.municipality_code) THEN fictional_mark() ELSE '' END || cities.name
        AS "地方公共団体名",
    cities.standard_area_code AS "標準地域コード",
    years.plan_id AS "計画ID",
    plans.title AS "計画名",
    years.fiscal_year AS "年度",
    years.pillar_number AS "柱の番号",
    years.pillar_title AS "柱",
    years.section_label AS "実績の表の見出し",
    years.category_label AS "実績の表の区分",
    years.number_label AS "番号",
    years.title AS "改革項目",
    coalesce(years.department_text, years.reporters) AS "担当部署",
    years.reporters AS "報告した部署",
    years.outcome_label AS "評価",
    years.department_ratings AS "部署ごとの評価",
    years.result_status_ja AS "見込み・確定",
    years.as_of_on AS "基準日",
    years.activity_text AS "実施した内容",
    years.shortfall_reason AS "未達成の理由",
    years.next_action AS "今後の対応",
    years.indicators AS "指標と目標・実績",
    amounts.* EXCLUDE (subject_id),
    not_in_yen.reasons AS "効果額を算定できない理由",
    not_in_yen.unread AS "記載があるが読み取れない効果額",
    years.headquarters_rating AS "推進本部の評価",
    years.headquarters_opinion AS "推進本部の意見",
    years.council_rating AS "審議会の評価",
    years.council_opinion AS "審議会の意見",
    years.city_response AS "市の回答",
    years.other_rating AS "その他の評価者の評価",
    years.other_opinion AS "その他の評価者の意見",
    years.other_response AS "その他の評価者への市の回答",
    years.changes AS "計画途中の変更",
    CASE WHEN is_fictional(plans.municipality_code) THEN fictional_note() END AS "備考"
FROM item_years AS years
JOIN plans USING (plan_id)
LEFT JOIN municipalities AS cities USING (municipality_code)
LEFT JOIN amounts USING (subject_id)
LEFT JOIN not_in_yen USING (subject_id)
WHERE years.plan_id = $plan_id AND years.fiscal_year = $fiscal_year
ORDER BY years.pillar_ordinal NULLS LAST, years.item_ordinal NULLS LAST, years.subject_id
