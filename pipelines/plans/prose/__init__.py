"""What a plan says besides its items: statements, terms, periods, figures, counts of its own."""
