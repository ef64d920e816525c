"""Readers of single fields: years, schedules, departments, continuity, reposts, titles."""
