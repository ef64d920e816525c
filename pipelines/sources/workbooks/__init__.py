"""Spreadsheets and CSV files as received, read as a person sees them."""
