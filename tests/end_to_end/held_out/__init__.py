"""Sheets of results as Japanese cities lay them out; city, items and numbers are invented."""
