-- Current effects, and the amounts of them that are written but could not be read as yen.
WITH named AS (
    SELECT
        effects.*,
        kinds.label_ja AS kind,
        bases.label_ja AS basis,
        subject_of(plan_id, item_id, category_label, section_label, measure_text) AS subject_id,
        not_computable_reason IS NULL
        AND planned_yen IS NULL
        AND coalesce(is_written(planned_text), false) AS is_planned_unread,
        -- The text is the planned amount's where only that was given.
        not_computable_reason IS NULL
        AND actual_yen IS NULL
        AND is_written(amount_text)
        AND amount_text IS DISTINCT FROM planned_text AS is_actual_unread
    FROM financial_effects AS effects
    JOIN words AS kinds ON kinds.kind = 'effect_kind' AND kinds.code = effects.effect_kind
    JOIN words AS bases ON bases.kind = 'effect_basis' AND bases.code = effects.effect_basis
    WHERE effects.is_current
)

SELECT
    *,
    -- By the headings of their columns in the list of progress.
    CASE
        WHEN is_planned_unread OR is_actual_unread
            THEN kind || '_' || basis || '_' || concat_ws(
                '・',
                CASE WHEN is_planned_unread THEN '計画額' END,
                CASE WHEN is_actual_unread THEN '実績額' END
            )
    END AS unread_amounts
FROM named
