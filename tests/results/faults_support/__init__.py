"""Submissions with one fault each: really written, read by the real path, and compared."""
