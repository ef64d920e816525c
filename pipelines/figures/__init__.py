"""Totals and rating scales that municipalities have published, and how they reconcile."""
