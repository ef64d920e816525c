-- Ratings and opinions of an item and year by those who are no department.
SELECT
    item_id,
    fiscal_year,
    any_value(rating_label) FILTER (assessor = 'headquarters') AS headquarters_rating,
    any_value(opinion) FILTER (assessor = 'headquarters') AS headquarters_opinion,
    any_value(rating_label) FILTER (assessor = 'council') AS council_rating,
    any_value(opinion) FILTER (assessor = 'council') AS council_opinion,
    any_value(city_response) FILTER (assessor = 'council') AS city_response,
    any_value(rating_label) FILTER (assessor = 'other') AS other_rating,
    any_value(opinion) FILTER (assessor = 'other') AS other_opinion,
    any_value(city_response) FILTER (assessor = 'other') AS other_response
FROM item_assessments
WHERE is_current
GROUP BY item_id, fiscal_year
