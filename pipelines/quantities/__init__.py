"""Reading numbers in Japanese text; used for plans and for results."""
