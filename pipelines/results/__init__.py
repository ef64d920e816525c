"""Yearly results: forms out, sheets in, rows, revisions, feedback. Pure functions."""
