-- The shortest digits that read back as the same number, without an exponent or a bare ".0".
CREATE MACRO number_text(number) AS
    regexp_replace(
        CASE
            WHEN contains(number::VARCHAR, 'e') THEN format('{:.12f}', number)
            ELSE number::VARCHAR
        END,
        '(\.[0-9]*?)0+$', '\1'
    ).rtrim('.');

-- The same with a comma every three digits, for print.
CREATE MACRO printed_number(number) AS
    CASE
        WHEN abs(number) BETWEEN 1000 AND 1e15
            THEN format('{:,d}', trunc(number)::BIGINT)
            || regexp_extract(number_text(number), '\..*$')
        ELSE number_text(number)
    END;

-- ISO days within a text as a council reads them.
CREATE MACRO printed_dates(text) AS
    regexp_replace(text, '(\d{4})-0?(\d{1,2})-0?(\d{1,2})', '\1年\2月\3日', 'g');

-- A target as a plan or a department states it: the value, and by when.
CREATE MACRO stated_target(digits, unit, due_fy) AS
    digits || unit || coalesce('（' || due_fy || '年度まで）', '');

-- What a row of results is about: the item, or what the sheet calls the measure where the item is
-- not known; the same as in marts/shared/department_answers.sql.
CREATE MACRO subject_of(plan_id, item_id, category_label, section_label, measure_text) AS
    coalesce(
        item_id,
        concat_ws(
            chr(31), plan_id, coalesce(category_label, ''), coalesce(section_label, ''), measure_text
        )
    );

-- Texts of several departments, each under its name; of one department, as it is.
CREATE MACRO joined_texts(texts, departments, is_shared) AS
    string_agg(
        DISTINCT CASE WHEN is_shared THEN '【' || departments || '】' || texts ELSE texts END,
        chr(10)
        ORDER BY CASE WHEN is_shared THEN '【' || departments || '】' || texts ELSE texts END
    ) FILTER (texts IS NOT NULL);

-- Whether a text says anything: no mere dash, no note of ours that nothing was given.
CREATE MACRO is_written(text) AS
    regexp_matches(replace(text, 'ー', ''), '[\pL\pN]') AND text != '（記載なし）';

-- An amount as the papers print it: yen, or that one is written which could not be read.
CREATE MACRO told_amount(yen, is_unread) AS
    CASE
        WHEN yen IS NOT NULL THEN yen::UNION (yen BIGINT, said VARCHAR)
        WHEN is_unread THEN '記載あり（金額を読み取れない）'::UNION (yen BIGINT, said VARCHAR)
    END;
